"""Facts as ClaimReview of schema.org, the form in which search engines and archives read fact checks.

Only facts that were checked, and that may be shown unasked, are in it: no review is made up for the others.
"""

import json
from collections.abc import Iterator

from bot.core.facts import Fact, Pack, Reference, Verdict
from bot.core.words import say

CONTEXT = "https://schema.org"
_BEST, _WORST = 5, 1
# What cannot be rated as true or false has no number, only its words.
_RATINGS = {Verdict.CORROBORATED: 5, Verdict.PARTLY: 3, Verdict.CONTRADICTED: 1}
_UNRATED = frozenset({Verdict.UNCHECKED})

Json = dict[str, object]


def write(pack: Pack) -> bytes:
    """Return the reviews of a pack as JSON-LD."""
    graph = [_review(fact, pack) for fact in reviewed(pack)]
    found = {"@context": CONTEXT, "@graph": graph}
    return (json.dumps(found, ensure_ascii=False, indent=2) + "\n").encode()


def reviewed(pack: Pack) -> Iterator[Fact]:
    """Return the facts that are claims of the source and were checked."""
    for fact in pack.facts:
        if fact.in_article and fact.verdict not in _UNRATED and not fact.restricted:
            yield fact


def _review(fact: Fact, pack: Pack) -> Json:
    review: Json = {
        "@type": "ClaimReview",
        "@id": f"urn:doublecheck:{pack.id}:{fact.id}",
        "inLanguage": pack.language,
        "datePublished": pack.checked_on,
        "claimReviewed": fact.claim,
        "itemReviewed": _claim(fact, pack),
        "reviewRating": _rating(fact),
        "reviewBody": _body(fact, pack),
        "author": {"@type": "Organization", "name": "Doublecheck"},
        "citation": [_citation(reference) for reference in fact.references],
    }
    return {key: value for key, value in review.items() if value not in ("", [])}


def _claim(fact: Fact, pack: Pack) -> Json:
    source: Json = {"@type": "CreativeWork", "name": pack.source.name or pack.title}
    if pack.source.published:
        source["datePublished"] = pack.source.published
    claim: Json = {"@type": "Claim", "appearance": source}
    if fact.attribution or pack.source.author:
        claim["author"] = {"@type": "Thing", "name": fact.attribution or pack.source.author}
    return claim


def _rating(fact: Fact) -> Json:
    rating: Json = {"@type": "Rating", "alternateName": say(f"verdict.{fact.verdict}")}
    if fact.verdict in _RATINGS:
        rating |= {
            "ratingValue": _RATINGS[fact.verdict],
            "bestRating": _BEST,
            "worstRating": _WORST,
        }
    return rating


def _body(fact: Fact, pack: Pack) -> str:
    """Return the correction and the evidence, which are nothing without the caveat."""
    caveat = pack.caveat_long or say("caveat.long")
    return " ".join(part for part in (fact.correction, fact.evidence, fact.note, caveat) if part)


def _citation(reference: Reference) -> Json:
    found = {
        "@type": "CreativeWork",
        "name": reference.title,
        "publisher": reference.publisher,
        "datePublished": reference.date,
        "url": reference.url,
    }
    return {key: value for key, value in found.items() if value}
