"""Every sentence of ours, under a key, so that other languages can follow."""

from collections.abc import Mapping

from bot.core.answer import Block, Choice, Notice, Role, Text
from bot.core.bank_chat_words import BANK_CHAT_EXEMPT, BANK_CHAT_WORDS
from bot.core.bank_page_words import BANK_PAGE_WORDS
from bot.core.bank_words import BANK_EXEMPT, BANK_WORDS
from bot.core.chat_words import CHAT_EXEMPT, CHAT_WORDS
from bot.core.class_words import CLASS_EXEMPT, CLASS_WORDS
from bot.core.data_words import DATA_EXEMPT, DATA_WORDS
from bot.core.discord_words import DISCORD_EXEMPT, DISCORD_WORDS
from bot.core.facts import Verdict
from bot.core.flag_words import FLAG_EXEMPT, FLAG_WORDS
from bot.core.live_page_words import LIVE_PAGE_WORDS
from bot.core.live_words import LIVE_EXEMPT, LIVE_WORDS
from bot.core.quiz_words import QUIZ_EXEMPT, QUIZ_WORDS
from bot.core.result_words import RESULT_EXEMPT, RESULT_WORDS
from bot.core.role_words import ROLE_EXEMPT, ROLE_WORDS
from bot.core.time_words import TIME_EXEMPT, TIME_WORDS
from bot.core.wish_words import WISH_EXEMPT, WISH_WORDS

