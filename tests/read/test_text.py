"""Plain text is read without a page and without a library."""

from datetime import UTC, date, datetime, timedelta, timezone

from hypothesis import given, settings
from hypothesis import strategies as st

from riwaya import read_text
from riwaya.read.reading import NAMES


def test_a_text_is_read_without_a_library() -> None:
    zone = timezone(timedelta(hours=3))
    reading = read_text("قالت الشرطة أمس إن شخصين أصيبا.\nونفى المجلس ذلك.", title="خبر", outlet="حوران", published=date(2017, 2, 21))
    assert (reading.article.outlet, reading.article.title, reading.reader) == ("حوران", "خبر", NAMES["model"])
    assert reading.claims
    assert reading.article.published
    assert reading.article.published.at is None
    timed = read_text("نص", published=datetime(2017, 2, 21, 1, tzinfo=zone)).article.published
    assert timed
    assert (timed.day, timed.at) == (date(2017, 2, 21), datetime(2017, 2, 20, 22, tzinfo=UTC))


@settings(deadline=None, max_examples=50)
@given(text=st.text(st.characters(codec=None), max_size=60))
def test_any_text_is_read(text: str) -> None:
    article = read_text(text).article
    article.text.encode()
    assert len(article.text) <= len(text)
    assert article.undecodable <= article.text.count("\N{REPLACEMENT CHARACTER}")
