"""Setting a live quiz up by buttons: every button carries the whole setup, so nothing is kept yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.core.answer import Answer, Choice, Outcome
from bot.core.facts import Pack
from bot.core.library import Library
from bot.core.live_cards import seconds_value
from bot.core.live_scoring import available, left_out, unfit_for_polls
from bot.core.live_types import Reveal, Scoring, Setup, Way
from bot.core.live_written import ARRANGED, CHOSEN, kinds
from bot.core.quiz import TYPED
from bot.core.show import caveat, plain, strong
from bot.core.words import say

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
LENGTHS = (5, 10, 15, 20, 30)
SECONDS: Sequence[float | None] = (None, 20.0, 30.0, 45.0, 60.0, 90.0, 0.0)
ONWARD = (0.0, 5.0, 10.0, 20.0)
_NAMED = 5
_STEM = 80
"""Characters of a question that cannot be a poll, where it is named."""
ANYWHERE = CHOSEN | TYPED
"""The kinds of questions that every room can take answers to."""
SETTINGS = (
    "pack",
    "topic",
    "length",
    "seconds",
    "scoring",
    "reveal",
    "way",
    "changes",
    "onward",
    "note",
    "writing",
)
"""In the order of their digits, and of their buttons."""


@dataclass(frozen=True, slots=True)
class Dialog:
    """Which of its values each setting has, by number."""

    chosen: tuple[int, ...] = (0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0)

    def of(self, setting: str) -> int:
        """Return the number of a setting's value."""
        return self.chosen[SETTINGS.index(setting)]

    def turned(self, setting: str, library: Library) -> "Dialog":
        """Return the dialog with the next value of a setting."""
        place = SETTINGS.index(setting)
        values = list(self.chosen)
        values[place] = (values[place] + 1) % max(1, _counts(self, library)[setting])
        if setting == "pack":
            values[SETTINGS.index("topic")] = 0
        return Dialog(tuple(values))


def packs(library: Library) -> tuple[Pack, ...]:
    """Return the packs that have questions for a live quiz."""
    return tuple(shelf.pack for shelf in library.shelves if available(shelf.pack, (), ANYWHERE))


def written(dialog: Dialog) -> str:
    """Return a dialog as it stands on a button."""
    return "".join(_DIGITS[value] for value in dialog.chosen)


def read(text: str, library: Library) -> Dialog | None:
    """Read a dialog from a button; None where it is none, or where it no longer fits the packs."""
    if len(text) != len(SETTINGS) or any(digit not in _DIGITS for digit in text):
        return None
    dialog = Dialog(tuple(map(_DIGITS.index, text)))
    if dialog.of("pack") >= len(packs(library)):
        return None
    counts = _counts(dialog, library)
    fits = all(dialog.of(setting) < counts[setting] for setting in SETTINGS)
    return dialog if fits else None


def _counts(dialog: Dialog, library: Library) -> Mapping[str, int]:
    pack = packs(library)[dialog.of("pack")]
    return {
        "pack": min(len(packs(library)), len(_DIGITS)),
        "topic": min(len(_topics(pack)), len(_DIGITS)),
        "length": len(LENGTHS),
        "seconds": len(SECONDS),
        "scoring": len(Scoring),
        "reveal": len(Reveal),
        "way": len(Way),
        "changes": 2,
        "onward": len(ONWARD),
        "note": 2,
        "writing": 2 if available(pack, (), TYPED) else 1,
    }


def _topics(pack: Pack) -> tuple[str, ...]:
    """Return the topics to choose among, after "" for all of them."""
    return ("", *(topic for topic in pack.topics if available(pack, (topic,), ANYWHERE)))


def setup_of(dialog: Dialog, library: Library) -> Setup:
    """Return what a dialog says."""
    pack = packs(library)[dialog.of("pack")]
    topic = _topics(pack)[dialog.of("topic")]
    return Setup(
        pack.id,
        (topic,) if topic else (),
        LENGTHS[dialog.of("length")],
        SECONDS[dialog.of("seconds")],
        list(Scoring)[dialog.of("scoring")],
        list(Reveal)[dialog.of("reveal")],
        list(Way)[dialog.of("way")],
        changes=bool(dialog.of("changes")),
        onward=ONWARD[dialog.of("onward")],
        note=bool(dialog.of("note")),
        writing=bool(dialog.of("writing")),
    )


