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
        "bag": 3.86,
        "best": 2.28,
        "second": 5.89,
        "claim": 1.14,
        "cover": 0.88,
        "order": 1.43,
        "literal": 5.07,
        "kindred": 0.84,
        "central": 1.45,
        "fit": 1.67,
        "unfit": -0.61,
    },
    trust={
        "bag": 3.32,
        "best": -0.17,
        "second": 1.97,
        "claim": -0.61,
        "cover": 0.06,
        "order": -1.11,
        "literal": 0.64,
        "kindred": 1.83,
        "central": 2.24,
        "fit": 1.51,
        "unfit": -0.69,
        "heavy": 0.58,
        "lacking": 0.62,
        "fifth": 0.08,
        "missing": -3.87,
        "missing_weight": 0.4,
        "proper": -6.45,
        "proper_weight": -1.83,
        "numbers": -0.82,
        "strange": -1.18,
        "strange_weight": -1.06,
        "topics": -1.25,
        "unheard": -2.53,
        "same": 0.59,
        "alike": 0.53,
        "focus": -1.19,
        "joint": 0.31,
        "silent": -3.98,
        "quiet": -1.8,
        "score": 0.12,
        "terms": 2.46,
        "not": 1.46,
        "yes_no": 1.45,
    },
    bias=-7.97,
)
BARE = Weights(
    rank={"bag": 10.5, "best": 3.85, "order": 3.42, "fit": 2.2},
    trust={
        "bag": 4.59,
        "best": 0.7,
        "order": -0.35,
        "fit": 0.49,
        "heavy": -0.23,
        "margin": 0.04,
        "missing": 0.81,
        "missing_weight": 1.91,
        "proper": -0.54,
        "proper_weight": -1.78,
        "numbers": -1.05,
        "strange": -0.21,
        "strange_weight": 1.3,
        "terms": 0.64,
        "not": -2.75,
        "yes_no": -2.23,
    },
    bias=-5.31,
)
