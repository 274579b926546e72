"""The form of a quiz question: its fields for each kind, and the question that stands in them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from bot.core.facts import Pack
from bot.core.quiz import (
    FALSE,
    FEEDBACK_LIMIT,
    ONE_OF,
    OPTION_LIMIT,
    STEM_LIMIT,
    TRUE,
    Accepted,
    NumberKey,
    Option,
    Pair,
    Question,
    QuestionKind,
)
from bot.core.words import say
from bot.formats.banks.careful import (
    LONGEST_FEEDBACK,
    LONGEST_STEM,
    LONGEST_TEXT,
    POLL_OPTION,
    POLL_STEM,
)
from bot.formats.banks.draft import option_id
from bot.formats.models import NUMBER
from bot.frontends.web.bank_fields import Field, Part, Row, Rows, Sort, Values, Wrong

_ON = "on"
_CHOOSING = frozenset({"single", "several", "double-check"})
_NUMBER, _TEXT, _ORDER, _MATCHING, _TRUE_FALSE = (
    frozenset({kind}) for kind in ("number", "text", "order", "matching", "true-false")
)


def parts(pack: Pack, *, own: bool) -> Sequence[Part]:
    """Return the fields of a question: of the bank's own, or of one that came from elsewhere."""
    return (
        Part("question", (*_asked(pack, own=own), *_answers(own=own))),
        Part("why", _why(own=own)),
        Part("about", _about(pack, own=own), folded=True),
    )


def _asked(pack: Pack, *, own: bool) -> tuple[Field, ...]:
    kinds = [(str(kind), say(f"web.bank.kind.{kind}")) for kind in QuestionKind]
    topics = [("", say("web.bank.topic.none")), *pack.topics.items()]
    most = STEM_LIMIT if own else LONGEST_STEM
    return (
        Field("kind", Sort.SELECT, choices=kinds),
        Field("stem", Sort.AREA, most, POLL_STEM, hint=True, need=True),
        Field("topic", Sort.SELECT, choices=topics),
    )


def _answers(*, own: bool) -> tuple[Field | Rows, ...]:
    text = Field("text", most=OPTION_LIMIT if own else LONGEST_TEXT, poll=POLL_OPTION)
    typed = replace(text, poll=0)
    right = Field("right", Sort.CHECK)
    said = Field("feedback", most=FEEDBACK_LIMIT if own else LONGEST_FEEDBACK)
    share = () if own else (Field("share", hint=True),)
    more = () if own else (said, Field("case", Sort.CHECK), Field("pattern", Sort.CHECK))
    truth = [(TRUE, say("web.bank.true")), (FALSE, say("web.bank.false"))]
    ends = tuple(Field(name) for name in ("value", "tolerance", "low", "high", "unit"))
    return (
        Rows("options", (text, right, *share, said), _CHOOSING, blank=4),
        Field("truth", Sort.SELECT, only=_TRUE_FALSE, choices=truth),
        *(
            ()
            if own
            else (
                replace(said, name="said_true", only=_TRUE_FALSE),
                replace(said, name="said_false", only=_TRUE_FALSE),
            )
        ),
        Rows("numbers", (*ends, *share, *(() if own else (said,))), _NUMBER),
        Rows("accepted", (typed, right, *share, *(more or (said,))), _TEXT),
        Field("sequence", Sort.LINES, only=_ORDER, hint=True),
        Rows(
            "pairs",
            (replace(typed, name="left"), replace(typed, name="other"), said),
            _MATCHING,
            blank=3,
        ),
    )


def _why(*, own: bool) -> tuple[Field, ...]:
    most = FEEDBACK_LIMIT if own else LONGEST_FEEDBACK
    always = Field("feedback", Sort.AREA, most, hint=True, need=own)
    facts = Field("facts", Sort.LINES, hint=True, need=own)
    if own:
        return always, facts
    told = (Field(f"feedback_{what}", Sort.AREA, most) for what in ("right", "wrong", "partial"))
    return always, *told, facts