def card(dialog: Dialog, library: Library, *, polls: bool = True) -> Answer:
    """Show a dialog; `polls` says whether the platform has polls of its own."""
    setup = setup_of(dialog, library)
    pack = packs(library)[dialog.of("pack")]
    lines = drawing(pack, setup)
    if polls and setup.way is Way.POLLS:
        lines += [say("live.setup.polls.show"), *_not_as_polls(pack, setup)]
    if pack.content_note:
        lines.append(say("live.setup.note", note=pack.content_note))
    blocks = (strong(say("live.setup", title=pack.title)), *map(plain, lines))
    offered = _offered(dialog, library, pack, polls=polls)
    buttons = (_button(dialog, setting, setup, pack, library) for setting in offered)
    opening = Choice(say("live.button.open"), f"l.o.{written(dialog)}")
    return Answer(blocks, caveat([pack]), Outcome.ASKED, choices=(opening, *buttons))


def drawing(pack: Pack, setup: Setup) -> list[str]:
    """Say what there is to draw from, and what is left out."""
    topics, written = setup.topics, "writing" if setup.writing else "written"
    counts = {
        written: available(pack, topics, TYPED),
        "arranged": available(pack, topics, ARRANGED),
        "left-out": left_out(pack, topics),
    }
    lines = [say("live.setup.count", count=available(pack, topics, kinds(setup)))]
    return lines + counted("live.setup", counts)


def counted(begin: str, counts: Mapping[str, int]) -> list[str]:
    """Return a sentence for each count that there is: "one" has a sentence of its own."""
    return [
        say(f"{begin}.{name}{'.one' if count == 1 else ''}", count=count)
        for name, count in counts.items()
        if count
    ]


def _not_as_polls(pack: Pack, setup: Setup) -> list[str]:
    """Say which questions have to be asked with buttons although polls were chosen."""
    unfit = unfit_for_polls(pack, setup.topics, caveat([pack]))
    if not unfit:
        return [say("live.setup.polls.all")]
    lines = [say("live.setup.polls", count=len(unfit))]
    lines += [
        say("live.setup.poll", stem=_short(stem), why=say(problem))
        for stem, problem in unfit[:_NAMED]
    ]
    if len(unfit) > _NAMED:
        lines.append(say("live.setup.poll.more", count=len(unfit) - _NAMED))
    return lines


def _short(stem: str) -> str:
    return stem if len(stem) <= _STEM else f"{stem[: _STEM - 1]}…"


def _offered(dialog: Dialog, library: Library, pack: Pack, *, polls: bool) -> list[str]:
    """Return the settings that leave a choice."""
    counts = _counts(dialog, library)
    without = {"way"} if not polls else set[str]()
    if not pack.content_note:
        without.add("note")
    return [name for name in SETTINGS if counts[name] > 1 and name not in without]


def _button(dialog: Dialog, setting: str, setup: Setup, pack: Pack, library: Library) -> Choice:
    label = say(f"live.set.{setting}", value=_value(setting, setup, pack))
    return Choice(label, f"l.s.{written(dialog.turned(setting, library))}")


def _value(setting: str, setup: Setup, pack: Pack) -> str:
    match setting:
        case "pack":
            return pack.title
        case "topic":
            return pack.topics[setup.topics[0]] if setup.topics else say("live.value.all")
        case "length":
            return str(min(setup.length, available(pack, setup.topics, kinds(setup))))
        case "seconds":
            return seconds_value(setup)
        case "onward":
            key = "live.value.onward" if setup.onward else "live.value.next"
            return say(key, count=round(setup.onward))
        case _:
            return say(f"live.value.{_named(setting, setup)}")


def _named(setting: str, setup: Setup) -> str:
    named = {
        "scoring": str(setup.scoring),
        "reveal": str(setup.reveal),
        "way": str(setup.way),
        "changes": "last" if setup.changes else "first",
        "note": "yes" if setup.note else "no",
        "writing": "yes" if setup.writing else "no",
    }
    return named[setting]
