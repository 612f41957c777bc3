"""Text with its findings marked: spans that nest, cross and run over paragraphs, as well-formed markup."""

from collections.abc import Iterable
from itertools import islice, takewhile
from typing import NamedTuple

from markupsafe import Markup, escape

from riwaya.records import Span


class Mark(NamedTuple):
    """A span to mark: the classes it is drawn with, and the address of its card ("" for none) with the number shown there."""

    span: Span
    classes: str = ""
    card: str = ""
    number: str = ""


def anchor(prefix: str, span: Span) -> str:
    """The id of a span's words on the page, so that every value can point at them: `w-PREFIX-START-END`."""
    return f"w-{prefix}-{span.start}-{span.end}"


def paragraphs_marked(text: str, marks: Iterable[Mark], prefix: str) -> list[Markup]:
    """The paragraphs of `text` (split at newlines), escaped, each mark an element whose id is `anchor(prefix, span)`.

    Taking all tags out gives back the paragraph, character by character: numbers are drawn by the style sheet. Marks on the same
    span share one element. A mark that crosses another or a paragraph's end is closed and opened again; only its first piece
    carries the id.
    """
    by_span: dict[Span, list[Mark]] = {}
    for mark in marks:
        if 0 <= mark.span.start < mark.span.end <= len(text):
            by_span.setdefault(mark.span, []).append(mark)
    spans = sorted(by_span, key=lambda span: (span.start, -span.end))
    out: list[Markup] = []
    at = 0
    first = 0  # spans before this one end before the paragraph
    for paragraph in text.split("\n"):
        end = at + len(paragraph)
        inside = [span for span in takewhile(lambda span: span.start < end, islice(spans, first, None)) if span.end > at]  # noqa: B023
        out.append(_marked(text, Span(at, end), inside, by_span, prefix))
        while first < len(spans) and spans[first].end <= end:
            first += 1
        at = end + 1
    return out


def _marked(text: str, part: Span, spans: list[Span], by_span: dict[Span, list[Mark]], prefix: str) -> Markup:
    edges = sorted({part.start, part.end, *(max(s.start, part.start) for s in spans), *(min(s.end, part.end) for s in spans)})
    starting: dict[int, list[Span]] = {}
    for span in spans:
        starting.setdefault(max(span.start, part.start), []).append(span)
    pieces: list[str] = []
    open_spans: list[Span] = []
    for at, upto in zip(edges, [*edges[1:], part.end], strict=True):
        ending = [span for span in open_spans if span.end <= at]
        if ending:
            keep = open_spans.index(ending[0])
            again = [span for span in open_spans[keep:] if span.end > at]
            pieces.extend(_closed(by_span[span], at == min(span.end, part.end)) for span in reversed(open_spans[keep:]))
            open_spans = open_spans[:keep] + again
            pieces.extend(_opened(by_span[span], "") for span in again)
        for span in starting.get(at, ()):
            pieces.append(_opened(by_span[span], anchor(prefix, span) if span.start >= part.start else ""))
            open_spans.append(span)
        pieces.append(str(escape(text[at:upto])))
    pieces.extend(_closed(by_span[span], span.end <= part.end) for span in reversed(open_spans))
    return Markup("").join(Markup(piece) for piece in pieces)  # noqa: S704  every piece is escaped above or written here


def _opened(marks: list[Mark], identity: str) -> str:
    classes = " ".join(sorted({c for mark in marks for c in mark.classes.split()}))
    identified = f' id="{identity}"' if identity else ""
    return f'<span{identified} class="{escape(classes or "w")}">'


def _closed(marks: list[Mark], whole: bool) -> str:
    links = [mark for mark in marks if mark.card] if whole else []
    return (
        "".join(
            f'<a class="to-card" href="#{escape(mark.card)}" data-number="{escape(mark.number)}" aria-label="{escape(mark.number)}"></a>'
            for mark in links
        )
        + "</span>"
    )
