"""Messages that are no questions: distress, greetings, thanks, attempts to change the rules."""

import re
from enum import StrEnum


class Manner(StrEnum):
    """What sort of message it is."""

    DISTRESS = "distress"
    RULES = "rules"
    HELLO = "hello"
    THANKS = "thanks"


_PATTERNS: tuple[tuple[Manner, re.Pattern[str]], ...] = tuple(
    (manner, re.compile(pattern, re.IGNORECASE))
    for manner, pattern in (
        (
            Manner.DISTRESS,
            r"\b(?:kill|hurt|harm|cut|hang|shoot)(?:ing)? (?:my ?self|me\b)|\bsuicid\w*(?! drone)(?! bomb)(?! attack)"
            r"|\bself[- ]?harm|\b(?:i|i'm|im|i am) (?:\w+ )?(?:want|wanna|wish|going|ready)\w* (?:to )?(?:die|be dead|end (?:it|my life))"
            r"|\bend my life\b|\bdon'?t want to live\b|\bno reason to live\b|\bbetter off dead\b|\bcan'?t go on\b"
            r"|\bi(?:'m| am|m)? (?:\w+ )?(?:so |really |very )?(?:scared|afraid|terrified|desperate|depressed|panicking|hopeless)\b"
            r"|\bi (?:feel|am feeling|'m feeling) (?:so |really |very )?(?:hopeless|sad|alone|scared|terrible|afraid|sick|awful|bad)\b"
            r"|\bi(?:'ll| will|'m going to| am going to|'m gonna| want to|ll) (?:\w+ )?(?:kill|shoot|stab|bomb|blow up|murder|attack|hurt)\b"
            r"|\bi (?:have|'ve got|got) a (?:gun|bomb|knife)\b"
            r"|\bmy (?:\w+ )?(?:dad|father|mum|mom|mother|brother|sister|son|daughter|husband|wife|friend|cousin|uncle|aunt|family)"
            r" (?:\w+ ){0,2}(?:died|was killed|were killed|got killed|is dead|was injured|is missing|is (?:there|in (?:iraq|syria|jordan|yemen|iran|israel|gaza)))\b"
            r"|\bcan'?t stop (?:crying|thinking about (?:death|dying))|\bi lost my (?:dad|father|mum|mom|mother|brother|sister|son|daughter|friend)\b",
        ),
        (
            Manner.RULES,
            r"\b(?:ignore|forget|disregard|override|bypass|disable|drop|turn off|switch off|leave out|omit|remove|skip|stop (?:adding|showing|writing))\b"
            r"[^.?!]{0,40}\b(?:rules?|instructions?|prompts?|caveats?|warnings?|disclaimers?|verdicts?|labels?|guidelines|restrictions)\b"
            r"|\b(?:caveats?|warnings?|disclaimers?|verdict labels?|labels) (?:are |is )?(?:now )?(?:off|disabled|removed)\b"
            r"|\bsystem (?:prompt|message)\b|^\s*(?:system|assistant|admin|developer) ?:"
            r"|\b(?:pretend|act|behave|imagine|roleplay|role-play)\b[^.?!]{0,20}\b(?:you|as|to be|like)\b"
            r"|\byou are (?:now|no longer|from now on|an? (?:unrestricted|free))\b|\bfrom now on\b|\bjailbreak|\bdan mode|\bdeveloper mode"
            r"|\b(?:say|repeat|confirm|state|admit|tell me|write|answer|print)\b[^.?!]{0,40}\b(?:everything|all|it|that|article|claims?|facts?)\b[^.?!]{0,40}"
            r"\b(?:certain|100 ?%|one hundred percent|proven|true|verified|guaranteed|correct)\b"
            r"|\brepeat after me\b|\bno (?:caveats?|warnings?|disclaimers?)\b|\bwithout (?:any |the |your )?(?:caveats?|warnings?|disclaimers?)\b"
            r"|\b(?:invent|make up|fabricate)\b[^.?!]{0,40}\b(?:number|fact|answer|name|source|figure|quote)|\b(?:drop|delete|alter|insert) (?:table|from|into)\b|<script"
            r"|\breveal your\b|\byour (?:hidden )?(?:instructions|prompt|rules)\b|\bevery claim (?:here )?is proven\b",
        ),
        (
            Manner.THANKS,
            r"^\W*(?:ok(?:ay)?[, ]+)?(?:thanks?\b|thank you|thx|ty\b|cheers|merci|danke|gracias|shukran|great\b|cool\b|nice\b|good (?:bot|job)|well done|bye\b|good ?bye|see you|perfect\b|awesome\b)[^?]{0,40}$",
        ),
        (
            Manner.HELLO,
            r"^\W*(?:(?:hi+|hey+|hello+|hallo|hola|salut|bonjour|salam\w*(?: a?l?e?i?ku?m)?|good (?:morning|afternoon|evening|day)|guten (?:tag|morgen|abend)|yo|greetings|sup|moin|ciao|namaste|dear (?:bot|sir|madam)\w*)\b"
            r"[\s,!.]*(?:there|bot|you|all|friend|my|everyone|i hope [\w ]+|how are you|whats up|what's up|doublecheck|team|mate|guys|sir|madam)?[\s\w]{0,25}[!.?\s]*)$"
            r"|^\W*(?:how are you|how do you do|who are you|what are you|are you (?:a )?(?:bot|human|robot|real)|what can you do|what do you know|can you help(?: me)?|whats? up|what's up|help)(?: doing)?(?: today)?\W*$"
            r"|^\W*(?:ok(?:ay)?|yes|no|yeah|yep|nope|lol|haha\w*|hm+|test|testing|k|sure|fine|wow|oh|ah|aha|i see|bruh|idk)\W*$",
        ),
    )
)


def manner(text: str) -> Manner | None:
    """Return what sort of message this is, or None for a question."""
    return next((manner for manner, pattern in _PATTERNS if pattern.search(text)), None)
