"""A fact that an editor writes step by step, from questions that nobody could answer: all of it pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.core.facts import Pack, Verdict

LONGEST_CLAIM, LONGEST_ANSWER, LONGEST_TEXT = 500, 200, 1000
MOST_ASKS = 8
OFFERED = (
    Verdict.CORROBORATED,
    Verdict.PARTLY,
    Verdict.CONTRADICTED,
    Verdict.UNVERIFIED,
    Verdict.OPINION,
)
_CORRECTED = frozenset({Verdict.PARTLY, Verdict.CONTRADICTED})
_REFERRED = frozenset({Verdict.CORROBORATED, Verdict.PARTLY, Verdict.CONTRADICTED})
_ADDRESS = re.compile(r"https?://[^\s/]+\.[^\s]+|https?://localhost\S*", re.IGNORECASE)
_SLUG = re.compile(r"[a-z0-9]+")
_LONGEST_ID = 40
_NO_NAME = frozenset(
    "a an the of in on at to for by and or was were is are did does how what".split()
)


class Step(StrEnum):
    """What is asked for."""

    PACK = "pack"
    CLAIM = "claim"
    ANSWER = "answer"
    PLACE = "place"
    VERDICT = "verdict"
    CORRECTION = "correction"
    SOURCE = "source"
    ASKS = "asks"
    PREVIEW = "preview"


@dataclass(frozen=True, slots=True)
class FactForm:
    """What was said so far."""

    examples: tuple[str, ...]
    """The questions as they were asked."""
    questions: tuple[int, ...] = ()
    """Their ids."""
    step: Step = Step.PACK
    pack: str = ""
    claim: str = ""
    answer: str = ""
    place: str = ""
    verdict: str = ""
    correction: str = ""
    publisher: str = ""
    title: str = ""
    url: str = ""
    asks: tuple[str, ...] = ()
    sensitive: bool = False
    """Whether it concerns real deaths or injuries."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """Words that cannot be taken: the key of the sentence that says why."""

    key: str
    length: int = 0
    most: int = 0


def begin(examples: Sequence[str], questions: Sequence[int], packs: Sequence[str]) -> FactForm:
    """Begin a fact; where there is one bank only, it is for that."""
    form = FactForm(tuple(examples), tuple(questions))
    return replace(form, pack=packs[0], step=Step.CLAIM) if len(packs) == 1 else form


def choose(form: FactForm, chosen: str, pack: Pack | None) -> FactForm | Wrong:
    """Take what was chosen by a button: a bank, a place, a verdict."""
    match form.step:
        case Step.PACK if chosen:
            return _onward(replace(form, pack=chosen), pack)
        case Step.PLACE:
            return _onward(replace(form, place=chosen), pack)
        case Step.VERDICT if chosen in list(OFFERED):
            return _onward(replace(form, verdict=chosen), pack)
        case Step.SOURCE:
            return Wrong("source") if form.verdict in _REFERRED else _onward(form, pack)
        case Step.ASKS:
            return _onward(replace(form, asks=form.examples[:MOST_ASKS]), pack)
        case _:
            return Wrong("empty")


def write(form: FactForm, words: str, pack: Pack | None) -> FactForm | Wrong:
    """Take words for what is asked for."""
    lines = [" ".join(line.split()) for line in words.splitlines()]
    lines = [line for line in lines if line]
    if not lines:
        return Wrong("empty")
    match form.step:
        case Step.CLAIM | Step.ANSWER | Step.CORRECTION:
            taken = _text(form, " ".join(lines))
        case Step.SOURCE:
            taken = _source(form, lines)
        case Step.ASKS:
            taken = replace(form, asks=tuple(line[:LONGEST_ANSWER] for line in lines[:MOST_ASKS]))
        case Step.PLACE:
            return Wrong("place")
        case Step.VERDICT:
            return Wrong("verdict")
        case _:
            return Wrong("empty")
    return taken if isinstance(taken, Wrong) else _onward(taken, pack)


_MOST: Mapping[Step, int] = {
    Step.CLAIM: LONGEST_CLAIM,
    Step.ANSWER: LONGEST_ANSWER,
    Step.CORRECTION: LONGEST_TEXT,
}


def _text(form: FactForm, text: str) -> FactForm | Wrong:
    if len(text) > _MOST[form.step]:
        return Wrong("long", len(text), _MOST[form.step])
    if form.step is Step.CLAIM:
        return replace(form, claim=text)
    if form.step is Step.ANSWER:
        return replace(form, answer=text)
    return replace(form, correction=text)


def _source(form: FactForm, lines: Sequence[str]) -> FactForm | Wrong:
    """Read publisher, title and address, of which the last two may be left out."""
    address = next((line for line in lines if "://" in line), "")
    if address and not _ADDRESS.fullmatch(address):
        return Wrong("address")
    named = [line for line in lines if line != address]
    if not named:
        return Wrong("source")
    title = named[1] if len(named) > 1 else ""
    return replace(form, publisher=named[0][:200], title=title[:300], url=address)


def _onward(form: FactForm, pack: Pack | None) -> FactForm:
    """Go to the next thing that is to be asked."""
    order = list(Step)
    left = order[order.index(form.step) + 1 :]
    return replace(form, step=next(step for step in left if _is_asked(step, form, pack)))


def _is_asked(step: Step, form: FactForm, pack: Pack | None) -> bool:
    match step:
        case Step.PLACE:
            return bool(pack and pack.places)
        case Step.CORRECTION:
            return form.verdict in _CORRECTED
        case _:
            return True


def lacking(form: FactForm) -> Wrong | None:
    """Return what a whole form still lacks, however it was filled in."""
    if not form.claim or not form.asks:
        return Wrong("empty")
    if form.verdict not in list(OFFERED):
        return Wrong("verdict")
    if form.verdict in _CORRECTED and not form.correction:
        return Wrong("correction")
    if form.verdict in _REFERRED and not form.publisher:
        return Wrong("source")
    if form.url and not _ADDRESS.fullmatch(form.url):
        return Wrong("address")
    return _too_long(form)


def _too_long(form: FactForm) -> Wrong | None:
    texts = (
        (form.claim, LONGEST_CLAIM),
        (form.answer, LONGEST_ANSWER),
        (form.correction, LONGEST_TEXT),
    )
    return next((Wrong("long", len(text), most) for text, most in texts if len(text) > most), None)


def again(form: FactForm) -> FactForm:
    """Begin to write it once more."""
    return FactForm(form.examples, form.questions, Step.CLAIM, form.pack)


def as_fact(form: FactForm, taken: Sequence[str]) -> dict[str, object]:
    """Return the fact with the keys that facts.yaml has; its id is none of those taken."""
    plain: dict[str, object] = {"id": name_of(form.claim, taken), "claim": form.claim}
    given = {
        "place": form.place,
        "answer": form.answer,
        "verdict": form.verdict,
        "correction": form.correction,
    }
    plain |= {key: text for key, text in given.items() if text}
    if form.publisher:
        known = {"publisher": form.publisher, "title": form.title, "url": form.url}
        plain["references"] = [{key: text for key, text in known.items() if text}]
    if form.sensitive:
        plain["sensitive"] = "true"
    return {**plain, "asks": list(form.asks)}


def name_of(claim: str, taken: Sequence[str]) -> str:
    """Return a lasting id for a claim, of its first words."""
    words = [word for word in _SLUG.findall(claim.lower()) if word not in _NO_NAME]
    name = "-".join(words)[:_LONGEST_ID].strip("-") or "fact"
    return next(one for one in _numbered(name) if one not in set(taken))


def _numbered(name: str) -> Iterator[str]:
    yield name
    number = 2
    while True:
        yield f"{name}-{number}"
        number += 1