def _about(pack: Pack, *, own: bool) -> tuple[Field, ...]:
    del pack
    levels = [(str(n), say(f"web.bank.difficulty.{n}")) for n in (1, 2, 3)]
    return (
        Field("title", most=100 if own else LONGEST_TEXT, hint=True),
        Field("difficulty", Sort.SELECT, choices=levels),
        Field("sensitive", Sort.CHECK, hint=True),
        Field("shuffle", Sort.CHECK),
        *(() if own else (Field("points"),)),
        Field("tags", Sort.LINES),
        Field("category", Sort.LINES, hint=True),
    )


def blank(pack: Pack) -> Question:
    """Return a question of which nothing is written yet."""
    topic = next(iter(pack.topics), "") if len(pack.topics) == 1 else ""
    return Question("", QuestionKind.SINGLE, "", topic=topic)


def values_of(question: Question) -> Values:
    """Return what stands in the form of a question."""
    right = next((o.id for o in question.options if o.fraction >= 1), TRUE)
    choosing = str(question.kind) in _CHOOSING
    texts = {
        "kind": str(question.kind),
        "stem": question.stem,
        "topic": question.topic,
        "truth": right if question.kind is QuestionKind.TRUE_FALSE else TRUE,
        "said_true": _said(question, TRUE),
        "said_false": _said(question, FALSE),
        "sequence": "\n".join(question.sequence),
        "feedback": question.feedback,
        "feedback_right": question.feedback_right,
        "feedback_wrong": question.feedback_wrong,
        "feedback_partial": question.feedback_partial,
        "facts": "\n".join(question.facts),
        "title": question.title,
        "difficulty": str(question.difficulty),
        "sensitive": _ON if question.sensitive else "",
        "shuffle": _ON if question.shuffle else "",
        "points": "" if question.points == 1 else f"{question.points:g}",
        "tags": "\n".join(question.tags),
        "category": "\n".join(question.category),
    }
    rows: dict[str, Sequence[Row]] = {
        "options": [_choice(o) for o in question.options] if choosing else [],
        "numbers": [_number_row(key) for key in question.numbers],
        "accepted": [
            {**_choice(a), "case": _ON if a.case else "", "pattern": _ON if a.pattern else ""}
            for a in question.accepted
        ],
        "pairs": [
            {"left": p.left, "other": p.right, "feedback": p.feedback} for p in question.pairs
        ],
    }
    return Values(texts, rows)


def _said(question: Question, name: str) -> str:
    if question.kind is not QuestionKind.TRUE_FALSE:
        return ""
    return next((o.feedback for o in question.options if o.id == name), "")


def _choice(answer: Option | Accepted) -> Row:
    share = "" if answer.fraction in {0.0, 1.0} else f"{answer.fraction * 100:.7g}"
    right = _ON if answer.fraction > 0 else ""
    return {"text": answer.text, "right": right, "share": share, "feedback": answer.feedback}


def _number_row(key: NumberKey) -> Row:
    share = "" if key.fraction == 1 else f"{key.fraction * 100:.7g}"
    texts = {
        "value": _plain(key.value),
        "tolerance": _plain(key.tolerance or None),
        "low": _plain(key.low),
        "high": _plain(key.high),
    }
    return {**texts, "unit": key.unit, "share": share, "feedback": key.feedback}


def _plain(number: float | None) -> str:
    return "" if number is None else f"{number:.15g}"


