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
        "bag": 4.55,
        "best": 1.68,
        "second": 6.01,
        "claim": 0.64,
        "cover": 1.03,
        "order": 1.17,
        "literal": 5.0,
        "kindred": 1.12,
        "central": 2.32,
        "fit": 1.9,
    },
    trust={
        "bag": 2.71,
        "best": -0.66,
        "second": 1.36,
        "claim": -0.28,
        "cover": 1.35,
        "order": -1.25,
        "literal": 0.22,
        "kindred": 1.71,
        "central": 1.36,
        "fit": 0.82,
        "heavy": 1.08,
        "lacking": 0.4,
        "margin": 0.08,
        "fifth": 0.17,
        "missing": -4.99,
        "missing_weight": 0.55,
        "proper": -7.7,
        "proper_weight": -1.78,
        "numbers": -0.3,
        "strange": -1.31,
        "strange_weight": -0.91,
        "topics": -1.13,
        "unheard": -3.65,
        "same": 0.23,
        "alike": -0.14,
        "unfit": -1.38,
        "focus": -1.02,
        "silent": -2.82,
        "quiet": -1.19,
        "score": 0.1,
        "terms": 2.24,
        "not": 1.26,
        "yes_no": 1.04,
    },
    bias=-7.27,
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
