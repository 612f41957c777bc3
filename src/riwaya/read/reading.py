"""One article in, one reading out: the rules in the order in which they need each other, the model if there is one, then the links."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from riwaya.arabic.words import Tokens, tokens_in
from riwaya.read.claims import claims_in
from riwaya.read.events import events_in
from riwaya.read.links.actors import actor_links, outlet_actor
from riwaya.read.links.atlas import Atlas, open_atlas
from riwaya.read.links.persons import person_links
from riwaya.read.links.places import place_links
from riwaya.read.links.wordings import Roll, open_roll
from riwaya.read.mentions import mentions_in
from riwaya.records import Article, ReaderKind, Reading

if TYPE_CHECKING:
    from riwaya.read.model.reader import Model

RULES = "rules 1"
NAMES: dict[ReaderKind, str] = {"rules": RULES, "model": f"{RULES} + model 3"}


def reading_of(article: Article, atlas: Atlas | None = None, roll: Roll | None = None, model: "Model | None" = None) -> Reading:
    """All that is read from an article: claims, events with their tolls, names and what they mean, and what does not count as an event.

    `atlas` knows the places, `roll` the actors; None: those that ship with riwaya. `model` reads beside the rules; None: they read alone.
    A pure function: no network, no clock, no state; the same article gives the same reading. Never raises on any text.
    """
    tokens, atlas = tokens_in(article.text), atlas or open_atlas()
    claims = claims_in(article, tokens)
    events, not_counted = events_in(article, tokens, claims, own=atlas.own_names)
    mentions = mentions_in(article, tokens, atlas.own_names)
    reading = Reading(article=article, mentions=mentions, claims=claims, events=events, not_counted=not_counted, reader=RULES)
    if model:
        reading = replace(model.reread(reading, tokens, atlas.own_names), reader=NAMES["model"])
    return linked(reading, tokens, atlas, roll or open_roll())


def linked(reading: Reading, tokens: Tokens, atlas: Atlas, roll: Roll) -> Reading:
    """A reading with the links of its places, actors and persons made anew from its claims, events and mentions; tokens are those of its
    article's text."""
    reading = replace(reading, places=place_links(reading.article, tokens, reading.mentions, reading.events, atlas))
    reading = replace(reading, actors=actor_links(reading, tokens, roll), outlet_id=outlet_actor(reading.article.outlet, roll))
    return replace(reading, persons=person_links(reading, tokens))


def reader_for(
    kind: ReaderKind, *, threads: int = 1, vectors: bool = False, places: Path | None = None, actors: Path | None = None
) -> Callable[[Article], Reading]:
    """`reading_of` as a reader of this kind does it; `places` and `actors` are a library's own lists, which count where the file is there,
    `vectors` says whether articles and claims get theirs.

    What it reads with is loaded once in a process, a list anew when its file has changed. Raises ModelError if the files of the model
    are not right, KnowledgeError if a list is not.
    """
    return partial(reading_of, atlas=open_atlas(places), roll=open_roll(actors), model=model_for(kind, threads=threads, vectors=vectors))


def model_for(kind: ReaderKind, *, threads: int = 1, vectors: bool = False) -> "Model | None":
    """The model that a reader of this kind reads with, loaded once; None for the rules. Raises ModelError if its files are not right.

    `vectors`: whether it gives articles and claims their vectors, which takes it twice as long.
    """
    if kind == "rules":
        return None
    from riwaya.read.model.weights import open_model  # ONNX Runtime takes its time to load, and the rules do without it

    return open_model(threads, vectors=vectors)


def vector_of(question: str, *, threads: int = 1) -> bytes:
    """The vector of what somebody asks for, to be compared with those of articles and claims. Raises ModelError as `model_for` does."""
    from riwaya.read.model.weights import open_embedder

    return open_embedder(threads).of_question(question)
