"""One article in, one reading out: the rules in the order in which they need each other."""

from dataclasses import replace

from riwaya.arabic.words import tokens_in
from riwaya.read.claims import claims_in
from riwaya.read.events import events_in
from riwaya.read.links.actors import actor_links
from riwaya.read.links.atlas import Atlas, open_atlas
from riwaya.read.links.places import place_links
from riwaya.read.links.wordings import Roll, open_roll
from riwaya.read.mentions import mentions_in
from riwaya.records import Article, Reading

READER = "rules 1"


def reading_of(article: Article, atlas: Atlas | None = None, roll: Roll | None = None) -> Reading:
    """All that the rules read from an article: claims, events with their tolls, names and what they mean, and what does not count as
    an event. `atlas` knows the places, `roll` the actors; None: those that ship with riwaya.

    A pure function: no network, no clock, no state; the same article gives the same reading. Never raises on any text.
    """
    tokens = tokens_in(article.text)
    claims = claims_in(article, tokens)
    events, not_counted = events_in(article, tokens, claims)
    mentions = mentions_in(article, tokens)
    reading = Reading(
        article=article,
        mentions=mentions,
        claims=claims,
        events=events,
        not_counted=not_counted,
        reader=READER,
        places=place_links(article, tokens, mentions, events, atlas or open_atlas()),
    )
    return replace(reading, actors=actor_links(reading, tokens, roll or open_roll()))
