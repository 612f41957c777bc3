"""Accounts as a story's page shows them: each with its letter, who tells it through whom, every value with the address of its words."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from riwaya.accounting import Shown
from riwaya.records import (
    Account,
    Claim,
    Event,
    EventKind,
    PlaceLink,
    PlacePrecision,
    Reading,
    Span,
    Status,
    actor_in,
    event_place,
    teller_actor,
)
from riwaya.web.cards import MARK_OF_ACT
from riwaya.web.desk import article_address
from riwaya.web.meanings import actor_meant, place_meant
from riwaya.web.wording import Wording

_QUOTES, _VALUES = 2, 4  # so many of a kind are shown in one account
_LONGEST = 260  # letters of exact words
_AROUND = 90  # letters before and after the words in question


class Excerpt(NamedTuple):
    """Words in question with what stands around them in their sentence; `address` leads to them in the article."""

    before: str
    words: str
    after: str
    address: str


class Value(NamedTuple):
    """What an account says of one thing: its words, what they mean, and where they stand."""

    words: str
    meant: str
    address: str
    style: str = ""  # the class of the style sheet that draws it


class Happening(NamedTuple):
    """What an account says happened, or did not."""

    kind: EventKind | None  # None: what is denied is told in words alone
    status: Status
    address: str


class Count(NamedTuple):
    """A toll: how many, as the language says it, of which kind, and who."""

    number: str
    kind: str
    whom: str
    address: str
    by_words: bool  # no number is given


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountCard:
    """One account, as shown."""

    account: Account
    letter: str  # one letter for one origin; a later telling of the same origin bears a number after it
    number: int  # its place among the accounts, from 1
    reading: Reading
    teller: str  # as the article calls them; "" for the outlet itself
    meant: str
    unnamed: bool
    outlet: str
    through: tuple[str, ...]  # relays and channel
    told: str  # when, in words; "" if not known
    moment: str  # the same for a machine
    clock: str  # the time of day alone; "" if not known
    act: str  # "" where the outlet says it itself
    mark: str
    happenings: tuple[Happening, ...]
    actors: tuple[Value, ...]
    places: tuple[Value, ...]
    tolls: tuple[Count, ...]
    quotes: tuple[Excerpt, ...]
    carried: tuple[str, ...]  # outlets that copied it

    @property
    def name(self) -> str:
        return self.teller or self.outlet

    @property
    def anchor(self) -> str:
        return f"account-{self.number}"


def account_cards(shown: Shown, t: Wording) -> tuple[AccountCard, ...]:
    """The accounts of a story in the order they were told."""
    letters = account_letters(shown.story.accounts, t)
    return tuple(
        _card(account, letters[account.id], number, shown, t) for number, account in enumerate(shown.story.accounts, 1)
    )  # fmt: skip


def account_letters(accounts: Iterable[Account], t: Wording) -> dict[str, str]:
    """A letter for each account by its id: of the same origin the same letter, with 2, 3 ... after it for what it told later."""
    letters: dict[str, str] = {}
    times: dict[str, int] = {}
    given: dict[str, str] = {}
    for account in accounts:
        letter = given.setdefault(account.origin, t.letter(len(given) + 1))
        times[account.origin] = again = times.get(account.origin, 0) + 1
        letters[account.id] = letter if again == 1 else f"{letter}{'.' if letter.isdigit() else ''}{again}"
    return letters


def excerpt(reading: Reading, span: Span) -> Excerpt:
    """Words of an article with what stands around them in their sentence, cut short at words."""
    text = reading.article.text
    start = max(text.rfind(mark, 0, span.start) + 1 for mark in ("\n", ". ", "؟", "!"))
    ends = [at for mark in ("\n", ". ", "؟", "!") if (at := text.find(mark, span.end)) >= 0]
    end = min(ends, default=len(text))
    before, after = text[start : span.start].lstrip(" ."), text[span.end : end].rstrip(" .")
    if len(before) > _AROUND:
        before = f"… {before[-_AROUND:].partition(' ')[2]}"
    if len(after) > _AROUND:
        after = f"{after[:_AROUND].rpartition(' ')[0]} …"
    return Excerpt(before, _shortened(text[span.start : span.end]), after, article_address(reading.article.id, span))


def _shortened(words: str) -> str:
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST].rpartition(' ')[0]} …"


def events_of(account: Account, reading: Reading) -> list[Event]:
    """The events that an account tells, in the order of the text."""
    return [event for event in reading.events if event.id in account.events]


def _card(account: Account, letter: str, number: int, shown: Shown, t: Wording) -> AccountCard:
    reading = shown.readings[account.article_id]
    article, events = reading.article, events_of(account, reading)
    claims = [claim for claim in reading.claims if claim.id in account.claim_ids]
    teller = account.teller
    name = (teller.name or teller.words) if teller else None
    words = article.text[slice(*name)] if name else t.texts["unknown_speaker"] if teller else ""
    published = article.published
    unknown = t.texts["unknown_outlet"]
    return AccountCard(
        account=account,
        letter=letter,
        number=number,
        reading=reading,
        teller=words,
        meant=actor_meant([words], teller_actor(teller, reading.actors), t) if teller else "",
        unnamed=teller is not None and teller.kind == "anonymous",
        outlet=article.outlet or unknown,
        through=tuple(_through(claims[0], article.text)) if claims else (),
        told=t.published(published) if published else "",
        moment=(published.at or published.day).isoformat() if published else "",
        clock=t.moment(published.at) if published and published.at else "",
        act=claims[0].act if claims else "",
        mark=MARK_OF_ACT[claims[0].act] if claims else "",
        happenings=tuple(_happenings(account, claims, events)),
        actors=tuple(_values(events, lambda event: _actor(event, reading, t))),
        places=tuple(_values(events, lambda event: _place(event, reading, t))),
        tolls=tuple(_tolls(events, reading, t)),
        quotes=tuple(_quotes(claims, events, reading)),
        carried=tuple(sorted({shown.readings[key].article.outlet or unknown for key in account.carried_by if key in shown.readings})),
    )


def _through(claim: Claim, text: str) -> Iterator[str]:
    relays = [teller.words or teller.name for teller in claim.tellers[1:] if teller.role == "relay"]
    yield from (text[slice(*span)] for span in (*relays, claim.channel) if span)


def _happenings(account: Account, claims: list[Claim], events: list[Event]) -> Iterator[Happening]:
    seen: set[tuple[EventKind, Status]] = set()
    for event in events:
        if (event.kind, event.status) not in seen and len(seen) < _VALUES:
            seen.add((event.kind, event.status))
            yield Happening(event.kind, event.status, article_address(account.article_id, event.trigger))
    if not events and claims:
        yield Happening(None, account.status, article_address(account.article_id, claims[0].content))


def _values(events: list[Event], value_of: Callable[[Event], Value | None]) -> Iterator[Value]:
    seen: set[str] = set()
    for event in events:
        value = value_of(event)
        if value and value.words not in seen and len(seen) < _VALUES:
            seen.add(value.words)
            yield value


def _actor(event: Event, reading: Reading, t: Wording) -> Value | None:
    if event.actor is None:
        return None
    words = reading.article.text[slice(*event.actor)]
    return Value(words, actor_meant([words], actor_in(event.actor, reading.actors), t), article_address(reading.article.id, event.actor))


def _place(event: Event, reading: Reading, t: Wording) -> Value | None:
    where = event.place or event.within
    if where is None:
        return None
    link = event_place(event, reading.places)
    words = reading.article.text[slice(*where)]
    return Value(words, place_meant(link, t), article_address(reading.article.id, where), link.precision if link else "unknown")


def _tolls(events: list[Event], reading: Reading, t: Wording) -> Iterator[Count]:
    seen: set[tuple[str, int, int | None]] = set()
    for event in events:
        for toll in event.tolls:
            said = (toll.kind, toll.least, toll.most)
            if said not in seen and len(seen) < _VALUES:
                seen.add(said)
                whom = reading.article.text[slice(*toll.whom)] if toll.whom else ""
                silent = t.toll(toll) == t.texts["no_number"]
                number = reading.article.text[slice(*toll.words)] if silent else t.toll(toll)
                yield Count(number, toll.kind, whom, article_address(reading.article.id, toll.words), silent)


def _quotes(claims: list[Claim], events: list[Event], reading: Reading) -> Iterator[Excerpt]:
    """What was said, in its words; of an outlet that speaks for itself the sentence that tells it."""
    if not claims:
        yield from (excerpt(reading, event.trigger) for event in events[:1])
    for claim in claims[:_QUOTES]:
        words = _shortened(reading.article.text[slice(*claim.content)])
        yield Excerpt("", words, "", article_address(reading.article.id, claim.content))


class Located(NamedTuple):
    """Where one account puts one of its happenings, and on which day it was told."""

    card: AccountCard
    link: PlaceLink | None
    precision: PlacePrecision


def located(cards: Iterable[AccountCard]) -> Iterator[Located]:
    """For each account the places of its events, each once; one without any has none."""
    for card in cards:
        links = [event_place(event, card.reading.places) for event in events_of(card.account, card.reading)]
        known = {link.place_id: link for link in links if link and link.latitude is not None}
        if not known:
            yield Located(card, None, "unknown")
        yield from (Located(card, link, link.precision) for link in known.values())


def told_on(card: AccountCard) -> tuple[bool, date, str]:
    """By when accounts stand in a time line: those without a day at the end."""
    return card.account.told is None, card.account.told or date.max, card.moment
