"""Every sentence of ours, under a key, so that other languages can follow."""

from collections.abc import Mapping

from bot.core.answer import Block, Choice, Notice, Role, Text
from bot.core.facts import Verdict

_ENGLISH: Mapping[str, str] = {
    # Verdicts: a sign never stands without its words.
    "verdict.corroborated": "Other sources agree",
    "verdict.partly": "Partly right",
    "verdict.contradicted": "Other sources disagree",
    "verdict.unverified": "We could not confirm this",
    "verdict.opinion-or-forecast": "Opinion or forecast",
    "verdict.unchecked": "Not checked against other sources",
    # Answers.
    "according": "According to {source}, {claim}",
    "where": "Where: {where}.",
    "caveat.long": "Please double-check this with another source.",
    "caveat.short": "Double-check this.",
    # Buttons.
    "button.sources": "Sources",
    "button.related": "Related",
    "button.report": "Report a problem",
    "button.none": "None of these",
    # Notices: they state no claim and carry no caveat.
    "busy": "You have asked {limit} questions within a minute. Please wait {seconds} s; nothing was lost.",
    "report.ask": "What is wrong with this answer? Write it in one message, or send /cancel.",
    "report.saved": "Thank you. Your report was saved, with the version of what you were shown. Number: {number}.",
    "report.nothing": "There is no answer here to report yet. Ask something first, then press “Report a problem”.",
    "cancelled": "Cancelled. Nothing was sent.",
    "nothing-to-cancel": "There is nothing to cancel.",
    "ask.what": "What would you like to know? Reply to this message with your question.",
    "wordless": "I can only read words. Please write your question as text.",
    "closed": "This button is too old. Please ask again.",
    "failed": "Something went wrong on our side, and this message could not be answered. Nothing else was lost. Please try again in other words.",
    # The menu of commands; it states no claim either.
    "command.ask": "Ask a question: /ask and your words",
    "command.topics": "What you can ask about",
    "command.sources": "What the answers rest on",
    "command.about": "Who wrote the source, and what the verdicts mean",
    "command.report": "Report a problem with the last answer",
    "command.help": "How to ask",
    "command.privacy": "What is kept about you, and for how long",
    "command.cancel": "Stop what you have begun",
    "command.start": "Begin",
}

WORDS: Mapping[str, Mapping[str, str]] = {"en": _ENGLISH}

SIGNS: Mapping[Verdict, str] = {
    Verdict.CORROBORATED: "✔",
    Verdict.PARTLY: "◐",
    Verdict.CONTRADICTED: "✘",
    Verdict.UNVERIFIED: "?",
    Verdict.OPINION: "○",
    Verdict.UNCHECKED: "–",
}

EXEMPT: frozenset[str] = frozenset(
    {
        "start",
        "help",
        "help.group",
        "privacy",
        "kind",
        "busy",
        "report.ask",
        "report.saved",
        "report.nothing",
        "report.alert",
        "cancelled",
        "nothing-to-cancel",
        "closed",
        "failed",
        "ask.what",
        "wordless",
    }
)
"""The notices that may go out without a caveat, because they state no claim of any pack."""


def say(key: str, language: str = "en", **values: object) -> str:
    """Return our sentence of that key, in English where the language lacks it."""
    words = WORDS.get(language, _ENGLISH)
    return words.get(key, _ENGLISH[key]).format(**values)


def notice(
    key: str, language: str = "en", choices: tuple[Choice, ...] = (), **values: object
) -> Notice:
    """Return an exempt sentence as a notice, a block a paragraph."""
    if key not in EXEMPT:
        raise ValueError(f"{key!r} is not among the sentences that may stand without a caveat")
    lines = say(key, language, **values).split("\n")
    return Notice(key, tuple(Block((Text(line),), Role.BODY) for line in lines if line), choices)
