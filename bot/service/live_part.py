"""The part of the conversation that is about live quizzes: /live, /join, and who leads one."""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.core import live_cards, live_setup
from bot.core.answer import Answer, Choice, Notice
from bot.core.cards import Action, read_action
from bot.core.effects import Effect, Post, Tell, Toast
from bot.core.events import Change, Changed, Commanded, Place, Pressed, Said
from bot.core.live_types import MORE, Act, Asking, Control, Lobby, Over, Refused, Remark
from bot.core.numerals import is_number
from bot.core.roles import Act as Right
from bot.core.words import notice, say
from bot.service.granting import allowed, private_place
from bot.service.live import Live
from bot.service.live_boards import LINK
from bot.service.live_ports import BOARD, CONTROL, OWN, NoQuestions, Room
from bot.service.live_stage import Stage, may_lead
from bot.service.live_writing import ANSWER, written
from bot.service.parts import Visit

CONTROLS: Mapping[str, Act] = {
    "pause": Act.PAUSE,
    "resume": Act.RESUME,
    "next": Act.NEXT,
    "skip": Act.SKIP,
    "extend": Act.EXTEND,
    "end": Act.STOP,
}
"""The commands of who leads a quiz."""
PAGES = frozenset({"web", "cli"})
"""The platforms on which nothing can be written by itself: there, quizzes have a page."""
POLLING = frozenset({"telegram"})
_AT_ANY_STEP = frozenset({Act.STOP, Act.PAUSE, Act.RESUME})
"""What means the same at every step: its button may be older than the question that is open."""

Done = Sequence[Effect]


def _nowhere() -> str:
    return ""


@dataclass(frozen=True, slots=True)
class LivePart:
    """Deals with live quizzes, in private chats and in groups."""

    live: Live
    page_address: Callable[[], str] = _nowhere
    """Returns where other people's browsers find the page; "" where there is none."""
    watches: bool = True

    @property
    def commands(self) -> Collection[str]:
        """The commands that it takes."""
        return ("live", "join", "leave", *CONTROLS)

    @property
    def verbs(self) -> str:
        """How the verbs of its buttons begin."""
        return "l."

    @property
    def awaits(self) -> str:
        """How the sorts of words that it awaits begin: answers to the question that is open."""
        return ANSWER

    @property
    def links(self) -> Collection[str]:
        """How the payloads of its links begin."""
        return (LINK,)

    @property
    def controls(self) -> Collection[str]:
        """The commands and buttons for which it matters who runs the chat."""
        return ("live", *CONTROLS, "l.c.", "l.s.", "l.o.")

    async def take(self, visit: Visit) -> Done:
        """Deal with an event."""
        match visit.event:
            case Changed() as event:
                return await self._changed(visit, event)
            case Said() as event:
                return await written(self.live.written, visit, event)
            case Pressed() as event:
                return await self._pressed(visit, event)
            case Commanded(edited=False) as event if event.place.platform in PAGES:
                return (Tell(notice("live.elsewhere", event.by.language)),)
            case Commanded(edited=False) as event:
                return await self._commanded(visit, event)
            case _:
                return ()

    async def _commanded(self, visit: Visit, event: Commanded) -> Done:
        if event.name == "start":
            code = event.argument.removeprefix(LINK)
            return await (_join if event.place.private else _attach)(self, visit, code)
        if act := CONTROLS.get(event.name):
            return await _command(self, visit, act, event.argument)
        if event.name == "join":
            return await _join(self, visit, event.argument)
        if event.name == "leave":
            return await _leave(self, visit)
        code = event.argument.strip()
        return await (_attach(self, visit, code) if code else _begin(visit))

    async def _pressed(self, visit: Visit, event: Pressed) -> Done:
        action = read_action(event.action) or Action("", "")
        _, what, *rest = [*action.verb.split("."), "", ""]
        press = _PRESSED.get(what)
        return await press(self, visit, rest) if press else _toast(visit, "closed")

    async def _changed(self, visit: Visit, event: Changed) -> Done:
        """Deal with what became of a chat in which a quiz may be running."""
        sessions = visit.work.sessions
        if event.what is Change.UNREACHABLE and event.place.private:
            return await _copy_lost(visit, event.place)
        found = await sessions.in_room(event.place)
        stage = await self.live.staged(visit.work, found.code) if found else None
        if stage is None:
            return ()
        if event.what is Change.LEFT and event.by.key == stage.session.host:
            left = notice("live.host-left", code=stage.session.code)
            return (Post(event.place, left, visit.token()),)
        if event.what in {Change.REMOVED, Change.UNREACHABLE}:
            return await self._put_out(visit, stage, event.place)
        return ()

    async def _put_out(self, visit: Visit, stage: Stage, place: Place) -> Done:
        """Pause a quiz whose group is gone, and tell who leads it."""
        for use in (BOARD, CONTROL):
            await visit.work.sessions.drop_room(stage.session.id, place, use)
        elsewhere = await visit.work.sessions.rooms(stage.session.id, BOARD)
        posts: list[Effect] = []
        if not elsewhere:
            effects = await stage.apply(Control(Act.PAUSE, may=True))
            posts += await self.live.boards(stage).posts(effects)
        self.live.changed(stage.session.code)
        host = private_place(stage.session.host)
        if host and stage.session.host in await visit.work.sessions.reachable(
            [stage.session.host]
        ):
            told = notice("live.put-out", code=stage.session.code)
            posts.append(Post(host, told, visit.token()))
        return posts


