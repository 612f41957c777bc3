"""Small pages in, articles out: what each shows is told in tests/pages/pages.toml."""

import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from riwaya.read.page import articles_in
from riwaya.records import Article, Failure, record_id

_TABLE = tomllib.loads(Path("tests/pages/pages.toml").read_text("utf-8"))
_WORDS: dict[str, str] = _TABLE["words"]


def _filled(text: str) -> str:
    text = text.replace("{body}", "<p>{p1}</p><p>{p2}</p><p>{p3}</p>")
    for name, words in _WORDS.items():
        text = text.replace("{" + name + "}", words)
    return text


def _read(case: dict[str, Any]) -> tuple[Article, ...] | Failure:
    captured_at = case.get("captured_at")
    return articles_in(
        _filled(case["html"]).encode(case.get("encoding", "utf-8"), "xmlcharrefreplace"),
        address=case.get("address", "https://nabaa.example/1"),
        media_type=case.get("media_type", "text/html"),
        captured_at=datetime.fromisoformat(captured_at) if captured_at else None,
    )


@pytest.mark.parametrize("case", _TABLE["page"], ids=lambda case: case["why"])
def test_a_page_is_read_as_its_table_says(case: dict[str, Any]) -> None:
    expected = case["expected"]
    found = _read(case)
    if "failure" in expected:
        assert isinstance(found, Failure), found
        assert found.reason == expected["failure"]
        assert found.detail.endswith(".")
        return
    assert not isinstance(found, Failure), found
    (article,) = found
    paragraphs = expected.get("paragraphs", ["{p1}", "{p2}", "{p3}"])
    assert article.text.split("\n") == [_filled(paragraph) for paragraph in paragraphs]
    for name in ("title", "outlet", "byline", "dateline", "address"):
        if name in expected:
            assert getattr(article, name) == _filled(expected[name]), name
    assert article.undecodable == expected.get("undecodable", 0)
    published = article.published
    if "day" in expected:
        assert (published.day.isoformat() if published else "") == expected["day"]
    if "at" in expected:
        assert (published.at.isoformat() if published and published.at else "") == expected["at"]
    if "rule" in expected:
        assert published is not None
        assert published.rule == expected["rule"]
    for reason, words in expected.get("aside", ()):
        assert (reason, words) in [(aside.reason, aside.words) for aside in article.set_aside]
    if "aside_address" in expected:
        assert expected["aside_address"] in [aside.address for aside in article.set_aside]


def test_ids_follow_from_the_capture_and_else_from_the_address() -> None:
    payload = _filled("<h1>{title}</h1>{body}").encode()
    by_address = articles_in(payload, address="https://nabaa.example/1")
    by_capture = articles_in(payload, address="https://nabaa.example/1", capture_id="c1")
    assert isinstance(by_address, tuple)
    assert isinstance(by_capture, tuple)
    assert by_address[0].id == record_id("article", "https://nabaa.example/1", 0)
    assert by_capture[0].id == record_id("article", "c1", 0)
    assert by_capture[0].capture_id == "c1"


def test_a_saved_page_states_its_address_and_keeps_the_id_of_its_file() -> None:
    payload = _filled("<link rel=canonical href='https://nabaa.example/1'><h1>{title}</h1>{body}").encode()
    found = articles_in(payload, address="file:///saved/1.html")
    assert isinstance(found, tuple)
    assert (found[0].address, found[0].id) == ("https://nabaa.example/1", record_id("article", "file:///saved/1.html", 0))
    failure = articles_in(b"<link rel=canonical href='https://nabaa.example/1'><h1>Water</h1>", address="file:///saved/1.html")
    assert isinstance(failure, Failure)
    assert failure.address == "file:///saved/1.html"


@pytest.mark.parametrize("markup", ["<meta name='riwaya:illustration' content='true'>", ""])
def test_an_invented_page_says_so_itself(markup: str) -> None:
    found = articles_in(_filled(markup + "<h1>{title}</h1>{body}").encode(), address="https://nabaa.example/1")
    assert isinstance(found, tuple)
    assert found[0].illustration is bool(markup)


def test_damaged_utf8_is_replaced_and_counted() -> None:
    payload = _filled("<h1>{title}</h1>{body}").encode().replace("مضختين".encode(), "مضـ".encode()[:-1] + b"\xd9 \xff")
    found = articles_in(payload, address="https://nabaa.example/1")
    assert isinstance(found, tuple)
    assert found[0].undecodable == found[0].text.count("\N{REPLACEMENT CHARACTER}") == 3


