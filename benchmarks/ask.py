"""Measure the answers of a pack: how many are right, how many unanswerable questions are declined, how fast.

    python -m benchmarks.ask --pack FOLDER --questions FILE [--show]

FILE holds JSON lines `{"id", "question", "after", "expect"}` (or is a pack's `checks.yaml`); expect is
one of `{"facts": [...]}` (all must be in the answer; "a|b": either), `{"decline": true}`, `{"ask": [...]}`.
Beside the rates it prints what the ranking alone does (hit@1, hit@5, MRR: the right fact among the
ranked), how well the confidence tells answerable from unanswerable (AUROC), the largest share that can
be answered with nine in ten right (cov@p90), and the time of an answer beside that of the bare search.
"""

import argparse
import statistics
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.core.answer import Answer, FactKey, Notice
from bot.core.ask import ask
from bot.core.facts import Pack
from bot.core.library import Library, Shelf
from bot.formats.checks import Check, Expect, read_checks
from bot.formats.packs import read_pack
from bot.search.engine import build
from bot.service.checking import meets, resting


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one question."""

    check: Check
    answer: Answer | Notice
    right: bool
    seconds: float
    search: float

    @property
    def sort(self) -> str:
        """Return what sort of question it is: its kind, or what is expected of it."""
        return self.check.kind or wanted(self.check.expect)


def wanted(expect: Expect | None) -> str:
    """Return facts, decline or ask."""
    if expect is None:
        return "nothing expected"
    return "decline" if expect.decline else "ask" if expect.ask else "facts"


def measure(pack: Pack, checks: Sequence[Check]) -> list[Result]:
    """Ask every question and judge what comes."""
    rank = build(pack)
    library = Library((Shelf(pack, rank),))
    ask("warm up", (), library)
    rests = resting(pack)
    return [_one(check, library, rests) for check in checks]


def _one(check: Check, library: Library, rests: Mapping[str, set[str]]) -> Result:
    previous: list[FactKey] = []
    for before in check.after:
        said = ask(before, previous, library)
        previous = [*getattr(said, "facts", ()), *previous]
    began = time.process_time()
    answer = ask(check.question, previous, library)
    middle = time.process_time()
    library.shelves[0].rank(check.question)
    ended = time.process_time()
    right = check.expect is None or meets(answer, check.expect, rests)
    return Result(check, answer, right, middle - began, ended - middle)


def place(result: Result) -> int:
    """Return the rank, from 1, of the first right fact; 0 where none is among the ranked."""
    expect = result.check.expect
    right = {i for group in expect.facts for i in group} if expect else set[str]()
    ranked = getattr(result.answer, "ranked", ())
    return next((n for n, i in enumerate(ranked, 1) if i in right), 0)


def auroc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """Return the chance that an answerable question has the higher confidence."""
    if not positive or not negative:
        return float("nan")
    order = sorted([(v, 1) for v in positive] + [(v, 0) for v in negative])
    spots: dict[float, list[int]] = {}
    for number, (value, _) in enumerate(order, 1):
        spots.setdefault(value, []).append(number)
    ranks = {value: statistics.fmean(places) for value, places in spots.items()}
    total = sum(ranks[v] for v in positive)
    return (total - len(positive) * (len(positive) + 1) / 2) / (len(positive) * len(negative))


def coverage(results: Sequence[Result], precision: float = 0.9) -> float:
    """Return the largest share of answerable questions whose first facts are right that often."""
    answerable = [r for r in results if wanted(r.check.expect) == "facts"]
    answerable.sort(key=lambda r: -getattr(r.answer, "confidence", 0.0))
    best = right = 0
    for number, result in enumerate(answerable, 1):
        right += place(result) == 1
        if right / number >= precision:
            best = number
    return best / len(answerable) if answerable else float("nan")


def report(results: Sequence[Result]) -> str:
    """Write the figures, a line each."""
    lines = [_rates(results)]
    facts = [
        r
        for r in results
        if wanted(r.check.expect) == "facts" and not isinstance(r.answer, Notice)
    ]
    places = [place(r) for r in facts]
    if facts:
        hit = [sum(1 for p in places if 1 <= p <= most) / len(places) for most in (1, 5)]
        mrr = statistics.fmean(1 / p if p else 0.0 for p in places)
        lines.append(f"ranking          hit@1 {hit[0]:.3f}  hit@5 {hit[1]:.3f}  MRR {mrr:.3f}")
    trust = {
        w: [getattr(r.answer, "confidence", 0.0) for r in results if wanted(r.check.expect) == w]
        for w in ("facts", "decline")
    }
    lines.append(
        f"confidence       AUROC {auroc(trust['facts'], trust['decline']):.3f}  cov@p90 {coverage(results):.3f}"
    )
    lines.append(
        f"accuracy         {_accuracy(results):.3f} right first fact, or right decline, over all"
    )
    lines.append(_caveats(results))
    lines.append(_times("answer", [r.seconds for r in results]))
    lines.append(_times("bare search", [r.search for r in results]))
    return "\n".join(lines)


def _accuracy(results: Sequence[Result]) -> float:
    return sum(r.right for r in results) / max(1, len(results))


def _rates(results: Sequence[Result]) -> str:
    total = Counter(r.sort for r in results)
    right = Counter(r.sort for r in results if r.right)
    return "\n".join(
        f"{sort:<24} {right[sort]:>4} of {n:<4} {right[sort] / n:.3f}" for sort, n in total.items()
    )


def _caveats(results: Sequence[Result]) -> str:
    answers = [r.answer for r in results if isinstance(r.answer, Answer)]
    held = sum(bool(a.caveat.long) for a in answers)
    return f"caveat           on {held} of {len(answers)} answers"


def _times(name: str, seconds: Sequence[float]) -> str:
    ordered = sorted(seconds)
    middle, late = ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)]
    return f"{name:<16} p50 {middle * 1000:.2f} ms  p95 {late * 1000:.2f} ms of CPU time"


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--pack", type=Path, required=True)
    parser.add_argument("--questions", type=Path, required=True)
    parser.add_argument("--show", action="store_true", help="list what went wrong")
    options = parser.parse_args()
    pack = read_pack(options.pack)
    results = measure(pack, read_checks(options.questions))
    if options.show:
        for result in (r for r in results if not r.right):
            shown = [k.fact for k in getattr(result.answer, "facts", ())]
            outcome = getattr(result.answer, "outcome", "notice")
            print(
                f"{result.sort}: {result.check.question!r} -> {outcome} {shown}; expected {result.check.expect}"
            )
    print(f"{pack.title}: {len(pack.facts)} facts, {len(results)} questions")
    print(report(results))
    return 0


if __name__ == "__main__":
    sys.exit(main())