async def _copy_lost(visit: Visit, place: Place) -> Done:
    """Tell who leads a quiz that a learner's own copy cannot be sent."""
    sessions = visit.work.sessions
    found = await sessions.in_room(place, OWN)
    if found is None:
        return ()
    await sessions.drop_room(found.id, place, OWN)
    learner, host = await sessions.participant(found.id, place.chat), private_place(found.host)
    if learner is None or host is None or found.host == place.chat:
        return ()
    if found.host not in await sessions.reachable([found.host]):
        return ()
    return (Post(host, notice("live.copy-lost", name=learner.name), visit.token()),)


# Opening.


async def _begin(visit: Visit) -> Done:
    """Show the setup, with one press to the lobby."""
    if refused := await _may_not_open(visit):
        return (Tell(notice(refused, visit.event.by.language)),)
    if not live_setup.packs(visit.library):
        return (Tell(notice("live.no-questions", visit.event.by.language)),)
    return (Tell(_setup_card(live_setup.Dialog(), visit)),)


async def _may_not_open(visit: Visit) -> str:
    """Return the key of the sentence that says why somebody cannot open a quiz here, or nothing."""
    event = visit.event
    if not event.by.admin and not await allowed(visit.work, event.by.key, Right.QUIZ_LIVE):
        return "live.teachers-only" if event.place.private else "live.admins-only"
    if not event.place.private and await visit.work.sessions.in_room(event.place):
        return "live.here-already"
    return ""


def _setup_card(dialog: live_setup.Dialog, visit: Visit) -> Answer:
    return live_setup.card(dialog, visit.library, polls=visit.event.place.platform in POLLING)


async def _set(_: LivePart, visit: Visit, rest: Sequence[str]) -> Done:
    """Show the setup as it is after a press."""
    if refused := await _may_not_open(visit):
        return _toast(visit, refused)
    dialog = live_setup.read(rest[0], visit.library)
    if dialog is None:
        return _toast(visit, "closed")
    return (Tell(_setup_card(dialog, visit), instead=True),)


async def _open(part: LivePart, visit: Visit, rest: Sequence[str]) -> Done:
    """Open the lobby: in a group for all, in private for who leads it."""
    if refused := await _may_not_open(visit):
        return _toast(visit, refused)
    dialog = live_setup.read(rest[0], visit.library)
    if dialog is None:
        return _toast(visit, "closed")
    host, place = await visit.work.roles.acting(visit.event.by.key), visit.event.place
    try:
        stage = await part.live.opened(
            visit.work, host, live_setup.setup_of(dialog, visit.library)
        )
    except NoQuestions:
        return _toast(visit, "live.no-questions")
    boards = part.live.boards(stage)
    uses = (CONTROL,) if place.private else (BOARD, CONTROL)
    posts = [await boards.open(place, use) for use in uses]
    if visit.about:
        # The first of them takes the place of the setup: its button opens no second lobby.
        posts[0] = replace(posts[0], instead_of=visit.about.token)
    return (*posts, *_sharing(part, visit, stage.session.code))


