"""Tables of a case: the claims and the events in it, as the other tables have them, each with what it was put in as, its tags and notes."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from riwaya.casework import Dossier, Found
from riwaya.records import Reading, Story
from riwaya.web.tables import Row, rows_claimed, rows_happened


def rows_claimed_in(dossier: Dossier, readings: Iterable[Reading]) -> Iterator[Row]:
    """A row for each claim of a case: those that were put in, those in which its events are told, those of its articles and stories."""
    return _rows(dossier, readings, rows_claimed, "claim_id")


def rows_happened_in(dossier: Dossier, readings: Iterable[Reading]) -> Iterator[Row]:
    """A row for each event of a case: those that were put in, those that its claims tell, those of its articles and stories."""
    return _rows(dossier, readings, rows_happened, "event_id")


def _rows(dossier: Dossier, readings: Iterable[Reading], rows_of: Callable[[Iterable[Reading]], Iterator[Row]], key: str) -> Iterator[Row]:
    for reading in readings:
        because = _because(dossier, reading)
        kept = replace(
            reading,
            claims=tuple(claim for claim in reading.claims if claim.id in because),
            events=tuple(event for event in reading.events if event.id in because),
        )
        for row in rows_of([kept]):
            yield {**row, **_of_items(because[str(row[key])])}


def _because(dossier: Dossier, reading: Reading) -> Mapping[str, Sequence[Found]]:
    """The things in a case for which each claim and event of an article is in its tables."""
    because: dict[str, list[Found]] = {}
    for found in dossier.found:
        for key in _brought_by(found, reading, dossier.stories):
            because.setdefault(key, []).append(found)
    return because


def _brought_by(found: Found, reading: Reading, stories: Mapping[str, Story]) -> Iterator[str]:
    """The ids of an article's claims and events that one thing in the case brings with it."""
    if found.story:
        for account in stories[found.story.id].accounts:
            if account.article_id == reading.article.id:
                yield from (*account.claim_ids, *account.events)
    elif found.reading is None or found.reading.article.id != reading.article.id:
        return
    elif found.claim:
        yield found.claim.id
        yield from (event.id for event in reading.events if event.claim_id == found.claim.id)
    elif found.event:
        yield found.event.id
        yield from [found.event.claim_id] if found.event.claim_id else []
    elif found.item.kind == "article":
        yield from (claim.id for claim in reading.claims)
        yield from (event.id for event in reading.events)


def _of_items(found: Iterable[Found]) -> Row:
    items = [each.item for each in found]
    return {
        "put_in_as": "; ".join(dict.fromkeys(item.kind for item in items)),
        "tags": "; ".join(dict.fromkeys(tag for item in items for tag in item.tags)) or None,
        "notes": "\n".join(dict.fromkeys(f"{note.text} ({note.made.by})" for item in items for note in item.notes)) or None,
    }
