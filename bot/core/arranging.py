"""In which order the choices of a question stand."""

from bot.core.chance import Chance
from bot.core.quiz import Option, Question, QuestionKind


def offered(question: Question, seed: str) -> tuple[Option, ...]:
    """Return what can be chosen, in the order in which it stands; for order and matching by place."""
    chance = Chance(seed, question.id)
    match question.kind:
        case QuestionKind.TRUE_FALSE:
            return question.options
        case QuestionKind.ORDER:
            listed = tuple(Option(str(n), text) for n, text in enumerate(question.sequence))
            shown = chance.shuffled(listed)
            # In the right order already it would be no question.
            return shown if shown != listed else listed[::-1]
        case QuestionKind.MATCHING:
            first = {pair.right: str(n) for n, pair in reversed([*enumerate(question.pairs)])}
            return chance.shuffled([Option(place, text) for text, place in first.items()])
        case _:
            return chance.shuffled(question.options) if question.shuffle else question.options