def _sharing(part: LivePart, visit: Visit, code: str) -> Done:
    """Say in private how others find the quiz."""
    if not visit.event.place.private:
        return ()
    bot, page = visit.bot, part.page_address()
    choices: list[Choice] = []
    if bot and visit.event.place.platform == "telegram":
        address = f"https://t.me/{bot}?startgroup={LINK}{code}"
        choices.append(Choice(say("live.button.group"), "", address))
    if page:
        choices.append(Choice(say("live.button.page"), "", f"{page}/live/{code}/board"))
    language = visit.event.by.language
    return (Tell(notice("live.control.share", language, tuple(choices), code=code)),)


async def _attach(part: LivePart, visit: Visit, code: str) -> Done:
    """Show a quiz that was opened elsewhere in this chat as well."""
    stage = await part.live.staged(visit.work, code)
    if stage is None or isinstance(stage.state, Over):
        return (Tell(notice("live.unknown", visit.event.by.language)),)
    if not await may_lead(visit.work, stage.session, visit.event.by.key):
        return (Tell(_refusal(Remark.NOT_YOURS, visit)),)
    if stage.state.course.setup.arranging and not visit.event.place.private:
        return (Tell(notice("live.page-only", visit.event.by.language, code=stage.session.code)),)
    here = await visit.work.sessions.in_room(visit.event.place)
    if here and here.id != stage.session.id:
        return (Tell(notice("live.here-already", visit.event.by.language)),)
    use = CONTROL if visit.event.place.private else BOARD
    return (await part.live.boards(stage).open(visit.event.place, use),)


# Taking part.


async def _join(part: LivePart, visit: Visit, code: str) -> Done:
    event = visit.event
    if not code.strip():
        here = await visit.work.sessions.in_room(event.place)
        if here is None:
            return (Tell(notice("live.join.how", event.by.language)),)
        code = here.code
    key, values, more = await _joined(part, visit, code)
    return (Tell(notice(key, event.by.language, (), **values)), *more)


async def _join_by_button(part: LivePart, visit: Visit, rest: Sequence[str]) -> Done:
    key, values, more = await _joined(part, visit, rest[0])
    return (Toast(notice(key, visit.event.by.language, (), **values)), *more)


async def _joined(
    part: LivePart, visit: Visit, code: str
) -> tuple[str, Mapping[str, str], Sequence[Post]]:
    """Let somebody take part; return what they are told, and their own copy of what is asked."""
    stage = await part.live.staged(visit.work, code)
    if stage is None:
        return "live.unknown", {}, ()
    if isinstance(stage.state, Over):
        return Remark.OVER, {}, ()
    if stage.state.course.setup.arranging:
        return "live.page-only", {"code": stage.session.code}, ()
    by, place = visit.event.by, visit.event.place
    joined = await part.live.joined(stage, by.key, by.name)
    part.live.changed(stage.session.code)
    copies: Sequence[Post] = ()
    if place.private:
        await visit.work.sessions.put_room(stage.session.id, Room(place, OWN, at=visit.now))
        asking = isinstance(stage.state, Asking)
        copies = [await part.live.boards(stage).open(place, OWN)] if asking else ()
    key = "live.joined" if isinstance(stage.state, Lobby) else "live.joined.running"
    return key, {"name": joined.name}, copies


async def _leave(part: LivePart, visit: Visit) -> Done:
    event, sessions = visit.event, visit.work.sessions
    use = OWN if event.place.private else BOARD
    here = await sessions.in_room(event.place, use)
    if here is None or not await sessions.leave(here.id, event.by.key, visit.now):
        return (Tell(notice("live.left.not", event.by.language)),)
    if event.place.private:
        await sessions.drop_room(here.id, event.place, OWN)
    part.live.changed(here.code)
    return (Tell(notice("live.left", event.by.language)),)


async def _my_place(part: LivePart, visit: Visit, rest: Sequence[str]) -> Done:
    """Tell a learner their own place, privately."""
    stage = await part.live.staged(visit.work, rest[0])
    if stage is None or not isinstance(stage.state, Over):
        return _toast(visit, "live.unknown")
    me = await visit.work.sessions.participant(stage.session.id, visit.event.by.key)
    board = (await stage.scene()).board
    mine = next((one for one in board.standing if me and one.participant == me.id), None)
    return (Toast(live_cards.mine(mine, board, visit.event.by.language)),)


