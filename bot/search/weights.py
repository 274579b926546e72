"""How much each sign counts; fitted by `python -m benchmarks.fit`, see docs/search.md."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of one sort of pack."""

    rank: Mapping[str, float]
    trust: Mapping[str, float]
    bias: float

    def score(self, evidence: Any) -> float:
        """Return the weighted sum of a piece of evidence's fields."""
        return sum(getattr(evidence, name) * weight for name, weight in self.rank.items())


CURATED = Weights(
    rank={
        "bag": 4.2,
        "best": 2.06,
        "second": 5.35,
        "claim": 0.8,
        "cover": 0.95,
        "order": 0.95,
        "literal": 3.61,
        "central": 1.67,
        "fit": 2.02,
    },
    trust={
        "bag": 0.98,
        "best": 1.65,
        "second": 0.32,
        "claim": 0.08,
        "order": -0.59,
        "literal": 1.11,
        "central": 0.96,
        "fit": 0.82,
        "heavy": 1.49,
        "lacking": -0.33,
        "margin": 0.18,
        "fifth": 0.32,
        "missing": -2.56,
        "missing_weight": -1.71,
        "proper": -6.82,
        "proper_weight": -4.14,
        "numbers": -0.43,
        "strange": -0.06,
        "strange_weight": -0.68,
        "topics": -0.57,
        "unheard": -1.88,
        "same": -0.93,
        "alike": -1.66,
        "terms": 1.97,
        "not": 2.12,
        "yes_no": -0.23,
    },
    bias=-4.46,
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
