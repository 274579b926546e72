"""The form in which a teacher sets a live quiz up."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from math import isfinite
from typing import TypeVar

from bot.core.facts import Pack
from bot.core.library import Library
from bot.core.live_scoring import available, left_out
from bot.core.live_setup import ANYWHERE, counted
from bot.core.live_types import UNTIMED, Reveal, Scoring, Setup
from bot.core.live_written import ARRANGED
from bot.core.numerals import number_or
from bot.core.quiz import TYPED
from bot.core.words import say

Fields = Mapping[str, Sequence[str]]

MOST_QUESTIONS = 50
MOST_GRACE = 10.0
SECONDS = (10, 15, 20, 30, 45, 60, 90, 120, 180, 300)
ONWARD = (5, 10, 15, 20, 30)
AUTO, NEVER = "auto", "untimed"
MOST_FIELDS = 120
_KINDS = ANYWHERE | ARRANGED

_Choice = TypeVar("_Choice", bound=StrEnum)


class WrongSetup(Exception):
    """The form holds something that cannot be; says what to write instead."""

    def __init__(self, what: str, **values: object) -> None:
        super().__init__(say(f"web.live.wrong.{what}", "en", **values))


def packs_with_questions(library: Library) -> list[Pack]:
    """Return the packs that a quiz can be made of."""
    return [shelf.pack for shelf in library.shelves if available(shelf.pack, (), _KINDS)]


def topics_of(pack: Pack) -> dict[str, str]:
    """Return the topics on which a pack has questions to ask live, with their names."""
    having = dict.fromkeys(question.topic for question in pack.questions if question.topic)
    return {
        topic: pack.topics.get(topic, topic)
        for topic in having
        if available(pack, (topic,), _KINDS)
    }


def drawing(pack: Pack) -> list[str]:
    """Say what there is to draw from, and what is left out."""
    kinds = {
        "count": available(pack),
        "written": available(pack, (), TYPED),
        "arranged": available(pack, (), ARRANGED),
    }
    return [*counted("web.live", kinds), *counted("live.setup", {"left-out": left_out(pack)})]


def read_setup(fields: Fields, library: Library, seed: str) -> Setup:
    """Read the form; raise WrongSetup where it cannot be taken."""
    pack = _pack(fields, library)
    return Setup(
        pack=pack.id,
        topics=_topics(fields, pack),
        length=_length(_one(fields, "length")),
        seconds=_seconds(_one(fields, "seconds", AUTO)),
        scoring=_choice(Scoring, _one(fields, "scoring", Scoring.PLAIN)),
        reveal=_choice(Reveal, _one(fields, "reveal", Reveal.EACH)),
        changes="changes" in fields,
        grace=_grace(_one(fields, "grace", "1")),
        onward=float(_among(_one(fields, "onward", "0"), (0, *ONWARD))),
        early="early" in fields,
        note="note" in fields,
        writing="writing" in fields,
        arranging="arranging" in fields,
        seed=seed,
    )


def _one(fields: Fields, name: str, default: str = "") -> str:
    return fields[name][-1].strip() if fields.get(name) else default


def _pack(fields: Fields, library: Library) -> Pack:
    packs, wanted = packs_with_questions(library), _one(fields, "pack")
    found = [pack for pack in packs if pack.id == wanted or (not wanted and len(packs) == 1)]
    if not found:
        raise WrongSetup("pack")
    return found[0]


def _topics(fields: Fields, pack: Pack) -> tuple[str, ...]:
    """Return the topics chosen of a pack; those of other packs stand in the same form."""
    known, begin = topics_of(pack), f"{pack.id}/"
    wanted = [t.removeprefix(begin) for t in fields.get("topic", ()) if t.startswith(begin)]
    topics = tuple(topic for topic in known if topic in wanted)
    if wanted and not topics:
        raise WrongSetup("empty")
    return topics


def _length(text: str) -> int:
    number = number_or(text, 0, most=4)
    if not 1 <= number <= MOST_QUESTIONS:
        raise WrongSetup("length", most=MOST_QUESTIONS)
    return number


def _seconds(text: str) -> float | None:
    if text == AUTO:
        return None
    return UNTIMED if text == NEVER else float(_among(text, SECONDS))


def _among(text: str, offered: Sequence[int]) -> int:
    if text not in map(str, offered):
        raise WrongSetup("choice")
    return int(text)


def _grace(text: str) -> float:
    try:
        grace = float(text.replace(",", "."))
    except ValueError:
        grace = -1.0
    if not (isfinite(grace) and 0 <= grace <= MOST_GRACE):
        raise WrongSetup("grace", most=f"{MOST_GRACE:g}")
    return grace


def _choice(kind: type[_Choice], text: str) -> _Choice:
    try:
        return kind(text)
    except ValueError:
        raise WrongSetup("choice") from None