def test_a_plain_text_has_its_title_apart_and_its_date_and_dateline_at_the_top() -> None:
    text = _filled("{title}\n\n21 شباط 2017\n\nدرعا - سانا\n\n{p1}\n\n{p2}\n")
    found = articles_in(text.encode(), address="file:///water.txt", media_type="text/plain")
    assert isinstance(found, tuple)
    article = found[0]
    assert (article.title, article.dateline, article.byline, article.outlet) == (_WORDS["title"], "درعا", "سانا", "")
    assert article.text.split("\n") == [_WORDS["p1"], _WORDS["p2"]]
    assert article.published is not None
    assert article.published.day.isoformat() == "2017-02-21"
    assert [aside.reason for aside in article.set_aside] == ["dateline", "dateline"]


def test_a_plain_text_without_a_title_keeps_its_first_sentence() -> None:
    found = articles_in(_filled("{p1}\n{p2}\n").encode("cp1256"), address="-", media_type="text/plain")
    assert isinstance(found, tuple)
    assert found[0].title == ""
    assert found[0].text.split("\n") == [_WORDS["p1"], _WORDS["p2"]]


_CHANNEL = """<html><head><meta property="og:title" content="شبكة نبع"></head><body>
<div class="tgme_channel_info"><div class="tgme_channel_info_header_title"><span>شبكة نبع</span></div></div>
<div class="tgme_widget_message" data-post="nabaa/7">
 <div class="tgme_widget_message_forwarded_from">أعيد نشره من <a href="https://t.me/sahl">أخبار السهل</a></div>
 <a class="tgme_widget_message_reply" href="https://t.me/nabaa/6"><div class="tgme_widget_message_text">توقف المحطة عن العمل</div></a>
 <div class="tgme_widget_message_text"><b>عاجل من الينابيع</b><br><br>{p1}<br/><br/>{p2}</div>
 <span class="tgme_widget_message_views">4.4K</span><span class="tgme_widget_message_from_author">سلمى</span>
 <time datetime="2017-02-20T11:07:52+00:00">11:07</time></div>
<div class="tgme_widget_message" data-post="nabaa/8"><i class="tgme_widget_message_photo"></i>
 <time datetime="2017-02-20T11:10:00+00:00"></time></div>
<div class="tgme_widget_message" data-post="nabaa/9"><div class="tgme_widget_message_text">{p3}</div></div></body></html>"""


def test_a_telegram_page_gives_an_article_for_each_post_with_text() -> None:
    found = articles_in(_filled(_CHANNEL).encode(), address="https://t.me/s/nabaa", capture_id="c1")
    assert isinstance(found, tuple)
    first, last = found
    assert (first.outlet, first.title, first.byline) == ("شبكة نبع", "عاجل من الينابيع", "سلمى")
    assert first.address == "https://t.me/nabaa/7"
    assert first.text.split("\n") == ["عاجل من الينابيع", _WORDS["p1"], _WORDS["p2"]]
    assert first.published is not None
    assert first.published.at is not None
    assert (first.published.at.isoformat(), first.published.rule) == ("2017-02-20T11:07:52+00:00", "telegram")
    aside = {entry.words: entry.reason for entry in first.set_aside}
    assert aside == {"أعيد نشره من أخبار السهل": "boilerplate", "توقف المحطة عن العمل": "embedded post", "4.4K": "boilerplate"}
    assert (last.title, last.text, last.published) == ("", _WORDS["p3"], None)
    assert len({first.id, last.id}) == 2


def test_saved_telegram_pages_are_known_by_the_addresses_of_their_posts() -> None:
    channel = articles_in(_filled(_CHANNEL).encode(), address="file:///saved/channel.html")
    assert isinstance(channel, tuple)
    assert [post.address for post in channel] == ["https://t.me/nabaa/7", "https://t.me/nabaa/9"]
    one = (
        "<head><meta property='og:title' content='شبكة نبع'><meta property='og:description' content='{p1}'>"
        "<meta property='al:ios:url' content='tg://resolve?domain=nabaa&amp;post=7'></head><body><div class='tgme_page'></div></body>"
    )
    post = articles_in(_filled(one).encode(), address="file:///saved/post.html")
    assert isinstance(post, tuple)
    assert (post[0].address, post[0].outlet, post[0].text) == ("https://t.me/nabaa/7", "شبكة نبع", _WORDS["p1"])
