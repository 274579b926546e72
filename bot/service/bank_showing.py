"""What an editor is shown of banks in the chat: drafts, differences, versions, one question."""

from collections.abc import Iterator, Sequence
from hashlib import sha256

from bot.core.answer import Answer, Choice, Notice, Outcome
from bot.core.bank_dialogue import MENDED
from bot.core.facts import Pack
from bot.core.quiz import Question, key_text
from bot.core.quiz_cards import question_key
from bot.core.show import caveat, plain, strong
from bot.core.words import notice, say
from bot.formats.banks.draft import Finding
from bot.formats.banks.refusing import Severity
from bot.formats.problems import Problem
from bot.service.bank_comparing import Compared
from bot.service.bank_importing import Imported
from bot.service.bank_ports import Draft
from bot.service.bank_problems import Refusal
from bot.service.bank_publishing import Published
from bot.service.bank_reading import OpenDraft
from bot.service.bank_telling import lines, summary, touches
from bot.service.banks import Standing, Told

MOST_PROBLEMS = 10
_FEW, _MANY = 8, 60
"""Changes that a card lists at first, and when asked for."""
_MOST_VERSIONS = 15


def button(key: str, action: str, **values: object) -> Choice:
    """Return a button of a bank's card."""
    return Choice(say(f"bank.chat.button.{key}", "en", **values), action)


def menu(standings: Sequence[Standing], drafts: Sequence[Draft]) -> Notice:
    """List the banks there are, and their drafts as buttons."""
    listed = "\n".join(map(_standing, standings)) or say("bank.chat.menu.none")
    shown = [
        button("draft", f"bank.d.{draft.id}", draft=draft.id, pack=draft.pack)
        for draft in drafts[:6]
    ]
    return notice(
        "bank.chat.menu", "en", tuple(shown), list=f"{listed}\n{say('bank.chat.menu.how')}"
    )


def _standing(standing: Standing) -> str:
    key = "bank.chat.menu.line" if standing.version else "bank.chat.menu.line.new"
    values = {"version": standing.version, "drafts": standing.drafts}
    return say(key, "en", pack=standing.pack, **values)


def refusal(why: Refusal) -> Notice:
    """Say why something was not done, and what is wrong in the files."""
    told = [str(why), *_problems(why.problems)]
    if why.diff:
        told += lines(why.diff.items, _FEW)
    return notice("bank.chat.refused", why="\n".join(told))


def _problems(problems: Sequence[Problem | Finding]) -> Iterator[str]:
    for problem in problems[:MOST_PROBLEMS]:
        place = problem.place if isinstance(problem, Finding) else _place(problem)
        values = {"place": place, "cause": problem.cause, "cure": problem.cure}
        yield say("bank.chat.problem", "en", **values)
    if len(problems) > MOST_PROBLEMS:
        yield say("bank.chat.problem.more", count=len(problems) - MOST_PROBLEMS)


def _place(problem: Problem) -> str:
    return f"{problem.file}:{problem.line}" if problem.line else problem.file


def not_imported(imported: Imported, token: str) -> Notice:
    """List what is wrong in a file, and offer to go on without it."""
    grave = [p for p in imported.problems if p.severity is not Severity.WARNING]
    usable = bool(imported.questions) and not any(p.severity is Severity.FATAL for p in grave)
    left = imported.seen - len(imported.questions)
    key = "bank.chat.not-imported" if usable else "bank.chat.not-imported.whole"
    listed = "\n".join(_problems(grave))
    choices = [button("cancel", f"bank.no.{token}")]
    if usable:
        rest = button("rest", f"bank.rest.{token}", count=len(imported.questions))
        choices.insert(0, rest)
    values = {"file": imported.file, "left": left, "seen": imported.seen, "list": listed}
    return notice(key, "en", tuple(choices), **values)


