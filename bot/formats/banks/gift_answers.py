r"""What stands between the braces of a GIFT question."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.core.quiz import FALSE, TRUE, Accepted, NumberKey, Option, Pair, QuestionKind
from bot.formats.banks.draft import option_id
from bot.formats.banks.gift_text import piece
from bot.formats.banks.refusing import Refused
from bot.formats.banks.weights import weight
from bot.formats.banks.wildcards import taken
from bot.formats.problems import quoted

Where = Callable[[int], int]
Note = tuple[str, str]

# Many teachers write ~= before the right answer; Moodle takes it for =.
_SIGNS = re.compile(r"\\.|~\s*=|[=~]", re.DOTALL)
_HASH = re.compile(r"\\.|#", re.DOTALL)
_ARROW = re.compile(r"\\.|->", re.DOTALL)
_WEIGHT = re.compile(r"\s*%(-?[0-9.,]+)%")
_LIKE_WEIGHT = re.compile(r"\s*%[-+]*[0-9][0-9.,eE+-]{0,12}%|\s*%-+[0-9.]+%")
_GENERAL = "####"
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?")
_LONGEST_NUMBER = 40
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d*)?")
_CODE = re.compile(r"[\"\[\]();<>|]|:\s|\n")
_BEHIND = re.compile(r"%-?\d{1,3}(?:\.\d{1,5})?%$")
# What an = is a part of: the address of a page, or the attribute of a tag.
_INSIDE = re.compile(r"(?:https?://[^\s~]{1,2000}|<[A-Za-z][A-Za-z0-9]*(?:\s[^<>~\n]{0,500})?)$")
_TRUTH = {"T": True, "TRUE": True, "F": False, "FALSE": False}
_ORDER = re.compile(
    r"\s*>\s*(\d*)(?:[ \t]+(?:ALL|EXACT|RANDOM|RAND|REL|CONTIGUOUS|CONTIG|HORIZONTAL|HORI|H|VERTICAL|VERT|V|ABSOLUTE|"
    r"ABS|RELATIVE|LONGEST|ALL_OR_NOTHING|[A-Z_]+_POSITION|RELATIVE_[A-Z_]+|LONGEST_[A-Z_]+|SHOW|HIDE|TRUE|FALSE|YES|NO|"
    r"none|123|abc|ABCD?|iii|IIII?|\d))*[ \t]*(?=\n|$)"
)


@dataclass(frozen=True, slots=True)
class Part:
    """The text between the braces, and the format that it has where it names none."""

    text: str
    form: str


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers of a question."""

    kind: QuestionKind
    options: tuple[Option, ...] = ()
    accepted: tuple[Accepted, ...] = ()
    numbers: tuple[NumberKey, ...] = ()
    pairs: tuple[Pair, ...] = ()
    sequence: tuple[str, ...] = ()
    general: str = ""
    wrong: str = ""
    notes: tuple[Note, ...] = ()


@dataclass(slots=True)
class _Reading:
    """The answers of one question while they are read."""

    form: str
    general: str
    where: Where
    notes: list[Note] = field(default_factory=list[Note])

    def note(self, cause: str, cure: str) -> None:
        self.notes.append((cause, cure))


@dataclass(frozen=True, slots=True)
class _Answer:
    """One answer: its sign, its text, and where it begins."""

    sign: str
    text: str
    place: int
    tilde: bool = False
    """Whether it begins with ~ or ~=, so that it is there to be chosen."""


def answers_of(part: Part, where: Where) -> Answers:
    """Read the answers; what kind of question it is shows only here."""
    text, general = _general(part)
    reading = _Reading(part.form, general, where)
    body = text.strip()
    if not body:
        cause = "it is an essay, with empty { }, which cannot be marked"
        raise Refused(cause, "write the answers, or leave it out", where(0))
    if body.startswith("#"):
        return _numeric(body, reading)
    if body.startswith(">"):
        return _ordering(body, reading)
    truth = _truth(body, reading)
    return truth or _signed(text, reading)


def _general(part: Part) -> tuple[str, str]:
    """Part the answers from the feedback for everybody, which is the last."""
    place = _unescaped(part.text, _GENERAL)
    if place < 0:
        return part.text, ""
    if _unescaped(part.text[:place], _GENERAL) >= 0:
        cause = "#### stands twice, and there is one feedback for everybody only"
        raise Refused(cause, "write both in one, behind the last answer")
    return part.text[:place], piece(part.text[place + len(_GENERAL) :], part.form)


def _unescaped(text: str, sign: str) -> int:
    place = text.rfind(sign)
    while place > 0 and (len(text[:place]) - len(text[:place].rstrip("\\"))) % 2:
        place = text.rfind(sign, 0, place)
    return place


def _signed(text: str, reading: _Reading) -> Answers:
    found = _split(text)
    if _chosen(found):
        return _choice(found, text, reading)
    if found[0].sign == "" and len(found) > 1 and found[0].text.strip():
        raise Refused(
            "text stands before the first answer", "put = or ~ before it", reading.where(0)
        )
    arrows = [a for a in found if _cut((_cut(a.text, _HASH) or (a.text, ""))[0], _ARROW)]
    if arrows and found[0].sign == "=":
        return _matching(found, reading)
    return _short(found, reading)


