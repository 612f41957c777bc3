"""The first page: what came, from whom, what contradicts, what failed, what is running; filters and visits."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx2
import pytest
from lxml import html

from riwaya.library import Library
from riwaya.web.app import desk_app
from riwaya.workers.lock import alone
from tests.web.conftest import Served
from tests.web.made import article_html, library_of


def tally(page: str) -> list[int]:
    """The four numbers on top: stories, disagreements, articles, failed pages."""
    return [int(each.text_content()) for each in html.document_fromstring(page).xpath("//div[@class='tally']//b")]


def test_the_numbers_are_those_of_the_library(client: httpx2.Client, demo_library: Library) -> None:
    stories = demo_library.accounting.stories(limit=1000)
    counts = demo_library.counts()
    shown = tally(client.get("/").text)
    assert shown == [len(stories), sum(each.contested for each in stories), counts.articles, counts.failures]


def test_a_country_and_a_kind_leave_what_tells_of_them(client: httpx2.Client, demo_library: Library) -> None:
    everything = tally(client.get("/").text)
    yemen = tally(client.get("/", params={"country": "ye"}).text)
    assert 0 < yemen[2] < everything[2]
    assert 0 < yemen[0] == sum("YE" in each.countries for each in demo_library.accounting.stories(limit=1000))
    assert tally(client.get("/", params={"kind": "shelling"}).text)[2] == sum(
        any(event.kind == "shelling" for event in reading.events) for reading in demo_library.readings()
    )


@pytest.mark.parametrize("query", [{"country": "ZZ"}, {"country": "' or 1=1 --"}, {"kind": "no such kind"}])
def test_a_filter_that_leaves_nothing_says_how_to_go_on(client: httpx2.Client, query: dict[str, str]) -> None:
    page = client.get("/", params=query)
    assert page.status_code == 200
    assert "اعرض كل ما في المكتبة" in page.text


def test_a_period_that_is_none_is_refused(client: httpx2.Client) -> None:
    assert client.get("/", params={"period": "-1"}).status_code == 400


def test_who_comes_back_sees_what_came_since(client: httpx2.Client) -> None:
    an_hour_ago = datetime.now(UTC) - timedelta(hours=1)
    in_a_while = datetime.now(UTC) + timedelta(hours=1)
    client.cookies.set("visited", str(int(an_hour_ago.timestamp())))
    page = client.get("/").text
    assert "منذ زيارتك الماضية" in page
    assert tally(page)[2] > 0
    client.cookies.set("before", str(int(in_a_while.timestamp())), path="/")
    client.cookies.set("visited", str(int(in_a_while.timestamp())), path="/")
    for broken in ("x", "9" * 40, "-1", "1e9"):
        assert client.get("/", headers={"Cookie": f"visited={broken}; before={broken}"}).status_code == 200


def test_an_empty_library_says_what_to_do(tmp_path: Path) -> None:
    with Library.create(tmp_path / "library") as library:
        served = Served(desk_app(library))
        try:
            page = httpx2.get(served.address).text
        finally:
            served.close()
    assert "المكتبة فارغة" in page
    assert "riwaya collect" in page


def test_what_failed_and_what_runs_is_said_in_words(tmp_path: Path) -> None:
    pages = {"https://qarya.example/1": article_html("فتح الطريق إلى البلدة"), "https://qarya.example/2": "<html><p>قصير</p></html>"}
    with library_of(tmp_path, pages) as library:
        served = Served(desk_app(library))
        try:
            page = httpx2.get(served.address).text
            listed = httpx2.get(f"{served.address}/failures").text
            with alone(library.folder / "collect.lock", "collecting"):
                running = httpx2.get(f"{served.address}/running").text
            with alone(library.folder / "relate.lock", "relating"):
                relating = httpx2.get(f"{served.address}/running").text
            library.accounting.relate()
            idle = httpx2.get(f"{served.address}/running").text
        finally:
            served.close()
    assert "صفحة واحدة" in page
    assert "https://qarya.example/2" in listed
    assert "جمع الصفحات جارٍ" in running
    assert "ربط المقالات بعضها ببعض جارٍ" in relating
    assert '<progress value="0" max="1" aria-label="ربط المقالات">' in relating
    assert "جارٍ" not in idle
    assert "<progress" not in idle
