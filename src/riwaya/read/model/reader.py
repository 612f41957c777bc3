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
from riwaya.records import Reading


class Model:
    """The network with the numbers that say how far it is trusted."""

    def __init__(self, network: Network, trust: Trust) -> None:
        self.network, self.trust = network, trust

    def reread(self, ruled: Reading, tokens: Tokens) -> Reading:
        """The reading of rules and network together, from that of the rules; tokens are those of the article's text."""
        if not len(tokens):
            return ruled
        article = ruled.article
        sight = self.network.look(tokens, tokens_in(article.title), marks_of(ruled, tokens))
        claims = claims_seen(article, tokens, ruled.claims, sight, self.trust)
        events, not_counted = events_in(article, tokens, claims, EventSight(tokens, sight, self.trust))
        return replace(
            ruled,
            mentions=names_seen(article, tokens, sight.tags["names"]),
            claims=claims,
            events=events,
            not_counted=not_counted,
        )
