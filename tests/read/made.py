"""An article to correct, read by the rules, and corrections of it."""

from datetime import UTC, datetime, timedelta

from riwaya.read.corrections import as_it_was_read, handle
from riwaya.read.instead import Given, Text, instead_of
from riwaya.read.interchange import article_of
from riwaya.read.reading import reading_of
from riwaya.records import Anchor, Claim, CorrectedPart, Correction, Event, Instead, Reading, record_id

EXPLOSION = (
    "قال المتحدث باسم البلدية سامر الحداد إن سبعة أشخاص قُتلوا وأصيب عشرة آخرون، أمس الثلاثاء، "
    "في انفجار سيارة مفخخة قرب سوق الحبوب في مدينة درعا.",
    "وأضاف أن فرق الدفاع المدني نقلت الجرحى إلى المستشفى الوطني.",
    "ونفت غرفة عمليات الجنوب مسؤوليتها عن التفجير، فيما أعلن مجلس القرية الحداد ثلاثة أيام.",
)
_FIRST = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


def read(*paragraphs: str) -> Reading:
    """What the rules read of an article."""
    row = {"id": "a", "outlet": "منبر القرية", "published": "2017-03-15", "paragraphs": list(paragraphs or EXPLOSION)}
    return reading_of(article_of(row))


def correction(
    reading: Reading,
    finding: Claim | Event,
    part: CorrectedPart,
    text: str = "",
    *,
    by: str = "salma",
    minute: int = 0,
    undoes: str = "",
    kind: str = "",
) -> Correction:
    """A correction as somebody makes it by hand, so many minutes after eight."""
    was = as_it_was_read(finding, reading)
    span = handle(was)
    words = reading.article.text[slice(*span)]
    instead = Instead() if undoes else instead_of(part, finding, Text(reading.article.text, span), Given(text), kind=kind)
    return Correction(
        id=record_id("correction", reading.article.id, span, part, instead, undoes, minute),
        of=Anchor(article_id=reading.article.id, span=span, words=words),
        finding="event" if isinstance(finding, Event) else "claim",
        part=part,
        instead=instead,
        by=by,
        at=_FIRST + timedelta(minutes=minute),
        undoes=undoes,
    )