_SENTENCES: Mapping[str, str] = {
    # Verdicts: a sign never stands without its words.
    "verdict.corroborated": "Other sources agree",
    "verdict.partly": "Partly right",
    "verdict.contradicted": "Other sources disagree",
    "verdict.unverified": "We could not confirm this",
    "verdict.opinion-or-forecast": "Opinion or forecast",
    "verdict.unchecked": "Not checked against other sources",
    # Answers.
    "source.default": "this pack",
    "direct": "{answer}.",
    "direct.according": "{answer}, according to {source}.",
    "direct.contradicted": "{answer}, according to {source}. Other sources disagree: {correct}.",
    "direct.contradicted.bare": "{answer}, according to {source}. Other sources disagree.",
    "direct.partly": "{answer}, according to {source}. More exactly: {correct}.",
    "direct.omitted": "{answer}. This is not in {source}.",
    "yes": "Yes",
    "no": "No",
    "no.but": "No: {answer}",
    "according": "According to {source}, {claim}",
    "omitted": "Not in {source}: {claim}",
    "where": "Where: {where}.",
    "where.place": "“{place}”",
    "where.detail": "“{place}”, {detail}",
    "where.also": "also in {places}",
    "where.derived": "put together from several places of {source}",
    "where.outside": "not in {source}",
    "where.pack": "Pack: {title}.",
    "check": "Check: {verdict}, {confidence} confidence.",
    "check.bare": "Check: {verdict}.",
    "sources.head": "Sources for: {claim}",
    "sources.head.restricted": "Sources for what was asked:",
    "sources.none": "No other source is given for this.",
    "sources.unread": "Only excerpts of these pages were read. Please open them yourself.",
    "related.head": "One step away from this:",
    "related.none": "Nothing else in the pack stands next to this.",
    "topics.head": "You can ask about these topics:",
    "topics.pack": "{title}: {topics}",
    "topic.head": "{topic}: choose one, or ask in your own words.",
    "all-sources.head": "What the answers rest on",
    "all-sources.pack": "{title}. {description} Author: {author}.",
    "all-sources.bare": "{title}. Nothing is known about the source of this pack.",
    "all-sources.check": "How it was checked ({date}): {how}",
    "all-sources.unchecked": "Its facts were not checked against other sources.",
    "all-sources.publishers": "Other sources used: {publishers}.",
    "about.head": "Doublecheck answers from facts that were checked beforehand, and asks you to check them again.",
    "about.how": "It knows only what stands in its packs. It does not search the web and does not make up text. Where it knows nothing it says so.",
    "about.verdicts": "Each fact carries a verdict, which says what other sources have on it:",
    "about.verdict": " means: {meaning}",
    "meaning.corroborated": "at least one independent source says the same.",
    "meaning.partly": "part of it holds, part is inexact or left out.",
    "meaning.contradicted": "other sources say something else; the correction stands with it.",
    "meaning.unverified": "nothing was found that confirms or denies it.",
    "meaning.opinion-or-forecast": "a view or a guess about the future, which cannot be checked like a fact.",
    "meaning.unchecked": "nobody has compared it with other sources yet.",
    "caveat.long": "Please double-check this with another source.",
    "caveat.short": "Double-check this with another source.",
    "caveat.many": "Please double-check this with another source: each of these facts comes from one source only.",
    # Where there is no answer.
    "decline.unknown": "{Source} says nothing about {words}, so I have no answer.",
    "decline.name": "Nothing that {source} says about this mentions {words}, so I have no answer.",
    "decline.about": "I found nothing in {source} that answers this about {words}.",
    "decline.plain": "I found nothing in {source} that answers this.",
    "decline.offer": "It does have this:",
    "decline.person": "that person",
    "decline.library": "the packs I have",
    "hello": "Hello. I answer questions about {title}, from a fixed set of checked facts.",
    "thanks": "You are welcome. You can go on asking about {title}.",
    "inline.begin": "Ask about {title}",
    "inline.nothing": "I found nothing that answers this. I know a fixed set of checked facts about {title}.",
    "inline.nothing.title": "No answer found",
    "rules": "I answer from a fixed set of checked facts about {title}, and nothing in it is certain until you have checked it. I cannot change that.",
    "try": "Try: “{question}”",
    "empty": "I can read only words. Ask about {title} in a sentence or a few words.",
    "asked.head": "Which one do you mean?",
    # Fixed, for messages that speak of distress, self-harm or threats.
    "kind": "I am sorry that things are this hard. I am only a program and cannot help with this, but a person can. Please talk to an adult you trust, a teacher or a counsellor, today. If you or somebody else is in danger, call the emergency number where you are.",
    # Buttons.
    "button.sources": "Sources",
    "button.related": "Related",
    "button.report": "Report a problem",
    "button.none": "None of these",
    # Notices: they state no claim and carry no caveat.
    "busy.group": "This group has asked {limit} questions within a minute. Please wait {seconds} s; nothing was lost.",
    "busy": "You have asked {limit} questions within a minute. Please wait {seconds} s; nothing was lost.",
    "report.ask": "What is wrong with this answer? Write it in one message, in a group as a reply to this one; or send /cancel.",
    "report.no-facts": "an answer without facts",
    "report.alert": "Report {number}, about {facts}:\n{words}",
    "report.saved": "Thank you. Your report was saved, with the version of what you were shown. Number: {number}.",
    "report.nothing": "There is no answer here to report yet. Ask something first, then press “Report a problem”.",
    "start": "Hello. I answer questions from packs of facts, which were checked against other sources beforehand, and say what those sources have on each.\nAsk in your own words, or choose with /topics. /help tells you more.\nPlease double-check what I answer with another source.",
    "help": "Ask in your own words; a few are enough. Afterwards you can go on with “and where?” or “how many in all?”.\nUnder an answer: Sources (where you can check it), Related (facts beside it), Report a problem (tells the people who run this bot).\n/topics what you can ask about\n/sources what the answers rest on\n/about who wrote the source, and what the verdicts mean\n/check as a reply to an answer: its sources\n/report what is wrong with the last answer\n/quiz a quiz alone; also with a topic and a number, such as /quiz background 5\n/missed the questions that you missed, when it is time to ask them again\n/stop pause your quiz\n/join a live quiz, with the code that your teacher shows; /leave it\n/class the classes that you are in: join one by its code, leave it\n/assign what there is to do for them\n/cancel stop what you have begun\n/privacy what is kept about you; /mydata hands it to you, /deletemydata erases it\n/settings reminders, and what else I may do for you",
    "help.group": "In a group I read only what is meant for me: commands that name me, and replies to my messages.\n/ask{at} and your question\n/join{at} the live quiz of this group; /leave{at} it\n/topics{at} what you can ask about\n/sources{at} what the answers rest on\n/about{at} who wrote the source, and what the verdicts mean\n/check{at} as a reply to an answer: its sources\n/report{at} what is wrong with the last answer\n/privacy{at} what is kept about you\nIn a private chat you can simply write.",
    "privacy": "I keep only what I need, and pass on nothing but reports, to the people who run this bot.\nWhich facts an answer to you showed, with your account's number, so that its buttons and your next question work: {receipts}. The wording of your questions is not kept; only where you allow it in /settings, that of those which I could not answer: {unanswered}.\nOn the local page also what you wrote and what came back, so that you see it again after a reload: {transcript}, or until you clear it.\nWhat you write in a report, with your account's number and the facts it is about, so that somebody can follow it up: {reports}.\nHow far you are in a quiz, so that you can go on later: {receipts}. Which quiz questions you missed, so that you can practise them: {missed} after the last time.\nWhich classes you are in, and under which name: {classes} after the class was last used, or until you leave it. What you answered in quizzes with a class and under which name, for its teacher: {results} after the end. That a teacher gave you more time: until they take it back; only they see it.\nWhat you chose in /settings: until you change it. If you switched on corrections, of which ones you were told: {receipts}.\nThe numbers of the messages that were handled, so that none is answered twice: {seen}.\nHow often you asked within the last minute, so that nobody can flood the bot: an hour at most.\nOf people with a role: which one, since when and what they were called by whoever gave it, until it is taken away; and what they did with it: {audit}. That they are signed in on the page: until they sign out, or have been away for 12 hours. What they are just writing or sending for a bank in the chat: a day at most.\nAn answer that could not be delivered stays as long as its buttons would work. Afterwards all of this is deleted. /mydata hands all of it to you, /deletemydata erases who you are from it.",
    "unknown-command": "I do not know that command. /help{at} lists what I can do.",
    "check.how": "Send /check as a reply to one of my answers, and you see its sources. Or write a claim behind the command.",
    "link.unknown": "This link leads to nothing that I can show here. Please ask in your own words.",
    "none-of-these": "Then I have no answer to that. You can ask again in other words.",
    "cancelled": "Cancelled. Nothing was sent.",
    "nothing-to-cancel": "There is nothing to cancel.",
    "ask.what": "What would you like to know? Reply to this message with your question.",
    "closed": "This button is too old. Please ask again.",
    "failed": "Something went wrong on our side, and this message could not be answered. Nothing else was lost. Please try again in other words.",
    # For whoever runs the bot.
    "telegram.token": "Telegram does not accept TELEGRAM_TOKEN. Copy it again from BotFather: /mybots, your bot, API Token.",
    "telegram.refused": "Telegram refused the set-up: {why}. Check WEBHOOK_URL and WEBHOOK_SECRET.",
    "telegram.conflict": "another copy of this bot fetches with the same token; stop one of the two",
    # Question banks, on the command line.
    "bank.fine": "{file} ({form}): {count} questions, all of which can be imported.",
    "bank.fine.rest": "{file} ({form}): {count} questions can be imported, {left} are left out.",
    "bank.refused.whole": "{file}: nothing in it can be imported.",
    "bank.refused": "{file}: it cannot be imported as it is; {count} of its {seen} questions cannot.",
    "bank.problem": "{place}: {cause}. Cure: {cure}.",
    "bank.warning": "{place}: warning: {cause}. Cure: {cure}.",
    "bank.more": "… and {count} more problems.",
    "bank.leave-out": "The other {count} can be imported without them: add --leave-out.",
    "bank.lost": "Not kept: {what}.",
    "bank.not-written": "Left out: {what}.",
    "bank.nothing-written": "Nothing was written, because whole questions would be missing. Add --leave-out to go on without them.",
    "bank.cannot-write": "{file} cannot be written: {why}.",
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
    # The local page: what stands around the answers. None of it states a claim.
    "web.name": "Doublecheck",
    "web.motto": "Answers from checked facts, to be checked again",
    "web.skip": "Skip to the question field",
    "web.skip.content": "Skip to the content",
    "web.nav": "Pages",
    "web.nav.chat": "Ask",
    "web.nav.topics": "Topics",
    "web.nav.sources": "Sources",
    "web.nav.about": "About",
    "web.nav.help": "Help",
    "web.nav.join": "Join a quiz",
    "web.nav.privacy": "Privacy",
    "web.chat": "Your questions and the answers",
    "web.intro": "What would you like to know?",
    "web.intro.pack": "Facts from “{title}”, each set beside what other sources say.",
    "web.intro.packs": "Facts from {count} packs, each set beside what other sources say: {titles}.",
    "web.intro.none": "No pack of facts is loaded, so every question will be declined.",
    "web.examples": "Try one of these",
    "web.you": "You asked:",
    "web.buttons": "More about this answer",
    "web.ask.label": "Your question",
    "web.ask.send": "Ask",
    "web.ask.keys": "Enter sends, Shift and Enter together begin a new line.",
    "web.ask.waiting": "Looking it up …",
    "web.report.label": "What is wrong with this answer?",
    "web.report.send": "Send report",
    "web.report.cancel": "Cancel",
    "web.clear": "Clear this conversation",
    "web.empty": "Write a question first.",
    "web.too-long": "This has {length} characters, and a question can have {limit}. Please shorten it; nothing was sent yet.",
    "web.unreachable": "The page did not get through to the bot. Your words still stand here; please try again.",
    "web.fact": "One fact",
    "web.file": "Save {name}",
    "web.back": "Ask a question",
    "web.error.400": "That could not be read",
    "web.error.400.what": "The request was not one that this page sends. Go back to the questions and try again.",
    "web.error.403": "That came from somewhere else",
    "web.error.403.what": "Only this page itself may send questions here. Go back to the questions and ask there.",
    "web.error.404": "There is no such page",
    "web.error.404.what": "The address may have a typing error, or the fact was taken out. The questions are still here.",
    "web.error.405": "This address only shows a page",
    "web.error.405.what": "Nothing can be sent to it. Go back to the questions and ask there.",
    "web.error.413": "That is too much at once",
    "web.error.413.what": "A question can have {limit} characters. Shorten it, please; nothing was kept.",
    "web.error.415": "That could not be read",
    "web.error.415.what": "Only the forms of this page can be sent here. Go back to the questions and try again.",
    "web.error.421": "This page does not go by that name",
    "web.error.421.what": "Open it at the address that was printed when the bot started, or add this name to WEB_NAMES.",
    "web.error.500": "Something went wrong on our side",
    "web.error.500.what": "The fault was written down. What you had asked before is kept; please try again.",
}

