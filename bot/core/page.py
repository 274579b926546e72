"""Answers become pages that fit a platform, each ending with the caveat; here and only here."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.core.answer import Answer, Block, Caveat, Link, Mark, Notice, Role, Span, Style, Text
from bot.core.facts import Verdict

# Role and Style are what a front end needs to draw a page; it gets them here, never from answer.
__all__ = [
    "Laid",
    "Markup",
    "Page",
    "Role",
    "Style",
    "caveat_block",
    "notice_pages",
    "pages",
    "write",
]

# Control characters, and those that turn the direction of writing: with them a person's words,
# shown in a reply, could reorder ours.
UNSEEN = dict.fromkeys(
    [*range(0x09), *range(0x0B, 0x20), 0x7F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)
"""What `str.translate` leaves out of every text that a markup escapes."""
Laid = Sequence[tuple[Role, str]]
"""Rendered blocks with their roles, in order; a caveat, where there is one, comes last."""


@dataclass(frozen=True, slots=True)
class Markup:
    """How one platform writes text, and how much of it fits in a message."""

    escape: Callable[[str], str]
    style: Callable[[Style, str], str]
    """Takes escaped text."""
    link: Callable[[str, str], str]
    """Takes raw text and URL; escapes both."""
    mark: Callable[[Verdict, str], str]
    """Takes a verdict and its raw label; the label must show."""
    lay: Callable[[Laid], str]
    """Puts rendered blocks together into one message."""
    size: Callable[[str], int]
    limit: int


@dataclass(frozen=True, slots=True)
class Page:
    """The text of one message: escaped, with its caveat, within the platform's limit."""

    text: str


def pages(answer: Answer, markup: Markup) -> tuple[Page, ...]:
    """Write an answer as pages that fit, each ending with the long caveat."""
    return _pages(answer.blocks, caveat_block(answer.caveat), markup)


def notice_pages(notice: Notice, markup: Markup) -> tuple[Page, ...]:
    """Write a notice, which states no claim and so carries no caveat."""
    return _pages(notice.blocks, None, markup)


def caveat_block(caveat: Caveat) -> Block:
    """Return the long caveat as the block that closes a page."""
    return Block((Text(caveat.long),), Role.CAVEAT)


def write(span: Span, markup: Markup) -> str:
    """Render one span."""
    match span:
        case Text(text, style):
            return markup.style(style, markup.escape(text))
        case Link(text, url):
            return markup.link(text, url)
        case Mark(verdict, label):
            return markup.mark(verdict, label)


def _rendered(block: Block, markup: Markup) -> tuple[Role, str]:
    return block.role, "".join(write(span, markup) for span in block.spans)


def _pages(blocks: Sequence[Block], closing: Block | None, markup: Markup) -> tuple[Page, ...]:
    end = [_rendered(closing, markup)] if closing else []

    def fits(laid: list[tuple[Role, str]]) -> bool:
        return markup.size(markup.lay(laid + end)) <= markup.limit

    bodies: list[list[tuple[Role, str]]] = [[]]
    for block in blocks:
        for piece in _pieces(block, markup, fits):
            if bodies[-1] and not fits([*bodies[-1], piece]):
                bodies.append([])
            bodies[-1].append(piece)
    return tuple(Page(markup.lay(body + end)) for body in bodies)


def _pieces(
    block: Block, markup: Markup, fits: Callable[[list[tuple[Role, str]]], bool]
) -> Iterator[tuple[Role, str]]:
    """Yield a block whole where it fits on a page of its own, else cut between words."""
    whole = _rendered(block, markup)
    if fits([whole]):
        yield whole
        return
    held: list[Span] = []
    for atom in _atoms(block, markup, fits):
        if held and not fits([_rendered(replace(block, spans=(*held, atom)), markup)]):
            yield _rendered(replace(block, spans=tuple(held)), markup)
            held = []
        held.append(atom)
    if held:
        yield _rendered(replace(block, spans=tuple(held)), markup)


def _atoms(
    block: Block, markup: Markup, fits: Callable[[list[tuple[Role, str]]], bool]
) -> Iterator[Span]:
    """Yield the smallest spans a block may be cut into, each of which fits alone."""

    def alone(span: Span) -> bool:
        return fits([_rendered(replace(block, spans=(span,)), markup)])

    for span in block.spans:
        if not isinstance(span, Text):
            # A link whose address does not fit still shows its words.
            shown = (
                span if alone(span) else Text(span.text if isinstance(span, Link) else span.label)
            )
            yield from [shown] if alone(shown) else _words(shown, alone)
        else:
            yield from _words(span, alone)


def _words(span: Span, alone: Callable[[Span], bool]) -> Iterator[Text]:
    assert isinstance(span, Text)  # noqa: S101 - narrowed by the caller for the type checkers
    for word in span.text.split(" "):
        piece = replace(span, text=word + " ")
        if alone(piece):
            yield piece
        else:
            yield from (replace(span, text=letter) for letter in word)
