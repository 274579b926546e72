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
        "bag": 3.75,
        "best": 2.33,
        "second": 6.06,
        "claim": 1.04,
        "cover": 0.65,
        "order": 1.25,
        "literal": 5.23,
        "kindred": 0.59,
        "central": 1.62,
        "fit": 1.76,
        "unfit": -1.5,
    },
    trust={
        "bag": 3.49,
        "best": 0.54,
        "second": 1.91,
        "claim": -0.26,
        "cover": -1.29,
        "order": -0.41,
        "literal": 0.1,
        "kindred": 1.73,
        "central": 1.48,
        "fit": 1.34,
        "unfit": -0.97,
        "heavy": 0.7,
        "lacking": 0.15,
        "missing": -3.47,
        "missing_weight": 1.11,
        "proper": -7.42,
        "proper_weight": -4.5,
        "numbers": -0.6,
        "strange": -4.03,
        "strange_weight": 1.07,
        "topics": -2.59,
        "unheard": -1.98,
        "same": 1.09,
        "alike": 1.15,
        "focus": -1.26,
        "joint": 0.42,
        "silent": -3.81,
        "quiet": -1.75,
        "score": 0.12,
        "terms": 1.3,
        "not": 2.78,
        "yes_no": 1.46,
    },
    bias=-6.84,
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
    bias=-6.16,
)
