"""The tables of the pages of results: sorted by links, without any script."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.core.item_analysis import FEWEST
from bot.core.picture_words import edges
from bot.core.question_looks import Look
from bot.core.result_cards import counts, index, number, percent, signs
from bot.core.result_summary import Summary, bins
from bot.core.results import Row, key_of, rows
from bot.core.words import say

_UP, _DOWN = "", "-"


@dataclass(frozen=True, slots=True)
class Head:
    """The heading of a column."""

    words: str
    link: str = ""
    """Where it is sorted by; empty for a column that cannot be sorted by."""
    sorted: str = ""
    """`ascending` or `descending` where it is sorted by."""


@dataclass(frozen=True, slots=True)
class TableView:
    """A table as it is drawn; the first cell of a row is its heading."""

    name: str
    """Also the name of the field of the address that says by what it is sorted."""
    title: str
    heads: tuple[Head, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """What stands in a column, and by what it is sorted."""

    name: str
    shown: Callable[[int], str]
    by: Callable[[int], tuple[float, str]] | None = None


def score_table(found: Summary) -> TableView:
    """Return the distribution of scores: what the picture shows, in numbers."""
    shown = bins(found.totals, found.taken.full)
    heads = (Head(say("web.results.score")), Head(say("web.results.count")))
    return TableView(
        "scores",
        say("web.results.scores"),
        heads,
        tuple((edges(one), str(one.count)) for one in shown),
    )


def question_table(found: Summary, query: Mapping[str, str]) -> TableView:
    """Return the questions of a session with their statistics."""
    looks = found.looks

    def numbered(place: int) -> tuple[float, str]:
        return float(looks[place].item.number), ""

    first = Column("number", lambda n: str(looks[n].item.number), numbered)
    return _table("questions", [first, *_columns(looks)], len(looks), query, _note())


def version_table(looks: Sequence[Look], query: Mapping[str, str]) -> TableView:
    """Return versions of questions over several sessions."""
    first = Column(
        "count",
        lambda n: str(looks[n].learners),
        lambda n: (float(looks[n].learners), ""),
    )
    by_stem, *others = _columns(looks)
    return _table("questions", [by_stem, first, *others], len(looks), query, _note())


def _note() -> str:
    return say("web.results.dubious", sure=15, fewest=FEWEST)


def _columns(looks: Sequence[Look]) -> list[Column]:
    return [
        Column("stem", lambda n: looks[n].item.question.stem, lambda n: (0.0, _stem(looks[n]))),
        Column("key", lambda n: key_of(looks[n].item.question)),
        Column(
            "answered",
            lambda n: str(looks[n].answered),
            lambda n: (float(looks[n].answered), ""),
        ),
        Column("facility", lambda n: _share(looks[n]), lambda n: (_facility(looks[n]), "")),
        Column("interval", lambda n: _between(looks[n])),
        Column(
            "discrimination",
            lambda n: _index(looks[n], "discrimination"),
            lambda n: (_value(looks[n], "discrimination"), ""),
        ),
        Column("efficiency", lambda n: _index(looks[n], "efficiency")),
        Column("given", lambda n: "; ".join(counts(looks[n]))),
        Column("notes", lambda n: " ".join(signs(looks[n]))),
    ]


def learner_table(found: Summary, query: Mapping[str, str]) -> TableView:
    """Return the learners with their marks, by the attempt that counts."""
    taken = found.taken
    held = rows(taken, taken.which)
    scored = [
        Column(f"mark.{item.number}", _mark_of(held, place))
        for place, item in enumerate(taken.scored)
    ]
    columns = [
        Column("learner", lambda n: held[n].learner.name, lambda n: (0.0, _name(held[n]))),
        Column("total", lambda n: number(held[n].total), lambda n: (held[n].total, "")),
        *scored,
    ]
    # Where nothing has points there is nothing to say of any learner by name.
    return _table("learners", columns, len(held) if scored else 0, query)


def _mark_of(held: Sequence[Row], place: int) -> Callable[[int], str]:
    return lambda n: number(held[n].marks[place])


def _name(row: Row) -> str:
    return row.learner.name.casefold()


def _stem(look: Look) -> str:
    return look.item.question.stem.casefold()


def _table(
    name: str, columns: Sequence[Column], count: int, query: Mapping[str, str], note: str = ""
) -> TableView:
    wanted = query.get(name, "")
    by = next((c for c in columns if c.by and wanted.lstrip(_DOWN) == c.name), None)
    order: Iterable[int] = range(count)
    if by and by.by:
        order = sorted(order, key=by.by, reverse=wanted.startswith(_DOWN))
    return TableView(
        name,
        say(f"web.results.{name}"),
        tuple(_head(name, column, wanted) for column in columns),
        tuple(
            tuple(column.shown(n) or say("web.results.none") for column in columns) for n in order
        ),
        note,
    )


def _head(table: str, column: Column, wanted: str) -> Head:
    stem, _, of = column.name.partition(".")
    words = say(f"web.results.{stem}", number=of)
    if column.by is None:
        return Head(words)
    up, down = column.name, _DOWN + column.name
    if wanted == up:
        return Head(words, f"?{table}={down}#{table}", "ascending")
    if wanted == down:
        return Head(words, f"?{table}={up}#{table}", "descending")
    return Head(words, f"?{table}={up}#{table}")


def _facility(look: Look) -> float:
    return look.facility if look.statistics else 2.0


def _share(look: Look) -> str:
    return say("web.results.percent", share=percent(look.facility)) if look.statistics else ""


def _between(look: Look) -> str:
    own = look.statistics
    if own is None or own.interval is None:
        return ""
    low, high = own.interval
    return say("web.results.between", low=percent(low), high=percent(high))


def _value(look: Look, name: str) -> float:
    """Return a statistic to sort by; what is unknown comes first."""
    own = look.statistics
    known = own is not None and own.count >= FEWEST
    value: float | None = getattr(own, name) if known else None
    return -1000.0 if value is None else value


def _index(look: Look, name: str) -> str:
    own = look.statistics
    return index(getattr(own, name)) if own and own.count >= FEWEST else ""
