"""Reading a question as part of a conversation: two questions in one, and references back."""

import re

_ASKING = (
    r"(?:who|whom|whose|what|whats|which|when|where|why|how|did|does|do|was|were|is|are|has|have|had|can|could|will|would|"
    r"list|name|tell me|give me)"
)
_PLACED = r"(?:(?:with|by|in|on|at|from|to|for|of) )?"
_SEAM = re.compile(
    rf"\?+\s+(?=\S)|[;\n]+\s*(?=\S)|[,.]?\s+(?:and|plus|also|as well as|&)\s+(?:also\s+|then\s+)?(?={_PLACED}{_ASKING}\b)"
    rf"|,\s+(?={_ASKING}\b)|\.\s+(?=(?:and |also )?{_ASKING}\b)",
    re.IGNORECASE,
)
_TWO_ASKED = re.compile(
    r"^(?P<first>when|where|who|why|how|how many|what|which \w+) (?:and|&) (?P<second>when|where|who|why|how|how many|by whom|what) (?P<rest>.+)$",
    re.IGNORECASE,
)
_BACK = re.compile(
    r"\b(?:he|she|him|his|her|hers|it|its|they|them|their|theirs|that|those|these|this|there|then|one|ones|same|such|"
    r"the (?:group|attack|place|latter|former|number|answer|quote|others?|rest))\b",
    re.IGNORECASE,
)
_GOING_ON = re.compile(
    r"^\W*(?:and|but|so|or|what about|how about|also|then|what of|in which|why|where|when|who|how many|how so|really|since when|"
    r"by whom|with what|which one|what else|who else|where else|are you sure|is that|is it|was it|was that|any others?|more)\b",
    re.IGNORECASE,
)
_FEW_WORDS = 6


def parts(question: str) -> tuple[str, ...]:
    """Return the questions in a message: one, or two or three asked at once."""
    both = _TWO_ASKED.match(question.strip())
    if both:
        return tuple(f"{both[name]} {both['rest']}" for name in ("first", "second"))
    found = [
        part.strip(" ,.;")
        for part in _SEAM.split(question.strip())
        if part and part.strip(" ,.;?!")
    ]
    asked = [part for part in found if re.search(rf"\b{_ASKING}\b", part, re.IGNORECASE)]
    return tuple(found[:3]) if len(found) > 1 and len(asked) > 1 else (question,)


def refers_back(question: str) -> bool:
    """Say whether a question may only be understood with what was said before."""
    words = len(question.split())
    return bool(_BACK.search(question)) or bool(_GOING_ON.search(question) and words <= _FEW_WORDS)


_YES_NO = re.compile(
    r"^\W*(?:(?:so|and|but|ok|hey|well|is it (?:true|so|correct|right) that)[, ]+)*(?:did|does|do|was|were|is|are|has|have|had|"
    r"can|could|will|would|may|might|should|shall)\b|\b(?:right|no|yes|true|isnt it|or not)\W*$",
    re.IGNORECASE,
)


_POINTING = re.compile(
    r"\b(?:he|she|him|his|her|hers|it|its|they|them|their|theirs|that|those|these|this|there|the same)\b|^\W*(?:and|but|so|what about|how about|why)\b",
    re.IGNORECASE,
)
_PERSON = re.compile(r"\b(?:he|she|him|his|her|hers)\b", re.IGNORECASE)
_DOUBT = re.compile(
    r"\b(?:is|was|are) (?:that|this|it)\b.{0,20}\b(?:true|correct|right|so|certain|accurate|real|confirmed|sure|a fact)\b"
    r"|\b(?:really|are you sure|for sure|for real|says who|who says|can i (?:trust|believe)|is that all|prove it|source)\b",
    re.IGNORECASE,
)
_CHOICE = re.compile(r"\b(?:who|what|which|when|where|why|how|or)\b", re.IGNORECASE)


def yes_no(text: str) -> bool:
    """Say whether a question wants a yes or a no."""
    return bool(_YES_NO.search(text.strip())) and not _CHOICE.search(text)


def points_back(question: str) -> bool:
    """Say whether a question has a word that stands for something said before."""
    return bool(_POINTING.search(question))


def doubts(question: str) -> bool:
    """Say whether a question asks if what was just said is so."""
    return bool(_DOUBT.search(question)) and len(question.split()) <= _FEW_WORDS + 2


def names_person(question: str) -> bool:
    """Say whether a question speaks of somebody by a pronoun: "how old was he?"."""
    return bool(_PERSON.search(question))
