"""`/bank`: editors import, compare, publish and roll back in a private chat, and mend single questions.

Whatever reads a whole bank is done aside (see `bot.service.errands`): nobody else waits for it.
"""

import re
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import replace

from bot.core.answer import Answer, Choice, Notice
from bot.core.cards import File, read_action
from bot.core.effects import Effect, Post, Tell
from bot.core.events import Commanded, PolledIn, Pressed, Said, Sent
from bot.core.numerals import is_number, number_or
from bot.core.quiz import Option, Question, QuestionKind
from bot.core.roles import Act as May
from bot.core.talk import step
from bot.core.turn import Context
from bot.core.words import notice, say
from bot.formats.banks import own
from bot.formats.banks.formats import WRITERS
from bot.service import bank_showing as showing
from bot.service.bank_asking import Asking, Wanted
from bot.service.bank_importing import Brought, Importer, pack_named
from bot.service.bank_ports import Upload
from bot.service.bank_problems import Refusal
from bot.service.bank_publishing import Publisher
from bot.service.bank_showing import short
from bot.service.banks import Banks
from bot.service.desk import Desk
from bot.service.errands import Errands
from bot.service.granting import allowed, refused
from bot.service.learners import PAGES
from bot.service.parts import Visit

_NEW = 90
"""The number of the button for a new bank; no bot has so many banks."""
_MOST_BANKS = 6
_TOKEN = 12
"""Letters of a file's token: it stands in a button beside the card's own, and only its person may use it."""
_SUFFIX = {"moodle": "xml", "kahoot": "xlsx", "aiken": "txt"}
_USAGE: Mapping[str, str] = {
    "history": "/bank history BANK",
    "rollback": "/bank rollback BANK VERSION",
    "export": "/bank export BANK FORMAT",
    "edit": "/bank edit BANK QUESTION",
    "add": "/bank add BANK",
}
Shown = Answer | Notice


Doing = Callable[[Wanted], Awaitable[Shown | tuple[Shown, File]]]


