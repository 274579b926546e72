"""How much each sign counts; fitted by `python -m benchmarks.fit`, see docs/search.md."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of one sort of pack."""

    rank: Mapping[str, float]
    trust: Mapping[str, float]
    bias: float

    def score(self, evidence: object) -> float:
        """Return the weighted sum of a piece of evidence's fields."""
        return sum(float(getattr(evidence, name)) * w for name, w in self.rank.items())


CURATED = Weights(
    rank={
        "bag": 4.04,
        "best": 2.05,
        "second": 5.99,
        "claim": 1.24,
        "cover": 1.03,
        "order": 1.42,
        "literal": 5.05,
        "kindred": 0.88,
        "central": 1.09,
        "fit": 1.59,
        "unfit": -3,
    },
    trust={
        "bag": 3.72,
        "best": 0.36,
        "second": 2.11,
        "claim": -0.92,
        "cover": -1.25,
        "order": -0.4,
        "literal": -0.32,
        "kindred": 2.07,
        "central": 1.98,
        "fit": 1.28,
        "unfit": -3,
        "heavy": 0.61,
        "lacking": 0.39,
        "fifth": 0.07,
        "missing": -3.2,
        "missing_weight": 0.65,
        "proper": -7.48,
        "proper_weight": -4.56,
        "numbers": -0.55,
        "strange": -1.9,
        "strange_weight": 0.07,
        "topics": -1.82,
        "unheard": -1.88,
        "same": 1.39,
        "alike": 1.07,
        "focus": -1.22,
        "joint": 0.27,
        "silent": -4.1,
        "quiet": -1.78,
        "score": 0.12,
        "terms": 1.7,
        "not": 2.85,
        "yes_no": 1.46,
    },
    bias=-7.11,
)
BARE = Weights(
    rank={
        "bag": 4.86,
        "best": -0.13,
        "claim": 4.86,
        "cover": 4.86,
        "order": 1.51,
        "literal": 6.69,
        "kindred": 0.38,
        "central": -4.35,
        "fit": 2.19,
    },
    trust={
        "bag": 3.93,
        "best": 0.58,
        "order": -0.21,
        "fit": 0.39,
        "margin": 0.06,
        "missing": 0.61,
        "missing_weight": 1.05,
        "proper": -0.5,
        "proper_weight": -1.5,
        "numbers": -1.3,
        "strange": 0.7,
        "strange_weight": 0.43,
        "terms": 0.48,
        "not": -2.75,
        "yes_no": -2.27,
    },
    bias=-5.21,
)
