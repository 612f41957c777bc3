"""An evidence pack: captures, what was read from them and the chain that holds them, for somebody who has nothing of ours."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from io import BytesIO
from pathlib import Path
from textwrap import shorten
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import msgspec
from fastwarc import ArchiveIterator

from riwaya.preserve.custody import Custody
from riwaya.preserve.manifest import PROOFS, Head, Line
from riwaya.preserve.records import Record, date_of, fields_of, written
from riwaya.preserve.redact import HIDDEN_ADDRESS, Redaction, Withheld, masked
from riwaya.preserve.wacz import WARC, Pack, Page, write_wacz
from riwaya.records import Capture, Reading

CHAIN = "evidence/chain.jsonl"
READINGS = "evidence/readings.json"
WITHHELD = "evidence/withheld.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhibit:
    """One article of a pack: what was read, masked where the list says so, and the capture that it was read from."""

    reading: Reading
    capture: Capture
    address: str  # of the capture, unless the list hides it
    line: Line  # the line of the manifest that notes the capture
    record: str  # WARC-Record-ID of the capture
    is_withheld: bool  # the capture itself is left out, because it holds what is withheld
    withheld: tuple[Withheld, ...]
    custody: tuple[Line, ...]  # what else was done with this capture


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What a pack says, for its sheet."""

    exhibits: tuple[Exhibit, ...]
    created: datetime  # aware, UTC
    who: str
    program: str
    first_line: int  # of the manifest, in the pack's chain
    head: Head  # the last line of the chain
    proofs: tuple[Line, ...]  # time-stamps of lines of the chain

    @property
    def readings(self) -> tuple[Reading, ...]:
        """What was read, in the order of the exhibits."""
        return tuple(exhibit.reading for exhibit in self.exhibits)


Sheets = Callable[[Evidence], Mapping[str, str]]  # pages for people, by path


def gathered(custody: Custody, found: Iterable[tuple[Reading, Capture]], redaction: Redaction | None, now: datetime) -> Evidence:
    """The evidence for some articles with their captures. Raises ArchiveError if a capture is not as it was written."""
    exhibits = tuple(_exhibit(custody, reading, capture, redaction) for reading, capture in found)
    first = min((exhibit.line.line for exhibit in exhibits), default=1)
    proofs = {line.file: line for line in custody.manifest.lines(containing='"did":"stamped"') if line.of_line >= first}
    return Evidence(
        exhibits=exhibits,
        created=now,
        who=custody.who,
        program=custody.program,
        first_line=first,
        head=custody.manifest.head(),
        proofs=tuple(proofs.values()),
    )


def write_pack(custody: Custody, evidence: Evidence, path: Path, sheets: Sheets) -> str:
    """Write the evidence as a WACZ file; its digest. Raises ArchiveError, OSError."""
    chain = [raw for number, raw in enumerate(custody.manifest.raw_lines(), 1) if evidence.first_line <= number <= evidence.head.line]
    proofs = custody.manifest.path.parent / PROOFS
    files = {
        READINGS: _json([_read(exhibit, evidence.created) for exhibit in evidence.exhibits]),
        CHAIN: b"".join(raw + b"\n" for raw in chain),
        **{f"evidence/{line.file}": (proofs / line.file).read_bytes() for line in evidence.proofs},
        **{name: page.encode() for name, page in sheets(evidence).items()},
    }
    if any(exhibit.withheld or exhibit.is_withheld for exhibit in evidence.exhibits):
        files[WITHHELD] = _json([_not_said(exhibit) for exhibit in evidence.exhibits])
    pack = Pack(
        title="Evidence pack",
        description=f"Captures of {len(evidence.exhibits)} articles, what was read from them, and how they were kept.",
        created=evidence.created,
        software=evidence.program,
        records=_records(custody, evidence),
        pages=[_page(exhibit) for exhibit in evidence.exhibits if not exhibit.is_withheld],
        files=files,
    )
    return write_wacz(pack, path)


