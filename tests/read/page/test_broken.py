"""Bad input: each ends as a Failure with its reason, or is read; nothing raises, nothing hangs."""

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from riwaya.read.page.articles import LARGEST_PAGE_BYTES, articles_in
from riwaya.records import Article, Failure, FailureReason

_P = "<p>قال مسؤول محلي في البلدة إن فرق الإنقاذ وصلت إلى المكان بعد ساعة من وقوع الانفجار.</p>"
_H = "<h1>فرق الإنقاذ تصل إلى مكان الانفجار</h1>"
_REFUSED: dict[str, tuple[bytes, FailureReason]] = {
    "no bytes": (b"", "empty"),
    "white space": (b" \n\t ", "empty"),
    "NUL bytes": (b"\0" * 5000, "empty"),
    "markup without text": (b"<html><head></head><body></body></html>", "no article"),
    "a comment": (b"<!-- nothing -->" * 3, "no article"),
    "40 MB of markup": ((_H + _P * 250_000).encode()[:40_000_000], "too large"),
    "100,000 list items": (("<ul>" + "<li>بند" * 100_000).encode(), "too large"),
    "an element with 200,000 attributes": ((_H + "<div " + " ".join(f"a{n}=1" for n in range(200_000)) + ">" + _P).encode(), "too deep"),
    "100,000 nested divs": ((_H + "<div>" * 100_000 + _P).encode(), "too deep"),
    "a PDF": (b"%PDF-1.7\n1 0 obj", "not a page"),
    "a PNG": (b"\x89PNG\r\n\x1a\n" + bytes(100), "not a page"),
    "a JPEG": (b"\xff\xd8\xff\xe0" + bytes(100), "not a page"),
    "a zip": (b"PK\x03\x04" + bytes(100), "not a page"),
    "a film": (b"\x00\x00\x00\x18ftypmp42" + bytes(100), "not a page"),
    "gzip": (b"\x1f\x8b\x08" + bytes(100), "not a page"),
    "JSON": (json.dumps({"text": "قال مسؤول محلي في البلدة."}, ensure_ascii=False).encode(), "not a page"),
    "JSON nested 100,000 deep": (b"[" * 100_000 + b"]" * 100_000, "not a page"),
    "a feed": ('<?xml version="1.0"?><rss><channel><title>نبع برس</title></channel></rss>'.encode(), "not a page"),
    "a word of 200,000 letters": (("<h1>عنوان</h1><p>" + "ا" * 200_000).encode(), "no article"),
    "Russian": ("<h1>Вода</h1><p>Городской совет сообщил во вторник, что станция снова работает.</p>".encode(), "not arabic"),
    "marks and digits": (b"<h1>12</h1><p>12 34 56 78 90 -- 12 34 56 78 90 -- 12 34</p>", "not arabic"),
}
_SLOW = {
    "links": "<div><a href='/x'>رابط إلى صفحة</a></div>" * 15_000,
    "line breaks": "<p>" + "سطر<br>" * 60_000,
    "bold letters": "<p>" + "<b>س</b>" * 100_000,
    "open brackets": "<" * 1_000_000,
    "half a tag": "<p" * 500_000,
    "headings in depth": "<div>" * 2000 + "<h1>عنوان طويل جداً هنا</h1>" * 5_000,
    "posts in posts": "<div class='tgme_widget_message'>" * 2000 + "<div class='tgme_widget_message_text'>قال مسؤول</div>" * 5_000,
    "date lines": _H + "<p>12 شباط 2017</p>" * 20_000,
    "dashes": _H + "<p>" + "دمشق - " * 100_000,
    "a title of dashes": "<title>" + "ا - " * 300_000 + "</title>" + _P,
    "JSON-LD nested 1,000,000 deep": "<script type='application/ld+json'>" + "[" * 1_000_000 + "</script>" + _H + _P,
    "JSON-LD of many articles": "<script type='application/ld+json'>["
    + '{"@type":"Article","headline":"خبر"},' * 20_000
    + "{}]</script>"
    + _H
    + _P,
    "spaces": "<p>" + " " * 2_000_000,
}


@pytest.mark.parametrize(("payload", "reason"), _REFUSED.values(), ids=_REFUSED.keys())
def test_what_is_no_article_is_a_failure_that_says_why(payload: bytes, reason: FailureReason) -> None:
    found = articles_in(payload, address="https://nabaa.example/1.html", media_type="text/html")
    assert isinstance(found, Failure)
    assert (found.reason, found.stage, found.address) == (reason, "read", "https://nabaa.example/1.html")
    assert found.detail.endswith(".")


@pytest.mark.parametrize("markup", _SLOW.values(), ids=_SLOW.keys())
def test_markup_that_is_hard_to_read_takes_seconds_at_most(markup: str) -> None:
    payload = markup.encode()
    assert len(payload) < LARGEST_PAGE_BYTES
    start = time.process_time()
    articles_in(payload, address="https://nabaa.example/1")
    assert time.process_time() - start < 5  # a tenth of that as a rule: this only tells a square from a line


