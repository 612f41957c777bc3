"""A reading as lines for the terminal: who says what, what is said to have happened, each with its exact words."""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from textwrap import shorten
from typing import Annotated
from urllib.parse import unquote

import typer
from rich.console import Console
from rich.padding import Padding
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.text import Text

from riwaya.library import Library
from riwaya.records import (
    ActorLink,
    Article,
    Claim,
    Event,
    Failure,
    Mention,
    PlaceLink,
    Reading,
    Span,
    Toll,
    actor_in,
    event_place,
    teller_actor,
)
from riwaya.store.answers import Found
from riwaya.store.query import Counts
from riwaya.web.meanings import actor_meant, place_meant, speaker_meant
from riwaya.web.wording import WEAK, wording

DAMAGED_INPUT = 3  # exit code: some of the input could not be read, the rest was
out = Console(highlight=False)
err = Console(stderr=True, highlight=False)
LibraryFolder = Annotated[Path | None, typer.Option("--library", "-l", help="The library's folder; else the nearest riwaya.toml upwards.")]

# A page's own escape sequences and direction marks would act on the terminal: they are not printed.
_ACTING = dict.fromkeys([*range(9), *range(11, 32), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_SPACES = dict.fromkeys([*_ACTING, ord("\n")], " ")  # one for one, where offsets are still to be counted

_MOST_CANDIDATES = 4  # of an undecided link, on a line


def opened_library(folder: Path | None) -> Library:
    """The library in a folder; None: the one around the current folder. Raises LibraryError."""
    return Library.open(folder) if folder else Library.find()


@contextmanager
def progress_bar(verb: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on standard error that is gone when the work is done; nothing where nobody looks."""
    bar = Progress(TextColumn(verb), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=err, transient=True)
    task = bar.add_task(verb, total=None)
    with bar if err.is_terminal else nullcontext():
        yield lambda done, total: bar.update(task, completed=done, total=total)


def print_reading(console: Console, reading: Reading) -> None:
    """Print one reading. Arabic stays in logical order, one thing a line: terminals differ in how they lay it out."""
    article = reading.article
    where = [article.outlet, wording("en").published(article.published) if article.published else "no known date", article.dateline]
    console.print(Text(shown(" · ".join(part for part in [*where, article.byline] if part)), style="dim"))
    console.print(Text(headline(article), style="bold"))
    if article.illustration:
        console.print(
            Text("an illustration written by the riwaya project: the outlet is invented, the text is not published news", style="italic")
        )
    console.print(Text(f"\nWho says what: {len(reading.claims)}", style="bold"))
    for number, claim in enumerate(reading.claims, 1):
        print_set_in(console, _claim_lines(claim, number, reading))
    console.print(Text(f"\nWhat is said to have happened: {len(reading.events)}", style="bold"))
    numbers = {claim.id: number for number, claim in enumerate(reading.claims, 1)}
    for number, event in enumerate(reading.events, 1):
        print_set_in(console, _event_lines(event, number, numbers, reading))
    if reading.not_counted:
        said = ", ".join(f"«{words_at(article.text, n.span)}» ({n.reason})" for n in reading.not_counted)
        console.print(Text(f"\nMentioned, not counted as happenings: {said}", style="dim"))
    if article.set_aside:
        console.print(Text(f"\nSet aside from the page: {len(article.set_aside)} pieces", style="dim"))
    console.print(Text(f"Read by {reading.reader} · article {article.id}\n", style="dim"))


def print_page(console: Console, article: Article, mentions: Sequence[Mention]) -> None:
    """Print what a page says beside its claims and events: address, text, the names in it, and what was set aside, with the reason."""
    console.print(Text(shown(article.address or "no address"), style="dim"), soft_wrap=True)
    for paragraph in article.text.split("\n"):
        console.print(Text(shown(paragraph)))
    if mentions:
        console.print(Text("\nNames: " + ", ".join(f"{words_at(article.text, m.span)} ({m.kind})" for m in mentions), style="dim"))
    for piece in article.set_aside:
        console.print(Text(shown(f"set aside, {piece.reason}: {shorten(piece.words, 120, placeholder=' …')}"), style="dim"))
    console.print()


def print_found(console: Console, found: Found) -> None:
    """Print an article that answers a question, and the stretch of its text that holds the most of the words."""
    article, (start, end) = found.article, found.excerpt.span
    console.print(Text.assemble((headline(article), "bold"), (f"  {shown(article.outlet)} · {article.id}", "dim")))
    if found.excerpt.found:
        words = Text(article.text[start:end].translate(_SPACES))
        for span in found.excerpt.found:
            words.stylize("bold", span.start - start, span.end - start)
        console.print(Padding(words, (0, 0, 0, 6), expand=False))


def print_counts(console: Console, counts: Counts) -> None:
    """Print how much a library holds."""
    console.print(
        f"In the library: captures {counts.captures} (unread {counts.unread}), articles {counts.articles}, claims {counts.claims}, "
        f"events {counts.events}, names {counts.mentions}, failures {counts.failures}.",
        soft_wrap=True,
    )


def failure_line(failure: Failure) -> Text:
    """One line for what could not be read; of a traceback its last line, which says what went wrong."""
    said = shown(failure.detail.strip().rpartition("\n")[2])
    return Text.assemble((failure.reason, "bold"), f"  {readable(failure.address)}  ", (said, "dim"))


def write_lines(file: Path, lines: Iterable[str]) -> None:
    """Write lines, which bring their own ends, to a file; to standard output for -."""
    with nullcontext(sys.stdout) if str(file) == "-" else file.open("w", encoding="utf-8", newline="") as written:
        written.writelines(lines)


def print_set_in(console: Console, lines: Iterator[Text]) -> None:
    """Print the first line at the margin, the others set in under it, wrapped lines too."""
    console.print(next(lines))
    for line in lines:
        console.print(Padding(line, (0, 0, 0, 6), expand=False))


def shown(text: str) -> str:
    """A text of a page without what would act on the terminal."""
    return text.translate(_ACTING)


def readable(address: str) -> str:
    """An address with its letters as they are read, where it hides them behind %XX and they would not act on the terminal."""
    text = unquote(address)
    return text if text.isprintable() and "\N{REPLACEMENT CHARACTER}" not in text else shown(address)


def headline(article: Article) -> str:
    """The title of an article, or how its text begins."""
    return shown(article.title or shorten(article.text, 90, placeholder=" …"))


def words_at(text: str, span: Span | None) -> str:
    """The words of a span on one line; "" where there is none."""
    return shown(text[span.start : span.end]).replace("\n", " ") if span else ""


def _claim_lines(claim: Claim, number: int, reading: Reading) -> Iterator[Text]:
    text, t = reading.article.text, wording("en")
    speaker = claim.tellers[0]
    who = words_at(text, speaker.name or speaker.words) or "speaker not known"
    unnamed = " (unnamed)" if speaker.kind == "anonymous" else ""
    yield Text.assemble(f"{number:3} ", (f"{t.label('acts', claim.act):10}", "bold"), f" {who}{unnamed}")
    if meant := speaker_meant(speaker, reading, t) or _undecided(teller_actor(speaker, reading.actors)):
        yield Text(meant, style="dim")
    yield Text(f"«{words_at(text, claim.content)}»")
    outlet = shown(reading.article.outlet) or "outlet not known"
    chain = [outlet if teller.role == "outlet" else words_at(text, teller.words or teller.name) or who for teller in claim.tellers]
    through = f" · through {words_at(text, claim.channel)}" if claim.channel else ""
    yield Text(f"{' → '.join(chain)}{through}", style="dim")
    cue = f"cue «{words_at(text, claim.cue)}» · " if claim.cue else ""
    yield Text(f"{cue}{_how(claim.rule, claim.confidence, claim.content)} · claim {claim.id[:8]}", style="dim")


def _event_lines(event: Event, number: int, claims: dict[str, int], reading: Reading) -> Iterator[Text]:
    text, t = reading.article.text, wording("en")
    status = "" if event.status == "actual" else f" ({t.label('status', event.status)})"
    weak = f"  {t.texts['doubtful']}" if event.confidence < WEAK else ""
    kind = f"{t.label('kinds', event.kind)}{status}"
    yield Text.assemble(f"{number:3} ", (kind, "bold"), f"  «{words_at(text, event.trigger)}»", (weak, "italic"))
    for label, span in (("by", event.actor), ("against", event.target), ("where", event.place), ("within", event.within)):
        if span:
            yield Text(f"{label:8}{words_at(text, span)}")
        if span and label in ("by", "against"):
            link = actor_in(span, reading.actors)
            if meant := actor_meant([words_at(text, span)], link, t) or _undecided(link):
                yield Text(f"{'':8}{meant}", style="dim")
    place = event_place(event, reading.places)
    for where in filter(None, (place_meant(place, t), _undecided(place))):
        yield Text(f"{'':8}{where}", style="dim")
    if event.when or event.days:
        days = f"{t.days(event.days)} " if event.days else ""
        yield Text(f"{'when':8}{days}{words_at(text, event.when)}".rstrip())
    for toll in event.tolls:
        yield _toll_line(toll, text)
    told = f"said in claim {claims[event.claim_id]}" if event.claim_id in claims else "in the outlet's own voice"
    yield Text(f"{told} · {_how(event.rule, event.confidence, event.trigger)} · event {event.id[:8]}", style="dim")


def _undecided(link: ActorLink | PlaceLink | None) -> str:
    """Between which entries a link stays undecided, and why; "" if it is decided or there is nothing to decide."""
    decided = link is None or not link.candidates or (link.place_id if isinstance(link, PlaceLink) else link.actor_id)
    if link is None or decided or (isinstance(link, PlaceLink) and link.precision != "unknown"):
        return ""
    more = f" and {len(link.candidates) - _MOST_CANDIDATES} more" if len(link.candidates) > _MOST_CANDIDATES else ""
    between, why = ", ".join(link.candidates[:_MOST_CANDIDATES]), " ".join(link.reasons) or "nothing speaks for any of them."
    return f"undecided between {between}{more}: {why}"


def _how(rule: str, confidence: float, span: Span) -> str:
    return f"rule {rule} {confidence:.2f} · letters {span.start} to {span.end}"


def _toll_line(toll: Toll, text: str) -> Text:
    whom = f" · {words_at(text, toll.whom)}" if toll.whom else ""
    return Text.assemble(f"{toll.kind:9}", (wording("en").toll(toll), "bold"), f" «{words_at(text, toll.words)}»{whom}")
