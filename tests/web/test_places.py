"""Places on the desk: the list, and of one its happenings on a map and a time line, its names and the reasons."""

import re

import httpx2


def test_the_list_leads_to_places_and_is_chosen_by_name_and_country(client: httpx2.Client) -> None:
    assert 'href="/places/sy-daraa"' in client.get("/places").text
    yemen = client.get("/places?country=YE").text
    assert "/places/ye-taiz" in yemen
    assert "/places/sy-daraa" not in yemen
    named = client.get("/places", params={"q": "المنشيه"}).text
    assert "/places/sy-daraa-manshiya" in named
    assert "/places/ye-taiz" not in named


def test_a_place_shows_its_happenings_with_the_way_to_their_words(client: httpx2.Client) -> None:
    page = client.get("/places/sy-daraa-manshiya").text
    assert re.search(r"<mark>[^<]+</mark>", page)
    assert re.search(r'href="/articles/[0-9a-f]{20}\?at=\d+-\d+', page)
    assert 'class="body point"' in page


def test_a_town_is_a_ring_and_what_lies_around_it_an_area(client: httpx2.Client) -> None:
    assert 'class="body town"' in client.get("/places/sy-daraa").text
    taiz = client.get("/places/ye-taiz").text
    assert 'class="reach area"' in taiz
    assert "شرق مدينة تعز" in taiz


def test_a_place_tells_why_it_is_meant_and_what_it_lies_in(client: httpx2.Client) -> None:
    page = client.get("/places/sy-daraa").text
    assert "الاسم وحده يعني المدينة، لا المحافظة التي حولها." in page
    assert 'href="/places/sy-daraa-governorate"' in page


def test_a_place_where_nothing_happened_is_shown_as_far_as_it_is_known(client: httpx2.Client) -> None:
    page = client.get("/places/sy-daraa-governorate")
    assert page.status_code == 200
    assert 'class="region"' in page.text
    country = client.get("/places/sy")
    assert 'fill="url(#hatch-wide)"' in country.text
