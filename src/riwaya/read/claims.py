"""Who says what: reported speech with its speaker, act, channel and chain of tellers."""

from riwaya.arabic.words import Tokens
from riwaya.records import Article, Claim


def claims_in(article: Article, tokens: Tokens) -> tuple[Claim, ...]:
    """Every piece of reported speech of the article, in the order of its cues."""
    return ()
