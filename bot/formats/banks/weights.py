"""Shares of the mark, as Moodle knows them."""

from bot.formats.banks.refusing import Refused

_KNOWN = (
    100, 90, 83.33333, 80, 75, 70, 66.66667, 60, 50, 40, 33.33333, 30, 25, 20, 16.66667, 14.28571, 12.5, 11.11111, 10,
    5, 0,
)  # fmt: skip
_EXACT = 1e-4
_NEAR = 0.5


def weight(text: str, line: int = 0) -> tuple[float, tuple[str, str] | None]:
    """Return the share that a percentage stands for, and a note where it had to be put right."""
    try:
        percent = float(text)
    except ValueError:
        raise Refused(
            f"{text} % is not a weight", "write it as in %50% or %33.33333%", line
        ) from None
    nearest = min(_KNOWN, key=lambda known: abs(known - abs(percent)))
    off = abs(nearest - abs(percent))
    if off > _NEAR or (off > _EXACT and nearest == round(nearest)):
        cure = "use one of 100, 90, 83.33333, 80, 75, 70, 66.66667, 60, 50, 40, 33.33333, 30, 25, 20, …"
        raise Refused(f"{text} % is not a weight that Moodle knows", cure, line)
    share = (nearest if percent >= 0 else -nearest) / 100
    if off <= _EXACT:
        return share, None
    return share, (f"the weight {text} % is read as {nearest:.7g} %", f"write %{nearest:.7g}%")
