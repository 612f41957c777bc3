"""Leads: from feeds, sitemaps, section pages, posts; and what is no feed."""

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riwaya.collect.feeds import is_index, leads_in_feed, time_in
from riwaya.collect.sections import feeds_named_in, leads_in_page, title_of
from riwaya.records import Failure, Lead, Served

NOW = datetime(2026, 11, 22, tzinfo=UTC)
RSS = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>وكالة المثال</title>
<item><title>الشرطة &amp; البلدية: فتح الطريق&nbsp;الدولي</title><link>https://hawran.example/news/1?a=1&amp;b=٢</link>
<pubDate>الثلاثاء, 21 Feb 2017 14:35:00 +0200</pubDate></item>
<item><title><![CDATA[<b>عودة الكهرباء</b>]]></title><link>/news/2</link><pubDate>Tue, 21 Feb 2017 12:00:00 GMT</pubDate></item>
<item><title>بلا رابط</title></item>
<item><title>مكرر</title><link>https://hawran.example/news/2</link></item>
<item><guid isPermaLink="true">https://me:secret@hawran.example/news/3</guid></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>هدوء في المدينة</title><updated>2017-02-21T14:35:00+02:00</updated>
<link rel="alternate" href="https://hawran.example/a/1"/></entry></feed>"""
SITEMAP = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://hawran.example/s/1</loc><news:news><news:publication>
<news:name>المثال</news:name></news:publication><news:publication_date>2017-02-21T14:35:00+02:00</news:publication_date>
<news:title>افتتاح المشفى</news:title></news:news></url><url><loc>https://hawran.example/s/2</loc><lastmod>2017-02-20</lastmod></url></urlset>"""
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "' + "x" * 1000 + '">'
    + "".join(f'<!ENTITY a{n} "{(f"&a{n - 1};" if n else "&a;") * 10}">' for n in range(9)) + "]>"
)  # fmt: skip
AFTERNOON = datetime(2017, 2, 21, 12, 35, tzinfo=UTC)


def served(text: str | bytes, address: str = "https://hawran.example/feed") -> Served:
    payload = text.encode() if isinstance(text, str) else text
    return Served(address=address, captured_at=NOW, status=200, media_type="", headers=None, payload=payload)


def leads(text: str | bytes) -> tuple[Lead, ...]:
    found = leads_in_feed(served(text), outlet="hawran")
    assert isinstance(found, tuple)
    return found


def test_an_rss_feed_names_pages_with_titles_and_times() -> None:
    first, second, third = leads(RSS)
    assert first == Lead(
        address="https://hawran.example/news/1?a=1&b=%D9%A2",
        title="الشرطة & البلدية: فتح الطريق الدولي",
        published=AFTERNOON,  # a weekday in Arabic does not hide the date
        outlet="hawran",
        found_in="https://hawran.example/feed",
    )
    assert (second.address, second.title) == ("https://hawran.example/news/2", "عودة الكهرباء")
    assert (third.address, third.published) == ("https://hawran.example/news/3", None)


def test_atom_and_news_sitemaps_too() -> None:
    (entry,) = leads(ATOM)
    assert (entry.address, entry.title, entry.published) == ("https://hawran.example/a/1", "هدوء في المدينة", AFTERNOON)
    first, second = leads(SITEMAP)
    assert (first.address, first.title, first.published) == ("https://hawran.example/s/1", "افتتاح المشفى", AFTERNOON)
    assert (second.title, second.published) == ("", datetime(2017, 2, 20, tzinfo=UTC))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "windows-1256"])
def test_feeds_in_any_encoding(encoding: str) -> None:
    text = RSS.replace("٢", "2").replace('encoding="utf-8"', f'encoding="{encoding}"')
    assert leads(text.encode(encoding))[0].title == "الشرطة & البلدية: فتح الطريق الدولي"


def test_a_feed_that_breaks_off_gives_what_stands_before() -> None:
    assert [lead.address[-1] for lead in leads(RSS[: RSS.index("بلا رابط")])] == ["2", "2"]
    assert leads(SITEMAP[: SITEMAP.index("<lastmod>")])[0].address == "https://hawran.example/s/1"


@pytest.mark.parametrize(
    "payload",
    ["<!doctype html><html><body><rss></rss></body></html>", "<html><head></head><body>صفحة</body></html>", "", "{}", "\x00\x01", "<svg/>"],
)
def test_what_is_no_feed_is_a_failure(payload: str) -> None:
    failure = leads_in_feed(served(payload))
    assert isinstance(failure, Failure)
    assert failure.reason == "not a feed"


def test_a_feed_without_pages_is_a_failure() -> None:
    failure = leads_in_feed(served("<rss><channel><title>فارغ</title></channel></rss>"))
    assert isinstance(failure, Failure)
    assert failure.detail == "The feed names no page."


