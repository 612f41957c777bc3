"""Claims of rules and network together: those of the rules that the network does not doubt, with its better parts, and its own."""

from dataclasses import replace
from functools import cached_property

import numpy as np

from riwaya.arabic.words import Tokens
from riwaya.read.claims.cues import cues_in
from riwaya.read.claims.names import kind_of
from riwaya.read.claims.quotes import Quotes
from riwaya.read.model.labels import ACTS
from riwaya.read.model.marks import token_range
from riwaya.read.model.names import without_clitics
from riwaya.read.model.network import Pointed, Sight
from riwaya.read.model.parts import FLOOR, Range, best_part, preferred, segments, sentence_ends
from riwaya.read.model.trust import Trust
from riwaya.records import Act, Article, Claim, Form, Span, Teller, record_id

_OUTSIDE = '،,؛;:.؟?!«»"“”-–()[]'  # marks that are no part of what was said where they stand at its edge


def claims_seen(article: Article, tokens: Tokens, ruled: tuple[Claim, ...], sight: Sight, trust: Trust) -> tuple[Claim, ...]:
    """The claims of an article, in the order of their cues, after both have read it."""
    by_cue = {token_range(tokens, claim.cue): claim for claim in ruled if claim.cue}
    told = {at for first, last in by_cue for at in range(first, last)}
    own = [(first, last) for first, last, sure in segments(sight.tags["cue"], FLOOR) if sure >= trust.cue_alone]
    own = [cue for cue in own if told.isdisjoint(range(*cue)) and any(tokens.is_word[slice(*cue)])]
    kept = [cue for cue in by_cue if _sure(sight, cue) >= trust.cue_of_rules]
    pointed = sight.pointed("claims", sorted(kept + own))
    reader = _Reader(article, tokens, sight, trust)
    claims = [
        reader.revised(by_cue[cue], cue, pointed[cue]) if cue in by_cue else reader.read(cue, pointed[cue]) for cue in sorted(pointed)
    ]
    whole = [claim for claim in ruled if not claim.cue]
    return tuple(sorted((claim for claim in [*claims, *whole] if claim), key=lambda claim: (claim.cue or claim.content, claim.content)))


def _sure(sight: Sight, cue: Range) -> float:
    return float((1 - sight.tags["cue"][slice(*cue), 0]).max())


