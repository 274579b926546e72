"""How much each sign counts; fitted by `python -m benchmarks.fit`, see docs/search.md."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of one sort of pack."""

    rank: Mapping[str, float]
    trust: Mapping[str, float]
    bias: float


CURATED = Weights(
    rank={"bag": 1.0, "best": 1.5, "second": 0.5, "claim": 0.3, "cover": 0.5, "fit": 0.2, "order": 0.2},
    trust={"bag": 3.0, "best": 3.0, "margin": 2.0, "heavy": -2.0},
    bias=-2.0,
)
BARE = Weights(
    rank={"claim": 4.2, "best": 3.0, "order": 3.0, "fit": 1.8},
    trust={"bag": 3.0, "margin": 0.5, "heavy": -1.0},
    bias=-2.0,
)
