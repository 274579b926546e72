"""The conversation: a form comes in, the desk decides, the page shows what has been said."""

from dataclasses import dataclass
from datetime import timedelta

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.core.talk import REPORT
from bot.core.words import say
from bot.frontends.web.forms import (
    QUESTION_LIMIT,
    Asked,
    Cleared,
    Form,
    PressedButton,
    read_form,
    to_event,
    update_of,
)
from bot.frontends.web.session import Session, remember, session_of
from bot.frontends.web.signed import renewed
from bot.frontends.web.view import Unsent, View, Wanted
from bot.service.desk import Desk
from bot.service.flagging import deliver_on_page
from bot.service.ports import Token

NEWEST = "/#latest"
_MOST_SHOWN = 100
_LONGEST_LABEL = 200


@dataclass(frozen=True, slots=True)
class Chat:
    """Answers what is sent to `/`, and shows it."""

    desk: Desk
    view: View
    token: Token

    async def show(self, request: Request) -> Response:
        """Show the conversation."""
        session = session_of(request, self.token)
        response = await self._page(session)
        remember(response, session, request, await self._lasts(session))
        return response

    async def _lasts(self, session: Session) -> timedelta:
        """Return how long a browser is known: who is in a class, or at an assignment, for longer."""
        kept = self.desk.retention
        if not session.known:
            return kept.transcript
        async with self.desk.store.work(self.desk.clock()) as work:
            taking = await work.classes.takes_part(session.key)
        return kept.classes if taking else kept.transcript

    async def take(self, request: Request) -> Response:
        """Take a form, and lead the browser on, so that a reload sends nothing again."""
        form = await read_form(request)
        session = session_of(request, self.token)
        if isinstance(form, Cleared):
            return await self._clear(session, request)
        response, session = await self._handle(form, session)
        remember(response, session, request, self.desk.retention.transcript)
        return response

    async def _handle(
        self, form: Asked | PressedButton, session: Session
    ) -> tuple[Response, Session]:
        """Return the page that follows, and the session under which it goes on."""
        problem = _problem(form)
        if problem:
            return await self._page(session, problem, status=422), session
        handled = await self.desk.handle(
            to_event(form, session), update_of(form, session), _said(form)
        )
        if handled.forgotten and handled.toast:
            # Shown once, under no address of its own, and to nobody that we know.
            title = say("web.nav.privacy")
            return self.view.text(title, "", [handled.toast]), Session(self.token(), known=False)
        # A browser that keeps no cookies would not find its answer again: it gets it at once.
        if not session.known:
            return await self._page(session), session
        return RedirectResponse(NEWEST, 303), session

    async def _clear(self, session: Session, request: Request) -> Response:
        async with self.desk.store.work(self.desk.clock()) as work:
            await work.wipe(session.place)
            # Somebody new: what was said before is no longer known to the follow-ups either.
            nobody = await renewed(work, session, self.token)
        response = RedirectResponse("/", 303)
        remember(response, nobody, request, self.desk.retention.transcript)
        return response

    async def _page(
        self, session: Session, unsent: Unsent | None = None, status: int = 200
    ) -> Response:
        now = self.desk.clock()
        async with self.desk.store.work(now) as work:
            if session.known:
                await deliver_on_page(self.desk, work, session.place, session.key)
            exchanges = await work.transcript(
                session.place, now - self.desk.retention.transcript, _MOST_SHOWN
            )
            expected = await work.expected(session.place, session.key, now)
            quiz = await work.quizzes.solo(session.place, session.key)
            run = await work.assignments.awaiting(session.place)
        reporting = expected is not None and expected[0] == REPORT
        awaited = quiz is not None and quiz[0].awaits_words and quiz[1] >= now - self._fresh
        awaited = awaited or (run is not None and run.since >= now - self._fresh)
        wanted = Wanted.REPORT if reporting else Wanted.ANSWER if awaited else Wanted.QUESTION
        return self.view.chat(exchanges, unsent, status, wanted)

    @property
    def _fresh(self) -> timedelta:
        """How long words are taken as the answer to a quiz question."""
        return timedelta(minutes=self.desk.limits.follow_up_minutes)


def _said(form: Asked | PressedButton) -> str:
    return form.text if isinstance(form, Asked) else form.label[:_LONGEST_LABEL]


def _problem(form: Form) -> Unsent | None:
    """Say why words cannot be taken."""
    if not isinstance(form, Asked):
        return None
    length = len(form.text)
    if not length:
        return Unsent(say("web.empty"))
    if length > QUESTION_LIMIT:
        return Unsent(say("web.too-long", length=length, limit=QUESTION_LIMIT), form.text)
    return None