# Leading.


async def _may(visit: Visit, stage: Stage) -> bool:
    """Say whether somebody may act: its host, teachers, and admins of a group in which it is shown."""
    event = visit.event
    if await may_lead(visit.work, stage.session, event.by.key):
        return True
    if not event.by.admin:
        return False
    rooms = await visit.work.sessions.rooms(stage.session.id)
    return any(room.place.chat == event.place.chat for room in rooms)


async def _control(part: LivePart, visit: Visit, rest: Sequence[str]) -> Done:
    """Act as a button says; it is good for the step that it was shown at."""
    code, what, epoch, *_ = (*rest, "", "")
    stage = await part.live.staged(visit.work, code)
    if stage is None:
        return _toast(visit, "live.unknown")
    if what == "sure":
        return await _ask_again(visit, stage)
    if what not in set(Act) or not is_number(epoch):
        return _toast(visit, "closed")
    act = Act(what)
    held = None if act in _AT_ANY_STEP else int(epoch)
    done = await _acted(part, visit, stage, Control(act, await _may(visit, stage), epoch=held))
    confirmed = act is Act.STOP and any(isinstance(one, Post) for one in done)
    return (*done, Tell(notice("live.done"), instead=True)) if confirmed else done


async def _ask_again(visit: Visit, stage: Stage) -> Done:
    if not await _may(visit, stage):
        return (Toast(_refusal(Remark.NOT_YOURS, visit)),)
    code, epoch = stage.session.code, stage.state.course.epoch
    buttons = (
        live_cards.button("really", live_cards.control_verb(code, Act.STOP, epoch)),
        live_cards.button("keep", f"l.k.{code}"),
    )
    return (Tell(notice("live.stop.sure", visit.event.by.language, buttons, code=code)),)


async def _keep(part: LivePart, visit: Visit, rest: Sequence[str]) -> Done:
    stage = await part.live.staged(visit.work, rest[0])
    if stage is None or not await _may(visit, stage):
        return (Toast(_refusal(Remark.NOT_YOURS, visit)),)
    return (Tell(notice("live.kept", visit.event.by.language), instead=True),)


async def _command(part: LivePart, visit: Visit, act: Act, words: str) -> Done:
    """Act as a command says, on the quiz of this chat."""
    stage = await _here(part, visit)
    if stage is None:
        return (Tell(notice("live.none-here", visit.event.by.language)),)
    if act is Act.STOP:
        again = await _ask_again(visit, stage)
        return [Tell(one.what) if isinstance(one, Toast) else one for one in again]
    seconds = float(words) if words.strip().isdecimal() else MORE
    control = Control(act, await _may(visit, stage), seconds)
    done = await _acted(part, visit, stage, control)
    return [Tell(one.what) if isinstance(one, Toast) else one for one in done]


async def _here(part: LivePart, visit: Visit) -> Stage | None:
    """Return the quiz that a command in this chat means."""
    event, sessions = visit.event, visit.work.sessions
    found = await sessions.in_room(event.place, CONTROL) or await sessions.in_room(event.place)
    if found is None and event.place.private:
        led = await sessions.led_by(await visit.work.roles.acting(event.by.key))
        found = led[0] if led else None
    return await part.live.staged(visit.work, found.code) if found else None


async def _acted(part: LivePart, visit: Visit, stage: Stage, control: Control) -> Done:
    effects = await stage.control(control, visit.event.by.key)
    part.live.changed(stage.session.code)
    if refused := [one.why for one in effects if isinstance(one, Refused)]:
        return (Toast(_refusal(refused[0], visit)),)
    return await part.live.boards(stage).posts(effects)


def _refusal(why: Remark, visit: Visit) -> Notice:
    language = visit.event.by.language
    if why is not Remark.NOT_YOURS:
        return notice(why, language)
    who = "live.who.host" if visit.event.place.private else "live.who.admins"
    return notice(why, language, who=say(who, language))


def _toast(visit: Visit, key: str) -> Done:
    return (Toast(notice(key, visit.event.by.language)),)


Press = Callable[[LivePart, Visit, Sequence[str]], Awaitable[Done]]
_PRESSED: Mapping[str, Press] = {
    "s": _set,
    "o": _open,
    "j": _join_by_button,
    "p": _my_place,
    "c": _control,
    "k": _keep,
}