_ENGLISH: Mapping[str, str] = {
    **_SENTENCES,
    **BANK_CHAT_WORDS,
    **BANK_PAGE_WORDS,
    **BANK_WORDS,
    **CHAT_WORDS,
    **CLASS_WORDS,
    **DATA_WORDS,
    **DISCORD_WORDS,
    **FLAG_WORDS,
    **LIVE_PAGE_WORDS,
    **LIVE_WORDS,
    **QUIZ_WORDS,
    **RESULT_WORDS,
    **ROLE_WORDS,
    **TIME_WORDS,
    **WISH_WORDS,
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
        "busy.group",
        "report.ask",
        "report.saved",
        "report.nothing",
        "report.alert",
        "cancelled",
        "nothing-to-cancel",
        "closed",
        "failed",
        "ask.what",
        "check.how",
        "unknown-command",
        *BANK_CHAT_EXEMPT,
        *BANK_EXEMPT,
        *CHAT_EXEMPT,
        *CLASS_EXEMPT,
        *DATA_EXEMPT,
        *DISCORD_EXEMPT,
        *FLAG_EXEMPT,
        *LIVE_EXEMPT,
        *QUIZ_EXEMPT,
        *RESULT_EXEMPT,
        *ROLE_EXEMPT,
        *TIME_EXEMPT,
        *WISH_EXEMPT,
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


def on(platform: str, key: str) -> str:
    """Return the key of a sentence as a platform has it: in words of its own, or in everybody's."""
    own = f"{platform}.{key}"
    return own if own in EXEMPT else key
