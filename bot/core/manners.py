"""Messages that are no questions: distress, greetings, thanks, attempts to change the rules."""

import re
from enum import StrEnum


class Manner(StrEnum):
    """What sort of message it is."""

    DISTRESS = "distress"
    RULES = "rules"
    HELLO = "hello"
    THANKS = "thanks"


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


_IDIOMS = _any(
    r"\b(?:homework|exams?|test|lesson|heat|suspense|wait(?:ing)?|boredom)(?: is| are|'s|s)? killing me\b",
    r"\bkill it\b",
    r"\battack (?:this|that|the|my) (?:topic|question|task|homework|essay|problem)\b",
    r"\b(?:gun|bomb|knife) question\b",
)
"""What sounds like a threat and is none."""
_FAMILY = (
    r"(?:dad|father|mum|mom|mother|brother|sister|son|daughter|husband|wife|friend|cousin|uncle"
    r"|aunt|family)"
)
_DISTRESS = _any(
    # Harm to oneself.
    r"\b(?:kill|hurt|harm|cut|hang|shoot)(?:ing)? (?:my ?self|me\b)",
    r"\bself[- ]?harm",
    # The word is taken whole, so that a suicide drone is not somebody's despair.
    r"\bsuicid\w*+(?![ -](?:drone|bomb|attack|vest|truck|car|mission|uav))",
    r"\b(?:i|i'm|im|i am) (?:\w+ )?(?:want|wanna|wish|going|ready)\w* (?:to )?"
    r"(?:die|be dead|end (?:it|my life))",
    r"\b(?:end|hate) my life\b|\bi wish i (?:was|were) (?:dead|never born)\b",
    r"\bdon'?t want to live\b|\bno reason to live\b|\bbetter off dead\b|\bcan'?t go on\b",
    r"\b(?:nobody|no one) (?:would|will) (?:even )?miss me\b",
    # Fear and grief.
    r"\bi(?:'m| am|m)? (?:\w+ )?(?:so |really |very )?"
    r"(?:scared|afraid|terrified|desperate|depressed|panicking|hopeless)\b",
    r"\bi (?:feel|am feeling|'m feeling) (?:so |really |very )?"
    r"(?:hopeless|sad|alone|scared|terrible|afraid|sick|awful|bad)\b",
    r"\bcan'?t stop (?:crying|thinking about (?:death|dying))",
    rf"\bi lost my {_FAMILY}\b",
    rf"\bmy (?:\w+ )?{_FAMILY} (?:\w+ ){{0,2}}"
    r"(?:died|was killed|were killed|got killed|is dead|was injured|is missing"
    r"|is (?:there|in (?:iraq|syria|jordan|yemen|iran|israel|gaza)))\b",
    # Threats to others.
    r"\bi(?:'ll| will|'m going to| am going to|'m gonna| want to|ll) (?:\w+ )?"
    r"(?:kill|shoot|stab|bomb|blow up|murder|attack|hurt)\b",
    r"\bi (?:have|'ve got|got) a (?:gun|bomb|knife)\b",
)
_ORDER = (
    r"(?:^\W*|[,.;:!?]\s*"
    r"|\b(?:please|pls|and|you|you to|now|then|just|must|should|but|or|first|kindly|also|lets?)\s+)"
)
"""Where an order begins: "ignore the warnings", not "did Iran ignore the warnings"."""
_OURS = (
    r"(?:rules?|instructions?|prompts?|caveats?|warnings?|disclaimers?|verdicts?|labels?"
    r"|guidelines|restrictions)"
)
_SURE = r"(?:certain|100 ?%|one hundred percent|proven|true|verified|guaranteed|correct)"
_RULES = _any(
    _ORDER
    + r"(?:ignore|forget|disregard|override|bypass|disable|drop|turn off|switch off|leave out"
    r"|omit|remove|skip|stop (?:adding|showing|writing))\b[^.?!]{0,40}\b" + _OURS + r"\b",
    r"\b(?:caveats?|warnings?|disclaimers?|verdict labels?|labels) (?:are |is )?(?:now )?"
    r"(?:off|disabled|removed)\b",
    r"\bno (?:caveats?|warnings?|disclaimers?)\b",
    r"\bwithout (?:any |the |your )?(?:caveats?|warnings?|disclaimers?)\b",
    r"\bi authori[sz]e you\b|"
    + _ORDER
    + r"mark (?:every|all)\b[^.?!]{0,30}\b(?:claims?|facts?)\b",
    # Another part to play.
    r"\bsystem (?:prompt|message)\b|^\s*(?:system|assistant|admin|developer) ?:|\bnew instructions\b",
    _ORDER
    + r"(?:pretend|act|behave|imagine|role-?play)\b[^.?!]{0,20}\b(?:you|as(?! if)|to be|like)\b",
    r"\byou are (?:now|no longer|from now on|an? (?:unrestricted|free))\b",
    _ORDER + r"from now on\b",
    r"\bjailbreak|\bdan mode|\bdeveloper mode",
    # Words put into the bot's mouth; "which claims are true" is a question.
    _ORDER + r"(?:say|repeat|confirm|state|admit|tell me|write|answer|print|respond)\b"
    r"(?![^.?!]{0,40}\b(?:facts?|claims?|statements?|parts?|things?|all|what|which) (?:that |which )?(?:is|are|was|were)\b"
    r"(?! (?:all )?(?:100|one hundred|certain|proven|guaranteed|verified)))"
    r"[^.?!]{0,40}\b(?:everything|all|it|that|article|claims?|facts?)\b[^.?!]{0,40}\b"
    + _SURE
    + r"\b",
    r"\brepeat after me\b|\brespond only with\b|\bevery claim (?:here )?is proven\b",
    r"\b(?:invent|make up|fabricate)\b[^.?!]{0,40}\b(?:number|fact|answer|name|source|figure|quote)",
    # Commands to a machine, and what it was told.
    r"\b(?:drop|delete|alter|insert) (?:table|from|into)\b|<script",
    r"\breveal your\b|\byour (?:hidden )?(?:instructions|prompt|rules)\b",
    r"\bprint everything above\b",
)
_PLEASED = r"(?:great|cool|nice|perfect|awesome|wonderful|excellent|amazing)"
_THANKS = _any(
    r"^\W*(?:ok(?:ay)?[, ]+)?"
    r"(?:thanks?\b|thank you|thx|ty\b|cheers|merci|danke|gracias|shukran|good (?:bot|job)|well done"
    r"|bye\b|good ?bye|see you)"
    # What follows asks for nothing.
    r"(?:(?!\b(?<!you )(?:who|whom|what|which|when|where|why|how|did|was|were|is|are|does|do)\b)[^?]){0,40}$",
    rf"^\W*(?:ok(?:ay)?[, ]+)?(?:(?:so |very |that is |that's )?{_PLEASED}[\s,!.]*)+"
    r"(?:one|stuff|work|job|answer|bot|thanks?|thank you|to know|i see|now i know|so much)*\W*$",
)
_GREETING = (
    r"(?:hi+|hey+|hello+|hallo|hola|salut|bonjour|salam\w*(?: \w*[aei]y?kum)?"
    r"|good (?:morning|afternoon|evening|day)|guten (?:tag|morgen|abend)|yo|greetings|sup|moin|ciao"
    r"|namaste|dear (?:bot|sir|madam)\w*)"
)
_HELLO = _any(
    # What somebody thinks of the bot is no question either.
    r"^\W*(?:this|that|it|you|ur|u|your|you'?re|the bot|bot)"
    r"(?:'s| (?:is|are|r|so|well|really|very|too|just|a|bot))* "
    r"(?:boring|stupid|dumb|lame|useless|rubbish|silly|annoying|funny|smart|clever|slow)\b"
    r"[\w\s]{0,12}[!.?]*$",
    rf"^\W*{_GREETING}\b(?:[\s,!.]*\b(?:there|bot|you|all|my|dear|friends?|everyone|everybody|again|and"
    r"|i hope [\w ]+|how are you|how do you do|how is it going|what'?s up|doublecheck|team|mate"
    r"|guys|sir|madam|today|nice to meet|to))*\W*$",
    r"^\W*(?:how are you|how do you do|who are you|what are you|are you (?:a )?(?:bot|human|robot|real)"
    r"|what can you do|what do you know|can you help(?: me)?|what'?s? up|help)"
    r"(?: doing)?(?: today)?\W*$",
    r"^\W*(?:ok(?:ay)?|yes|no|yeah|yep|nope|lol|haha\w*|hm+|test|testing|k|sure|fine|wow|oh|ah|aha"
    r"|i see|bruh|idk)\W*$",
)
_PATTERNS = (
    (Manner.RULES, _RULES),
    (Manner.THANKS, _THANKS),
    (Manner.HELLO, _HELLO),
)

_COURTESY = re.compile(
    rf"^\W*(?:(?:{_GREETING}(?: (?:there|bot|all|everyone|doublecheck))?"
    r"|thank(?:s(?: a lot)?| you(?: (?:very|so) much)?)|thx)\b[\s,!.:-]*"
    # "Great, and where?", but not "Great Britain".
    rf"|(?:(?:{_PLEASED}|ok(?:ay)?)\b\s*)+[,!.]+\s*)+(?=\w)",
    re.IGNORECASE,
)


def manner(text: str) -> Manner | None:
    """Return what sort of message this is, or None for a question."""
    plain = text.replace("’", "'")
    if _DISTRESS.search(_IDIOMS.sub("", plain)):
        return Manner.DISTRESS
    return next((manner for manner, pattern in _PATTERNS if pattern.search(plain)), None)


def without_courtesy(question: str) -> str:
    """Return a question without the greeting or the thanks that stand before it."""
    return _COURTESY.sub("", question)
