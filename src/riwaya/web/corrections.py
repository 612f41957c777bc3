"""Corrections as pages show them: what a form is filled with and what it asks for, and what was corrected from what to what."""

import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from riwaya.correcting import Changes, Correcting, Kept, State
from riwaya.read.corrections import days_in
from riwaya.read.instead import PARTS, Given
from riwaya.records import Claim, Corrected, CorrectedPart, Correction, Counted, Event, Instead, Reading, Span, Toll, event_place
from riwaya.web.wording import Wording

_BLANK_TOLLS = 1  # lines of a form for tolls that were not read
_VALUES = ("act", "kind", "status")


class Words(NamedTuple):
    """Words of the text, and where they stand: START-END, "" if that is not known."""

    words: str
    at: str


class TollLine(NamedTuple):
    """One toll in a form."""

    kind: str
    number: str  # 8, 5..7, 100..
    words: Words
    whom: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """A correction as a page lists it."""

    correction: Correction
    state: State
    was: str  # "" where it is not known
    now: str
    theirs: bool  # whether these are words of the text


class Hand(NamedTuple):
    """What people may do and did to a claim or event: its id, the form that corrects it, and what corrections made it what it is."""

    finding: str
    form: Mapping[str, Any]
    made: Sequence[Past]


def hand_on(finding: Claim | Event, reading: Reading, past: Sequence[Past]) -> Hand:
    """What a page shows of correcting a claim or event of a reading."""
    by = {one.id for each in reading.corrected if finding.id in _ids(each) for one in each.by}
    return Hand(finding.id, form_of(finding, reading), [each for each in past if each.correction.id in by])


def latest_own(kept: Iterable[Kept], who: str) -> Kept | None:
    """The latest correction of somebody that can be taken back."""
    return next((each for each in kept if each.correction.by == who and each.state == "applied"), None)


def _ids(corrected: Corrected) -> tuple[str, ...]:
    return tuple(one.id for one in (corrected.claim, corrected.event) if one)


def form_of(finding: Claim | Event, reading: Reading) -> dict[str, Any]:
    """What the form that corrects a claim or event is filled with: what each part says now."""
    text, parts = reading.article.text, PARTS["event" if isinstance(finding, Event) else "claim"]
    filled: dict[str, Any] = {part: _words(span_of(finding, part), text) for part in parts}
    filled |= {part: getattr(finding, part) for part in parts if part in _VALUES}
    if isinstance(finding, Claim):
        return filled | {"speaker_kind": finding.tellers[0].kind}
    link = event_place(finding, reading.places)
    blank = TollLine("killed", "", Words("", ""), Words("", ""))
    return filled | {
        "gazetteer": (link.place_id or "") if link else "",
        "candidates": link.candidates if link else (),
        "days": [day.isoformat() for day in finding.days] if finding.days else ["", ""],
        "tolls": [_line(toll, text) for toll in finding.tolls] + [blank] * _BLANK_TOLLS,
    }


def changes_in(form: Mapping[str, str], finding: Claim | Event, reading: Reading, correcting: Correcting) -> Changes:
    """What a form that was sent asks to change: the parts that differ from what the claim or event says. Raises CorrectionError."""
    now = form_of(finding, reading)
    if form.get("counts") == "no":
        return {"counts": Instead(value="no")}
    changes: dict[CorrectedPart, Instead] = {}
    for part in PARTS["event" if isinstance(finding, Event) else "claim"]:
        if part == "tolls":
            tolls = _tolls_in(form, finding.id, correcting)
            if tuple(map(_toll, tolls)) != getattr(finding, part):
                changes[part] = Instead(tolls=tolls)
        elif part == "days":
            if [form.get("first", ""), form.get("last", "")] != now[part]:
                changes[part] = correcting.instead(finding.id, part, Given(_range(form.get("first", ""), form.get("last", ""))))
        elif part in now and part in form and _is_other(part, form, now):
            given = Given(form[part], _span(form.get(f"{part}_at", "")))
            kind = form.get("speaker_kind", "") if part == "speaker" and form.get("speaker_kind") != now.get("speaker_kind") else ""
            changes[part] = correcting.instead(finding.id, part, given, kind=kind)
    return changes


def _is_other(part: CorrectedPart, form: Mapping[str, str], now: Mapping[str, Any]) -> bool:
    """Whether a field says something else than the claim or event does."""
    said, at = form[part].strip(), form.get(f"{part}_at", "")
    if not isinstance(now[part], Words):
        return bool(said != now[part])
    kind = part == "speaker" and said != "" and form.get("speaker_kind", now["speaker_kind"]) != now["speaker_kind"]
    return kind or said.split() != now[part].words.split() or at not in ("", now[part].at)