def _exhibit(custody: Custody, reading: Reading, capture: Capture, redaction: Redaction | None) -> Exhibit:
    head, payload = custody.archive.head_and_payload(capture)  # checked against its digest
    line = custody.line_of(capture.id)
    content = custody.archive.stretch_bytes(line.warc, line.offset_bytes, line.size_bytes)
    first = next(iter(ArchiveIterator(BytesIO(content), parse_http=False)))
    shown, withheld = masked(reading, redaction) if redaction else (reading, ())
    hidden = redaction is not None and (bool(withheld) or redaction.is_in(payload) or redaction.is_in(head))
    return Exhibit(
        reading=shown,
        capture=capture,
        address=HIDDEN_ADDRESS + capture.id if redaction and redaction.is_in(capture.address.encode()) else capture.address,
        line=line,
        record=first.record_id or "",
        is_withheld=hidden,
        withheld=withheld,
        custody=tuple(each for each in custody.manifest.lines(containing=capture.id) if each.line != line.line),
    )


def _page(exhibit: Exhibit) -> Page:
    article = exhibit.reading.article
    title = article.title or shorten(article.text, 90, placeholder=" …")
    return Page(id=article.id, address=exhibit.address, at=exhibit.capture.captured_at, title=title, text=article.text)


def _records(custody: Custody, evidence: Evidence) -> bytes:
    """The WARC records of a pack: the captures byte for byte as they lie in the archive, and the text of each article."""
    date = date_of(evidence.created)
    info = {"software": evidence.program, "format": "WARC File Format 1.1", "operator": evidence.who}
    named = {"WARC-Filename": WARC.rpartition("/")[2]}
    parts = [written(Record(kind="warcinfo", date=date, block=fields_of(info), content_type="application/warc-fields", fields=named))]
    text = partial(Record, date=date, content_type="text/plain; charset=utf-8")
    copied: set[str] = set()
    for exhibit in evidence.exhibits:
        line, article, of = exhibit.line, exhibit.reading.article, {"WARC-Refers-To": exhibit.record}
        if exhibit.capture.id not in copied and not exhibit.is_withheld:
            parts.append(custody.archive.stretch_bytes(line.warc, line.offset_bytes, line.size_bytes))
        elif exhibit.capture.id not in copied:
            said = f"Withheld. SHA-256 of the {line.size_bytes} bytes of its records: {line.digest.removeprefix('sha256:')}\n".encode()
            parts.append(written(text(kind="metadata", address=exhibit.address, block=said, fields=of)))
        copied.add(exhibit.capture.id)
        identity = _conversion(exhibit, evidence.created)
        parts.append(written(text(kind="conversion", address=exhibit.address, block=article.text.encode(), fields=of, id=identity)))
    return b"".join(parts)


def _conversion(exhibit: Exhibit, created: datetime) -> str:
    """The id of the record that holds an article's text in this pack."""
    return f"<urn:uuid:{uuid5(NAMESPACE_URL, f'{exhibit.reading.article.id} {created.isoformat()}')}>"


def _read(exhibit: Exhibit, created: datetime) -> dict[str, Any]:
    """What was read from an article: spans count code points of its text, which is also the conversion record."""
    return {
        "capture": {
            "id": exhibit.capture.id,
            "address": exhibit.address,
            "captured_at": exhibit.capture.captured_at,
            "payload_digest": exhibit.capture.digest,
            "records_digest": exhibit.line.digest,
            "record": exhibit.record,
            "withheld": exhibit.is_withheld,
        },
        "conversion": _conversion(exhibit, created),
        "reading": exhibit.reading,
    }


def _not_said(exhibit: Exhibit) -> dict[str, Any]:
    return {"article": exhibit.reading.article.id, "capture_left_out": exhibit.is_withheld, "withheld": exhibit.withheld}


def _json(value: Sequence[Any]) -> bytes:
    return msgspec.json.format(msgspec.json.encode(value), indent=1) + b"\n"
