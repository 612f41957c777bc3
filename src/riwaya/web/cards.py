"""Cards: a reading as templates show it, each claim and event a card whose values point at their words in the text."""

import re
from dataclasses import dataclass, field
from textwrap import shorten
from typing import Any, Literal, NamedTuple

from riwaya.records import Act, ActorLink, Claim, Event, PlaceLink, Reading, Span, Toll, actor_in, event_place, teller_actor
from riwaya.web.highlight import Mark, anchor, paragraphs_marked
from riwaya.web.meanings import actor_meant, place_meant, speaker_meant
from riwaya.web.wording import WEAK, Wording

MARK_OF_ACT: dict[Act, str] = {
    "say": "says", "ask": "says", "announce": "announces", "promise": "announces", "assert": "asserts", "claim": "claims",
    "deny": "denies", "accuse": "accuses", "condemn": "accuses", "threaten": "threatens", "warn": "threatens",
    "demand": "demands", "predict": "opines", "praise": "opines",
}  # fmt: skip


Shown = Literal["all", "claims", "none"]  # which findings are marked in the text


class Words(NamedTuple):
    """Words of the text, and the id of the element that holds them."""

    words: str
    anchor: str


@dataclass
class Cards:
    """What a template needs of one reading. Collects the spans that the page points at while the cards are made."""

    reading: Reading
    t: Wording
    spans: set[Span] = field(default_factory=set)

    @property
    def key(self) -> str:
        return self.reading.article.id[:12]

    def words(self, span: Span | None) -> Words | None:
        if span is None:
            return None
        self.spans.add(span)
        return Words(self.reading.article.text[span.start : span.end], anchor(self.key, span))

    def actor(self, span: Span | None) -> str:
        """What the register calls the actor that the words of a span name."""
        words = self.words(span)
        return actor_meant([words.words], actor_in(span, self.reading.actors), self.t) if words else ""

    def claim(self, claim: Claim, number: int) -> dict[str, Any]:
        speaker = claim.tellers[0]
        shown = self.words(speaker.name or speaker.words)
        unknown = self.t.texts["unknown_speaker"]
        outlet = self.reading.article.outlet or self.t.texts["unknown_outlet"]
        return {
            "id": claim.id,
            "card": f"c-{self.key}-{number}",
            "number": self.t.number(number),
            "mark": MARK_OF_ACT[claim.act],
            "speaker": shown,
            "speaker_link": _link(teller_actor(speaker, self.reading.actors)),
            "speaks_for": speaker_meant(speaker, self.reading, self.t),
            "anonymous": speaker.kind == "anonymous",
            "chain": [
                Words(outlet, "") if teller.role == "outlet" else self.words(teller.words or teller.name) or Words(unknown, "")
                for teller in claim.tellers
            ],
            "act": claim.act,
            "content": self.words(claim.content),
            "channel": self.words(claim.channel),
            "cue": self.words(claim.cue),
            "rule": claim.rule,
            "confidence": claim.confidence,
            "start": claim.content.start,
            "end": claim.content.end,
        }

    def event(self, event: Event, number: int, claims: dict[str, dict[str, Any]]) -> dict[str, Any]:
        return {
            "id": event.id,
            "card": f"e-{self.key}-{number}",
            "number": self.t.letter(number),
            "claim": claims.get(event.claim_id or ""),
            "cue": None,
            "kind": event.kind,
            "status": event.status,
            "days": event.days,
            "rule": event.rule,
            "confidence": event.confidence,
            "doubtful": event.confidence < WEAK,
            "start": event.trigger.start,
            "end": event.trigger.end,
            "tolls": [self.toll(toll) for toll in event.tolls],
            "actor_meant": self.actor(event.actor),
            "target_meant": self.actor(event.target),
            "links": {
                "actor": _link(actor_in(event.actor, self.reading.actors)),
                "target": _link(actor_in(event.target, self.reading.actors)),
                "place": _link(event_place(event, self.reading.places)),
            },
            "place_meant": place_meant(event_place(event, self.reading.places), self.t),
            **{part: self.words(getattr(event, part)) for part in ("trigger", "actor", "target", "place", "within", "when")},
        }

    def toll(self, toll: Toll) -> dict[str, Any]:
        words = self.words(toll.words)
        assert words is not None
        return {
            "kind": toll.kind,
            "number": self.t.toll(toll),
            "whom": self.words(toll.whom),
            "words": words.words,
            "anchor": words.anchor,
        }

    def context(self, shown: Shown = "all", asked: Span | None = None) -> dict[str, Any]:
        """What a template shows; `shown` findings are marked in the text, and the words that were asked for."""
        reading, article = self.reading, self.reading.article
        claims = [self.claim(claim, number) for number, claim in enumerate(reading.claims, 1)]
        by_id = {claim.id: card for claim, card in zip(reading.claims, claims, strict=True)}
        events = [self.event(event, number, by_id) for number, event in enumerate(reading.events, 1)]
        not_counted = [{**(self.words(n.span) or Words("", ""))._asdict(), "reason": n.reason} for n in reading.not_counted]
        said = [
            Mark(c.content, f"hit {card['mark']}", card["card"], card["number"]) for c, card in zip(reading.claims, claims, strict=True)
        ]
        told = [Mark(e.trigger, "hit event", card["card"], card["number"]) for e, card in zip(reading.events, events, strict=True)]
        marks = [*(said if shown != "none" else ()), *(told if shown == "all" else ()), *map(Mark, sorted(self.spans))]
        marks += [Mark(asked, "asked")] if asked else []
        published = article.published
        return {
            "article": article,
            "key": self.key,
            "headline": article.title or shorten(article.text, 90, placeholder=" …"),
            "published": self.t.published(published) if published else "",
            "datetime": (published.at or published.day).isoformat() if published else "",
            "claims": claims,
            "events": events,
            "not_counted": not_counted,
            "paragraphs": paragraphs_marked(article.text, marks, self.key),
            "starts": [0, *(found.end() for found in re.finditer("\n", article.text))],  # of the paragraphs, in the text
        }


def _link(link: ActorLink | PlaceLink | None) -> dict[str, Any] | None:
    """Why words are thought to mean an actor or a place, and how exactly the place is known."""
    if link is None:
        return None
    precision = link.precision if isinstance(link, PlaceLink) else ""
    sense = link.sense if isinstance(link, ActorLink) else ""
    return {"reasons": link.reasons, "candidates": link.candidates, "precision": precision, "sense": sense}
