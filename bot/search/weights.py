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
        "bag": 3.97,
        "best": 1.97,
        "second": 5.91,
        "claim": 1.12,
        "cover": 0.96,
        "order": 1.46,
        "literal": 5.02,
        "kindred": 0.83,
        "central": 1.5,
        "fit": 1.67,
        "unfit": -0.6,
    },
    trust={
        "bag": 2.8,
        "best": -0.16,
        "second": 1.26,
        "claim": -0.23,
        "cover": 0.52,
        "order": -1.17,
        "literal": 0.61,
        "kindred": 1.9,
        "central": 1.87,
        "fit": 1.34,
        "unfit": -1.06,
        "heavy": 0.66,
        "lacking": 0.34,
        "margin": 0.08,
        "fifth": 0.16,
        "missing": -3.67,
        "missing_weight": 0.14,
        "proper": -8.1,
        "proper_weight": -1.88,
        "numbers": -0.18,
        "strange": -1.82,
        "strange_weight": -0.84,
        "topics": -1.16,
        "unheard": -3.61,
        "same": 0.58,
        "alike": 0.82,
        "focus": -1.05,
        "joint": 0.26,
        "silent": -2.99,
        "quiet": -1.26,
        "score": 0.09,
        "terms": 2.84,
        "not": 1.32,
        "yes_no": 0.98,
    },
    bias=-8.37,
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
