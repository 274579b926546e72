"""What a board says under a question that was closed, where it draws the numbers itself."""

from bot.core.answer import Answer, Block, Outcome, Role
from bot.core.live_cards import Scene, facts_of
from bot.core.live_types import Phase, Reveal
from bot.core.quiz import key_text
from bot.core.show import fact_blocks, plain
from bot.core.words import say

_ROOM = 450
"""Characters for each fact under the answer."""


def why(scene: Scene) -> Answer | None:
    """Return why the answer is right, with verdicts and the caveat; at the end every key kept back."""
    board = scene.board
    if board.phase is Phase.OVER:
        blocks = _keys(scene) if board.setup.reveal is Reveal.END else []
        return Answer(tuple(blocks), scene.caveat, Outcome.ANSWERED) if blocks else None
    if not board.revealed or board.question is None:
        return None
    blocks = [plain(board.question.why)] if board.question.why else []
    facts = facts_of(scene)
    if scene.shelf:
        for fact in facts:
            blocks += fact_blocks(scene.shelf, fact, scene.library, most=_ROOM)
    verdicts = tuple(fact.verdict for fact in facts)
    return Answer(tuple(blocks), scene.caveat, Outcome.ANSWERED, (), verdicts) if blocks else None


def _keys(scene: Scene) -> list[Block]:
    lines = [
        say("live.over.key", stem=asked.stem, answer=key_text(asked).rstrip("."))
        for asked in scene.asked
    ]
    return [plain(say("live.over.keys")), *(plain(line, Role.ITEM) for line in lines)]
