"""The neural reader: reads a text in which the rules' findings are marked, and gives what both say together."""

from dataclasses import replace

from riwaya.arabic.words import Tokens, tokens_in
from riwaya.read.events import events_in
from riwaya.read.model.claims import claims_seen
from riwaya.read.model.events import EventSight
from riwaya.read.model.marks import marks_of
from riwaya.read.model.names import names_seen
from riwaya.read.model.network import Network
from riwaya.read.model.trust import Trust
from riwaya.read.model.vectors import Embedder
from riwaya.read.placenames import NO_NAMES, OwnNames
from riwaya.records import Claim, Reading


class Model:
    """The network with the numbers that say how far it is trusted, and, if there are to be vectors, what makes them."""

    def __init__(self, network: Network, trust: Trust, embedder: Embedder | None = None) -> None:
        self.network, self.trust, self.embedder = network, trust, embedder

    def reread(self, ruled: Reading, tokens: Tokens, own: OwnNames = NO_NAMES) -> Reading:
        """The reading of rules and network together, from that of the rules; tokens are those of the article's text, `own` a library's
        own names of places."""
        if not len(tokens):
            return ruled
        article = ruled.article
        sight = self.network.look(tokens, tokens_in(article.title), marks_of(ruled, tokens))
        claims = claims_seen(article, tokens, ruled.claims, sight, self.trust)
        events, not_counted = events_in(article, tokens, claims, EventSight(tokens, sight, self.trust), own)
        mentions = names_seen(article, tokens, sight.tags["names"])
        reading = replace(ruled, mentions=mentions, claims=claims, events=events, not_counted=not_counted)
        if not self.embedder:
            return reading
        whole, each = self.embedder.of_text(tokens, sight.windows, [claim.content for claim in claims])
        return replace(reading, vector=whole, claims=tuple(map(_with_vector, claims, each)))


def _with_vector(claim: Claim, vector: bytes) -> Claim:
    return replace(claim, vector=vector)
