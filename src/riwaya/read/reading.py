"""One article in, one reading out: the rules in the order in which they need each other."""

from riwaya.arabic.words import tokens_in
from riwaya.read.claims import claims_in
from riwaya.read.events import events_in
from riwaya.read.mentions import mentions_in
from riwaya.records import Article, Reading

READER = "rules 1"


def reading_of(article: Article) -> Reading:
    """All that the rules read from an article: claims, events with their tolls, names, and what does not count as an event.

    A pure function: no network, no clock, no state; the same article gives the same reading. Never raises on any text.
    """
    tokens = tokens_in(article.text)
    claims = claims_in(article, tokens)
    events, not_counted = events_in(article, tokens, claims)
    return Reading(
        article=article,
        mentions=mentions_in(article, tokens),
        claims=claims,
        events=events,
        not_counted=not_counted,
        reader=READER,
    )