class BankPart:
    """The banks in the chat."""

    commands: Collection[str] = frozenset({"bank"})
    verbs = "bank."
    awaits = "bank."
    links: Collection[str] = frozenset()
    takes_files = True
    takes_polls = True

    def __init__(self, desk: Desk, banks: Banks, page_address: Callable[[], str]) -> None:
        self.errands = Errands(desk)
        self._desk = desk
        self._banks = banks
        self._asking = Asking(banks)
        self._page_address = page_address
        self._numbered: Mapping[str, Doing] = {
            "diff": self._draft,
            "publish": self._publish_newest,
            "discard": self._discard,
            "restore": self._restore,
            "approve": self._approve,
            "rebase": self._rebase,
        }
        self._named: Mapping[str, Doing] = {
            "history": self._history,
            "rollback": self._rollback,
            "export": self._export,
            "edit": self._edit,
        }
        self._pressed: Mapping[str, Doing] = {
            "d": self._draft,
            "all": self._whole_draft,
            "pub": self._publish,
            "bin": self._discard,
            "unbin": self._restore,
            "rebase": self._rebase,
            "into": self._import,
            "rest": self._import_rest,
            "back": self._roll_back,
            "as": self._export_as,
        }

    async def take(self, visit: Visit) -> Sequence[Effect]:
        """Deal with an event."""
        event = visit.event
        if not await allowed(visit.work, event.by.key, May.BANK_EDIT):
            return self._without_role(visit)
        if not event.place.private:
            return (Tell(notice("bank.chat.elsewhere", event.by.language)),)
        match event:
            case Sent():
                return await self._sent(visit, event)
            case PolledIn():
                return await self._polled(visit, event)
            case Commanded(argument=words):
                return await self._commanded(visit, words.split())
            case Pressed():
                return await self._press(visit, event)
            case Said(text=words):
                return self._said(visit, words)
            case _:
                return ()

    def _without_role(self, visit: Visit) -> Sequence[Effect]:
        """Take what somebody without the role handed over as what it is to everybody else."""
        event = visit.event
        if isinstance(event, Sent | PolledIn):
            return step(event.otherwise, Context(), visit.library)
        return (Tell(refused(May.BANK_EDIT, event.by.language)),)

    # What comes in.

    async def _commanded(self, visit: Visit, words: Sequence[str]) -> Sequence[Effect]:
        if visit.event.place.platform in PAGES:
            address = f"{self._page_address()}/bank"
            return (Tell(notice("bank.chat.page", address=address)),)
        name, *rest = words or [""]
        if name in self._numbered:
            return self._later(visit, self._numbered[name], *rest[:1])
        if name == "add" and rest:
            return self._asking.begin(rest[0])
        if name in self._named and rest:
            return self._later(visit, self._named[name], *rest[:2])
        if name in _USAGE:
            return (Tell(notice("bank.chat.usage", usage=_USAGE[name])),)
        banks = self._banks.within(visit.work)
        return (Tell(showing.menu(await banks.standings(), await banks.drafts())),)

    async def _sent(self, visit: Visit, sent: Sent) -> Sequence[Effect]:
        caption = re.sub(r"^/bank(@\w+)?\s*(import)?", "", sent.caption).strip()
        return await self._uploaded(visit, sent.name, sent.content, caption)

    async def _polled(self, visit: Visit, poll: PolledIn) -> Sequence[Effect]:
        if poll.kind != "quiz":
            return (Tell(notice("bank.chat.poll.regular")),)
        if not poll.right:
            token = visit.token()[:_TOKEN]
            # Any will do until somebody says which.
            content = own.write_json([_from_poll(poll, (0,))])
            await visit.work.banks.keep_upload(self._upload(visit, token, "poll.json", content))
            choices = tuple(
                Choice(text, f"bank.key.{token}|{n}") for n, text in enumerate(poll.options)
            )
            return (Tell(notice("bank.chat.poll.key", "en", choices)),)
        content = own.write_json([_from_poll(poll, poll.right)])
        return await self._uploaded(visit, "poll.json", content, "")

    async def _uploaded(
        self, visit: Visit, name: str, content: bytes, bank: str
    ) -> Sequence[Effect]:
        token = visit.token()[:_TOKEN]
        await visit.work.banks.keep_upload(self._upload(visit, token, name, content))
        if bank:
            return self._later(visit, self._import, token, bank)
        return (Tell(await self._into_which(visit, token, name)),)

    def _upload(self, visit: Visit, token: str, name: str, content: bytes) -> Upload:
        return Upload(token, visit.event.by.key, name, content, visit.now)

    async def _into_which(self, visit: Visit, token: str, name: str) -> Notice:
        names = await self._names(visit)
        choices = [Choice(pack, f"bank.into.{token}|{n}") for n, pack in enumerate(names)]
        fresh = pack_named(name)
        if fresh not in names:
            label = say("bank.chat.into.new", pack=fresh)
            choices.append(Choice(label, f"bank.into.{token}|{_NEW}"))
        choices.append(showing.button("cancel", f"bank.no.{token}"))
        return notice("bank.chat.file", "en", tuple(choices), file=name)

    async def _names(self, visit: Visit) -> Sequence[str]:
        standings = await self._banks.within(visit.work).standings()
        return [standing.pack for standing in standings][:_MOST_BANKS]

    async def _press(self, visit: Visit, press: Pressed) -> Sequence[Effect]:
        action = read_action(press.action)
        name, *words = (action.verb if action else "").split(".")[1:] or [""]
        number = action.number if action else -1
        match name:
            case "no":
                return (Tell(notice("bank.chat.cancelled"), instead=True),)
            case "q":
                return await self._asking.pressed(visit, words, self._later)
            case "key":
                return await self._key(visit, words, number)
            case "into":
                words.append(await self._chosen(visit, words, number))
            case "as":
                words.append(str(number))
            case _:
                pass
        doing = self._pressed.get(name)
        return self._later(visit, doing, *words) if doing else ()

    async def _chosen(self, visit: Visit, words: Sequence[str], number: int) -> str:
        """Return the bank that a button stood for."""
        names = await self._names(visit)
        if 0 <= number < len(names):
            return names[number]
        upload = await visit.work.banks.upload(words[0], visit.event.by.key) if words else None
        return pack_named(upload.name) if upload else ""

    async def _key(self, visit: Visit, words: Sequence[str], number: int) -> Sequence[Effect]:
        """Take the answer that somebody says is the right one of a poll."""
        by = visit.event.by.key
        upload = await visit.work.banks.upload(words[0], by) if words else None
        if upload is None:
            return (Tell(notice("bank.chat.file.gone")),)
        [question] = own.read_json_bank(upload.content).questions
        if not 0 <= number < len(question.options):
            return ()
        options = tuple(
            replace(option, fraction=float(n == number))
            for n, option in enumerate(question.options)
        )
        content = own.write_json([replace(question, options=options)])
        return await self._uploaded(visit, upload.name, content, "")

    def _said(self, visit: Visit, words: str) -> Sequence[Effect]:
        return self._asking.said(visit, words, self._later)

    # What is done aside.

    def _later(self, visit: Visit, doing: Doing, *words: str) -> Sequence[Effect]:
        """Do something aside, and post what comes of it."""
        place, by = visit.event.place, visit.event.by.key

        async def make() -> Sequence[Post]:
            try:
                found = await doing(Wanted(by, words))
            except Refusal as why:
                found = self._refused(why)
            what, file = found if isinstance(found, tuple) else (found, None)
            return [Post(place, what, self._desk.token(), file=file)]

        self.errands.begin(make, place, by)
        return (Tell(notice("bank.chat.working")),)

    def _refused(self, why: Refusal) -> Notice:
        shown = showing.refusal(why)
        if why.key != "bank.draft.behind":
            return shown
        move = f"bank.rebase.{why.values['number']}"
        return replace(
            shown, choices=(showing.button("rebase", move, version=why.values["version"]),)
        )

    async def _import(self, wanted: Wanted) -> Shown:
        token, bank = (*wanted.words, "", "")[:2]
        return await self._imported(wanted.by, token, bank, leave_out=False)

    async def _import_rest(self, wanted: Wanted) -> Shown:
        token, bank = (*wanted.words, "", "")[:2]
        named = await self._named_so(bank)
        return await self._imported(wanted.by, token, named, leave_out=True)

    async def _imported(self, by: str, token: str, bank: str, *, leave_out: bool) -> Shown:
        async with self._banks.work() as work:
            upload = await work.banks.upload(token, by)
        if upload is None:
            return notice("bank.chat.file.gone")
        bank = bank or pack_named(upload.name)
        brought = Brought(upload.name, upload.content, leave_out=leave_out)
        found = await Importer(self._banks).import_bank(brought, bank, by)
        if not found.done:
            return showing.not_imported(found, f"{token}.{short(bank)}")
        if found.draft is None:
            count = len(found.questions)
            return notice("bank.chat.same", file=found.file, count=count, pack=bank)
        draft = await self._banks.draft(found.draft.id)
        return showing.imported(found, draft, await self._banks.diff(found.draft.id))

    async def _number(self, wanted: Wanted) -> int:
        """Return the draft that is meant: by its number, or the newest."""
        if wanted.words:
            if not is_number(wanted.words[0]):
                raise Refusal("bank.draft.none", number=wanted.words[0])
            return int(wanted.words[0])
        drafts = await self._banks.drafts()
        if not drafts:
            raise Refusal("bank.drafts.none")
        return drafts[0].id

    async def _draft(self, wanted: Wanted) -> Shown:
        number = await self._number(wanted)
        return showing.difference(await self._banks.draft(number), await self._banks.diff(number))

    async def _whole_draft(self, wanted: Wanted) -> Shown:
        number = await self._number(wanted)
        draft = await self._banks.draft(number)
        return showing.difference(draft, await self._banks.diff(number), whole=True)

    async def _publish_newest(self, wanted: Wanted) -> Shown:
        draft = await self._banks.draft(await self._number(wanted))
        return await self._publish(
            Wanted(wanted.by, (str(draft.draft.id), str(draft.draft.revision)))
        )

    async def _publish(self, wanted: Wanted) -> Shown:
        number, seen = (*(number_or(word, 0) for word in wanted.words), 0, 0)[:2]
        done = await Publisher(self._banks).publish(number, seen, wanted.by)
        return showing.published(done)

    async def _discard(self, wanted: Wanted) -> Shown:
        draft = await self._banks.throw_away(await self._number(wanted), wanted.by)
        back = showing.button("restore", f"bank.unbin.{draft.id}")
        return notice("bank.chat.thrown", "en", (back,), draft=draft.id)

    async def _restore(self, wanted: Wanted) -> Shown:
        draft = await self._banks.restore(await self._number(wanted), wanted.by)
        return notice("bank.chat.restored", draft=draft.id)

    async def _approve(self, wanted: Wanted) -> Shown:
        draft = await self._banks.draft(await self._number(wanted))
        number, seen = draft.draft.id, draft.draft.revision
        await self._banks.approve(number, seen, wanted.by)
        return notice("bank.chat.approved", draft=number)

    async def _rebase(self, wanted: Wanted) -> Shown:
        draft = await self._banks.draft(await self._number(wanted))
        number, seen = draft.draft.id, draft.draft.revision
        await self._banks.rebase(number, seen, wanted.by)
        return await self._draft(Wanted(wanted.by, (str(number),)))

    async def _history(self, wanted: Wanted) -> Shown:
        pack = wanted.words[0]
        return showing.history(pack, await self._banks.history(pack))

    async def _rollback(self, wanted: Wanted) -> Shown:
        """Ask once more: a rollback is seen by everybody at once."""
        pack, version = (*wanted.words, "")[:2]
        if not is_number(version):
            return notice("bank.chat.usage", usage=_USAGE["rollback"])
        told = await self._banks.history(pack)
        before = next((one.version.number for one in told if one.current), 0)
        sure = showing.button("sure", f"bank.back.{version}.{short(pack)}", version=version)
        values = {"version": version, "pack": pack, "before": before}
        return notice("bank.chat.sure", "en", (sure,), **values)

    async def _roll_back(self, wanted: Wanted) -> Shown:
        version, bank = (*wanted.words, "", "")[:2]
        done = await Publisher(self._banks).rollback(
            await self._named_so(bank), number_or(version, 0), wanted.by
        )
        key = "bank.chat.rolled-back" if done.version else "bank.chat.withdrawn"
        values = {"pack": done.pack, "version": done.version, "before": done.before}
        return notice(key, "en", (showing.undo(done),), **values)

    async def _named_so(self, bank: str) -> str:
        """Return the bank of a button."""
        async with self._banks.work() as work:
            known = {*await work.banks.published(), *(d.pack for d in await work.banks.drafts())}
            withdrawn = {row.pack for row in await work.banks.drafts("", None)}
        names = (name for name in sorted(known | withdrawn) if short(name) == bank)
        return next(names, "")

    async def _export(self, wanted: Wanted) -> Shown | tuple[Shown, File]:
        pack, form = (*wanted.words, "")[:2]
        if form in WRITERS:
            return await self._written(pack, form)
        choices = tuple(Choice(f, f"bank.as.{short(pack)}|{n}") for n, f in enumerate(WRITERS))
        return notice("bank.chat.export.which", "en", choices, pack=pack)

    async def _export_as(self, wanted: Wanted) -> Shown | tuple[Shown, File]:
        bank, number = (*wanted.words, "", "")[:2]
        form = list(WRITERS)[number_or(number, 0) % len(WRITERS)]
        return await self._written(await self._named_so(bank), form)

    async def _written(self, pack: str, form: str) -> tuple[Shown, File]:
        found = (await self._banks.version(pack)).pack
        told = next(one for one in await self._banks.history(pack) if one.current)
        written = WRITERS[form](found.questions)
        values = {"pack": pack, "version": told.version.number, "form": form}
        count = len(found.questions) - len(written.left_out)
        lines = [say("bank.chat.export.lost", what=what) for what in written.lost]
        lines += [say("bank.chat.export.left", what=what) for what in written.left_out]
        name = f"{pack}.{_SUFFIX.get(form, form)}"
        file = File.of(name, "application/octet-stream", written.data)
        more = "".join(f"\n{line}" for line in lines)
        return notice("bank.chat.exported", "en", (), count=count, more=more, **values), file

    async def _edit(self, wanted: Wanted) -> Shown:
        pack, name = (*wanted.words, "")[:2]
        return await self._asking.open(pack, name, wanted.by)


def _from_poll(poll: PolledIn, right: Sequence[int]) -> Question:
    """Return the question that a poll asks."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    options = tuple(
        Option(letter, text, float(n in right))
        for n, (letter, text) in enumerate(zip(letters, poll.options, strict=False))
    )
    kind = QuestionKind.SEVERAL if len(right) > 1 or poll.several else QuestionKind.SINGLE
    return Question("poll", kind, poll.question, options, feedback=poll.explanation)
