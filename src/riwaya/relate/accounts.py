"""Who tells a story: its accounts, and from how many independent origins they come.

One account is what one teller says in one article: the outlet itself, or a speaker whom it quotes. An article whose passage only repeats
another's adds no accounts, it carries those of the original. A teller with a name is one origin, however many outlets quote him; an
unnamed one, or an outlet speaking for itself, is one origin for each text.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from riwaya.arabic.fold import folded
from riwaya.records import Account, Claim, Event, Passage, Reading, Span, Teller, record_id

_NOBODY = "؟"  # a teller who is not named at all
_REACTING = frozenset(("condemn", "praise", "demand", "ask", "threaten", "warn", "promise"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """A passage of a story with the article it stands in."""

    passage: Passage
    reading: Reading


def accounts_of(tellings: Sequence[Telling], original_of: Mapping[str, str]) -> tuple[Account, ...]:
    """The accounts in these passages of one story, the first told first.

    `original_of` gives for a passage that repeats another the passage it repeats.
    """
    here = {telling.passage.id for telling in tellings}
    carried: defaultdict[str, set[str]] = defaultdict(set)
    by_article: defaultdict[str, list[Telling]] = defaultdict(list)
    for telling in tellings:
        original = original_of.get(telling.passage.id)
        if original in here:
            carried[original].add(telling.reading.article.id)
        else:
            by_article[telling.reading.article.id].append(telling)
    found = [account for told in by_article.values() for account in _accounts_in(told, carried)]
    return tuple(sorted(found, key=lambda account: (account.told is None, account.told, account.id)))


def only_reacts(tellings: Iterable[Telling]) -> bool:
    """Whether these passages of one article speak of the happening only in what somebody condemns, praises, demands or threatens."""
    acts = []
    for telling in tellings:
        claims = {claim.id: claim.act for claim in telling.reading.claims}
        acts += [claims.get(event.claim_id or "") for event in telling.reading.events if event.id in telling.passage.events]
    return bool(acts) and all(act in _REACTING for act in acts)


def independent_origins(accounts: Sequence[Account]) -> int:
    """How many origins the accounts have: tellers, not outlets."""
    return len({account.origin for account in accounts})


def chain_of(account: Account, reading: Reading) -> tuple[str, ...]:
    """The tellers of an account from the one who said it to the outlet that told us, each as the article calls them; ؟: nobody is named."""
    article = reading.article
    for claim in reading.claims:
        if claim.id in account.claim_ids:
            spans = [(teller.role, teller.name or teller.words) for teller in claim.tellers]
            return tuple(article.outlet if role == "outlet" else article.text[slice(*span)] if span else _NOBODY for role, span in spans)
    return (article.outlet,)


def teller_key(teller: Teller | None, reading: Reading) -> str:
    """What tells one teller from another across articles: a key of the register, else the folded name; "" for the outlet itself."""
    if teller is None or teller.role == "outlet":
        return ""
    span = teller.name or teller.words
    if span is None:
        return _NOBODY
    keys: dict[Span, str] = {link.span: link.actor_id for link in reading.actors if link.actor_id}
    return keys.get(span) or folded(reading.article.text[slice(*span)])


def _accounts_in(told: Sequence[Telling], carried: Mapping[str, set[str]]) -> list[Account]:
    """The accounts in the passages of one article."""
    reading = told[0].reading
    events = {event.id: event for event in reading.events}
    claims = {claim.id: claim for claim in reading.claims}
    by_teller: defaultdict[str, list[tuple[Passage, Event | None, Claim | None]]] = defaultdict(list)
    for telling in told:
        for key in telling.passage.events:
            claim = claims.get(events[key].claim_id or "")
            by_teller[teller_key(_speaker(claim), reading)].append((telling.passage, events[key], claim))
        for claim in reading.claims:
            if claim.act == "deny" and _stands_in(claim, telling.passage) and all(event.claim_id != claim.id for event in reading.events):
                by_teller[teller_key(_speaker(claim), reading)].append((telling.passage, None, claim))
    return [_account(reading, key, parts, carried) for key, parts in sorted(by_teller.items())]


def _account(
    reading: Reading, key: str, parts: Sequence[tuple[Passage, Event | None, Claim | None]], carried: Mapping[str, set[str]]
) -> Account:
    article = reading.article
    passages = sorted({passage.id for passage, _, _ in parts})
    first = min((passage for passage, _, _ in parts), key=lambda passage: passage.span)
    speaker = next((teller for _, _, claim in parts if (teller := _speaker(claim))), None)
    named = speaker is not None and speaker.kind != "anonymous" and key
    events = [event for _, event, _ in parts if event]
    denied = any(event.status == "denied" for event in events) or not events
    return Account(
        id=record_id("account", article.id, key or "outlet", first.id),
        article_id=article.id,
        claim_ids=tuple(dict.fromkeys(claim.id for _, _, claim in parts if claim)),
        teller=speaker,
        passages=tuple(passages),
        events=tuple(dict.fromkeys(event.id for event in events)),
        status="denied" if denied else "actual",
        told=article.published.day if article.published else None,
        origin=record_id("origin", key) if named else record_id("origin", first.id, key),
        carried_by=tuple(sorted(set().union(*(carried.get(passage, set()) for passage in passages)))),
    )


def _speaker(claim: Claim | None) -> Teller | None:
    return claim.tellers[0] if claim and claim.tellers and claim.tellers[0].role != "outlet" else None


def _stands_in(claim: Claim, passage: Passage) -> bool:
    return passage.span.start <= claim.content.start < passage.span.end
