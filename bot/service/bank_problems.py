"""What cannot be done with a bank: said in words, with what is wrong in its files."""

from collections.abc import Sequence

from bot.core.bank_diff import Diff
from bot.core.words import say
from bot.formats.problems import Problem


class Refusal(Exception):
    """Something about a bank cannot be done as it was asked; nothing was changed."""

    def __init__(
        self,
        key: str,
        problems: Sequence[Problem] = (),
        diff: Diff | None = None,
        **values: object,
    ) -> None:
        super().__init__(say(key, "en", **values))
        self.key = key
        """Of the sentence that says why; `str` gives the sentence."""
        self.values = values
        self.problems = tuple(problems)
        """What is wrong in the files, or which checks are not met."""
        self.diff = diff
        """Where somebody else was faster: what is different by now."""
