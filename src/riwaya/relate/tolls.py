"""What is said of a toll in a story, who raised it when, and what the coding traditions would write, each with its rule.

Nothing here says how many there were. Every value comes from the same claims; only the rule differs.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from riwaya.arabic.clitics import lemma
from riwaya.arabic.words import tokens_in
from riwaya.records import Account, Reading, Span, Toll
from riwaya.relate.accounts import teller_key
from riwaya.relate.wordlists import word_lists

_VAGUE = frozenset((1, 2, 20, 100, 200))  # with no upper bound: some, several, dozens, hundreds
_SHARED_BY = 6  # one in so many
_COUNTED = {"killed": "killed", "wounded": "wounded", "captured": "captured", "arrested": "captured", "displaced": "displaced"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidToll:
    """The number that one account gives: the largest of its kind, since the smaller are parts of it or other sides."""

    account: Account
    about: str  # killed, wounded, captured, displaced
    least: int
    most: int | None  # None: open upwards
    words: Span
    teller: str  # teller_key
    civilians_only: bool
    vague: bool  # some, dozens, hundreds: no number


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """What one coding tradition would write, with its rule and the accounts it comes from."""

    tradition: str
    field: str
    value: int | None  # None: the tradition leaves it empty
    rule: str
    accounts: tuple[str, ...]


def tolls_said(accounts: Iterable[Account], readings: Mapping[str, Reading]) -> tuple[SaidToll, ...]:
    """For each account and kind the number it gives; `readings` by article id. In the order of the accounts."""
    accounts = list(accounts)
    kinds = _shared_kinds(accounts, readings)
    found = []
    for account in accounts:
        reading = readings[account.article_id]
        for about, toll in sorted(_largest_tolls(account, reading, kinds).items()):
            found.append(
                SaidToll(
                    account=account,
                    about=about,
                    least=toll.least,
                    most=toll.most,
                    words=toll.words,
                    teller=teller_key(account.teller, reading),
                    civilians_only=_is_of_civilians(toll, reading),
                    vague=toll.most is None and toll.least in _VAGUE,
                )
            )
    return tuple(found)


def _largest_tolls(account: Account, reading: Reading, kinds: frozenset[str]) -> dict[str, Toll]:
    largest: dict[str, Toll] = {}
    for event in reading.events:
        if event.id in account.events and event.kind in kinds and event.status == "actual":
            for toll in event.tolls:
                about = _COUNTED.get(toll.kind)
                if about and (about not in largest or toll.least > largest[about].least):
                    largest[about] = toll
    return largest


def _shared_kinds(accounts: Sequence[Account], readings: Mapping[str, Reading]) -> frozenset[str]:
    """The kinds of happening that at least a sixth of a story's articles tell: the others are not its happening."""
    telling: defaultdict[str, set[str]] = defaultdict(set)
    for account in accounts:
        for event in readings[account.article_id].events:
            if event.id in account.events:
                telling[event.kind].add(account.article_id)
    articles = len({account.article_id for account in accounts})
    shared = frozenset(kind for kind, who in telling.items() if len(who) * _SHARED_BY >= articles)
    return shared or frozenset(telling)


def counted_words(toll: SaidToll, reading: Reading) -> frozenset[str]:
    """Who is counted, in words, without the number: what two tolls must share to count the same."""
    return frozenset(lemma(word) for word in tokens_in(reading.article.text[slice(*toll.words)]).folded if not word.isdigit())


def toll_history(said: Iterable[SaidToll], about: str) -> tuple[tuple[date | None, SaidToll], ...]:
    """The numbers of one kind by the day they were told: who raised which when. What has no day stands at the end."""
    rows = [(toll.account.told, toll) for toll in said if toll.about == about]
    return tuple(sorted(rows, key=lambda row: (row[0] is None, row[0] or date.max, row[1].account.id)))


def coded_values(said: Sequence[SaidToll]) -> tuple[Coded, ...]:
    """What ACLED, UCDP GED and Airwars would write for the killed, and Airwars for the injured, from these claims."""
    killed = [toll for toll in said if toll.about == "killed"]
    if not killed:
        return ()
    lowest = min(toll.least for toll in killed)
    highest = max(toll.most if toll.most is not None else toll.least for toll in killed)
    origins: dict[int, set[str]] = {}
    for toll in killed:
        origins.setdefault(toll.least, set()).add(toll.account.origin)
    supported = [least for least, who in origins.items() if len(who) > 1]
    best = min(supported) if supported else lowest

    def row(tradition: str, field: str, value: int | None, rule: str, of: Sequence[SaidToll]) -> Coded:
        return Coded(tradition=tradition, field=field, value=value, rule=rule, accounts=tuple(dict.fromkeys(t.account.id for t in of)))

    coded = [
        row("ACLED", "fatalities", lowest, "where reports differ, the lowest number until better ones come", killed),
        row("UCDP GED", "low", lowest, "the lowest number told", killed),
        row("UCDP GED", "best", best, "the lowest number that two independent origins give, else the lowest", killed),
        row("UCDP GED", "high", highest, "the highest number told", killed),
    ]
    civilians = [toll for toll in killed if toll.civilians_only]
    for name, tolls in (("civilians killed", civilians), ("injured", [toll for toll in said if toll.about == "wounded"])):
        if tolls:
            most = max(toll.most if toll.most is not None else toll.least for toll in tolls)
            coded.append(row("Airwars", f"{name} min", min(toll.least for toll in tolls), "the lowest claim", tolls))
            coded.append(row("Airwars", f"{name} max", most, "the highest claim; the grade is given by people", tolls))
    return tuple(coded)


def _is_of_civilians(toll: Toll, reading: Reading) -> bool:
    spans = [toll.words, toll.whom] if toll.whom else [toll.words]
    words = {word for span in spans for word in tokens_in(reading.article.text[slice(*span)]).folded}
    return bool((words | {lemma(word) for word in words}) & word_lists().civilians)
