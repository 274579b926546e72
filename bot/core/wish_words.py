"""The sentences about what people choose for themselves; `bot.core.words` has them among others."""

from collections.abc import Mapping

WISH_WORDS: Mapping[str, str] = {
    "wish.card": "Your choices. All of it is off until you switch it on here.\nPractice: {practice}. A reminder when quiz questions that you missed are due again.\nAssignments: {reminders}. One reminder before the work of your classes is due, and word when results are open.\nCorrections: {corrections}. Word when a fact that I gave you was corrected; for that I keep which facts I showed you.\nUnanswered: {unanswered}. I keep the wording of questions that I could not answer, for {days}, so that an editor can; and tell you once it is answered.\nTime zone: {zone}.",
    "wish.on": "on",
    "wish.off": "off",
    "wish.at": "each day at {hour}:00",
    "wish.button.practice": "Practice: {state}",
    "wish.button.reminders": "Assignments: {state}",
    "wish.button.corrections": "Corrections: {state}",
    "wish.button.unanswered": "Unanswered: {state}",
    "wish.button.zone": "Time zone",
    "wish.button.off": "No reminder",
    "wish.hour": "At which hour shall I remind you, by the clocks of {zone}? Only on days when something is due.",
    "wish.zone": "By which city's clocks do you go? Write for example Berlin, New York or UTC.",
    "wish.zone.bad": "I know no time zone of that name. Write a large city of it, such as Berlin, New York or Tokyo, or UTC.",
    "wish.elsewhere": "Your choices concern you alone: please ask me in a private chat.",
    "wish.nowhere": "On this page I cannot write to you first. Ask me for /settings on Telegram or Discord.",
    "wish.practice": "{count} quiz questions that you missed are due again. /missed asks them. /settings switches this reminder off.",
    "wish.practice.one": "A quiz question that you missed is due again. /missed asks it. /settings switches this reminder off.",
    "command.settings": "Reminders and what else I may do for you",
}

WISH_EXEMPT = frozenset(
    {
        "wish.card",
        "wish.hour",
        "wish.zone",
        "wish.zone.bad",
        "wish.elsewhere",
        "wish.nowhere",
        "wish.practice",
        "wish.practice.one",
    }
)
