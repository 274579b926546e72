"""The quiz alone as a part of the conversation: what commands, presses and words do to it."""

from bot.core.answer import Choice
from bot.core.cards import Action
from bot.core.effects import Effect, KeepSolo, Recall, Tell, Toast
from bot.core.events import Commanded, Pressed, Said
from bot.core.manners import Manner, manner
from bot.core.numerals import is_number
from bot.core.quiz_cards import press, write
from bot.core.solo import move, stale
from bot.core.solo_types import (
    Asked,
    Begin,
    Move,
    Moved,
    Pick,
    Practise,
    Press,
    Remark,
    Shown,
    Write,
)
from bot.core.turn import E, Effects, Turn
from bot.core.words import notice, say

PRESSED = "q."
"""How the verbs of our buttons begin; what follows is the press and the step of its card."""
LINK = "quiz"
"""What a link into the private chat carries to begin there."""


def begin(turn: Turn[Commanded]) -> Effects:
    """Begin a quiz, or go on with the one under way."""
    if not turn.event.place.private:
        return (_elsewhere(turn),)
    words = "" if turn.event.name == "start" else turn.event.argument
    return _made(turn, Begin(words))


def missed(turn: Turn[Commanded]) -> Effects:
    """Ask again what was missed and is due."""
    if not turn.event.place.private:
        return (_elsewhere(turn),)
    return _practised(turn) or (_nothing_due(turn),)


def stop(turn: Turn[Commanded]) -> Effects:
    """Pause the quiz."""
    return _made(turn, Press.STOP)


def underway(turn: Turn[Commanded]) -> bool:
    """Say whether there is a quiz that a person may mean when they want to stop."""
    return turn.context.solo.awaits_words or turn.context.solo.underway


def written(turn: Turn[Said]) -> Effects:
    """Take words as the answer to the question that waits for them."""
    # Who is in distress needs a person, not a mark; the question goes on waiting.
    if manner(turn.event.text) is Manner.DISTRESS:
        return (turn.notice("kind"),)
    return _made(turn, Write(turn.event.text))


def pressed(turn: Turn[Pressed], action: Action) -> Effects:
    """Do what a button of a quiz stands for; nothing where it never was one."""
    what, _, step = action.verb.removeprefix(PRESSED).partition(".")
    if not is_number(step):
        return ()
    match what:
        case "f":
            return _made(turn, Begin(fresh=True))
        case "m":
            return _practised(turn, early=True) or (_nothing_due(turn),)
        case "o" | "d" | "a" | "s" | "n" | "x" | "r" | "e":
            if late := stale(turn.context.solo, int(step)):
                return (_toast(late, turn),)
            return _made(turn, Pick(action.number) if what == "o" else Press(what))
        case _:
            return ()


def _practised(turn: Turn[E], *, early: bool = False) -> Effects:
    """Begin to practise, with the pack of which most is overdue; nothing where nothing is due."""
    practice = turn.context.practice
    known = {
        (shelf.pack.id, question.id)
        for shelf in turn.library.shelves
        for question in shelf.pack.questions
    }
    due = [key for key in practice.due + (practice.later if early else ()) if key in known]
    if not due:
        return ()
    first = due[0][0]
    questions = tuple(question for pack, question in due if pack == first)
    return _made(turn, Practise(first, questions))


def _nothing_due(turn: Turn[E]) -> Tell:
    practice = turn.context.practice
    language = turn.event.by.language
    if not practice.later:
        return Tell(notice("quiz.missed.none", language))
    anyway = press("m", turn.context.solo, "anyway")
    values = {"count": len(practice.later), "day": practice.next_due}
    return Tell(notice("quiz.missed.later", language, (anyway,), **values))


def _elsewhere(turn: Turn[Commanded]) -> Tell:
    """Lead from a group to where a quiz alone disturbs nobody."""
    bot = turn.context.bot
    address = f"https://t.me/{bot}?start={LINK}"
    choices = (Choice(say("quiz.button.private"), "", address),) if bot else ()
    return Tell(notice("quiz.private", turn.event.by.language, choices))


def _made(turn: Turn[E], made: Move) -> Effects:
    before = turn.context.solo
    after: Moved = move(before, made, turn.library, turn.context.seed)
    kept: list[Effect] = [KeepSolo(after.state)] if after.state != before else []
    kept += [Recall(recalled) for recalled in after.recalled]
    return (*kept, *(_shown(shown, after, turn) for shown in after.shown))


def _shown(shown: Shown, moved: Moved, turn: Turn[E]) -> Tell | Toast:
    if isinstance(shown, Remark) and isinstance(turn.event, Pressed):
        return _toast(shown, turn)
    what = write(shown, moved.state, turn.library)
    again = isinstance(shown, Asked) and shown.changed
    # Words are marked once: to edit them later changes nothing.
    return Tell(what, instead=again, once=isinstance(turn.event, Said))


def _toast(remark: Remark, turn: Turn[E]) -> Toast:
    return Toast(notice(remark, turn.event.by.language))
