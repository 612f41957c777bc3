"""Stories: what many articles tell, as a list; and one story with its accounts side by side and what they disagree about."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, NamedTuple, get_args

from litestar import Response, get
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from riwaya.accounting import Shown
from riwaya.arabic.fold import folded
from riwaya.records import Anchor, Article, Capture, EventKind, Link, Passage, PlaceLink, Reading, Span
from riwaya.relate.wording import actor_wordings, happening_wordings
from riwaya.store import overview, passages, query
from riwaya.store.stories import Order, Wanted
from riwaya.store.subjects import subjects_of
from riwaya.web.accounts import AccountCard, Located, account_cards, located, told_on
from riwaya.web.cards import MARK_OF_ACT
from riwaya.web.desk import AtDesk, Desk, story_address
from riwaya.web.drawings.chain import Strand, chain, narrow_chain
from riwaya.web.drawings.locator import locator
from riwaya.web.drawings.maps import NARROW, Size, Spot, frame_around, map_of, zoomed
from riwaya.web.drawings.tolls import history
from riwaya.web.lookup import place_address, towns
from riwaya.web.meanings import story_title
from riwaya.web.questions import TOLLS, agreements, numbers_of, questions
from riwaya.web.wording import Wording

_A_PAGE = 30  # stories in the list
_SIDE_BY_SIDE = 20  # accounts
_MOST_WORDINGS, _MOST_LINKS = 8, 5
_WIDE = ("region", "country")  # what a map of nearer places need not show whole
_MAP = Size(560, 400)


class Worded(NamedTuple):
    """What outlets call one thing: each with its words and how often."""

    what: str
    by_outlet: dict[str, list[tuple[str, int]]]


@get("/stories", sync_to_thread=True)
def listed(
    desk: AtDesk, country: FromQuery[str] = "", kind: FromQuery[str] = "", order: FromQuery[Order] = "origins", page: FromQuery[int] = 1
) -> Response[str]:
    """All stories."""
    wanted = Wanted(country=country.upper(), kind=kind, order=order)
    number, page = desk.library.accounting.count(wanted), max(1, min(page, 10_000))
    stories = desk.library.accounting.stories(wanted, limit=_A_PAGE, offset=(page - 1) * _A_PAGE)
    with desk.library.connect() as connection:
        countries = overview.countries(connection)
        subjects = subjects_of(connection, [story.id for story in stories])
    return desk.page(
        "stories",
        stories=stories,
        subjects=subjects,
        story_title=story_title,
        wanted=wanted,
        number=number,
        page=page,
        pages=-(-number // _A_PAGE),
        countries=countries,
        kinds=get_args(EventKind),
        orders=get_args(Order),
    )


@get("/stories/{story_id:str}", sync_to_thread=True)
def story(
    desk: AtDesk, story_id: FromPath[str], toll: FromQuery[str] = "", first: FromQuery[int] = 1, whole: FromQuery[bool] = False
) -> Response[Any]:
    """One story; the beginning of its id, or an id it had before, leads there. Side by side stand some accounts, `first` the number of
    the first of them, or all with `whole`."""
    shown = desk.library.accounting.story(story_id)
    if shown.story.id != story_id:
        return Redirect(story_address(shown.story.id), status_code=302)
    with desk.library.connect() as connection:
        subject = subjects_of(connection, [story_id])[story_id]
        captures = query.captures_of(connection, shown.story.articles)
    t = desk.wording("story")
    cards = account_cards(shown, t)
    told = [shown.readings[key] for key in shown.story.articles]
    start = 0 if whole else max(0, min(first, len(cards)) - 1)
    side_by_side = cards if whole else cards[start : start + _SIDE_BY_SIDE]
    asked = questions(shown, cards, t)
    return desk.page(
        "story",
        story=shown.story,
        title=story_title(subject, t),
        headline=next((each.article.title for each in sorted(told, key=_published) if each.article.title), ""),
        countries=Counter(link.country for each in told for link in each.places if link.country).most_common(1),
        outlets=len({each.article.outlet for each in told}),
        days=[day for each in told if each.article.published and (day := each.article.published.day)],
        copied=len({key for account in shown.story.accounts for key in account.carried_by}),
        cards=cards,
        side_by_side=side_by_side,
        start=start,
        whole=whole,
        a_page=_SIDE_BY_SIDE,
        now=datetime.now(UTC),
        exhibits=list(_exhibits(cards, told, captures)),
        questions=asked,
        differing={question.about for question in asked if question.nature == "contested"},
        agreements=agreements(cards, t),
        **_chains(side_by_side, t),
        **_tolls(shown, cards, toll, t),
        **_places(cards, t),
        timeline=sorted(cards, key=told_on),
        wordings=_wordings(shown, told, t),
        coded=shown.coded,
        letters={card.account.id: card for card in cards},
        reactions=[shown.readings[key] for key in shown.story.reactions if key in shown.readings],
        open_links=_open_links(desk, shown),
        mark_of_act=MARK_OF_ACT,
    )


def _exhibits(
    cards: Sequence[AccountCard], told: Iterable[Reading], captures: Mapping[str, Capture]
) -> Iterator[tuple[Article, Capture | None, list[AccountCard]]]:
    """The articles in the order they were published, each with its capture and the accounts it gives."""
    for each in sorted(told, key=_published):
        article = each.article
        yield article, captures.get(article.id), [card for card in cards if card.account.article_id == article.id]


def _published(reading: Reading) -> tuple[bool, str]:
    published = reading.article.published
    return published is None, (published.at or published.day).isoformat() if published else ""


def _most(words: Iterable[str]) -> str:
    """The most frequent of words, the first in their order of equals; "" of none."""
    counted = Counter(words)
    return min(counted, key=lambda word: (-counted[word], word), default="")


def _chains(cards: Sequence[AccountCard], t: Wording) -> dict[str, Any]:
    """The chain of tellers, wide and narrow; accounts of one article stand together."""
    order = {key: at for at, key in enumerate(dict.fromkeys(card.account.article_id for card in cards))}
    strands = tuple(
        Strand(
            letter=card.letter,
            teller=card.teller or t.texts["own_voice"],
            act=t.label("acts", card.act) if card.act else "",
            mark=card.mark,
            through=f"{t.texts['comma']} ".join(card.through),
            named=not card.unnamed,
            outlet=card.outlet,
            article_id=card.account.article_id,
            carried=t.count("copies", len(card.account.carried_by)) if card.account.carried_by else "",
        )
        for card in sorted(cards, key=lambda card: order[card.account.article_id])
    )
    mirrored = t.language == "ar"
    heads = tuple(t.texts["chain_heads"])
    return {"chain": chain(strands, heads, mirrored=mirrored), "narrow_chain": narrow_chain(strands, mirrored=mirrored), "strands": strands}


def _tolls(shown: Shown, cards: Sequence[AccountCard], wanted: str, t: Wording) -> dict[str, Any]:
    """The numbers of one kind by the days they were told, and which kinds there are."""
    by_id = {card.account.id: card for card in cards}
    kinds = [kind for kind in TOLLS if any(number.day for number in numbers_of(shown.tolls, kind, by_id, t))]
    kind = wanted if wanted in kinds else (kinds[0] if kinds else "")
    numbers = sorted(numbers_of(shown.tolls, kind, by_id, t), key=lambda number: (number.day is None, number.day))
    days = {number.day: t.day(number.day) for number in numbers if number.day}
    giving = {number.letter for number in numbers}
    vague = [by_id[toll.account.id] for toll in shown.tolls if toll.about == kind and toll.vague]
    return {
        "toll_kinds": kinds,
        "toll_kind": kind,
        "numbers": numbers,
        "toll_chart": history(numbers, days, mirrored=t.language == "ar") if days else None,
        "vague": vague,
        "without_number": [card for card in cards if card.letter not in giving and card not in vague],
    }


def _places(cards: Sequence[AccountCard], t: Wording) -> dict[str, Any]:
    """The map, for a wide and a narrow screen, and the same in words: each place with who puts it there."""
    at: defaultdict[str, list[Located]] = defaultdict(list)
    nowhere = []
    for where in located(cards):
        if where.link and where.link.place_id:
            at[where.link.place_id].append(where)
        else:
            nowhere.append(where.card)
    spots = [_spot(each[0].link, tuple(where.card.letter for where in each), t) for each in at.values() if each[0].link]
    near = [spot for spot in spots if spot.precision not in _WIDE]
    exact = [replace(spot, radius_km=None) if spot.precision in ("point", "town") else spot for spot in near]
    frame = zoomed(frame_around(exact or spots), 1.2 if len(near) != 1 else 3)
    country = _most(spot.country for spot in near or spots)
    drawn = [map_of(spots, frame, size, landmarks=towns(t.language)) for size in (_MAP, NARROW)] if spots else [None, None]
    return {
        "map": drawn[0],
        "narrow_map": drawn[1],
        "locator": locator(frame, country) if spots else None,
        "spots": list(zip(spots, at.values(), strict=True)),
        "nowhere": nowhere,
    }


def _spot(link: PlaceLink, letters: tuple[str, ...], t: Wording) -> Spot:
    wide = link.precision == "country"
    return Spot(
        name=t.name(link),
        latitude=None if wide else link.latitude,
        longitude=None if wide else link.longitude,
        radius_km=link.radius_km,
        precision=link.precision,
        country=link.country,
        letters=letters,
        address=place_address(link.place_id) if link.place_id else "",
    )


def _wordings(shown: Shown, told: Sequence[Reading], t: Wording) -> list[Worded]:
    """What outlets call the happenings and the actors of a story: first what is called in most ways."""
    events = {key for account in shown.story.accounts for key in account.events}
    spelled = {folded(words): words for each in told for event in each.events if (words := each.article.text[slice(*event.trigger)])}
    names = {link.actor_id: link for each in told for link in each.actors if link.actor_id}
    found: dict[str, Worded] = {}
    for called in (*happening_wordings(told, events), *actor_wordings(told)):
        link = names.get(called.what)
        what = t.name(link) if link else t.label("kinds", called.what)
        by_outlet = found.setdefault(called.what, Worded(what, {})).by_outlet
        by_outlet.setdefault(called.outlet, []).append((called.words if link else spelled.get(called.words, called.words), called.times))
    several = [each for each in found.values() if len(_ways(each)) > 1]
    return sorted(several, key=lambda each: (-len(each.by_outlet), -len(_ways(each)), each.what))[:_MOST_WORDINGS]


def _ways(worded: Worded) -> set[str]:
    return {words for called in worded.by_outlet.values() for words, _ in called}


def _open_links(desk: Desk, shown: Shown) -> list[tuple[Link, str, str]]:
    """The links of its passages, with others or among themselves, that the reasons leave most open and nobody has judged; each with the
    headlines of its two articles."""
    judged = {frozenset((_where(one.left), _where(one.right))) for one in desk.library.accounting.judgements().judgements}
    with desk.library.connect() as connection:
        links = sorted(passages.links_of(connection, shown.story.passages), key=lambda link: abs(link.score - 0.5))
        sides = {one.id: one for one in passages.passages_with(connection, {key for link in links for key in (link.left, link.right)})}
        waiting = [link for link in links if frozenset(_where(sides[key]) for key in (link.left, link.right)) not in judged]
        titles = overview.headlines(connection, {one.article_id for one in sides.values()})
    named = {key: titles[one.article_id].title or titles[one.article_id].outlet or one.article_id for key, one in sides.items()}
    return [(link, named[link.left], named[link.right]) for link in waiting[:_MOST_LINKS]]


def _where(words: Anchor | Passage) -> tuple[str, Span]:
    return words.article_id, words.span


HANDLERS = (listed, story)