def _chosen(found: list[_Answer]) -> bool:
    """Say whether one answers by choosing: where every sign is ~= there may be several right ones."""
    return any(answer.sign == "~" for answer in found) or (
        len(found) > 1 and any(answer.tilde for answer in found)
    )


def _split(text: str) -> list[_Answer]:
    """Cut at each sign that is not escaped; what stands before the first one has none."""
    signs = [match for match in _SIGNS.finditer(text) if not match[0].startswith("\\")]
    ends = [sign.start() for sign in signs[1:]] + [len(text)]
    found = [
        _Answer(sign[0][-1], text[sign.end() : end], sign.start(), sign[0][0] == "~")
        for sign, end in zip(signs, ends, strict=False)
    ]
    lead = text[: signs[0].start()] if signs else text
    return [_Answer("", lead, 0), *found] if lead.strip() else found


def _cut(text: str, sign: re.Pattern[str]) -> tuple[str, str] | None:
    """Cut at the first sign that is not escaped."""
    for match in sign.finditer(text):
        if not match[0].startswith("\\"):
            return text[: match.start()], text[match.end() :]
    return None


def _truth(body: str, reading: _Reading) -> Answers | None:
    first, _, comments = body.partition("#")
    word = first.strip()
    truth = _TRUTH.get(word.upper())
    if truth is None:
        return None
    if word not in _TRUTH:
        meant = "true" if truth else "false"
        reading.note(
            f"{{{word}}} is read as {meant}; Moodle takes it for a word to be typed",
            "write {T} or {F}",
        )
    wrong, right = (_cut(comments, _HASH) or (comments, "")) if comments else ("", "")
    said = {truth: piece(right, reading.form), not truth: piece(wrong, reading.form)}
    options = (
        Option(TRUE, "True", float(truth), said[True]),
        Option(FALSE, "False", float(not truth), said[False]),
    )
    return Answers(
        QuestionKind.TRUE_FALSE, options, general=reading.general, notes=tuple(reading.notes)
    )


def _choice(found: list[_Answer], text: str, reading: _Reading) -> Answers:
    if found[0].sign == "":
        cause = f"text stands before the first answer: {quoted(found[0].text.strip())}"
        raise Refused(cause, "put = or ~ before it, or delete it", reading.where(0))
    _refuse_stray(found, text, reading)
    single = any(answer.sign == "=" for answer in found)
    options = tuple(_option(number, answer, reading) for number, answer in enumerate(found))
    kind = QuestionKind.SINGLE if single else QuestionKind.SEVERAL
    if kind is QuestionKind.SEVERAL:
        _refuse_overweight(options)
    return Answers(kind, options, general=reading.general, notes=tuple(reading.notes))


def _refuse_overweight(options: tuple[Option, ...]) -> None:
    whole = sum(option.fraction for option in options if option.fraction > 0)
    if whole > 1.011:  # noqa: PLR2004 - three thirds, rounded up
        cure = "give the right ones weights that make 100 % together"
        raise Refused(f"the weights of the right answers make {whole:.0%}", cure)


def _refuse_stray(found: list[_Answer], text: str, reading: _Reading) -> None:
    """Refuse signs inside an answer, where it is plain that they are meant as text."""
    for answer in found:
        if answer.sign == "=" and _INSIDE.search(text[: answer.place]):
            cause = "an = stands inside an address or a tag, where Moodle begins a new answer"
            raise Refused(cause, "put a \\ before it: \\=", reading.where(answer.place))
    leading = [a for a in found if not text[: a.place].rpartition("\n")[2].strip()]
    inner = [a for a in found if a not in leading]
    for answer in inner:
        before = text[: answer.place]
        lined = len(leading) > 1
        apart = before[-1:].isspace() and answer.text[:1].isspace() and lined
        glued = not before[-1:].isspace() and lined
        if answer.sign == "=" and (apart or glued or lined):
            cause = "an = stands inside an answer, where Moodle begins a new one"
            raise Refused(cause, "put a \\ before it: \\=", reading.where(answer.place))


def _option(number: int, answer: _Answer, reading: _Reading) -> Option:
    share, text = _weighed(answer, reading, 1.0 if answer.sign == "=" else 0.0)
    text, feedback = _commented(text, reading)
    if odd := _BEHIND.search(text):
        reading.note(
            f"{odd[0]} stands behind an answer, and is read as part of it",
            "a weight stands before the answer, as in ~%50%answer",
        )
    return Option(option_id(number), text, share, feedback)


def _weighed(answer: _Answer, reading: _Reading, otherwise: float) -> tuple[float, str]:
    found = _WEIGHT.match(answer.text)
    if not found:
        if odd := _LIKE_WEIGHT.match(answer.text):
            cure = "write it as in %50% or %-33.33333%"
            raise Refused(f"{odd[0].strip()} is not a weight", cure, reading.where(answer.place))
        return otherwise, answer.text
    share, note = weight(found[1], reading.where(answer.place))
    if note:
        reading.note(*note)
    return share, answer.text[found.end() :]


