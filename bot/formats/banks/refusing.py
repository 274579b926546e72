"""How the readers say what is wrong: an exception for what cannot go on, a fault for what was found."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a problem stands in the way."""

    FATAL = "fatal"
    """Nothing of the file can be imported."""
    ERROR = "error"
    """One question cannot be imported as it is; the others can, if this one is left out."""
    WARNING = "warning"
    """It can be imported, but somebody should look at it."""


class Refused(Exception):
    """A question, or a whole file, that cannot be imported as it is."""

    def __init__(self, cause: str, cure: str, line: int = 0) -> None:
        super().__init__(cause)
        self.cause = cause
        self.cure = cure
        self.line = line


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a question that could be read."""

    cause: str
    cure: str
    severity: Severity = Severity.ERROR