@pytest.mark.parametrize("text", [
    BOMB + "<rss><channel><item><title>&a8;</title><link>https://hawran.example/1</link></item></channel></rss>",
    BOMB + "<urlset><url><loc>https://hawran.example/1</loc><title>&a8;</title></url></urlset>",
    BOMB.replace("]>", "<!ENTITY r '<rss>'>]>")
    + "<rss><channel><item><link>https://hawran.example/1</link><title>&a8;</title></item></channel></rss>",
])  # fmt: skip
def test_entities_neither_grow_nor_open_files(text: str) -> None:
    began = time.monotonic()
    for payload in (text, text.replace('"' + "x" * 1000 + '"', "SYSTEM 'file:///etc/passwd'")):
        found = leads_in_feed(served(payload))
        assert isinstance(found, Failure) or all(len(lead.title) < 50 and "root" not in lead.title for lead in found)
    assert time.monotonic() - began < 2


def test_of_an_endless_feed_the_newest_are_read() -> None:
    item = "<item><title>خبر رقم {}</title><link>https://hawran.example/{}</link><description>" + "x" * 90_000 + "</description></item>"
    found = leads_in_feed(served("<rss><channel>" + "".join(item.format(number, number) for number in range(40))))
    assert isinstance(found, tuple)
    assert [lead.address for lead in found[:3]] == [f"https://hawran.example/{number}" for number in range(3)]
    assert 15 < len(found) < 25


def test_a_sitemap_of_sitemaps_is_told_from_one_of_pages() -> None:
    index = "<sitemapindex><sitemap><loc>https://hawran.example/m.xml</loc><lastmod>2017-02-21</lastmod></sitemap></sitemapindex>"
    assert is_index(served(index))
    assert not is_index(served(SITEMAP))
    assert leads(index)[0].address == "https://hawran.example/m.xml"


@given(st.binary(max_size=300), st.sampled_from([RSS, ATOM, SITEMAP]), st.integers(0, 600))
def test_no_bytes_raise(noise: bytes, feed: str, at: int) -> None:
    payload = feed.encode()
    for each in (noise, payload[:at] + noise + payload[at:]):
        leads_in_feed(served(each))
        leads_in_page(served(each))


@pytest.mark.parametrize(("text", "at"), [
    ("Tue, 21 Feb 2017 14:35:00 +0200", AFTERNOON), ("2017-02-21T12:35:00Z", AFTERNOON), ("2017-02-21 12:35:00", AFTERNOON),
    ("أمس", None), ("", None), ("Tue, 99 Feb 2017 14:35:00 +0200", None),
])  # fmt: skip
def test_times_as_feeds_write_them(text: str, at: datetime | None) -> None:
    assert time_in(text) == at


SECTION = """<html><head><title>أخبار | وكالة المثال</title><meta property="og:site_name" content="وكالة المثال">
<link rel="alternate" type="application/rss+xml" href="/comments/feed/"><link rel="alternate" type="application/rss+xml" href="/feed/">
<link rel="alternate" hreflang="en" href="/en"></head><body>
<nav><a href="/">الرئيسية</a><a href="/category/2017/">أرشيف الأخبار السياسية كلها</a>
</nav><a href="/news/48211"><img></a><a href="/news/48211">المجلس المحلي يعلن فتح الطريق الدولي غداً</a>
<a href="https://www.hawran.example/عودة-المياه-إلى-أحياء-المدينة">عودة المياه إلى أحياء المدينة بعد أسبوع</a>
<a href="https://other.example/news/48212">خبر من موقع آخر لا صلة له بهذا الموقع</a><a href="/news/48213">المزيد</a>
<a href="/photo/48214.jpg">صورة كبيرة من افتتاح المشفى الجديد</a>
<a href="javascript:void(0)">افتح القائمة الجانبية من هنا رجاءً</a></body></html>"""


def test_a_section_page_leads_to_its_articles_and_nowhere_else() -> None:
    found = leads_in_page(served(SECTION, "https://hawran.example/news"))
    assert isinstance(found, tuple)
    assert [lead.title for lead in found] == ["المجلس المحلي يعلن فتح الطريق الدولي غداً", "عودة المياه إلى أحياء المدينة بعد أسبوع"]
    assert found[0].address == "https://hawran.example/news/48211"


def test_a_page_names_its_feeds_those_of_comments_last() -> None:
    page = served(SECTION, "https://hawran.example/")
    assert feeds_named_in(page) == ("https://hawran.example/feed/", "https://hawran.example/comments/feed/")
    assert title_of(page) == "وكالة المثال"


def test_a_page_of_posts_leads_to_them() -> None:
    page = '<div class="tgme_widget_message" data-post="hawran_example/12"><time datetime="2017-02-21T14:35:00+02:00"></time></div>'
    (post,) = leads_in_page(served(page, "https://t.me/s/hawran_example"))  # type: ignore[misc]
    assert (post.address, post.published) == ("https://t.me/hawran_example/12", AFTERNOON)


def test_a_page_without_articles_is_a_failure() -> None:
    assert isinstance(leads_in_page(served("<html><body><a href='/'>الرئيسية</a></body></html>")), Failure)
    assert isinstance(leads_in_page(served("")), Failure)