def _commented(text: str, reading: _Reading) -> tuple[str, str]:
    answer, feedback = _cut(text, _HASH) or (text, "")
    return piece(answer, reading.form), piece(feedback, reading.form)


def _short(found: list[_Answer], reading: _Reading) -> Answers:
    if found[0].sign == "":
        if _CODE.search(found[0].text):
            cause = "what stands in the braces begins with none of = ~ # T F"
            raise Refused(cause, "put = before the answer, or a \\ before braces that are text")
        reading.note("the answer stands without =", "put = before it")
    accepted: list[Accepted] = []
    for answer in found:
        share, text = _weighed(answer, reading, 1.0)
        text, feedback = _commented(text, reading)
        accepted.append(taken(text, share, feedback))
    return Answers(
        QuestionKind.TEXT,
        accepted=tuple(accepted),
        general=reading.general,
        notes=tuple(reading.notes),
    )


def _matching(found: list[_Answer], reading: _Reading) -> Answers:
    pairs: list[Pair] = []
    for answer in found:
        cut = _cut(answer.text, _ARROW)
        if not cut:
            cause = f"a pair has no -> in it: {quoted(answer.text.strip())}"
            raise Refused(cause, "write = left -> right", reading.where(answer.place))
        _look_at_pair(cut, reading, answer.place)
        pairs.append(Pair(piece(cut[0], reading.form), piece(cut[1], "plain")))
    pairs.sort(key=lambda pair: not pair.left)  # what belongs to nothing comes last
    return Answers(
        QuestionKind.MATCHING,
        pairs=tuple(pairs),
        general=reading.general,
        notes=tuple(reading.notes),
    )


def _look_at_pair(cut: tuple[str, str], reading: _Reading, place: int) -> None:
    if _LIKE_WEIGHT.match(cut[0]):
        raise Refused(
            "a pair has a weight", "delete it: all pairs count alike", reading.where(place)
        )
    if _cut(cut[1], _HASH):
        cause = "a # stands in a pair, which has no feedback of its own: it is kept as text"
        reading.note(cause, "write the feedback behind ####, or put a \\ before the #")


def _ordering(body: str, reading: _Reading) -> Answers:
    head = _ORDER.match(body)
    if not head:
        cure = "write {> and each thing in a line of its own, in the right order, then }"
        raise Refused("this ordering question cannot be read", cure, reading.where(0))
    lines = [line.strip() for line in body[head.end() :].split("\n")]
    sequence = tuple(piece(line, reading.form) for line in lines if line)
    if head[1] and 1 < int(head[1][:6]) < len(sequence):
        reading.note(
            f"Moodle would show {head[1]} of the {len(sequence)} things, here all are shown",
            "none needed",
        )
    return Answers(
        QuestionKind.ORDER, sequence=sequence, general=reading.general, notes=tuple(reading.notes)
    )


def _numeric(body: str, reading: _Reading) -> Answers:
    found = _split(body[1:])
    wrong = ""
    keys: list[NumberKey] = []
    for answer in found:
        if answer.sign == "~":
            wrong = _otherwise(answer, reading)
        else:
            keys.append(_key(answer, reading))
    return Answers(
        QuestionKind.NUMBER,
        numbers=tuple(keys),
        general=reading.general,
        wrong=wrong,
        notes=tuple(reading.notes),
    )


def _otherwise(answer: _Answer, reading: _Reading) -> str:
    text, feedback = _commented(answer.text, reading)
    if text.strip():
        cause = f"a wrong number cannot be named after ~: {quoted(text.strip())}"
        raise Refused(
            cause, "write =%0% before it, or only ~# and the feedback", reading.where(answer.place)
        )
    return feedback


def _key(answer: _Answer, reading: _Reading) -> NumberKey:
    share, text = _weighed(answer, reading, 1.0)
    text, feedback = _commented(text, reading)
    where = reading.where(answer.place)
    if ".." in text:
        low, _, high = text.partition("..")
        return NumberKey(None, 0.0, number(low, where), number(high, where), share, feedback)
    value, colon, tolerance = text.partition(":")
    within = number(tolerance, where) if colon else 0.0
    return NumberKey(number(value, where), within, fraction=share, feedback=feedback)


def number(text: str, line: int = 0) -> float:
    """Return a number written in digits with a point."""
    text = text.strip()
    if len(text) <= _LONGEST_NUMBER and _NUMBER.fullmatch(text):
        return float(text)
    cure = "write digits with a point, as in 3.14 or 3.14:0.01 or 1..5"
    if _THOUSANDS.fullmatch(text):
        cure = "write it without commas, or with a point where the fraction begins"
    elif _NUMBER.fullmatch(text.replace(",", ".")[:_LONGEST_NUMBER]):
        cure = "write a point instead of the comma"
    raise Refused(f"{quoted(text)} is not a number", cure, line)
