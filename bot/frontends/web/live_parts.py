"""Draws the parts of live pages that change, once for all who see the same."""

from dataclasses import dataclass, field
from typing import TypeVar

from markupsafe import Markup

from bot.core.cards import Card
from bot.core.live_types import MORE, Board, Mine, Phase, QuestionShown
from bot.core.quiz import Response
from bot.frontends.web.live_play import answer_words
from bot.frontends.web.live_scene import (
    bars,
    clock,
    form_of,
    heading,
    leaders,
    names,
    outcome,
    standing_of,
)
from bot.frontends.web.reach import is_alone
from bot.frontends.web.view import View
from bot.service.live_ports import LiveView

_CLOCK = "<!--clock-->"
_MOST_KEPT = 4_096

_Key = TypeVar("_Key")
_Drawn = TypeVar("_Drawn")


@dataclass(frozen=True, slots=True)
class Door:
    """Where one joins."""

    base: str
    code: str

    @property
    def full(self) -> str:
        """Return the address that leads right into this quiz."""
        return f"{self.base}/join/{self.code}"

    @property
    def short(self) -> str:
        """Return the address to type, without what browsers add by themselves."""
        return f"{self.base.removeprefix('http://').removeprefix('https://')}/join"

    @property
    def alone(self) -> bool:
        """Tell whether only this machine can open it."""
        return is_alone(self.base)


@dataclass(frozen=True, slots=True)
class Parts:
    """Draws them, and keeps what it has drawn for as long as it is right."""

    view: View
    _boards: dict[str, tuple[Board, str, str]] = field(
        default_factory=dict[str, tuple[Board, str, str]]
    )
    _plays: dict[object, str] = field(default_factory=dict[object, str])

    def board(self, live: LiveView, door: Door) -> str:
        """Draw the big screen."""
        kept = self._boards.get(door.code)
        if kept is None or kept[0] is not live.board or kept[1] != door.base:
            kept = (live.board, door.base, self._board(live, door))
            _keep(self._boards, door.code, kept)
        return kept[2].replace(_CLOCK, self.clock(live))

    def _board(self, live: LiveView, door: Door) -> str:
        board = live.board
        return self.view.part(
            "live_board_part.html",
            board=board,
            code=door.code,
            spaced=" ".join(door.code),
            door=door,
            people=names(board),
            leaders=leaders(board),
            heading=self._heading,
            bars=bars(board.question, board.answered) if board.question else (),
            why=self._why(board),
            words=self._aloud(board),
        )

    def lead(self, live: LiveView, door: Door, csrf: Markup, remark: str = "") -> str:
        """Draw what who leads sees."""
        board, question = live.board, live.board.question
        drawn = self.view.part(
            "live_lead_part.html",
            board=board,
            door=door,
            csrf=csrf,
            remark=remark,
            people=names(board),
            heading=self._heading,
            bars=bars(question, board.answered) if question else (),
            why=self._why(board),
            last=question is not None and question.position + 1 >= question.count,
            more=round(MORE),
            words=self._aloud(board),
        )
        return drawn.replace(_CLOCK, self.clock(live))

    def clock(self, live: LiveView, *, own: bool = False) -> str:
        """Draw the countdown."""
        untimed = live.board.phase is Phase.ASKING
        return self.view.part("live_clock.html", time=clock(live, own=own), untimed=untimed)

    def play(self, live: LiveView, remark: str = "", typed: str = "") -> str:
        """Draw what one pupil sees, but for the clock; what they had typed stands in the field."""
        where, mine = standing_of(live), live.mine
        board = live.board
        key = (
            board.code, board.epoch, board.phase, board.revealed, where, remark, typed,
            mine and (mine.response, mine.fraction, mine.place),
        )  # fmt: skip
        drawn = self._plays.get(key)
        if drawn is None:
            drawn = self._play(live, where, remark, typed)
            _keep(self._plays, key, drawn)
        return drawn

    def _play(self, live: LiveView, where: str, remark: str, typed: str) -> str:
        board, mine = live.board, live.mine
        question, response = board.question, (mine.response if mine else None) or Response()
        return self.view.part(
            "live_play_part.html",
            board=board,
            mine=mine,
            where=where,
            remark=remark,
            heading=self._heading,
            given=answer_words(question, response) if question else "",
            chosen=response.chosen,
            written=response.text or typed,
            form=form_of(question) if question else "",
            changeable=board.setup.changes,
            outcome=_outcome(question, mine),
            bars=bars(question, board.answered) if question else (),
            why=self._why(board),
            words=self._aloud(board),
        )

    def _why(self, board: Board) -> Card | None:
        return self.view.desk.write(board.why, "web") if board.why else None

    def _heading(self, board: Board) -> str:
        """Say which question it is, with the name of its topic."""
        question = board.question
        if question is None:
            return ""
        shelves = self.view.desk.library.shelves
        pack = next((shelf.pack for shelf in shelves if shelf.pack.id == board.setup.pack), None)
        return heading(question, pack.topics.get(question.topic, "") if pack else "")

    def _aloud(self, board: Board) -> str:
        """Say what a screen reader is told when the page changes by itself."""
        if board.phase in {Phase.ASKING, Phase.SHOWN} and board.question:
            return f"{self._heading(board)}. {board.question.stem}"
        return ""


def _outcome(question: QuestionShown | None, mine: Mine | None) -> str:
    return outcome(question, mine) if question and mine else ""


def _keep(kept: dict[_Key, _Drawn], key: _Key, drawn: _Drawn) -> None:
    if len(kept) >= _MOST_KEPT:
        kept.clear()
    kept[key] = drawn
