"""How a question or a fact will look in a chat, drawn by the core itself while it is being written."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import cast

from markupsafe import Markup

from bot.core.cards import Card
from bot.core.facts import Fact, Kind, Pack, Part
from bot.core.library import Hit, Library, Shelf
from bot.core.polls import (
    DESCRIPTION_LIMIT,
    EXPLANATION_LIMIT,
    OPTION_LIMIT,
    QUESTION_LIMIT,
    Poll,
    draft,
    poll_problem,
    written,
)
from bot.core.quiz import Question
from bot.core.quiz_cards import write
from bot.core.show import caveat, show_fact
from bot.core.solo_types import Asked, Solo, Stage
from bot.core.words import say
from bot.formats.banks.careful import faults
from bot.formats.banks.refusing import Severity
from bot.formats.items import written_item
from bot.formats.packs import read_texts
from bot.formats.problems import PackError
from bot.frontends.web.bank_site import Looked
from bot.service.bank_editing import FACTS
from bot.service.desk import Desk

_TELEGRAM = "telegram"
_MESSAGE = 4096
_MOST_FAULTS = 6
_BESIDE = ("pack.yaml", "sources.yaml")
_UNSEEN = ("related", "derived_from", "entities", "values", "correct_values", "asks")
"""What no card of a fact shows by itself."""
_BY_OTHERS = ("kind", "in_article")
"""What a bank holds to the facts that it rests on; these are not read for a preview."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A text of a poll, and how much of it fits."""

    text: str
    size: int
    most: int
    right: bool = False


@dataclass(frozen=True, slots=True)
class PollShown:
    """A question as a poll."""

    question: Measured
    options: Sequence[Measured]
    explanation: Measured
    description: Measured
    several: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """What a chat will show."""

    card: Card | None = None
    poll: PollShown | None = None
    no_poll: str = ""
    """Why it cannot be a poll."""
    lacking: Sequence[tuple[str, str]] = ()
    """What is missing before it can be shown, and what to do about it."""
    messages: int = 0
    size: int = 0
    is_question: bool = False


def of_question(desk: Desk, pack: Pack, question: Question) -> Preview:
    """Show a question as a message with buttons, and as a poll."""
    found = [fault for fault in faults(question) if fault.severity is not Severity.WARNING]
    if found:
        lacking = [(fault.cause, fault.cure) for fault in found[:_MOST_FAULTS]]
        return Preview(lacking=lacking, is_question=True)
    state = Solo(stage=Stage.QUESTION, pack=pack.id, questions=("preview",), seed="preview")
    shelf = _shelf(pack)
    answer = write(Asked(pack, question), state, Library((shelf,)))
    messages, size = _measured(desk, desk.write(answer, _platform(desk)))
    why = poll_problem(question, caveat([pack]))
    return Preview(
        desk.write(answer, "web"),
        None if why else _poll(pack, question),
        say(why) if why else "",
        messages=messages,
        size=size,
        is_question=True,
    )


def _poll(pack: Pack, question: Question) -> PollShown:
    found: Poll = written(draft(question, caveat([pack]), "", pack.source.name))
    options = [
        Measured(text, units(text), OPTION_LIMIT, number in found.right)
        for number, text in enumerate(found.options)
    ]
    return PollShown(
        Measured(found.question, units(found.question), QUESTION_LIMIT),
        options,
        Measured(found.explanation, units(found.explanation), EXPLANATION_LIMIT),
        Measured(found.description, units(found.description), DESCRIPTION_LIMIT),
        found.several,
    )


def of_fact(desk: Desk, looked: Looked, plain: dict[str, object]) -> Preview:
    """Show a fact as the answer to a question."""
    try:
        fact = _read(looked, plain)
    except PackError as error:
        return Preview(lacking=[(p.cause, p.cure) for p in error.problems[:_MOST_FAULTS]])
    others = tuple(one for one in looked.content.facts if one.id != fact.id)
    pack = replace(looked.content, facts=(*others, fact))
    shelf = _shelf(pack)
    answer = show_fact(shelf, fact, Library((shelf,)))
    messages, size = _measured(desk, desk.write(answer, _platform(desk)))
    return Preview(desk.write(answer, "web"), messages=messages, size=size)


def _read(looked: Looked, plain: dict[str, object]) -> Fact:
    """Read the fact alone, as its bank would."""
    lines = cast("list[dict[str, str]]", plain.get("parts", []))
    shown = {key: value for key, value in plain.items() if key not in (*_UNSEEN, *_BY_OTHERS)}
    shown |= {
        "id": plain.get("id") or "new",
        "parts": [{"text": p.get("text", "")} for p in lines],
    }
    texts = {name: looked.texts[name] for name in _BESIDE if name in looked.texts}
    texts[FACTS] = written_item(shown) + "\n"
    fact = read_texts(texts).facts[0]
    kind = str(plain.get("kind", ""))
    return replace(
        fact,
        kind=Kind(kind) if kind in list(Kind) else None,
        in_article=str(plain.get("in_article", "true")) in {"true", "yes"},
        parts=tuple(Part(p.get("text", ""), p.get("fact", "")) for p in lines),
    )


def _shelf(pack: Pack) -> Shelf:
    return Shelf(pack, _nothing)


def _nothing(question: str, context: str = "", most: int = 0) -> Sequence[Hit]:
    del question, context, most
    return ()


def _platform(desk: Desk) -> str:
    return _TELEGRAM if _TELEGRAM in desk.markups else "web"


def _measured(desk: Desk, card: Card) -> tuple[int, int]:
    """Return how many messages a card takes there, and how long the longest is."""
    markup = desk.markups.get(_TELEGRAM)
    sizes = [
        markup.size(page.text) if markup else units(Markup(page.text).striptags())  # noqa: S704 - only measured
        for page in card.pages
    ]
    longest = max(sizes, default=0)
    return len(sizes) + longest // (_MESSAGE + 1), longest


def units(text: str) -> int:
    """Count as Telegram does: letters beyond the basic plane are two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
