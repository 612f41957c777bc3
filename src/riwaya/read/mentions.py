"""Names of persons, organisations and places, without their clitics."""

from riwaya.arabic.words import Tokens
from riwaya.records import Article, Claim, Event, Mention


def mentions_in(article: Article, tokens: Tokens, claims: tuple[Claim, ...], events: tuple[Event, ...]) -> tuple[Mention, ...]:
    """The names that claims and events lean on, and those that a naming word introduces, in the order of the text."""
    return ()
