"""One item of a bank on its form: a question or a fact, as it stands, and as it was sent."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from bot.core.bank_diff import Sort
from bot.core.fact_form import name_of
from bot.core.quiz import Question
from bot.core.words import say
from bot.formats.banks.draft import slug
from bot.formats.models import FACT_ID
from bot.frontends.web import bank_fact, bank_question
from bot.frontends.web.bank_fields import Part, Values, Wrong, groups, singles, too_long
from bot.frontends.web.bank_site import Looked
from bot.frontends.web.bank_writing import is_imported, mark_of, plain_at
from bot.service.bank_editing import FACTS, Edit, PutItem, PutQuestion

_MOST_ID = 62
LETTERS = {"q": Sort.QUESTION, "f": Sort.FACT}
"""How the addresses call what is edited."""
LETTER = {sort: letter for letter, sort in LETTERS.items()}


@dataclass(frozen=True, slots=True)
class Item:
    """What is on the form."""

    looked: Looked
    sort: Sort
    name: str
    """"" for a new one."""
    old: Question | dict[str, object]
    own: bool = True
    """Whether a question rests on facts of its bank, and is written so."""
    copied: bool = False

    @property
    def parts(self) -> Sequence[Part]:
        """Return the fields."""
        if self.sort is Sort.QUESTION:
            return bank_question.parts(self.looked.content, own=self.own)
        return bank_fact.parts(self.looked.content)

    @property
    def stored(self) -> Values:
        """Return what stands in the bank."""
        if isinstance(self.old, Question):
            return bank_question.values_of(self.old)
        return bank_fact.values_of(self.old)

    @property
    def mark(self) -> str:
        """Return what tells this state of it from another."""
        return mark_of(self.looked.texts, self.sort, self.name)


def item_at(looked: Looked, sort: Sort, name: str) -> Item | None:
    """Return an item of a bank; None where there is no such thing."""
    if sort is Sort.QUESTION:
        question = looked.content.question(name)
        if question is None:
            return None
        own = bool(question.facts) and not is_imported(looked.texts, name)
        return Item(looked, sort, name, question, own)
    plain = plain_at(looked, name)
    return None if plain is None else Item(looked, sort, name, plain)


def new_item(looked: Looked, sort: Sort, copied: str = "", *, own: bool = True) -> Item:
    """Return an empty item, or the copy of another one."""
    found = item_at(looked, sort, copied) if copied else None
    if found is not None:
        old = found.old
        bare = replace(old, id="") if isinstance(old, Question) else {**old, "id": ""}
        return replace(found, name="", old=bare, copied=True)
    if sort is Sort.QUESTION:
        own = own and bool(looked.content.facts)
        return Item(looked, sort, "", bank_question.blank(looked.content), own)
    return Item(looked, sort, "", {"id": "", "claim": ""})


@dataclass(slots=True)
class Taken:
    """What came of reading a form."""

    id: str
    edit: Edit
    content: Question | dict[str, object]
    wrong: list[Wrong] = field(default_factory=list[Wrong])


def take(item: Item, values: Values, wished: str = "") -> Taken:
    """Read an item from its form; `wished` is the id that a new one shall have."""
    wrong = list(too_long(item.parts, values, values.text("kind")))
    if isinstance(item.old, Question):
        reading = bank_question.Reading(values, item.old, item.own, wrong)
        question = reading.question()
        name = item.name or _free(item, wished, slug(question), wrong)
        question = replace(question, id=name)
        return Taken(name, PutQuestion(question), question, wrong)
    plain = bank_fact.plain_of(values, item.old, wrong)
    taken = [fact.id for fact in item.looked.content.facts]
    name = item.name or _free(item, wished, name_of(str(plain.get("claim", "")), taken), wrong)
    plain = {"id": name, **{key: value for key, value in plain.items() if key != "id"}}
    return Taken(name, PutItem(FACTS, plain), plain, wrong)


def _free(item: Item, wished: str, made: str, wrong: list[Wrong]) -> str:
    """Return an id for a new item: the one that was wished for, or one made of its text."""
    content = item.looked.content
    known = content.questions if item.sort is Sort.QUESTION else content.facts
    taken = {one.id for one in known}
    if not wished:
        return next(name for name in _numbered(made) if name not in taken)
    if not re.fullmatch(FACT_ID, wished):
        wrong.append(Wrong("id", say("web.bank.wrong.id"), say("web.bank.cure.id")))
    elif wished in taken:
        wrong.append(
            Wrong("id", say("web.bank.wrong.taken", id=wished), say("web.bank.cure.taken"))
        )
    return wished


def _numbered(name: str) -> Iterator[str]:
    yield name[:_MOST_ID]
    number = 2
    while True:
        yield f"{name[: _MOST_ID - 8]}-{number}"
        number += 1


def differing(item: Item, theirs: Values, ours: Values) -> Iterator[tuple[str, str, str]]:
    """Yield each field in which two states differ: what it is called, and what stands in each."""
    for one in singles(item.parts):
        if theirs.text(one.name) != ours.text(one.name):
            yield one.label, theirs.text(one.name), ours.text(one.name)
    for group in groups(item.parts):
        now, mine = _told(theirs, group.name), _told(ours, group.name)
        if now != mine:
            yield group.label, now, mine


def _told(values: Values, name: str) -> str:
    rows = values.listed(name)
    return "\n".join(" · ".join(_cell(k, t) for k, t in row.items() if t) for row in rows)


def _cell(key: str, text: str) -> str:
    return say(f"web.bank.field.{key}") if text == "on" else text
