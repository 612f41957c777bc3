"""An article's page: its words, what was read from them, its capture."""

import gzip
import hashlib
import re
from pathlib import Path

import httpx2
import pytest
from lxml import html
from playwright.sync_api import Browser, Page

from riwaya.library import Library
from riwaya.records import Reading, Span
from riwaya.web.app import desk_app
from riwaya.web.desk import article_address
from tests.web.conftest import Served
from tests.web.made import article_html, library_of


@pytest.fixture(scope="module")
def reading(demo_library: Library) -> Reading:
    """The article of the demo in which Hmeimim denies."""
    return next(each for each in demo_library.readings() if "تنفي مشاركة الروس" in each.article.title)


def test_the_text_stands_as_published_and_every_finding_has_its_card(client: httpx2.Client, reading: Reading) -> None:
    page = html.document_fromstring(client.get(f"/articles/{reading.article.id}").text)
    shown = [each.text_content() for each in page.xpath("//div[@class='prose']/p")]
    assert shown == [line for line in reading.article.text.split("\n") if line]
    cards = {card.get("id") for card in page.xpath("//aside[contains(@class, 'cards')]//section[contains(@class, 'open')]")}
    assert len(cards) == len(reading.claims) + len(reading.events)
    assert {link.get("href")[1:] for link in page.xpath("//div[@class='prose']//a[@class='to-card']")} == cards


@pytest.mark.parametrize(("marks", "kinds"), [("all", {"claims", "events"}), ("claims", {"claims"}), ("none", set())])
def test_what_is_marked_can_be_chosen(client: httpx2.Client, reading: Reading, marks: str, kinds: set[str]) -> None:
    page = html.document_fromstring(client.get(f"/articles/{reading.article.id}", params={"marks": marks}).text)
    links = {link.get("href")[1] for link in page.xpath("//div[@class='prose']//a[@class='to-card']")}
    assert links == {kind[0] for kind in kinds}


def test_the_id_of_a_claim_or_event_leads_to_its_card(client: httpx2.Client, reading: Reading) -> None:
    article = reading.article.id
    assert client.get(f"/articles/{reading.claims[1].id}").headers["location"] == f"/articles/{article}#c-{article[:12]}-2"
    assert client.get(f"/articles/{reading.events[0].id}").headers["location"] == f"/articles/{article}#e-{article[:12]}-1"
    assert client.get(f"/articles/{article[:9]}").headers["location"] == f"/articles/{article}"


@pytest.mark.parametrize("beginning", ["0" * 20, "%2e%2e%2fetc%2fpasswd", "x'--", "%00", "ا"])
def test_an_id_that_is_none_is_not_found(client: httpx2.Client, beginning: str) -> None:
    assert client.get(f"/articles/{beginning}").status_code == 404
    assert client.get(f"/captures/{beginning}/payload").status_code == 404


def test_words_that_another_page_points_at_are_marked(client: httpx2.Client, reading: Reading) -> None:
    span = Span(10, 25)
    path, anchor = article_address(reading.article.id, span).split("#")
    page = html.document_fromstring(client.get(path).text)
    [words] = page.xpath(f"//*[@id='{anchor}']")
    assert "asked" in words.get("class")
    for at in ("5-", "9-3", "0-999999999", "a-b", "1-2-3"):
        assert client.get(f"/articles/{reading.article.id}", params={"at": at}).status_code == 200


def test_the_capture_is_verified_and_given_as_it_was_kept(client: httpx2.Client, reading: Reading, demo_library: Library) -> None:
    capture = demo_library.keeping.capture(reading.article.capture_id or "")
    answer = client.get(f"/captures/{capture.id}/payload")
    assert f"sha256:{hashlib.sha256(answer.content).hexdigest()}" == capture.digest
    assert answer.headers["content-type"].startswith("text/plain")
    assert answer.headers["content-disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["content-security-policy"]
    assert gzip.decompress(client.get(f"/captures/{capture.id}/record").content).startswith(b"WARC/1.1")
    assert "مطابقة" in client.post(f"/articles/{reading.article.id}/check").text


def test_a_damaged_capture_is_said_to_be_damaged(tmp_path: Path) -> None:
    with library_of(tmp_path, {"https://qarya.example/1": article_html("فتح الطريق إلى البلدة")}) as library:
        [article] = [each.article for each in library.readings()]
        [warc] = (library.folder / "captures").glob("*.warc.gz")
        bytes_kept = bytearray(warc.read_bytes())
        bytes_kept[-40] ^= 1
        warc.write_bytes(bytes_kept)
        served = Served(desk_app(library))
        try:
            answer = httpx2.post(f"{served.address}/articles/{article.id}/check", headers={"Origin": served.address})
        finally:
            served.close()
    assert "غير مطابقة" in answer.text


def test_a_number_in_the_text_opens_its_card_and_escape_leads_back(page: Page, reading: Reading) -> None:
    page.goto(f"/articles/{reading.article.id}")
    page.locator(".prose a.to-card[data-number='1']").click()
    card = page.locator(".cards .open:target")
    assert card.is_visible()
    assert "نفي" in card.inner_text()
    assert re.search(r"#c-[0-9a-f]{12}-1$", page.url)
    page.keyboard.press("Escape")
    assert page.locator(".cards .open:target").count() == 0
    assert page.evaluate("document.activeElement.dataset.number") == "1"
    page.keyboard.press("]")
    page.keyboard.press("Enter")
    assert page.locator(".cards .open:target").is_visible()


def test_without_script_the_same_links_open_the_cards(chromium: Browser, demo_desk: str, reading: Reading) -> None:
    context = chromium.new_context(java_script_enabled=False, base_url=demo_desk)
    page: Page = context.new_page()
    page.goto(f"/articles/{reading.article.id}")
    page.locator(".prose a.to-card[data-number='2']").click()
    assert page.locator(".cards .open:target").is_visible()
    context.close()
