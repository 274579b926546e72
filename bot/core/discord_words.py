"""The sentences that only Discord needs, and those that it needs in other words.

A key `discord.x` stands in for `x` there; see `bot.core.words.on`.
"""

from collections.abc import Mapping

DISCORD_WORDS: Mapping[str, str] = {
    # In place of those that speak of another platform's ways.
    "discord.start": "Hello. I answer questions from packs of facts, which were checked against other sources beforehand, and say what those sources have on each.\nAsk with /ask, or choose with /topics. /help tells you more.\nPlease double-check what I answer with another source.",
    "discord.help": "Ask with /ask, in your own words; a few are enough. Only you see the answer, unless you press “Show to everyone” or this server shows answers to all. Afterwards you can go on: /ask and where?\nUnder an answer: Sources (where you can check it), Related (facts beside it), Report a problem (tells the people who run this bot).\nTo check what somebody wrote: press and hold, or right-click, their message, then Apps, then “Check this message”.\n/topics what you can ask about\n/sources what the answers rest on\n/about who wrote the source, and what the verdicts mean\n/quiz start a quiz alone, which only you see; /quiz stop pauses it, /quiz missed asks what you missed again\n/report what is wrong with the last answer\n/privacy what is kept about you\n/settings how answers are shown in this server (for who may manage it)",
    "discord.report.ask": "What is wrong with this answer? Press “Write” and say it in a few words.",
    "discord.report.nothing": "There is no answer here to report yet. Ask something first, then press “Report a problem” under the answer.",
    "discord.check.how": "There are no words in that message that I could check.",
    "discord.ask.what": "What would you like to know? Write it behind /ask.",
    "discord.unknown-command": "I do not know that command. /help lists what I can do.",
    # What is said around answers.
    "discord.done": "Done.",
    "discord.nothing": "Nothing changed.",
    "discord.shown": "Shown to everyone in this channel.",
    "discord.shown.by": "{name} shows an answer that the bot gave:",
    "discord.shown.before": "Everyone was shown this one already.",
    "discord.shown.not": "This answer cannot be shown here any more. Please ask again.",
    "discord.shown.closed": "You may not write in this channel, so I show nothing here in your name.",
    "discord.not-allowed": "This is for people who may {permission} here.",
    "discord.may.manage_guild": "manage this server",
    "discord.may.manage_messages": "manage messages",
    "discord.only-server": "This is about a server. Use it in one.",
    "discord.settings.private": "In this server only who asks sees an answer, and can show it to everyone.",
    "discord.settings.public": "In this server everyone sees the answers to /ask.",
    "discord.menu": "Choose one",
    "discord.button.write": "Write",
    "discord.button.show": "Show to everyone",
    # Fields to write in.
    "discord.field.report": "Report a problem",
    "discord.field.report.label": "What is wrong with this answer?",
    "discord.field.write": "Your words",
    "discord.field.write.label": "Write here",
    # Names that Discord shows; the descriptions have at most 100 letters.
    "discord.check.menu": "Check this message",
    "discord.command.about": "Who wrote the source, and what the verdicts mean",
    "discord.command.sources": "What the answers rest on",
    "discord.command.help": "How to ask",
    "discord.command.privacy": "What is kept about you, and for how long",
    "discord.command.topics": "What you can ask about",
    "discord.command.ask": "Ask a question; only you see the answer unless you show it",
    "discord.command.quiz": "A quiz alone, which only you see",
    "discord.command.quiz.start": "Begin a quiz, or go on with yours",
    "discord.command.quiz.stop": "Pause your quiz",
    "discord.command.quiz.missed": "Practise the quiz questions that you missed",
    "discord.command.report": "Report a problem with the last answer that you were given",
    "discord.command.settings": "How the bot behaves in this server",
    "discord.command.settings.answers": "Who sees the answers to /ask in this server",
    "discord.option.question": "Your question, in your own words",
    "discord.option.topic": "One of the topics",
    "discord.option.count": "How many questions",
    "discord.option.answers": "Only who asks, or everyone",
    "discord.choice.private": "Only who asks",
    "discord.choice.public": "Everyone in the channel",
    # For whoever runs the bot.
    "discord.token": "Discord does not accept DISCORD_TOKEN. Copy it again from the developer portal: your application, Bot, Reset Token.",
    "discord.refused": "Discord closed the connection for good (code {code}). Look at your application in the developer portal.",
}

DISCORD_EXEMPT = frozenset(
    {
        "discord.start",
        "discord.help",
        "discord.report.ask",
        "discord.report.nothing",
        "discord.check.how",
        "discord.ask.what",
        "discord.unknown-command",
        "discord.done",
        "discord.nothing",
        "discord.shown",
        "discord.shown.before",
        "discord.shown.not",
        "discord.shown.closed",
        "discord.not-allowed",
        "discord.only-server",
        "discord.settings.private",
        "discord.settings.public",
    }
)
"""Those that state no claim of any pack."""
