"""The map on the desk: events of a filter, zoomed by links, what no mark can show beside it."""

import re
from html import unescape

import httpx2
import pytest


def events_on(page: str) -> int:
    """How many events the marks of the wide map stand for."""
    wide = page.split('class="map ground drawing"')[1].split("</svg>")[0]
    return sum(int(number) for number in re.findall(r'class="told[^"]*">(\d+)<', wide))


def test_every_event_is_on_the_map_or_counted_beside_it(client: httpx2.Client) -> None:
    page = client.get("/map?period=all&lang=en").text
    total = int(re.search(r"(\d+) events", page)[1])  # type: ignore[index]
    beside = sum(int(number) for number in re.findall(r'</span> <span class="count">(\d+)</span></h2>', page))
    assert events_on(page) + beside == total
    assert "Without a known place" in page


def test_without_a_period_the_last_week_is_shown(client: httpx2.Client) -> None:
    page = client.get("/map?lang=en").text
    assert "20 February 2017 to 26 February 2017" in page


def test_the_filter_chooses_by_country_kind_status_and_days(client: httpx2.Client) -> None:
    everything = events_on(client.get("/map?period=all").text)
    for chosen in ("country=YE", "kind=air-strike", "status=denied", "first=2017-02-25&last=2017-02-25"):
        assert 0 < events_on(client.get(f"/map?period=all&{chosen}").text) < everything


def test_a_mark_of_several_places_leads_nearer_until_they_are_told_apart(client: httpx2.Client) -> None:
    page = client.get("/map?period=all&frame=world").text
    several = re.search(r'<a href="([^"]+frame=[^"]+)" class="mark">', page)
    assert several is not None
    nearer = client.get(unescape(several[1]))
    assert nearer.status_code == 200
    assert nearer.text.count('class="mark"') > page.count('class="mark"')


@pytest.mark.parametrize("frame", ["sy", "levant", "35,32,37,34", "1,2", "nan,nan,nan,nan", "9e99,1,2,3", "37,34,35,32", "<svg>", "zz"])
def test_any_frame_is_answered(client: httpx2.Client, frame: str) -> None:
    answer = client.get("/map", params={"frame": frame, "period": "all"})
    assert answer.status_code == 200
    assert 'class="land"' in answer.text


def test_an_empty_choice_says_what_to_do_next(client: httpx2.Client) -> None:
    page = client.get("/map?first=1999-01-01&last=1999-01-02&country=IS").text
    assert 'class="empty"' in page
    assert "/map?period=all" in page


def test_the_map_never_mirrors(client: httpx2.Client) -> None:
    marks = [
        re.findall(
            r'<rect x="([^"]+)"',
            client.get(f"/map?period=all&lang={language}").text.split('class="map ground drawing"')[1].split("</svg>")[0],
        )
        for language in ("ar", "en")
    ]
    assert marks[0] == marks[1]
