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
        "context": 4.0,
    },
    trust={"bag": 3.0, "best": 3.0, "margin": 2.0, "heavy": -2.0},
    bias=-2.0,
)
BARE = Weights(
    rank={"claim": 4.2, "best": 3.0, "order": 3.0, "fit": 1.8},
    trust={"bag": 3.0, "margin": 0.5, "heavy": -1.0},
    bias=-2.0,
)
