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
        "bag": 3.9,
        "best": 5.5,
        "second": 4.0,
        "claim": 2.0,
        "cover": 1.5,
        "order": 1.2,
        "fit": 1.9,
    },
    trust={
        "bag": 1.55,
        "best": 1.55,
        "second": 3.21,
        "cover": -0.78,
        "fit": 0.8,
        "heavy": 1.13,
        "margin": 0.61,
        "missing": -3.79,
        "missing_weight": 0.64,
        "proper": -3.38,
        "proper_weight": -8.67,
        "numbers": 2.17,
        "strange": -1.47,
        "strange_weight": -0.44,
        "terms": 3.95,
        "yes_no": -0.43,
    },
    bias=-5.69,
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
