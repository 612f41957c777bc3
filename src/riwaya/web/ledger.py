"""The ledger as one self-contained HTML page: every value a link to its words in the text."""

import base64
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from textwrap import shorten
from typing import Any, NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined

from riwaya.records import Act, Claim, Event, Failure, Reading, Span, Toll, actor_in, event_place, teller_actor
from riwaya.web.highlight import Mark, anchor, paragraphs_marked
from riwaya.web.meanings import actor_meant, place_meant
from riwaya.web.wording import WEAK, Language, Wording, wording

MARK_OF_ACT: dict[Act, str] = {
    "say": "says", "ask": "says", "announce": "announces", "promise": "announces", "assert": "asserts", "claim": "claims",
    "deny": "denies", "accuse": "accuses", "condemn": "accuses", "threaten": "threatens", "warn": "threatens",
    "demand": "demands", "predict": "opines", "praise": "opines",
}  # fmt: skip
_ARABIC = "U+0600-06FF,U+0750-077F,U+FB50-FDFF,U+FE70-FEFC,U+200C-200F"
_LATIN = "U+0000-02FF,U+2000-200B,U+2010-206F,U+2190-2193,U+2212"
_FONTS = (
    ("Plex", 400, "ibm-plex-sans-arabic-arabic-400-normal.woff2", _ARABIC),
    ("Plex", 600, "ibm-plex-sans-arabic-arabic-600-normal.woff2", _ARABIC),
    ("Plex", 400, "ibm-plex-sans-arabic-latin-400-normal.woff2", _LATIN),
    ("Plex", 600, "ibm-plex-sans-arabic-latin-600-normal.woff2", _LATIN),
    ("Naskh", 400, "noto-naskh-arabic-arabic-400-normal.woff2", _ARABIC),
    ("Naskh", 700, "noto-naskh-arabic-arabic-700-normal.woff2", _ARABIC),
)


class Words(NamedTuple):
    """Words of the text, and the id of the element that holds them."""

    words: str
    anchor: str


@dataclass
class _Entry:
    """What the template needs of one reading. Collects the spans that the page points at while the cards are made."""

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
            "card": f"c-{self.key}-{number}",
            "number": self.t.number(number),
            "mark": MARK_OF_ACT[claim.act],
            "speaker": shown,
            "speaks_for": actor_meant([shown.words] if shown else [], teller_actor(speaker, self.reading.actors), self.t),
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

    def context(self) -> dict[str, Any]:
        reading, article = self.reading, self.reading.article
        claims = [self.claim(claim, number) for number, claim in enumerate(reading.claims, 1)]
        by_id = {claim.id: card for claim, card in zip(reading.claims, claims, strict=True)}
        events = [self.event(event, number, by_id) for number, event in enumerate(reading.events, 1)]
        not_counted = [{**(self.words(n.span) or Words("", ""))._asdict(), "reason": n.reason} for n in reading.not_counted]
        marks = [
            Mark(c.content, f"hit {card['mark']}", card["card"], card["number"]) for c, card in zip(reading.claims, claims, strict=True)
        ]
        marks += [Mark(e.trigger, "hit event", card["card"], card["number"]) for e, card in zip(reading.events, events, strict=True)]
        marks += [Mark(span) for span in self.spans]
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
        }


def ledger_page(readings: Iterable[Reading], failures: Sequence[Failure] = (), language: Language = "ar") -> str:
    """The ledger of some readings as one HTML page that needs nothing beside it: no script, no request, its fonts within.

    `readings` come in the order in which they are to stand; `language` is that of our words (the outlets' stay as published).
    The page holds all readings at once: it is meant for hundreds of articles, not for hundreds of thousands.
    """
    t = wording(language)
    entries = [(_Entry(reading, t), reading) for reading in readings]
    static = files("riwaya.web") / "static"
    return (
        _environment()
        .get_template("ledger.html")
        .render(
            t=t,
            s=t.texts,
            entries=[entry.context() for entry, _ in entries],
            outlets=len({reading.article.outlet for _, reading in entries}),
            claims=sum(len(reading.claims) for _, reading in entries),
            events=sum(len(reading.events) for _, reading in entries),
            illustration=any(reading.article.illustration for _, reading in entries),
            readers=sorted({reading.reader for _, reading in entries}),
            failures=failures,
            style=(static / "ledger.css").read_text(encoding="utf-8"),
            fonts=[
                {
                    "family": family,
                    "weight": weight,
                    "range": span,
                    "data": base64.b64encode((static / "fonts" / name).read_bytes()).decode(),
                }
                for family, weight, name, span in _FONTS
            ],
        )
    )


def _environment() -> Environment:
    return Environment(loader=PackageLoader("riwaya.web"), autoescape=True, undefined=StrictUndefined, trim_blocks=False)
