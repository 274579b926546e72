"""Everything a front end may report. Parsed at the door, once; inside, the fields are true."""

from dataclasses import dataclass, field, replace
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was said: a chat and, in it, a thread; keys start with the platform's name."""

    platform: str
    """`telegram`, `web`, `cli` (later `discord`): chooses the markup and the sender."""
    chat: str
    """Such as `telegram:-100123`, unique over all platforms."""
    thread: str = ""
    private: bool = True


@dataclass(frozen=True, slots=True)
class Person:
    """Who did it, by the platform's id (`telegram:77`), and the language of their client."""

    key: str
    language: str = "en"
    name: str = field(default="", compare=False, repr=False)
    """How the platform shows them; kept only as what a participant of a quiz is called."""
    admin: bool = field(default=False, compare=False)
    """Whether they run this chat, by the platform's word; asked only of who wants to control."""


@dataclass(frozen=True, slots=True)
class Said:
    """A person wrote to the bot: a question, or words for a report that was begun."""

    place: Place
    by: Person
    text: str
    message: str = ""
    """The platform's id of the message, for replies and edits."""
    edited: bool = False
    quoted: str = ""
    """The id of the bot's own message that this one replies to, if any."""


@dataclass(frozen=True, slots=True)
class Commanded:
    """A person gave a command such as `/help`, without its slash and bot name."""

    place: Place
    by: Person
    name: str
    argument: str = ""
    message: str = ""
    edited: bool = False
    quoted: str = ""
    replied: Person | None = field(default=None, compare=False)
    """Who wrote the message that this one replies to, where that is another person."""


@dataclass(frozen=True, slots=True)
class Pressed:
    """A person pressed a button; `press` is the platform's id for the confirmation."""

    place: Place
    by: Person
    action: str
    press: str = ""
    message: str = ""
    text: str = ""
    """What they wrote into the field that the button opens; empty where it opens none."""


@dataclass(frozen=True, slots=True)
class Searched:
    """A person types an inline query in any chat."""

    by: Person
    text: str
    query: str
    platform: str = "telegram"


@dataclass(frozen=True, slots=True)
class Sent:
    """A person sent a file in private."""

    place: Place
    by: Person
    name: str
    kind: str
    """Its media type, as their app says."""
    otherwise: Said | Commanded
    """What it is to whoever takes no files: the words that stand under it."""
    content: bytes = field(default=b"", repr=False)
    """Empty where nobody takes files, or where it is too large."""
    size: int = 0
    """Bytes, as far as they are known before it is fetched."""
    handle: str = field(default="", repr=False)
    """By what the platform knows it, to fetch it."""
    caption: str = ""
    message: str = ""


@dataclass(frozen=True, slots=True)
class PolledIn:
    """A person sent, or passed on, a poll in private."""

    place: Place
    by: Person
    question: str
    options: tuple[str, ...]
    otherwise: Said | Commanded
    right: tuple[int, ...] | None = None
    """The places of the right options; None where the platform does not tell, or there are none."""
    explanation: str = ""
    kind: str = "quiz"
    """`quiz` or `regular`."""
    several: bool = False
    message: str = ""


@dataclass(frozen=True, slots=True)
class Voted:
    """A person voted in a poll of ours."""

    place: Place
    """Their private chat: a platform does not say where they saw the poll."""
    by: Person
    subject: str
    """What the poll was about, as it was said when it was posted."""
    chosen: tuple[str, ...]
    """Our ids of the options; empty where they took their vote back."""
    message: str = ""


class Change(StrEnum):
    """What can happen to a chat."""

    ADDED = "added"
    """The bot was taken into it, or is no longer blocked."""
    REMOVED = "removed"
    """The bot was put out of it, or is blocked."""
    LEFT = "left"
    """A person left it, or was put out."""
    MOVED = "moved"
    """It goes on under another key."""
    UNREACHABLE = "unreachable"
    """What was to be sent there is refused for good: by a person who blocked the bot, say."""


@dataclass(frozen=True, slots=True)
class Changed:
    """Something happened to a chat."""

    place: Place
    by: Person
    """Who did it; of a person who left, that person."""
    what: Change
    to: str = ""
    """The chat's new key, where it moved."""
    message: str = ""
    receipt: str = ""
    """Of what could not be sent, where it cannot be reached."""


MOST_BYTES = 5_000_000
"""The largest file that is taken from a chat."""

Handed = Sent | PolledIn
"""What only some parts of the conversation take; to the others it is the words under it."""
Event = Said | Commanded | Pressed | Searched | Handed | Voted | Changed


def clean(text: str) -> str:
    """Take out what no database or network would carry: halves of letters, and null characters."""
    halved = text.encode("utf-16-le", "surrogatepass")
    return halved.decode("utf-16-le", "replace").replace("\0", "")


def cleaned(event: Event) -> Event:
    """Return an event whose words can be stored and sent."""
    match event:
        case Said() | Searched():
            return replace(event, text=clean(event.text))
        case Commanded():
            return replace(event, name=clean(event.name), argument=clean(event.argument))
        case Pressed():
            return replace(event, action=clean(event.action), text=clean(event.text))
        case Sent():
            return replace(event, name=clean(event.name), caption=clean(event.caption))
        case PolledIn():
            return replace(
                event,
                question=clean(event.question),
                options=tuple(map(clean, event.options)),
                explanation=clean(event.explanation),
            )
        case Voted() | Changed():
            return event
