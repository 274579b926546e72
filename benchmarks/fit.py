"""Fit the search's weights from packs with question files, and print them for `bot/search/weights.py`.

    pip install scikit-learn
    python -m benchmarks.fit FOLDER=QUESTIONS [FOLDER=QUESTIONS ...]

Each argument is a pack folder and a question file (JSON lines, see `benchmarks.ask`). Give bare packs
and curated packs in separate runs: each sort has its own weights. Ranking weights come from pairs of
a right fact and a wrong one of the same question; trust weights from whether the first fact is right.
"""

import argparse
import math
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from bot.core.conversation import parts
from bot.core.decide import SURE
from bot.core.manners import manner
from bot.formats.checks import Check, read_checks
from bot.formats.packs import read_pack
from bot.search import index as indexing
from bot.search.index import Index
from bot.search.question import Question, read
from bot.search.rank import Candidate, candidates
from bot.search.trust import signs
from bot.search.weights import BARE, CURATED, Weights

RIVALS = 25
FOLDS = 4
RANKED = (
    "bag",
    "best",
    "second",
    "claim",
    "cover",
    "order",
    "literal",
    "kindred",
    "central",
    "fit",
    "unfit",
)
TRUSTED = (
    *RANKED,
    "heavy",
    "lacking",
    "margin",
    "fifth",
    "missing",
    "missing_weight",
    "proper",
    "proper_weight",
    "numbers",
    "strange",
    "strange_weight",
    "topics",
    "unheard",
    "same",
    "alike",
    "focus",
    "joint",
    "silent",
    "quiet",
    "score",
    "terms",
    "not",
    "yes_no",
)
# Bare claims have no wordings to be near to: the rest would only fit the noise.
TRUSTED_BARE = (
    *("bag", "best", "order", "fit", "margin", "missing", "missing_weight", "proper"),
    *("proper_weight", "numbers", "strange", "strange_weight", "terms", "not", "yes_no"),
)
Case = tuple[Index, Question, list[Candidate], frozenset[str]]


def cases(folder: Path, questions: Path, weights: Weights) -> Iterator[Case]:
    """Yield each plain question with its candidates and the ids that answer it (none: decline)."""
    checks = read_checks(questions)
    pack = read_pack(folder)
    # What a question is learnt from must not answer for it.
    own = {check.question for check in checks}
    index = indexing.build(
        replace(pack, unanswered=tuple(q for q in pack.unanswered if q not in own))
    )
    for check in checks:
        right = _right(check)
        if right is None:
            continue
        asked = read(index, check.question)
        found = candidates(index, asked, weights)
        if found:
            yield index, asked, found, right


def folded(folder: Path, weights: Weights) -> Iterator[Case]:
    """Yield each curated wording as a question to the pack without it, in folds."""
    pack = read_pack(folder)
    for fold in range(FOLDS):
        left = [
            replace(f, asks=tuple(w for w in f.asks if _fold(w.text) != fold)) for f in pack.facts
        ]
        index = indexing.build(replace(pack, facts=tuple(left)))
        for fact in pack.facts:
            for wording in fact.asks:
                if _fold(wording.text) == fold:
                    asked = read(index, wording.text)
                    found = candidates(index, asked, weights)
                    if found:
                        yield index, asked, found, frozenset({fact.id})


def _fold(text: str) -> int:
    return zlib.crc32(text.encode()) % FOLDS


def _right(check: Check) -> frozenset[str] | None:
    """Return the acceptable facts of a plain question; None for one that these weights do not decide."""
    if (
        check.expect is None
        or check.after
        or check.expect.ask
        or manner(check.question)
        or len(parts(check.question)) > 1
    ):
        return None
    if len(check.expect.facts) > 1:
        return None
    return frozenset(i for group in check.expect.facts for i in group)


def fit_rank(found: Sequence[Case]) -> dict[str, float]:
    """Fit the ranking weights."""
    pairs = [
        _values(right) - _values(wrong)
        for index, _, ranked, ids in found
        for right in [c for c in ranked[:RIVALS] if index.facts[c.fact].id in ids][:1]
        for wrong in [c for c in ranked[:RIVALS] if index.facts[c.fact].id not in ids]
    ]
    rows = np.array(pairs)
    sign = np.where(np.arange(len(rows)) % 2, 1, -1)
    model = LogisticRegression(C=1.0, fit_intercept=False, max_iter=2000)
    model.fit(rows * sign[:, None], sign > 0)
    return _named(RANKED, model.coef_[0])


def _values(candidate: Candidate) -> "np.ndarray":
    return np.array([getattr(candidate.evidence, name) for name in RANKED])


def fit_trust(found: Sequence[Case], names: Sequence[str]) -> tuple[dict[str, float], float]:
    """Fit the trust weights and their bias, set so that `decide.SURE` is the best place to stop."""
    rows = np.array([_signs(case, names) for case in found])
    right = np.array([index.facts[ranked[0].fact].id in ids for index, _, ranked, ids in found])
    answerable = np.array([bool(ids) for *_, ids in found])
    spread = rows.std(0) + 1e-9
    balance = None if names is TRUSTED_BARE else "balanced"
    model = LogisticRegression(C=0.3, max_iter=5000, class_weight=balance)
    model.fit(rows / spread, right)
    bias = float(model.intercept_[0])
    if names is TRUSTED_BARE:
        chance = model.predict_proba(rows / spread)[:, 1]
        stops = np.quantile(chance, np.linspace(0.2, 0.95, 100))
        best = max(stops, key=lambda t: np.mean(np.where(chance >= t, right, ~answerable)))
        bias += math.log(SURE / (1 - SURE)) - math.log(best / (1 - best))
    return _named(names, model.coef_[0] / spread), round(bias, 2)


def _signs(case: Case, names: Sequence[str]) -> list[float]:
    index, asked, ranked, _ = case
    found = signs(index, asked, ranked, 0)
    return [found[name] for name in names]


def _named(names: Sequence[str], values: "np.ndarray") -> dict[str, float]:
    return {name: round(float(v), 2) for name, v in zip(names, values, strict=True)}


def _all(files: Sequence[tuple[Path, ...]], weights: Weights, *, wordings: bool) -> list[Case]:
    asked = [c for folder, file in files for c in cases(folder, file, weights)]
    folders = {folder for folder, _ in files} if wordings else set[Path]()
    return [*asked, *(c for folder in folders for c in folded(folder, weights))]


def main() -> None:
    """Fit ranking first, then trust with the new ranking, and print both."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("packs", nargs="+", metavar="FOLDER=QUESTIONS")
    parser.add_argument("--wordings", action="store_true", help="learn from the wordings too")
    parser.add_argument("--bare", action="store_true", help="the packs are bare claims")
    options = parser.parse_args()
    files = [tuple(map(Path, entry.split("="))) for entry in options.packs]
    weights = BARE if options.bare else CURATED
    rank = fit_rank(_all(files, weights, wordings=options.wordings))
    fitted = Weights(rank, weights.trust, weights.bias)
    names = TRUSTED_BARE if options.bare else TRUSTED
    trust, bias = fit_trust(_all(files, fitted, wordings=options.wordings), names)
    print(f"rank={rank},\ntrust={trust},\nbias={bias},")


if __name__ == "__main__":
    main()
