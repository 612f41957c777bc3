"""Where the accounts of a story do not agree, what about, and in which way. Which of them is right is not asked.

revised: the same teller gives another number, or one may contain the other: a larger one told later, or an open one (at least twelve);
narrower: one counts civilians alone, the other all;
contested: both cannot be true.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from riwaya.arabic.clitics import lemma
from riwaya.arabic.words import tokens_in
from riwaya.records import About, Account, Disagreement, Event, Nature, PlaceLink, Reading, Span, actor_in, record_id
from riwaya.relate.distance import gap_km
from riwaya.relate.tolls import SaidToll, counted_words, tolls_said
from riwaya.relate.wordlists import word_lists

RULE = "disagreement 2"
_ANYBODY = frozenset(("killed", "wounded"))  # whoever they are; the captured of two accounts may be others
_OTHER_COUNT = 10  # a number so many times another counts something else: a war, a year
_THE_MATTER = 2  # words: what is denied in so few (نفى ذلك، نفى صحة الخبر) is what was told before
_ROOT_LETTERS = 3
_NEAR_KM = 5.0  # places closer than this, beyond how exactly they are known, may be one
_BY_SOMEBODY = frozenset(("air-strike", "shelling", "suicide-bomb", "bomb", "attack", "abduction", "chemical", "property-destruction"))


def disagreements_among(accounts: Sequence[Account], readings: Mapping[str, Reading]) -> tuple[Disagreement, ...]:
    """The disagreements among the accounts of one story; `readings` by article id.

    Of each kind and nature one is given: the two accounts furthest apart, the earliest of these first.
    """
    found: dict[tuple[str, str], Disagreement] = {}
    for one in (
        *_of_tolls(accounts, readings),
        *_of_happening(accounts, readings),
        *_of_places(accounts, readings),
        *_of_actors(accounts, readings),
        *_of_times(accounts, readings),
    ):
        found.setdefault((one.about, one.nature), one)
    return tuple(found[key] for key in sorted(found))


def _of_tolls(accounts: Sequence[Account], readings: Mapping[str, Reading]) -> Iterator[Disagreement]:
    said = [toll for toll in tolls_said(accounts, readings) if not toll.vague]
    pairs = [
        (one, other)
        for one, other in combinations(said, 2)
        if one.about == other.about
        and one.least != other.least
        and max(one.least, other.least) < _OTHER_COUNT * min(one.least, other.least)
        and _are_apart(one.account, other.account)
        and (one.about in _ANYBODY or _words_counted(one, readings) & _words_counted(other, readings))
    ]
    for one, other in sorted(pairs, key=lambda pair: (-abs(pair[0].least - pair[1].least), pair[0].account.id, pair[1].account.id)):
        yield _disagreement(one.about, _nature(one, other), (one.account, one.words), (other.account, other.words))


def _are_apart(one: Account, other: Account) -> bool:
    """Whether the accounts are of two articles, or of two that one article lets speak."""
    return one.article_id != other.article_id or None not in (one.teller, other.teller)


def _words_counted(toll: SaidToll, readings: Mapping[str, Reading]) -> frozenset[str]:
    return counted_words(toll, readings[toll.account.article_id])


def _may_both_be(one: SaidToll, other: SaidToll) -> bool:
    return (one.most is None or other.least <= one.most) and (other.most is None or one.least <= other.most)


def _nature(one: SaidToll, other: SaidToll) -> Nature:
    if one.civilians_only != other.civilians_only:
        return "narrower"
    if _may_both_be(one, other) or (one.teller and one.teller == other.teller):
        return "revised"
    days = one.account.told, other.account.told
    if days[0] and days[1] and (days[1] - days[0]).days * (other.least - one.least) > 0:
        return "revised"
    return "contested"


def _of_happening(accounts: Sequence[Account], readings: Mapping[str, Reading]) -> Iterator[Disagreement]:
    """One account denies what another tells as having happened."""
    for one, other in combinations(accounts, 2):
        if one.status != other.status:
            denying, telling = (one, other) if one.status == "denied" else (other, one)
            if _is_about(denying, telling, readings):
                yield _disagreement("happened", "contested", (one, _words(one, readings)), (other, _words(other, readings)))


def _is_about(denying: Account, telling: Account, readings: Mapping[str, Reading]) -> bool:
    """Whether what is denied is what the other tells: a happening of the same kind, words for it, or "the matter".

    What stands within another denial (نفت مشاركة جنودها في المعركة) is not told by it.
    """
    denials = {claim.id for claim in readings[telling.article_id].claims if claim.act == "deny"}
    told = [event for event in _events(telling, readings) if event.status == "actual" and event.claim_id not in denials]
    denied = [event for event in _events(denying, readings) if event.status == "denied"]
    if denied:
        return bool({event.kind for event in denied} & {event.kind for event in told})
    reading = readings[denying.article_id]
    words = {lemma(word) for claim in reading.claims if claim.id in denying.claim_ids for word in _folded(reading, claim.content)}
    named = {lemma(word) for event in told for word in _folded(readings[telling.article_id], event.trigger)}
    return len(words) <= _THE_MATTER or any(_of_one_root(word, name) for word in words for name in named)


def _folded(reading: Reading, span: Span) -> list[str]:
    return tokens_in(reading.article.text[slice(*span)]).folded


def _of_one_root(one: str, other: str) -> bool:
    """خطف and خطفت, قصف and القصف: one is how the other begins, three letters or more."""
    short, long = sorted((one, other), key=len)
    return len(short) >= _ROOT_LETTERS and long.startswith(short)


def _of_places(accounts: Sequence[Account], readings: Mapping[str, Reading]) -> Iterator[Disagreement]:
    """Two accounts put a happening of one kind and one toll at places that are known and cannot be one."""
    told = [
        (account, event, link)
        for account in accounts
        for event in _events(account, readings)
        if event.place and (link := _known_place(event.place, readings[account.article_id].places))
    ]
    for (one, first, here), (other, second, there) in combinations(told, 2):
        if one.article_id != other.article_id and _is_one(first, second) and _apart(here, there):
            yield _disagreement("place", "contested", (one, here.span), (other, there.span))


def _of_actors(accounts: Sequence[Account], readings: Mapping[str, Reading]) -> Iterator[Disagreement]:
    """Two accounts say of a happening of one kind and one toll that others did it; only actors that the register tells apart."""
    told = [
        (account, event, event.actor, link.actor_id)
        for account in accounts
        for event in _events(account, readings)
        if event.kind in _BY_SOMEBODY
        and event.actor
        and (link := actor_in(event.actor, readings[account.article_id].actors))
        and link.actor_id
    ]
    for (one, first, here, doer), (other, second, there, other_doer) in combinations(told, 2):
        if one.article_id != other.article_id and _is_one(first, second) and doer != other_doer:
            yield _disagreement("perpetrator", "contested", (one, here), (other, there))


def _of_times(accounts: Sequence[Account], readings: Mapping[str, Reading]) -> Iterator[Disagreement]:
    """Two accounts put a happening of one kind and one toll on days two apart or more (a night belongs to two), or at other parts of one
    day."""
    told = [
        (account, event, event.when, event.days.first)
        for account in accounts
        for event in _events(account, readings)
        if event.when and event.days and event.days.first == event.days.last
    ]
    for (one, first, when, day), (other, second, then, other_day) in combinations(told, 2):
        if one.article_id != other.article_id and _is_one(first, second):
            parts = _parts_of_day(when, readings[one.article_id]), _parts_of_day(then, readings[other.article_id])
            if abs((day - other_day).days) > 1 or (day == other_day and all(parts) and not parts[0] & parts[1]):
                yield _disagreement("time", "contested", (one, when), (other, then))


def _parts_of_day(when: Span, reading: Reading) -> set[str]:
    """Which parts of the day a time names: morning, afternoon, night."""
    words = {form for word in _folded(reading, when) for form in (word, lemma(word))}
    return {part for part, names in word_lists().parts_of_day.items() if words & names}


def _is_one(first: Event, second: Event) -> bool:
    """Whether two events of a story are surely the same happening: of one kind, with a number of dead, wounded ... in common."""
    tolls = [{(toll.kind, toll.least, toll.most) for toll in event.tolls if toll.most is not None} for event in (first, second)]
    return first.kind == second.kind and bool(tolls[0] & tolls[1])


def _events(account: Account, readings: Mapping[str, Reading]) -> Iterable[Event]:
    return (event for event in readings[account.article_id].events if event.id in account.events)


def _words(account: Account, readings: Mapping[str, Reading]) -> Span:
    """The words that show whether an account tells or denies it: the trigger of its first event, else its first claim's cue or content."""
    reading = readings[account.article_id]
    for event in _events(account, readings):
        if event.status == account.status:
            return event.trigger
    claim = next(claim for claim in reading.claims if claim.id in account.claim_ids)
    return claim.cue or claim.content


def _known_place(span: Span, links: Iterable[PlaceLink]) -> PlaceLink | None:
    """The link of a place known to a town or better."""
    return next((link for link in links if link.span == span and link.latitude is not None and link.precision in ("point", "town")), None)


def _apart(here: PlaceLink, there: PlaceLink) -> bool:
    one, other = ((link.latitude or 0.0, link.longitude or 0.0, link.radius_km or 0.0) for link in (here, there))
    return here.place_id != there.place_id and gap_km(one, other) > _NEAR_KM


def _disagreement(about: str, nature: Nature, one: tuple[Account, Span], other: tuple[Account, Span]) -> Disagreement:
    abouts: dict[str, About] = {
        name: name for name in ("killed", "wounded", "captured", "displaced", "perpetrator", "place", "time", "happened")
    }
    (left, left_words), (right, right_words) = one, other
    key = record_id("disagreement", about, nature, left.id, right.id)
    return Disagreement(
        id=key, about=abouts[about], nature=nature, left=left.id, right=right.id, left_words=left_words, right_words=right_words, rule=RULE
    )