class _Reader:
    """The claims of one article, one cue at a time."""

    def __init__(self, article: Article, tokens: Tokens, sight: Sight, trust: Trust) -> None:
        self.article, self.tokens, self.sight, self.trust = article, tokens, sight, trust
        self.quotes = Quotes(tokens)
        self.stops = sentence_ends(tokens)

    @cached_property
    def known(self) -> dict[int, Act]:
        """The acts of the words that the lexicon has, by token: for cues that only the network saw."""
        return {cue.first: cue.form.sense.act for cue in cues_in(self.tokens)}

    def revised(self, claim: Claim, cue: Range, pointed: Pointed) -> Claim:
        """A claim of the rules, with the parts that the network holds to be likelier."""
        tokens, margins = self.tokens, self.trust.claim_parts
        own = {
            "content": token_range(tokens, claim.content),
            "speaker": _range(tokens, claim.tellers[0].words),
            "channel": _range(tokens, claim.channel),
            "via": next((_range(tokens, teller.words) for teller in claim.tellers if teller.role == "relay"), None),
        }
        taken = {part: preferred(pointed, part, own[part], self.best(pointed, part, cue), margins[part]) for part in own}
        if taken == own and taken["speaker"]:
            return replace(claim, confidence=self.confidence(cue, ruled=True))
        named = _range(tokens, claim.tellers[0].name)
        if taken["speaker"] != own["speaker"]:
            named = taken["speaker"] if taken["speaker"] else self.best(pointed, "name", cue)
        elif not taken["speaker"]:
            named = preferred(pointed, "name", named, self.best(pointed, "name", cue), margins["name"])
        content = claim.content if taken["content"] == own["content"] else self.trimmed(taken["content"])
        if content is None:
            return claim
        changed = taken != own or named != _range(tokens, claim.tellers[0].name)
        return Claim(
            id=record_id("claim", self.article.id, claim.cue, content),
            cue=claim.cue,
            act=claim.act,
            tellers=self.tellers(claim, own, taken, named),
            content=content,
            channel=claim.channel if taken["channel"] == own["channel"] else self.span(taken["channel"]),
            form=self.form(content),
            rule=f"{claim.rule} + model" if changed else claim.rule,
            confidence=self.confidence(cue, ruled=True),
        )

    def read(self, cue: Range, pointed: Pointed) -> Claim | None:
        """A claim that only the network found."""
        parts = {part: self.best(pointed, part, cue) for part in ("content", "speaker", "channel", "via", "name")}
        content = self.trimmed(parts["content"])
        if content is None:
            return None
        span = self.tokens.span(*cue)
        return Claim(
            id=record_id("claim", self.article.id, span, content),
            cue=span,
            act=self.known.get(cue[0]) or ACTS[int(pointed.label.argmax())],
            tellers=self.tellers(None, {}, parts, parts["speaker"] or parts["name"]),
            content=content,
            channel=self.span(parts["channel"]),
            form=self.form(content),
            rule="model",
            confidence=self.confidence(cue, ruled=False),
        )

    def best(self, pointed: Pointed, part: str, cue: Range) -> Range | None:
        """The network's own reading of a part, which holds no end of a sentence and not the cue itself."""
        if part == "content":
            return best_part(pointed, part, (), needed=True)
        return best_part(pointed, part, [*self.stops, *range(*cue)])

    def tellers(
        self, claim: Claim | None, own: dict[str, Range | None], taken: dict[str, Range | None], named: Range | None
    ) -> tuple[Teller, ...]:
        """The chain from the one who said it to the outlet; links that did not change stay as the rules have them."""
        tokens = self.tokens
        chain = []
        first = claim.tellers[0] if claim else None
        if first and taken["speaker"] == own["speaker"] and named == _range(tokens, first.name):
            chain.append(first)
        elif named is None:
            chain.append(Teller(role="speaker", kind="anonymous", words=None, name=None))
        else:
            words = without_clitics(tokens, *taken["speaker"]) if taken["speaker"] else None
            chain.append(
                Teller(role="speaker", kind=kind_of(tokens, named), words=words, name=without_clitics(tokens, *self.shortest(named)))
            )
        if claim and taken["via"] == own["via"]:
            chain += claim.tellers[1:]
        else:
            if taken["via"]:
                relay = without_clitics(tokens, *taken["via"])
                chain.append(Teller(role="relay", kind="outlet", words=relay, name=relay))
            chain.append(Teller(role="outlet", kind="outlet", words=None, name=None))
        return tuple(chain)

    def shortest(self, named: Range) -> Range:
        """The person's name within a phrase, else the phrase: الناطق باسم القوات | العقيد أحمد."""
        people = self.sight.tags["names"][named[0] : named[1], 1:3].sum(1)
        inside = np.flatnonzero(people > 0.5)
        return (named[0] + int(inside[0]), named[0] + int(inside[-1]) + 1) if len(inside) else named

    def trimmed(self, content: Range | None) -> Span | None:
        """A content without the marks at its edges; None if nothing is left."""
        if content is None:
            return None
        first, last = content
        tokens = self.tokens
        if first in self.quotes.closer and self.quotes.closer[first] >= last - 1:
            first += 1
        while last > first and tokens.folded[last - 1] in _OUTSIDE and not self._closes(first, last - 1):
            last -= 1
        while last > first and not tokens.is_word[first] and first not in self.quotes.closer:
            first += 1
        return tokens.span(first, last) if last > first else None

    def _closes(self, first: int, at: int) -> bool:
        """Whether the mark `at` closes a quotation that opened at or after the token `first`."""
        return any(self.quotes.closer.get(opener) == at for opener in range(first, at))

    def span(self, reach: Range | None) -> Span | None:
        return without_clitics(self.tokens, *reach) if reach else None

    def form(self, content: Span) -> Form:
        first, last = token_range(self.tokens, content)
        opener = self.quotes.opener_of[first]
        if opener >= 0 and self.quotes.closer[opener] >= last - 1:
            return "direct"
        return "mixed" if self.quotes.opens_within(first, last) else "indirect"

    def confidence(self, cue: Range, *, ruled: bool) -> float:
        """How often such a claim is one: see `Trust.confidence`."""
        return self.trust.confidence("ruled claim" if ruled else "own claim", _sure(self.sight, cue))


def _range(tokens: Tokens, span: Span | None) -> Range | None:
    return token_range(tokens, span) if span else None