def test_a_page_as_large_as_allowed_is_read() -> None:
    payload = (_H + _P * 30_000).encode()
    assert len(payload) < LARGEST_PAGE_BYTES
    found = articles_in(payload, address="https://nabaa.example/1")
    assert isinstance(found, tuple)
    assert found[0].text.count("\n") == 29_999


def test_a_paragraph_of_200000_letters_is_read() -> None:
    words = "قال مسؤول محلي إن الفرق وصلت " * 7_000
    found = articles_in(f"{_H}<p>{words}.</p>".encode(), address="https://nabaa.example/1")
    assert isinstance(found, tuple)
    assert len(found[0].text) > 200_000


def test_lone_surrogates_and_control_characters_do_not_enter_an_article() -> None:
    ld = '{"@type":"NewsArticle","headline":"فرق الإنقاذ\\ud800 تصل إلى مكان الانفجار","author":{"name":"سلمى\\udfff الخطيب"}}'
    script = f"<script type='application/ld+json'>{ld}</script>"
    markup = f"{script}{_H}<p>قال &#xD800;مسؤول\x00 محلي\x07 في البلدة&#3; إن الفرق وصلت\u202e إلى المكان.</p>"
    found = articles_in(markup.encode(), address="https://nabaa.example/1")
    assert isinstance(found, tuple)
    article = found[0]
    assert article.text == "قال \N{REPLACEMENT CHARACTER}مسؤول محلي في البلدة إن الفرق وصلت\N{RIGHT-TO-LEFT OVERRIDE} إلى المكان."
    assert article.byline == "سلمى\N{REPLACEMENT CHARACTER} الخطيب"
    assert _is_clean(article)


def _is_clean(article: Article) -> bool:
    texts = [article.text, article.title, article.outlet, article.byline, article.dateline, *(aside.words for aside in article.set_aside)]
    "".join(texts).encode("utf-8")  # raises on a lone surrogate
    return not any((ord(c) < 0x20 and c != "\n") or 0x7F <= ord(c) < 0xA0 for text in texts for c in text)


def _holds(payload: bytes, media_type: str = "") -> None:
    found = articles_in(payload, address="https://nabaa.example/1", media_type=media_type)
    if isinstance(found, Failure):
        assert found.detail
    else:
        assert found
        assert all(article.text.strip() and _is_clean(article) for article in found)
        assert len({article.id for article in found}) == len(found)


@settings(max_examples=150, deadline=None)
@given(
    st.binary(max_size=400),
    st.sampled_from(["", "text/html", "text/plain", "text/html; charset=windows-1256", "text/html; charset=nonsense"]),
)
def test_no_bytes_raise(payload: bytes, media_type: str) -> None:
    _holds(payload, media_type)
    _holds(_H.encode() + _P.encode() + payload, media_type)


_FRAGMENTS = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<div>",
        "</div>",
        "<h1>",
        "</h1>",
        "<br>",
        "<a href='/1'>",
        "<a href='http://[x'>",
        "</a>",
        "<article>",
        "</article>",
        "<aside>",
        "<time datetime='2017-02-30T99:99'>",
        "<time datetime='20170221'>",
        "<span class='author'>",
        "</span>",
        "<div class='related'>",
        "<li>",
        "<table><tr><td>",
        "<div class='tgme_widget_message' data-post='a/1'>",
        "<div class='tgme_widget_message_text'>",
        "<a class='tgme_widget_message'>",
        "<span class='tgme_widget_message_text'>",
        "<meta name=date content='0000-00-00'>",
        "<meta property='article:published_time' content='9999-12-31T23:59:59+23:59'>",
        "<meta charset=utf-16>",
        "<title>",
        "</title>",
        "<!--",
        "-->",
        "<![CDATA[",
        '<script type=\'application/ld+json\'>{"@type":["NewsArticle",3],"headline":{"name":[]},"author":[[{}]]}</script>',
        "<main>",
        "</main>",
        "<form>",
        "<footer>",
        "<svg>",
        "<template>",
        "<frameset>",
        "<html>",
        "</body>",
        "<body hidden>",
        "&#xD800;",
        "&#0;",
        "&nbsp;",
        "دمشق - سانا: ",
        "عدن: «",
        "غزة/ الأناضول/ ",
        "(",
        ")",
        "كتب: ",
        "بقلم",
        "اقرأ أيضاً",
        "التعليقات",
        "شارك | ",
        "12 شباط 2017",
        "2017-13-45",
        "بتوقيت دمشق 10:00",
        "GMT+99",
        "©",
        "قال مسؤول محلي في البلدة إن الفرق وصلت إلى المكان.",
        " ",
        "\n",
        "\u202e",
        "\x00",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(_FRAGMENTS, st.text(max_size=6)), max_size=40))
def test_no_markup_raises(parts: list[str]) -> None:
    _holds("".join(parts).encode("utf-8", "replace"))
    _holds((_H + _P + "".join(parts) + _P).encode("utf-8", "replace"))
