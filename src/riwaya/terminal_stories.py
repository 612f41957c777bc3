"""A story as lines for the terminal: who tells it, through whom, with which numbers and words, and where the accounts differ."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date

from rich.console import Console
from rich.text import Text

from riwaya.accounting import Proposed, Shown, Side
from riwaya.records import Account, Disagreement, Grade, Judgement, Link, Reading
from riwaya.relate import reasons as conditions
from riwaya.relate.accounts import chain_of
from riwaya.relate.tolls import SaidToll, toll_history
from riwaya.store.stories import Listed
from riwaya.terminal import headline, print_set_in, shown, words_at
from riwaya.web.wording import wording

_ABOUT = {"happened": "whether it happened", "perpetrator": "who did it", "place": "where", "time": "when"}
_NATURE = {
    "contested": "both cannot be true",
    "revised": "one changes the other, or may contain it",
    "narrower": "one counts less than the other",
}
_COUNTED = ("killed", "wounded", "captured", "displaced")


def print_listed(console: Console, story: Listed) -> None:
    """Print a story as one of a list."""
    where = ", ".join(story.countries)
    contested = f" · contested: {story.contested}" if story.contested else ""
    console.print(Text.assemble(f"{story.id[:8]}  ", (shown(story.title), "bold")), soft_wrap=True)
    said = [_days(story.first_day, story.last_day), where, f"articles {story.articles}, outlets {story.outlets}, origins {story.origins}"]
    console.print(Text(f"          {' · '.join(part for part in said if part)}{contested}", style="dim"), soft_wrap=True)


def print_story(console: Console, found: Shown, grades: Mapping[str, Grade]) -> None:
    """Print one story: its accounts, what only repeats, the disagreements, who raised which number when, and what would be coded.

    `grades`: the latest grade of each teller and claim, by teller key or claim id.
    """
    story, t = found.story, wording("en")
    numbers = {account.id: number for number, account in enumerate(story.accounts, 1)}
    if found.asked:
        console.print(Text(f"{found.asked} is part of this story now.", style="dim"))
    articles = [found.readings[key].article for key in story.articles]
    days = [article.published.day for article in articles if article.published]
    first = min(articles, key=lambda article: (article.published is None, article.published and article.published.day, article.id))
    console.print(Text(headline(first), style="bold"))
    outlets = len({article.outlet for article in articles})
    console.print(
        Text(f"{_days(min(days, default=None), max(days, default=None))} · articles {len(articles)}, outlets {outlets}", style="dim")
    )
    console.print(Text(f"\nWho tells it: accounts {len(story.accounts)}, independent origins {story.origins}", style="bold"))
    tolls: defaultdict[str, list[SaidToll]] = defaultdict(list)
    for toll in found.tolls:
        tolls[toll.account.id].append(toll)
    for account in story.accounts:
        print_set_in(console, _account_lines(account, numbers[account.id], found, tolls[account.id], grades))
    console.print(Text(f"\nWhere they differ: {len(story.disagreements)}", style="bold"))
    for one in story.disagreements:
        print_set_in(console, _disagreement_lines(one, numbers, found))
    for about in _COUNTED:
        rows = toll_history(found.tolls, about)
        if rows:
            console.print(Text(f"\nWho told which number when: {about}", style="bold"))
        for told, toll in rows:
            how_many = "no exact number" if toll.vague else _number(toll)
            text = found.readings[toll.account.article_id].article.text
            day = t.day(told) if told else "no known day"
            console.print(Text(f"  {day}  {how_many}  account {numbers[toll.account.id]}  «{words_at(text, toll.words)}»"))
    if found.coded:
        console.print(Text("\nWhat would be coded from these accounts; riwaya does not say how many there were", style="bold"))
    for coded in found.coded:
        console.print(Text.assemble(f"  {coded.tradition} {coded.field}: ", (str(coded.value), "bold"), (f"  ({coded.rule})", "dim")))
    if story.reactions:
        console.print(Text(f"\nReactions to it: {len(story.reactions)}", style="bold"))
    for key in story.reactions:
        article = found.readings[key].article
        console.print(Text(f"  {shown(article.outlet)}: {headline(article)} · article {key[:8]}"))
    console.print(Text(f"\nStory {story.id}", style="dim"))


def print_proposed(console: Console, proposed: Proposed) -> None:
    """Print a link with both its sides and the reasons for and against."""
    link = proposed.link
    console.print(Text.assemble((f"link {link.id[:8]}", "bold"), f"  score {link.score:.2f}"))
    for side in (proposed.left, proposed.right):
        print_set_in(console, _side_lines(side))
    for line in _reason_lines(link):
        console.print(line)
    for one in proposed.judgements:
        console.print(Text(f"    judged: {judgement_line(one)}", style="italic"))
    console.print()


def judgement_line(judgement: Judgement) -> str:
    """A judgement in one line."""
    note = f" · {shown(judgement.note)}" if judgement.note else ""
    return f"{judgement.verdict}  {shown(judgement.by)}, {judgement.at:%Y-%m-%d %H:%M}{note} · judgement {judgement.id[:8]}"


def _account_lines(account: Account, number: int, found: Shown, tolls: list[SaidToll], grades: Mapping[str, Grade]) -> Iterator[Text]:
    reading = found.readings[account.article_id]
    text, t = reading.article.text, wording("en")
    day = t.day(account.told) if account.told else "no known day"
    status = "denies it" if account.status == "denied" else "tells it"
    chain = [shown(part) for part in chain_of(account, reading)]
    unnamed = " (unnamed)" if account.teller and account.teller.kind == "anonymous" else ""
    yield Text.assemble(f"{number:3} ", (chain[0], "bold"), f"{unnamed} {status} · {day}")
    if len(chain) > 1:
        yield Text(" → ".join(chain), style="dim")
    for event in reading.events:
        if event.id in account.events:
            told = " ".join(words_at(text, span) for span in (event.trigger, event.place or event.within) if span)
            by = f" · by {words_at(text, event.actor)}" if event.actor else ""
            yield Text(f"{t.label('kinds', event.kind)}  «{told}»{by}")
    for claim in reading.claims:
        if claim.id in account.claim_ids:
            grade = grades.get(claim.id)
            yield Text(f"«{words_at(text, claim.content)}»" + (f"  graded {grade.grade}" if grade else ""))
    for toll in tolls:
        how_many = "no exact number" if toll.vague else _number(toll)
        yield Text.assemble(f"{toll.about:9}", (how_many, "bold"), f" «{words_at(text, toll.words)}»")
    if account.carried_by:
        carriers = sorted({shown(found.readings[key].article.outlet) for key in account.carried_by})
        yield Text(f"printed by {len(account.carried_by)} more, word for word or nearly: {', '.join(carriers)}", style="dim")
    claims = "".join(f" · claim {key[:8]}" for key in account.claim_ids)
    yield Text(f"{headline(reading.article)} · article {account.article_id[:8]}{claims}", style="dim")


def _disagreement_lines(one: Disagreement, numbers: Mapping[str, int], found: Shown) -> Iterator[Text]:
    accounts = {account.id: account for account in found.story.accounts}
    yield Text.assemble("  - ", (_ABOUT.get(one.about, one.about), "bold"), f", {one.nature}: {_NATURE[one.nature]}")
    for key, span in ((one.left, one.left_words), (one.right, one.right_words)):
        reading = found.readings[accounts[key].article_id]
        teller = shown(chain_of(accounts[key], reading)[0])
        yield Text(f"account {numbers[key]}, {teller}: «{words_at(reading.article.text, span)}»")


def _side_lines(side: Side) -> Iterator[Text]:
    article = side.reading.article
    yield Text(f"    {shown(article.outlet)}: {headline(article)}")
    yield Text(f"«{words_at(article.text, side.passage.span)}»")
    yield Text(f"passage {side.passage.id[:8]} · article {article.id[:8]}", style="dim")


def _reason_lines(link: Link) -> Iterator[Text]:
    for reason in sorted(link.reasons, key=lambda one: -abs(one.strength * one.weight)):
        said = (getattr(conditions, reason.name).__doc__ or reason.name).strip()
        words = f": {', '.join(reason.words)}" if reason.words else ""
        yield Text(f"    {reason.strength * reason.weight:+.2f}  {said}{words}", style="dim")


def _number(toll: SaidToll) -> str:
    if toll.most == toll.least:
        return str(toll.least)
    return f"{toll.least} to {toll.most}" if toll.most is not None else f"{toll.least} or more"


def _days(first: date | None, last: date | None) -> str:
    if first is None or last is None:
        return "no known day"
    t = wording("en")
    return t.day(first) if first == last else f"{t.day(first)} to {t.day(last)}"


def grades_by_what(grades: tuple[Grade, ...], readings: Mapping[str, Reading]) -> dict[str, Grade]:
    """The latest grade of each teller (by its key) and of each claim of these readings (by its id)."""
    found = {grade.teller: grade for grade in grades if grade.teller}
    for grade in grades:
        reading = readings.get(grade.of.article_id)
        for claim in reading.claims if reading and not grade.teller else ():
            if claim.content == grade.of.span:
                found[claim.id] = grade
    return found
