"""The search page: what it shows of a question and its answers, what can be taken away, in a browser and without one."""

import csv
import json
from io import StringIO
from urllib.parse import urlencode
from xml.etree.ElementTree import fromstring

import httpx2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html
from playwright.sync_api import Page

ATOM = "{http://www.w3.org/2005/Atom}"


def searched(client: httpx2.Client, q: str, **more: str) -> html.HtmlElement:
    answer = client.get(f"/search?{urlencode({'q': q, **more})}")
    assert answer.status_code == 200
    return html.document_fromstring(answer.text)


def texts(page: html.HtmlElement, css: str) -> list[str]:
    return [" ".join(each.text_content().split()) for each in page.cssselect(css)]


def attribute(element: html.HtmlElement, name: str) -> str:
    return element.get(name) or ""


def test_a_question_is_shown_as_it_was_understood(client: httpx2.Client) -> None:
    page = searched(client, "معركه المنشيه killed>=3 act:foo")
    assert texts(page, ".head .chip:not(.to-facets)") == ["معركه ×", "المنشيه ×", "قتلى 3 فأكثر ×"]
    assert "act:foo" in texts(page, ".head p")[0]
    assert "قيمة لا تعرفها" in texts(page, ".head p")[0]
    (without, *_) = page.cssselect(".head .chip a")
    assert texts(html.document_fromstring(client.get(attribute(without, "href")).text), ".head .chip:not(.to-facets)")[0] == "المنشيه ×"


def test_the_words_are_marked_in_title_and_excerpt(client: httpx2.Client) -> None:
    page = searched(client, "معركه المنشيه")
    assert {"المعارك", "المنشية", "معارك"} <= set(texts(page, ".hits mark"))
    (first, *_) = page.cssselect(".hits h3 a")
    assert "?at=" in attribute(first, "href")
    assert client.get(attribute(first, "href")).status_code == 200


def test_every_value_of_a_facet_leads_to_at_least_so_many_answers(client: httpx2.Client) -> None:
    page = searched(client, "درعا", lang="en")
    total = int(texts(page, "#h-hits")[0].split()[0])
    choices = page.cssselect(".facets li a")
    assert len(choices) > 10
    for choice in choices:
        narrowed = html.document_fromstring(client.get(attribute(choice, "href")).text)
        found = int(texts(narrowed, "#h-hits")[0].split()[0])
        assert int(texts(choice, ".count")[0]) <= found <= total, attribute(choice, "href")
        assert texts(narrowed, ".facets [aria-current]")


def test_a_claim_and_an_event_that_is_not_told_in_it_stand_apart(client: httpx2.Client) -> None:
    page = searched(client, "act:deny killed>=3")
    for hit in page.cssselect(".hits > li"):
        (deed,) = hit.cssselect(".act.denies")
        row = deed.xpath("..")[0]
        assert not row.cssselect(".chip") or row.cssselect(".status.denied")


def test_empty_pages_say_what_to_do(client: httpx2.Client) -> None:
    assert len(searched(client, "").cssselect(".empty a")) == 4
    assert "ارفع شرطًا" in texts(searched(client, "سمك country:FR"), ".empty")[0]


def test_pages_and_orders(client: httpx2.Client) -> None:
    first = searched(client, "درعا", order="oldest")
    second = searched(client, "درعا", order="oldest", page="2")
    assert len(texts(first, ".hits > li")) == 10
    assert set(texts(first, ".hits h3")).isdisjoint(texts(second, ".hits h3"))
    days = [attribute(time, "datetime") for page in (first, second) for time in page.cssselect(".hits time")]
    assert days == sorted(days)
    assert searched(client, "درعا", page="-3").cssselect(".hits > li")
    assert searched(client, "درعا", page="99999999999").cssselect("#h-hits")


def test_answers_are_taken_away(client: httpx2.Client) -> None:
    asked = urlencode({"q": "killed>=3"})
    table = client.get(f"/search/answers.csv?{asked}")
    rows = list(csv.DictReader(StringIO(table.text.removeprefix("\ufeff"))))
    assert table.headers["content-disposition"] == 'attachment; filename="riwaya.csv"'
    lines = [json.loads(line) for line in client.get(f"/search/answers.jsonl?{asked}").text.splitlines()]
    features = client.get(f"/search/answers.geojson?{asked}").json()["features"]
    assert [row["article_id"] for row in rows] == [line["article_id"] for line in lines]
    assert [feature["properties"] for feature in features] == lines
    feed = fromstring(client.get(f"/search/answers.atom?{asked}").content)
    assert len(feed.findall(f"{ATOM}entry")) == len(rows) > 3
    assert all(entry.findtext(f"{ATOM}updated") for entry in feed.iter(f"{ATOM}entry"))
    assert client.get(f"/search/answers.exe?{asked}").status_code == 404


@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(q=st.text(max_size=30), order=st.text(max_size=5), page=st.integers())
def test_no_question_breaks_the_page_or_the_feed(client: httpx2.Client, q: str, order: str, page: int) -> None:
    assert client.get("/search", params={"q": q, "order": order, "page": page}).status_code == 200
    fromstring(client.get("/search/answers.atom", params={"q": q}).content)


@pytest.mark.parametrize("width", [1440, 390])
def test_misspelt_words_are_found_and_narrowed_in_a_browser(page: Page, demo_desk: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{demo_desk}/search")
    page.fill("#q", "اداره المستشفي")
    page.keyboard.press("Enter")
    page.goto(f"{demo_desk}/search?q=معركه المنشيه")
    before = page.inner_text("#h-hits")
    page.click("#f-outlet + ul a >> nth=0")
    page.wait_for_selector("#f-outlet + ul [aria-current]")
    assert "outlet%3A" in page.url
    assert page.inner_text("#h-hits") != before
    assert page.evaluate("document.documentElement.scrollWidth") <= width