def imported(found: Imported, draft: OpenDraft, compared: Compared) -> Answer:
    """Say what an import did, and show the draft that it is in now."""
    counts = {"added": found.added, "replaced": found.replaced, "same": found.same}
    head = say("bank.chat.imported", "en", file=found.file, **counts)
    warned = [p for p in found.problems if found.done]
    return difference(draft, compared, above=[head, *_problems(warned)])


def difference(
    draft: OpenDraft, compared: Compared, *, whole: bool = False, above: Sequence[str] = ()
) -> Answer:
    """Show what a draft changes, and what that touches."""
    one = draft.draft
    key = "bank.chat.draft" if one.base else "bank.chat.draft.new"
    values = {"draft": one.id, "pack": one.pack, "version": one.base}
    head = say(key, "en", **values, summary=summary(compared.diff))
    sensitive = len(compared.diff.sensitive)
    told = [
        *above,
        *lines(compared.diff.items, _MANY if whole else _FEW),
        touches(compared),
        *([say("bank.diff.sensitive", count=sensitive)] if sensitive else []),
    ]
    blocks = (strong(head), *map(plain, told))
    return Answer(blocks, caveat([draft.pack]), Outcome.ANSWERED, choices=_tools(one, whole=whole))


def _tools(draft: Draft, *, whole: bool) -> tuple[Choice, ...]:
    changes = () if whole else (button("changes", f"bank.all.{draft.id}"),)
    return (
        *changes,
        button("publish", f"bank.pub.{draft.id}.{draft.revision}"),
        button("discard", f"bank.bin.{draft.id}"),
    )


def published(done: Published) -> Notice:
    """Say that a version is published, and offer the way back."""
    before = say("bank.chat.published.before", before=done.before) if done.before else ""
    choices = (undo(done),) if done.before else ()
    values = {"pack": done.pack, "version": done.version, "before": before}
    key = "bank.chat.published.alone" if done.alone else "bank.chat.published"
    return notice(key, "en", choices, **values)


def undo(done: Published) -> Choice:
    """Return the way back from a publication or a rollback."""
    return button("undo", f"bank.back.{done.before}.{short(done.pack)}", version=done.before)


def short(pack: str) -> str:
    """Return a bank's name as it fits into a button, whatever its length."""
    return sha256(pack.encode()).hexdigest()[:8]


def history(pack: str, told: Sequence[Told]) -> Notice:
    """List the versions of a bank."""
    listed = [
        say(
            "bank.chat.history.line",
            mark="*" if one.current else "–",
            number=one.version.number,
            at=f"{one.version.at:%Y-%m-%d %H:%M} UTC",
            origin=one.version.note or one.version.origin or say("bank.by.folder"),
        )
        for one in told[:_MOST_VERSIONS]
    ]
    return notice("bank.chat.history", pack=pack, list="\n".join(listed))


def question_card(pack: Pack, question: Question, draft: Draft) -> Answer:
    """Show a question as it stands in a draft, with what can be mended."""
    values = {"id": question.id, "draft": draft.id, "pack": draft.pack}
    told = [question.stem, *_options(question)]
    told.append(say("bank.chat.question.key", right=key_text(question)))
    if question.feedback:
        told.append(say("bank.chat.question.why", why=question.feedback))
    fields = ["stem", *(["answers"] if question.kind in MENDED else []), "why"]
    fields += ["topic"] if pack.topics else []
    choices = [button(f, f"bank.q.{f}.{draft.id}.{draft.revision}") for f in (*fields, "remove")]
    choices.append(button("changes", f"bank.d.{draft.id}"))
    head = strong(say("bank.chat.question", "en", **values))
    return Answer(
        (head, *map(plain, told)),
        caveat([pack]),
        Outcome.ANSWERED,
        (question_key(pack, question),),
        choices=tuple(choices),
    )


def _options(question: Question) -> Iterator[str]:
    for number, option in enumerate(question.options):
        yield f"{chr(ord('A') + number)}  {option.text}"