def past_of(kept: Sequence[Kept], readings: Mapping[str, Reading], t: Wording, most: int = sys.maxsize) -> list[Past]:
    """Corrections as a page lists them, the first of them; `readings` of those of their articles that there are."""
    by_id = {each.correction.id: each.correction for each in kept}
    found = []
    for each in kept[:most]:
        said, reading = each.correction, readings.get(each.correction.of.article_id)
        while said.undoes in by_id:
            said = by_id[said.undoes]
        was = _was(said, reading, t) if reading else ""
        found.append(
            Past(correction=each.correction, state=each.state, was=was, now=_now(said, reading, t), theirs=bool(said.instead.words))
        )
    return found


def _was(correction: Correction, reading: Reading, t: Wording) -> str:
    """What was read where a correction is applied; "" where it is not."""
    before = next((each for each in reading.corrected if any(one.id == correction.id for one in each.by)), None)
    finding = (before.claim or before.event) if before else None
    if before is None or finding is None or correction.part == "counts":
        return ""
    if correction.part in _VALUES:
        return _label(correction.part, getattr(finding, correction.part), t)
    if isinstance(finding, Event) and correction.part == "days":
        return t.days(finding.days) if finding.days else t.texts["not_told"]
    if isinstance(finding, Event) and correction.part == "tolls":
        return _tolls(finding.tolls, t)
    if correction.part == "gazetteer":
        return (t.name(before.place) if before.place else "") or t.texts["not_told"]
    span = span_of(finding, correction.part)
    return reading.article.text[slice(*span)] if span else _nothing(correction.part, t)


def _now(correction: Correction, reading: Reading | None, t: Wording) -> str:
    """What a part should be."""
    instead, part = correction.instead, correction.part
    if part == "counts":
        return str(t.texts["does_not_count"])
    if part in _VALUES:
        return _label(part, instead.value, t)
    if part == "days":
        days = days_in(instead.value)
        return t.days(days) if days else t.texts["not_told"]
    if part == "tolls":
        return _tolls([_toll(each) for each in instead.tolls], t)
    if part == "gazetteer":
        link = next((link for link in (reading.places if reading else ()) if link.place_id == instead.value), None)
        return t.name(link) if link else instead.value
    return instead.words.words if instead.words else _nothing(part, t)


def span_of(finding: Claim | Event, part: CorrectedPart) -> Span | None:
    """The words of the text that a part of a claim or event is; None where it is none, or no words."""
    if isinstance(finding, Event):
        return getattr(finding, part) if part in ("trigger", "actor", "target", "place") else None
    speaker = finding.tellers[0]
    return (speaker.words or speaker.name) if part == "speaker" else finding.content if part == "content" else None


def _nothing(part: CorrectedPart, t: Wording) -> str:
    return str(t.texts["nobody" if part == "speaker" else "not_told"])


def _label(part: CorrectedPart, value: str, t: Wording) -> str:
    return t.label({"act": "acts", "kind": "kinds"}.get(part, part), value)


def _tolls(tolls: Sequence[Toll], t: Wording) -> str:
    said = [f"{t.label('tolls', toll.kind)} {t.toll(toll)}" for toll in tolls]
    return f"{t.texts['comma']} ".join(said) or str(t.texts["not_told"])


def _toll(counted: Counted) -> Toll:
    whom = counted.whom.span if counted.whom else None
    return Toll(kind=counted.kind, least=counted.least, most=counted.most, words=counted.words.span, whom=whom)


def _words(span: Span | None, text: str) -> Words:
    return Words(text[slice(*span)], f"{span.start}-{span.end}") if span else Words("", "")


def _line(toll: Toll, text: str) -> TollLine:
    upto = "" if toll.most == toll.least else f"..{'' if toll.most is None else toll.most}"
    return TollLine(toll.kind, f"{toll.least}{upto}", _words(toll.words, text), _words(toll.whom, text))


def _tolls_in(form: Mapping[str, str], finding: str, correcting: Correcting) -> tuple[Counted, ...]:
    """The tolls of a form: the lines that have a number or words."""
    text, found, line = correcting.text_around(finding), [], 0
    while f"toll_{line}" in form:
        number, words, whom = (form.get(f"toll_{line}_{name}", "") for name in ("number", "words", "whom"))
        at, whom_at = (_span(form.get(f"toll_{line}_{name}_at", "")) for name in ("words", "whom"))
        if number.strip() or words.strip():
            found.append(text.counted(form[f"toll_{line}"], number, Given(words, at), Given(whom, whom_at)))
        line += 1
    return tuple(found)


def _range(first: str, last: str) -> str:
    return f"{first or last}/{last or first}" if first or last else ""


def _span(at: str) -> Span | None:
    found = re.fullmatch(r"([0-9]{1,9})-([0-9]{1,9})", at)
    return Span(int(found[1]), int(found[2])) if found else None
