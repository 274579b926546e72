"""The facts and questions of a bank in a list: searched, filtered, sorted, a page at a time."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.core.bank_diff import Sort, compare
from bot.core.facts import Fact, Pack, Verdict
from bot.core.flags import QUESTION, WAITING
from bot.core.numerals import number_or
from bot.core.quiz import Accepted, Option, Question, QuestionKind, key_text
from bot.core.roles import Act, may
from bot.core.words import say
from bot.formats.banks.formats import WRITERS
from bot.frontends.web.bank_items_form import LETTER
from bot.frontends.web.bank_site import PATH, BankSite, Looked
from bot.frontends.web.signed import require

A_PAGE = 50
COLUMNS = ("id", "text", "topic", "kind", "verdict", "flags")
_FILTERS = ("search", "what", "topic", "kind", "verdict", "marked", "sort", "draft")
_LONGEST_SEARCH = 200


@dataclass(frozen=True, slots=True)
class Line:
    """One item in the list."""

    sort: Sort
    id: str
    text: str
    key: str
    """What is right, or what the fact is answered with."""
    topic: str
    kind: str
    verdict: str
    flags: int
    sensitive: bool
    change: str
    """How the draft changes it; "" where it does not."""
    words: str
    """All of its texts, to be searched."""

    @property
    def letter(self) -> str:
        """Return how its address calls what it is."""
        return LETTER[self.sort]


@dataclass(frozen=True, slots=True)
class Filter:
    """What is wanted of the list."""

    search: str = ""
    what: str = ""
    topic: str = ""
    kind: str = ""
    verdict: str = ""
    marked: str = ""
    """`flags`, `sensitive` or `changed`."""
    sort: str = ""
    draft: str = ""

    def address(self, **other: str) -> str:
        """Return the query of the same list but for what is given."""
        found = {name: getattr(self, name) for name in _FILTERS} | other
        return "?" + urlencode({name: text for name, text in found.items() if text})


def filter_of(query: Mapping[str, str]) -> Filter:
    """Read what is wanted from an address."""
    return Filter(**{name: query.get(name, "").strip()[:_LONGEST_SEARCH] for name in _FILTERS})


def lines_of(pack: Pack, flags: Mapping[str, int], changed: Mapping[str, str]) -> Iterator[Line]:
    """Yield everything in a bank: its facts, then its questions, as the files have them."""
    for fact in pack.facts:
        yield _fact_line(fact, flags.get(fact.id, 0), changed.get(f"{Sort.FACT}/{fact.id}", ""))
    for question in pack.questions:
        name = question.id
        change = changed.get(f"{Sort.QUESTION}/{name}", "")
        yield _question_line(question, flags.get(QUESTION + name, 0), change)


def _fact_line(fact: Fact, flags: int, change: str) -> Line:
    said = (fact.claim, fact.answer, fact.correct, fact.correction, fact.evidence, fact.note)
    asks = (ask.text for ask in fact.asks)
    pages = (f"{r.publisher} {r.title} {r.url}" for r in fact.references)
    words = " ".join((fact.id, *said, *asks, *pages, *(part.text for part in fact.parts)))
    return Line(
        Sort.FACT,
        fact.id,
        fact.claim,
        fact.answer,
        fact.topic,
        str(fact.kind or ""),
        str(fact.verdict),
        flags,
        fact.sensitive,
        change,
        words.casefold(),
    )


def _question_line(question: Question, flags: int, change: str) -> Line:
    listed: tuple[Option | Accepted, ...] = (*question.options, *question.accepted)
    answers = (f"{one.text} {one.feedback}" for one in listed)
    pairs = (f"{pair.left} {pair.right}" for pair in question.pairs)
    said = (question.stem, question.title, question.feedback, *question.sequence, *question.tags)
    words = " ".join((question.id, *said, *answers, *pairs, *question.facts, *question.category))
    return Line(
        Sort.QUESTION,
        question.id,
        question.stem,
        key_text(question),
        question.topic,
        str(question.kind),
        "",
        flags,
        question.sensitive,
        change,
        words.casefold(),
    )


def wanted(lines: Sequence[Line], want: Filter) -> list[Line]:
    """Return what a filter leaves, in its order."""
    words = want.search.casefold().split()
    found = [line for line in lines if _fits(line, want) and all(w in line.words for w in words)]
    name, down = want.sort.removeprefix("-"), want.sort.startswith("-")
    if name in COLUMNS:
        found.sort(key=lambda line: _order(line, name), reverse=down)
    return found


def _order(line: Line, name: str) -> tuple[int, str]:
    if name == "flags":
        return -line.flags, ""
    return 0, str(getattr(line, name)).casefold()


def _fits(line: Line, want: Filter) -> bool:
    marked = {"flags": line.flags, "sensitive": line.sensitive, "changed": line.change}
    return (
        want.what in ("", line.letter)
        and want.topic in ("", line.topic)
        and want.kind in ("", line.kind)
        and want.verdict in ("", line.verdict)
        and (want.marked not in marked or bool(marked[want.marked]))
    )


@dataclass(frozen=True, slots=True)
class Head:
    """A column that can be sorted by."""

    name: str
    link: str
    sorted: str


def heads(want: Filter) -> list[Head]:
    """Return the columns with links that sort, or turn the order round."""
    found: list[Head] = []
    for name in COLUMNS:
        order = {name: "ascending", f"-{name}": "descending"}.get(want.sort, "")
        other = f"-{name}" if order == "ascending" else name
        found.append(Head(name, want.address(sort=other), order))
    return found


@dataclass(frozen=True, slots=True)
class ListPage:
    """Shows what is in a bank."""

    site: BankSite

    def routes(self) -> list[Route]:
        """Return where the list stands."""
        return [Route(f"{PATH}/{{pack}}", self.show, methods=["GET"])]

    async def show(self, request: Request) -> Response:
        """Show one page of the list."""
        signed = require(request, Act.BANK_READ)
        query, pack = request.query_params, str(request.path_params["pack"])
        want = filter_of(query)
        looked = await self.site.look(signed, pack, number_or(want.draft, 0))
        listed = await self._lines(looked)
        found = await asyncio.to_thread(wanted, listed, want)
        pages = max(1, ceil(len(found) / A_PAGE))
        number = min(max(1, number_or(query.get("page", "1"), 0)), pages)
        return self.site.view.page(
            "bank_items.html",
            current=PATH,
            looked=looked,
            want=want,
            heads=heads(want),
            lines=found[(number - 1) * A_PAGE : number * A_PAGE],
            count=len(found),
            all=len(listed),
            number=number,
            pages=pages,
            choices=_choices(listed, looked.content),
            drafts=await self.site.banks.drafts(pack),
            formats=list(WRITERS),
            may_publish=may(signed.role, Act.BANK_PUBLISH),
        )

    async def _lines(self, looked: Looked) -> list[Line]:
        published = None
        if looked.draft and looked.published:
            published = (await self.site.version(looked.pack, looked.published)).pack
        flags = await flags_of(self.site, looked.pack)
        changed = await changes_of(looked, published)
        return await asyncio.to_thread(lambda: list(lines_of(looked.content, flags, changed)))


def _choices(lines: Sequence[Line], pack: Pack) -> dict[str, list[tuple[str, str]]]:
    """Return what each filter can be set to: what there is, with its name in words."""
    topics = {line.topic for line in lines}
    kinds = {line.kind for line in lines}
    verdicts = {line.verdict for line in lines}
    return {
        "what": [(letter, say(f"web.bank.what.{letter}")) for letter in ("f", "q")],
        "topic": [(key, title) for key, title in pack.topics.items() if key in topics],
        "kind": [(kind, kind_named(kind)) for kind in sorted(kinds) if kind],
        "verdict": [(str(v), say(f"verdict.{v}")) for v in Verdict if str(v) in verdicts],
        "marked": [
            (one, say(f"web.bank.marked.{one}")) for one in ("flags", "sensitive", "changed")
        ],
    }


def kind_named(kind: str) -> str:
    """Return a kind of question, or of fact, in words."""
    return say(f"web.bank.kind.{kind}") if kind in list(QuestionKind) else kind


async def flags_of(site: BankSite, pack: str) -> dict[str, int]:
    """Count the reports that wait, by what they are about."""
    found: dict[str, int] = {}
    async with site.banks.work() as work:
        reports = await work.flags.reports()
    for report in reports:
        if report.state in WAITING and report.item and report.item.pack == pack:
            found[report.item.fact] = found.get(report.item.fact, 0) + 1
    return found


async def changes_of(looked: Looked, published: Pack | None) -> dict[str, str]:
    """Return how the draft that is looked at changes each item."""
    if looked.draft is None:
        return {}
    diff = await asyncio.to_thread(compare, published, looked.content)
    return {f"{item.sort}/{item.id}": str(item.change) for item in diff.items}
