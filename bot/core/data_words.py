"""The sentences about what is kept of a person; `bot.core.words` has them among all others."""

from collections.abc import Mapping

DATA_WORDS: Mapping[str, str] = {
    "data.elsewhere": "Only you should read that: please ask me in a private chat.",
    "data.file": "This file has everything that I keep about you, table by table; times are in UTC. /privacy says why and for how long. /deletemydata erases it.",
    "data.nothing": "I keep nothing about you, apart from this exchange.",
    "data.note": "Everything that is kept about you here. Where a row also concerns other people, they are left out.",
    "data.sure": "I will erase who you are from everything that I keep: your questions' traces, reports, quizzes, missed questions, classes, roles and wishes. This cannot be undone.\nAnswers to quizzes stay as numbers without a name, so that the results of a class do not change.\nGet a copy first with /mydata. Erase everything about you?",
    "data.erase": "Erase everything",
    "data.keep": "Keep it",
    "data.erased": "Done: nothing here knows you any more. Messages that stand in this chat you can delete yourself. If you write again, we begin anew.",
    "data.kept": "Nothing was erased.",
    "command.mydata": "A file with everything kept about you",
    "command.deletemydata": "Erase everything kept about you",
}

DATA_EXEMPT = frozenset(
    {"data.elsewhere", "data.file", "data.nothing", "data.sure", "data.erased", "data.kept"}
)
