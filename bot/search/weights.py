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
        "bag": 4.9,
        "best": 1.06,
        "second": 5.96,
        "claim": 0.91,
        "cover": 0.9,
        "order": 1.33,
        "literal": 5.79,
        "central": 2.16,
        "fit": 2.23,
    },
    trust={
        "bag": 2.56,
        "best": -1.29,
        "second": 0.79,
        "claim": -0.45,
        "cover": 1.36,
        "order": -1.49,
        "literal": 1.7,
        "central": 1.99,
        "fit": 0.88,
        "heavy": 0.93,
        "lacking": 0.38,
        "margin": 0.1,
        "fifth": 0.09,
        "missing": -3.68,
        "missing_weight": 0.52,
        "proper": -7.83,
        "proper_weight": -1.39,
        "numbers": -0.49,
        "strange": -0.58,
        "strange_weight": -1.32,
        "topics": -1.88,
        "unheard": -3.22,
        "same": 1.11,
        "alike": -0.55,
        "unfit": -2.16,
        "focus": -1.09,
        "joint": -0.19,
        "silent": -2.92,
        "quiet": -1.1,
        "score": 0.1,
        "terms": 2.14,
        "not": 1.56,
        "yes_no": 1.01,
    },
    bias=-4.98,
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
