"""Articles made for the tests of relating, read by the rules as they are."""

from datetime import UTC, datetime
from functools import lru_cache

from riwaya.read.interchange import article_of
from riwaya.read.reading import reading_of
from riwaya.records import Anchor, Judgement, Passage, Reading, Span, Verdict, record_id

MARKET = (
    "قُتل سبعة أشخاص وأصيب اثنا عشر آخرون يوم الاثنين في انفجار سيارة مفخخة قرب سوق الحبوب في بلدة تل السنابل.",
    "وقال مصدر طبي في مستشفى البلدة إن بين القتلى ثلاثة أطفال، وإن عدداً من المصابين في حال خطرة.",
)
MARKET_ELSEWHERE = (
    "انفجرت سيارة مفخخة الاثنين عند مدخل سوق الحبوب ببلدة تل السنابل، ما أسفر عن مقتل تسعة أشخاص وإصابة خمسة عشر.",
    "وأكد مجلس البلدة أن الانفجار دمّر عدداً من المحال التجارية.",
)
HARBOUR = (
    "اعتقلت الشرطة البحرية أربعة مهربين يوم الاثنين في ميناء رأس اللؤلؤ بعد مطاردة استمرت ساعتين.",
    "وأعلن مدير الميناء أن الزورق كان يحمل أسلحة خفيفة.",
)


@lru_cache(maxsize=256)
def read(key: str, *paragraphs: str, day: str = "2017-03-14", outlet: str = "", title: str = "") -> Reading:
    """A reading of an article of these paragraphs; `day` may be empty."""
    row = {"id": key, "outlet": outlet or f"outlet {key}", "published": day, "title": title, "paragraphs": list(paragraphs)}
    return reading_of(article_of(row))


def anchored(reading: Reading, passage: Passage) -> Anchor:
    """An anchor on the first letters of a passage."""
    span = Span(passage.span.start, passage.span.start + 10)
    return Anchor(article_id=reading.article.id, span=span, words=reading.article.text[slice(*span)])


def judged(left: Anchor, right: Anchor, verdict: Verdict, by: str = "Salma", hour: int = 9) -> Judgement:
    """A judgement of a person at an hour."""
    at = datetime(2026, 11, 23, hour, tzinfo=UTC)
    key = record_id("judgement", left, right, verdict, by, at.isoformat())
    return Judgement(id=key, left=left, right=right, verdict=verdict, by=by, at=at)
