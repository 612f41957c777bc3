"""Actors on the desk: the list, and of one its wordings by outlet, what it said, what is said of it."""

import re

import httpx2
import pytest


def text_of(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_the_list_orders_by_articles_that_are_no_copies_and_leads_to_each(client: httpx2.Client) -> None:
    page = client.get("/actors").text
    numbers = [int(number) for number in re.findall(r'<td class="n">(\d+)</td><td class="n">', page)]
    assert numbers == sorted(numbers, reverse=True)
    assert 'href="/actors/lb-hezbollah"' in page


@pytest.mark.parametrize(
    ("asked", "found"),
    [("q=حزب الله", "lb-hezbollah"), ("country=YE", "ye-houthis"), ("kind=coalition", "int-arab-coalition")],
)
def test_the_list_is_chosen_by_name_country_and_kind(client: httpx2.Client, asked: str, found: str) -> None:
    page = client.get(f"/actors?{asked}").text
    assert f"/actors/{found}" in page
    assert "/actors/sy-army" not in page


def test_a_name_is_found_however_its_alef_is_written_and_by_any_wording(client: httpx2.Client) -> None:
    assert "/actors/lb-hezbollah" in client.get("/actors", params={"q": "ميليشيا حزب الله"}).text
    assert "/actors/int-un" in client.get("/actors", params={"q": "الامم المتحده"}).text


def test_an_actor_tells_what_outlets_call_it_and_what_that_implies(client: httpx2.Client) -> None:
    page = text_of(client.get("/actors/sy-army?lang=en").text)
    assert re.search(r"الجيش العربي السوري what it calls itself 2 وكالة السنديان الرسمية للأنباء 2", page)
    assert re.search(r"قوات النظام used by its opponents", page)


def test_an_actor_tells_what_it_said_with_the_way_to_its_words(client: httpx2.Client) -> None:
    page = client.get("/actors/ru-hmeimim").text
    assert "ما قالته 11" in text_of(page)
    assert re.search(r'href="/articles/[0-9a-f]{20}\?at=\d+-\d+', page)
    assert page.count('<span class="act denies">') >= 4
    words = re.search(r'data-item href="(/articles/[^"]+)">([^<]+)</a></blockquote>', page)
    assert words is not None
    shown = client.get(words[1].replace("&amp;", "&")).text
    assert "asked" in shown


def test_an_actor_tells_what_is_said_of_it(client: httpx2.Client) -> None:
    page = client.get("/actors/sy-armed-opposition").text
    events, others = page.split('id="events"')[1].split('id="others"')
    assert "هي الفاعل" in events or "وقع عليها" in events
    assert 'class="act' in others
    assert "<rect" in page.split('id="h-days"')[1].split("</figure>")[0]


def test_what_is_long_is_shown_in_parts(client: httpx2.Client) -> None:
    first, second = client.get("/actors/ru-hmeimim").text, client.get("/actors/ru-hmeimim?said=2").text
    assert "said=2" in first
    assert first.split('id="said"')[1].split("</section>")[0].count("<blockquote") == 10
    assert second.split('id="said"')[1].split("</section>")[0].count("<blockquote") == 1


@pytest.mark.parametrize("address", ["/actors/nobody", "/actors/..%2F..%2Fetc", "/places/nowhere", "/places/%00"])
def test_what_is_not_in_the_register_is_not_found(client: httpx2.Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_numbers_of_pages_that_are_none_are_the_first(client: httpx2.Client) -> None:
    assert client.get("/actors?page=-3").status_code == 200
    assert client.get("/actors/ru-hmeimim?said=0&events=-1&others=99999999").status_code == 200
