"""The sentences of the quiz alone; `bot.core.words` has them among all others."""

from collections.abc import Mapping

QUIZ_WORDS: Mapping[str, str] = {
    # What can be chosen beforehand.
    "quiz.menu.pack": "A quiz alone. About what?",
    "quiz.menu.topic": "A quiz alone, about {title}. Which topic?",
    "quiz.menu.length": "How many questions?",
    "quiz.menu.sort": "Which kinds of questions?",
    "quiz.menu.unknown": "I have no quiz topic “{name}”.",
    "quiz.menu.all": "Everything",
    "quiz.sort.mixed": "All kinds",
    "quiz.sort.choosing": "Only choosing, no writing",
    "quiz.sort.checking": "Only double-check questions",
    # A question.
    "quiz.head": "Question {number} of {count}",
    "quiz.head.topic": "Question {number} of {count} · {topic}",
    "quiz.resumed": "Your quiz goes on here.",
    "quiz.practice": "You missed this one before.",
    "quiz.sensitive": "For reflection, without points. You can skip it.",
    "quiz.how.several": "Choose all that are right, then press “{done}”.",
    "quiz.how.number": "Write the number, in digits or in words. To ask me something meanwhile, use /ask.",
    "quiz.how.text": "Write your answer in a few words. To ask me something meanwhile, use /ask.",
    "quiz.how.order": "Press what comes first, then what comes next.",
    "quiz.how.matching": "What belongs to “{left}”?",
    "quiz.chosen": "So far: {chosen}",
    "quiz.unreadable.number": "I cannot find one number in that. Write it in digits or in words, such as 12 or twelve.",
    "quiz.unreadable": "I cannot read an answer in that. Write it in letters or digits.",
    # What an answer was worth.
    "quiz.right": "Right: {answer}.",
    "quiz.wrong": "Not right. The answer is: {answer}.",
    "quiz.partly": "Partly right. The whole answer is: {answer}.",
    "quiz.reflection": "There are no points for this one.",
    "quiz.given": "You answered: {given}.",
    # The end, or a pause.
    "quiz.paused": "Paused at question {number} of {count}. /quiz goes on from there, also tomorrow.",
    "quiz.over": "That was the quiz.",
    "quiz.score": "{right} of {count} right.",
    "quiz.score.partly": "{right} of {count} right, {partly} partly.",
    "quiz.skipped": "Skipped: {count}.",
    "quiz.reflected": "For reflection, without points: {count}.",
    "quiz.look": "To look at again:",
    "quiz.look.line": "{stem} {answer}.",
    "quiz.look.none": "There is nothing to look at again in this one.",
    "quiz.unanswered": "No question was answered.",
    "quiz.missed.how": "/missed asks what you missed again, when it is time to.",
    # Practice.
    "quiz.missed.none": "You have missed nothing so far that could be practised. /quiz begins a quiz.",
    "quiz.missed.later": "Nothing is due now. Of the {count} questions that you missed, the next is due on {day}.",
    # What makes no difference to the quiz.
    "quiz.none": "No pack here has quiz questions yet. You can ask me in your own words.",
    "quiz.nothing": "You have no quiz under way. /quiz begins one.",
    "quiz.old": "This button belongs to an earlier step of your quiz, and changed nothing. /quiz shows where you are.",
    "quiz.twice": "You have answered or skipped this one already. The first answer counts.",
    "quiz.choose": "Choose at least one first.",
    "quiz.private": "A quiz alone is for a private chat: open me there and send /quiz.",
    # Buttons.
    "quiz.button.done": "Done",
    "quiz.button.again": "Choose again",
    "quiz.button.skip": "Skip",
    "quiz.button.stop": "Pause",
    "quiz.button.next": "Next question",
    "quiz.button.resume": "Go on",
    "quiz.button.end": "End it here",
    "quiz.button.fresh": "Another quiz",
    "quiz.button.missed": "Practise what I missed",
    "quiz.button.anyway": "Practise now all the same",
    "quiz.button.private": "Open a private chat",
    # Questions built from facts, for an editor to keep or drop.
    "build.blank": "[…]",
    "build.gap": "According to {source}, {claim} What belongs in the gap?",
    "build.number": "According to {source}, {claim} Which number belongs in the gap?",
    "build.true": "{source} says: {claim}",
    "build.agree": "“{claim}” {by}: “{found}” Do the two agree?",
    "build.agree.yes": "They agree",
    "build.agree.no": "They disagree",
    "build.agree.open": "One cannot tell from these two",
    "build.settle": "According to {source}, {claim} You want to know whether that holds. What would settle it best?",
    "build.settle.key": "Comparing it with {publisher} and one more source",
    "build.settle.1": "Reading {source} once more, slowly and to the end",
    "build.settle.2": "Asking in the chat what the others think of it",
    "build.settle.3": "Looking how often the sentence was passed on",
    "build.settle.why": "Other sources have: {found}.",
    "build.where": "{source} has it in {where}.",
    # The local page.
    "web.quiz.intro": "Or see how you check what you read.",
    "web.quiz.begin": "Begin a quiz",
    "web.quiz.label": "Your answer",
    "web.quiz.send": "Answer",
    # The menu of commands.
    "command.quiz": "A quiz alone: /quiz, or with a topic and a number",
    "command.missed": "Practise the quiz questions that you missed",
    "command.stop": "Pause your quiz",
}

QUIZ_EXEMPT: frozenset[str] = frozenset(
    {
        "quiz.none",
        "quiz.nothing",
        "quiz.old",
        "quiz.twice",
        "quiz.choose",
        "quiz.private",
        "quiz.missed.none",
        "quiz.missed.later",
        "quiz.unreadable",
        "quiz.unreadable.number",
    }
)
"""Those that state no claim of any pack."""