@dataclass
class Reading:
    """Reads a question from a form, and collects what is wrong with single fields."""

    values: Values
    old: Question
    own: bool
    wrong: list[Wrong] = field(default_factory=list[Wrong])

    def question(self) -> Question:
        """Return the question."""
        values, kind = self.values, self._kind()
        return replace(
            self._answered(replace(self.old, kind=kind)),
            stem=self._text("stem"),
            feedback=self._text("feedback"),
            feedback_right="" if self.own else self._text("feedback_right"),
            feedback_wrong="" if self.own else self._text("feedback_wrong"),
            feedback_partial="" if self.own else self._text("feedback_partial"),
            topic=values.line("topic"),
            facts=tuple(dict.fromkeys(values.lines("facts"))),
            title=values.line("title"),
            difficulty={"1": 1, "3": 3}.get(values.text("difficulty"), 2),
            sensitive=bool(values.text("sensitive")),
            shuffle=bool(values.text("shuffle")),
            points=self._number("points", values.text("points"), 1.0) or 1.0,
            tags=values.lines("tags"),
            category=values.lines("category"),
        )

    def _kind(self) -> QuestionKind:
        word = self.values.text("kind")
        return QuestionKind(word) if word in list(QuestionKind) else QuestionKind.SINGLE

    def _text(self, name: str) -> str:
        return self.values.line(name) if self.own else self.values.text(name)

    def _tidy(self, text: str) -> str:
        return " ".join(text.split()) if self.own else text

    def _answered(self, question: Question) -> Question:
        """Return a question with the answers that its kind has, and no others."""
        bare = replace(question, options=(), accepted=(), numbers=(), pairs=(), sequence=())
        match question.kind:
            case QuestionKind.TRUE_FALSE:
                return replace(bare, options=self._truth())
            case QuestionKind.NUMBER:
                return replace(bare, numbers=tuple(self._numbers()))
            case QuestionKind.TEXT:
                return replace(bare, accepted=tuple(self._accepted()))
            case QuestionKind.ORDER:
                return replace(bare, sequence=self.values.lines("sequence"))
            case QuestionKind.MATCHING:
                return replace(bare, pairs=tuple(self._pairs()))
            case kind:
                return replace(bare, options=tuple(self._options(kind)))

    def _truth(self) -> tuple[Option, ...]:
        right = self.values.text("truth")
        said = {n: "" if self.own else self._text(f"said_{n}") for n in (TRUE, FALSE)}
        known = {option.id: option.text for option in self.old.options}
        return tuple(
            Option(name, known.get(name, name.capitalize()), float(name == right), said[name])
            for name in (TRUE, FALSE)
        )

    def _options(self, kind: QuestionKind) -> Iterator[Option]:
        old = self.old.options if self.old.kind is not QuestionKind.TRUE_FALSE else ()
        rows = self.values.listed("options")
        keep = not self.own and len(old) == len(rows)
        rights = sum(bool(row.get("right")) for row in rows)
        if kind in ONE_OF and rights > 1 and self.own:
            self._tell("options", "one")
        for number, row in enumerate(rows):
            name = old[number].id if keep else option_id(number)
            text, said = self._tidy(row.get("text", "")), self._tidy(row.get("feedback", ""))
            yield Option(name, text, self._share("options", number, row), said)

    def _accepted(self) -> Iterator[Accepted]:
        for number, row in enumerate(self.values.listed("accepted")):
            text, said = self._tidy(row.get("text", "")), self._tidy(row.get("feedback", ""))
            share = self._share("accepted", number, row)
            case, pattern = bool(row.get("case")), bool(row.get("pattern"))
            yield Accepted(text, share, said, case=case, pattern=pattern)

    def _numbers(self) -> Iterator[NumberKey]:
        rows = self.values.listed("numbers")
        if self.own and len(rows) > 1:
            self._tell("numbers", "one-number")
        for number, row in enumerate(rows):
            found = {
                name: self._number(f"numbers.{number}.{name}", row.get(name, ""), None)
                for name in ("value", "tolerance", "low", "high")
            }
            share = self._share("numbers", number, {**row, "right": _ON})
            said, unit = self._tidy(row.get("feedback", "")), row.get("unit", "")
            yield NumberKey(
                found["value"],
                found["tolerance"] or 0.0,
                found["low"],
                found["high"],
                share,
                said,
                unit,
            )

    def _pairs(self) -> Iterator[Pair]:
        for row in self.values.listed("pairs"):
            yield Pair(*(self._tidy(row.get(name, "")) for name in ("left", "other", "feedback")))

    def _share(self, group: str, number: int, row: Row) -> float:
        usual = 1.0 if row.get("right") else 0.0
        text = row.get("share", "").removesuffix("%").strip()
        found = self._number(f"{group}.{number}.share", text, None)
        return usual if found is None else found / 100

    def _number(self, name: str, text: str, otherwise: float | None) -> float | None:
        if not text:
            return otherwise
        if NUMBER.fullmatch(text.strip()):
            return float(text)
        cause = say("web.bank.wrong.number", text=text[:40])
        self.wrong.append(Wrong(name, cause, say("web.bank.cure.number")))
        return otherwise

    def _tell(self, name: str, what: str) -> None:
        self.wrong.append(Wrong(name, say(f"web.bank.wrong.{what}"), say(f"web.bank.cure.{what}")))
