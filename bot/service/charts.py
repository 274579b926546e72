"""The picture of a session: the distribution of scores, and how each question went.

It needs matplotlib, the extra `charts`; `bot.service.drawing` imports this only when a picture is
wanted. No text of a person comes into it: everything is numbers and our own words.
"""

import io
from typing import Any

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from bot.core.question_looks import Look, Sign
from bot.core.result_cards import number, percent
from bot.core.result_summary import Bin, Summary, bins
from bot.core.words import say

# From the palette of Okabe and Ito, which people with any kind of colour vision can tell apart;
# what is doubtful is hatched as well.
_BLUE, _ORANGE, _GREY, _INK = "#0072b2", "#e69f00", "#6b6b6b", "#1a1a1a"
_DPI = 150
_WIDTH, _LEAST_HEIGHT, _MOST_HEIGHT = 9.6, 4.2, 24.0
"""Inches."""
_PER_QUESTION = 0.32
_ROOM = 1.4
_FEWEST_ROWS = 5
_MOST_TICKS = 11
_LABELLED = 21
"""More bars than these are not labelled one by one."""


def draw(summary: Summary) -> bytes:
    """Draw a session as a PNG."""
    shown = summary.scored
    height = min(_MOST_HEIGHT, max(_LEAST_HEIGHT, _ROOM + _PER_QUESTION * len(shown)))
    figure: Any = Figure(
        figsize=(_WIDTH, height), dpi=_DPI, layout="constrained", facecolor="white"
    )
    canvas: Any = FigureCanvasAgg(figure)  # Any: half of matplotlib has no types
    # The scores stay as high as they are wide, however many questions stand beside them.
    rest = max(0.01, height - _LEAST_HEIGHT)
    grid = figure.add_gridspec(
        2, 2, width_ratios=(1, 1.15), height_ratios=(_LEAST_HEIGHT, rest), wspace=0.08
    )
    _scores(figure.add_subplot(grid[0, 0]), bins(summary.totals, summary.taken.full), summary)
    _questions(figure.add_subplot(grid[:, 1]), shown)
    out = io.BytesIO()
    canvas.print_png(out)
    return out.getvalue()


def _scores(axes: Any, found: tuple[Bin, ...], summary: Summary) -> None:
    """Draw how many learners have which score."""
    places = range(len(found))
    drawn = axes.bar(places, [one.count for one in found], width=0.86, color=_BLUE)
    if len(found) <= _LABELLED:
        labels = [str(one.count) if one.count else "" for one in found]
        axes.bar_label(drawn, labels=labels, padding=2, color=_INK, fontsize=10)
    _edges(axes, found)
    axes.set_title(say("picture.scores"), loc="left", color=_INK, fontweight="bold")
    axes.set_xlabel(say("picture.scores.axis", full=number(summary.taken.full)), color=_INK)
    axes.set_ylabel(say("picture.learners"), color=_INK)
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.margins(y=0.14)
    _plain(axes)


def _edges(axes: Any, found: tuple[Bin, ...]) -> None:
    """Name each score under its bar, or the edges between bars that stand for several."""
    step = 1 + len(found) // _MOST_TICKS
    if found[0].low == found[0].high:
        axes.set_xticks(range(0, len(found), step), [number(one.low) for one in found][::step])
        return
    edges = [*(one.low for one in found), found[-1].high]
    axes.set_xticks([n - 0.5 for n in range(len(edges))], [number(edge) for edge in edges])


def _questions(axes: Any, shown: tuple[Look, ...]) -> None:
    """Draw how each question went, with the interval in which it would lie for many learners."""
    places = list(range(len(shown)))
    shares = [100 * look.facility for look in shown]
    doubtful = [Sign.KEY in look.signs for look in shown]
    drawn = axes.barh(
        places, shares, height=0.66, color=[_ORANGE if d else _BLUE for d in doubtful]
    )
    for bar, doubt in zip(drawn.patches, doubtful, strict=True):
        bar.set_hatch("///" if doubt else "")
    lows, highs = zip(*(_reach(look) for look in shown), strict=True)
    axes.errorbar(
        shares, places, xerr=(lows, highs), fmt="none", ecolor=_INK, elinewidth=1.2, capsize=3
    )
    for place, look, high in zip(places, shown, highs, strict=True):
        where = min(100.0, 100 * look.facility + high) + 2
        axes.text(
            where, place, f"{percent(look.facility)} %", va="center", color=_INK, fontsize=10
        )
    axes.set_yticks(places, [_name(look) for look in shown])
    axes.set_ylim(max(len(shown), _FEWEST_ROWS) - 0.5, -0.5)
    axes.set_xlim(0, 116)
    axes.set_xticks([0, 25, 50, 75, 100])
    axes.set_title(say("picture.questions"), loc="left", color=_INK, fontweight="bold")
    axes.set_xlabel(say("picture.questions.axis"), color=_INK)
    _plain(axes)


def _name(look: Look) -> str:
    doubtful = Sign.KEY in look.signs
    return say(
        "picture.question.doubtful" if doubtful else "picture.question", number=look.item.number
    )


def _reach(look: Look) -> tuple[float, float]:
    """Return how far the interval goes down and up from the share."""
    own = look.statistics
    share = look.facility
    low, high = own.interval if own and own.interval else (share, share)
    return max(0.0, 100 * (share - low)), max(0.0, 100 * (high - share))


def _plain(axes: Any) -> None:
    axes.spines[["top", "right"]].set_visible(False)
    axes.spines[["left", "bottom"]].set_color(_GREY)
    axes.tick_params(colors=_INK, labelsize=10)
