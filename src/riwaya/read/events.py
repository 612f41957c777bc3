"""What is said to have happened: kind, actor, target, place, time, tolls, status, and the claim it stands in."""

from riwaya.arabic.words import Tokens
from riwaya.records import Article, Claim, Event, NotCounted


def events_in(article: Article, tokens: Tokens, claims: tuple[Claim, ...]) -> tuple[tuple[Event, ...], tuple[NotCounted, ...]]:
    """The happenings of the article, each once at its fullest mention, and the words that name one but do not count."""
    return (), ()
