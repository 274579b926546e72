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
        "bag": 4.69,
        "best": 5.03,
        "second": 4.85,
        "claim": 2.55,
        "cover": 2.85,
        "order": 0.85,
        "fit": 2.53,
    },
    trust={
        "bag": 1.88,
        "best": 1.18,
        "second": 2.58,
        "cover": -0.2,
        "order": 0.22,
        "fit": 0.91,
        "heavy": 1.45,
        "margin": 0.3,
        "fifth": 0.24,
        "missing": -2.04,
        "missing_weight": -1.47,
        "proper": -6.64,
        "proper_weight": -4.33,
        "numbers": -0.81,
        "strange": -0.28,
        "strange_weight": -1.41,
        "terms": 1.96,
        "not": -0.3,
    },
    bias=-5.53,
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
