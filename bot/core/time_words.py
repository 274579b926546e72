"""The sentences about more time for one learner; `bot.core.words` has them among all others."""

from collections.abc import Mapping

TIME_WORDS: Mapping[str, str] = {
    "time.card": "More time in the live quiz {code}, for one learner alone: nobody else is told. Each press on a name goes on: as for everybody, half as much again, twice as much, no time limit. It stays until you change it.",
    "time.none": "You lead no live quiz now. /class has the time of each learner of a class.",
    "time.nobody": "Nobody has joined the live quiz {code} yet.",
    "time.private": "Write /time to me in private: what you set there, nobody else sees.",
    "time.gone": "They have left this live quiz.",
    "time.button": "{name}: {time}",
    "time.button.more": "Further names",
    "command.time": "Teachers: more time for one learner of your live quiz",
    "discord.command.live.time": "More time for one learner; nobody else is told",
    "web.time": "More time for one learner",
    "web.time.how": "Nobody else is told, and the big screen does not show it. It holds from the next question on, also in your later quizzes, until you change it.",
    "web.time.name": "Name",
    "web.time.time": "Time",
    "web.time.of": "Time of {name}",
    "web.time.save": "Save",
    "web.time.saved": "Saved.",
    "web.time.back": "Back to the quiz",
}

TIME_EXEMPT: frozenset[str] = frozenset(
    {"time.card", "time.none", "time.nobody", "time.private", "time.gone"}
)
"""Those that state no claim of any pack. Names in them are people's own."""
