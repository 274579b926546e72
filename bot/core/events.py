"""Everything a front end may report. Parsed at the door, once; inside, the fields are true."""

from dataclasses import dataclass, replace


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


@dataclass(frozen=True, slots=True)
class Pressed:
    """A person pressed a button; `press` is the platform's id for the confirmation."""

    place: Place
    by: Person
    action: str
    press: str = ""
    message: str = ""


@dataclass(frozen=True, slots=True)
class Searched:
    """A person types an inline query in any chat."""

    by: Person
    text: str
    query: str
    platform: str = "telegram"


Event = Said | Commanded | Pressed | Searched


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
            return replace(event, action=clean(event.action))
