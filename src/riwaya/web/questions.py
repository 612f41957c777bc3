"""Questions: what the accounts of a story disagree about, each with its positions and who is silent; and what several of them say alike."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from riwaya.accounting import Shown
from riwaya.records import About, Disagreement, Event, Nature, Span, event_place
from riwaya.relate.tolls import SaidToll
from riwaya.web.accounts import AccountCard, Excerpt, events_of, excerpt
from riwaya.web.drawings.pen import Drawing
from riwaya.web.drawings.tolls import Number, strip
from riwaya.web.wording import Wording

TOLLS = ("killed", "wounded", "captured", "displaced")


class Position(NamedTuple):
    """One side of a question: an account, in its words."""

    card: AccountCard
    words: Excerpt


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What two accounts cannot both be right about, or one changes of the other; the others that speak of it, and those that do not."""

    about: About
    nature: Nature
    positions: tuple[Position, Position]
    others: tuple[AccountCard, ...]
    silent: tuple[AccountCard, ...]
    drawing: Drawing | None  # of the numbers, where it is about a number
    numbers: tuple[Number, ...]


class Agreement(NamedTuple):
    """What accounts of several origins say alike."""

    what: str
    cards: tuple[AccountCard, ...]


def questions(shown: Shown, cards: Sequence[AccountCard], t: Wording) -> list[Question]:
    """The disagreements of a story: those that cannot both be true first, then by how many speak of them."""
    by_id = {card.account.id: card for card in cards}
    found = [_question(one, shown, by_id, t) for one in shown.story.disagreements]
    return sorted(found, key=lambda question: (question.nature != "contested", len(question.silent)))


def _question(one: Disagreement, shown: Shown, cards: dict[str, AccountCard], t: Wording) -> Question:
    sides = ((cards[one.left], one.left_words), (cards[one.right], one.right_words))
    kinds = {event.kind for card, _ in sides for event in events_of(card.account, card.reading)}
    speaking = [card for card in cards.values() if _speaks(card, one.about, kinds, shown.tolls)]
    in_question = {card.account.id for card, _ in sides}
    numbers = numbers_of(shown.tolls, one.about, cards, t) if one.about in TOLLS else ()
    return Question(
        about=one.about,
        nature=one.nature,
        positions=(_position(*sides[0]), _position(*sides[1])),
        others=tuple(card for card in speaking if card.account.id not in in_question),
        silent=tuple(card for card in cards.values() if card not in speaking and card.account.id not in in_question),
        drawing=strip(numbers, mirrored=t.language == "ar") if numbers else None,
        numbers=numbers,
    )


def _position(card: AccountCard, span: Span) -> Position:
    return Position(card, excerpt(card.reading, span))


def _speaks(card: AccountCard, about: About, kinds: Collection[str], tolls: Iterable[SaidToll]) -> bool:
    """Whether an account says anything of what is in question; for whether it happened, of a happening of the same kinds."""
    events = events_of(card.account, card.reading)
    if about in TOLLS:
        return any(toll.account.id == card.account.id and toll.about == about for toll in tolls)
    if about == "place":
        return any(event.place for event in events)
    if about == "perpetrator":
        return any(event.actor for event in events)
    if about == "time":
        return any(event.days for event in events)
    return any(event.kind in kinds for event in events)


def numbers_of(tolls: Iterable[SaidToll], about: str, cards: dict[str, AccountCard], t: Wording) -> tuple[Number, ...]:
    """The numbers that accounts give of one kind; words that give none (dozens, some) are left out."""
    return tuple(
        Number(cards[toll.account.id].letter, toll.account.origin, toll.account.told, toll.least, toll.most, _said(toll, t))
        for toll in tolls
        if toll.about == about and not toll.vague
    )


def _said(toll: SaidToll, t: Wording) -> str:
    if toll.most is None:
        return f"{t.number(toll.least)} {t.texts['or_more']}"
    return t.number(toll.least) if toll.least == toll.most else f"{t.number(toll.least)} {t.texts['to']} {t.number(toll.most)}"


def agreements(cards: Iterable[AccountCard], t: Wording) -> list[Agreement]:
    """What happened, where and on which day, as far as accounts of at least two origins say the same; what most say first."""
    saying: defaultdict[tuple[str, str], dict[str, AccountCard]] = defaultdict(dict)
    for card in cards:
        for event in events_of(card.account, card.reading):
            if event.status == "actual":
                for said in _said_of(event, card, t):
                    saying[said][card.account.id] = card
    alike = [
        Agreement(what, tuple(who.values())) for (_, what), who in saying.items() if len({card.account.origin for card in who.values()}) > 1
    ]
    return sorted(alike, key=lambda each: (-len(each.cards), each.what))[:4]


def _said_of(event: Event, card: AccountCard, t: Wording) -> Iterator[tuple[str, str]]:
    yield "kind", t.label("kinds", event.kind)
    link = event_place(event, card.reading.places)
    if link and link.place_id and link.precision in ("point", "town", "area"):
        yield "place", t.name(link)
    if event.days and event.days.first == event.days.last:
        yield "day", t.day(event.days.first)
