"""The frame of every page: languages, themes, refusals, headers."""

from concurrent.futures import ThreadPoolExecutor

import httpx2
import pytest
from playwright.sync_api import Page

from riwaya.library import Library
from riwaya.web.app import desk_app
from riwaya.web.desk import SECTIONS
from tests.web.conftest import Served


@pytest.mark.parametrize("address", [address for _, address in SECTIONS])
def test_every_section_answers_in_both_languages(client: httpx2.Client, address: str) -> None:
    assert '<html lang="ar" dir="rtl">' in client.get(address).text
    assert '<html lang="en" dir="ltr">' in client.get(address, params={"lang": "en"}).text
    assert '<html lang="en" dir="ltr">' in client.get(address).text  # and is kept


def test_what_is_not_there_is_said_in_words(client: httpx2.Client) -> None:
    answer = client.get("/no-such-page")
    assert answer.status_code == 404
    assert "لا شيء بهذا العنوان" in answer.text


@pytest.mark.parametrize(
    "headers", [{"Host": "evil.example"}, {"Host": "localhost.evil.example:80"}, {"Host": "127.0.0.1.evil.example"}, {"Host": ""}]
)
def test_another_name_than_the_machines_own_is_refused(client: httpx2.Client, headers: dict[str, str]) -> None:
    assert client.get("/", headers=headers).status_code == 403


def test_every_answer_forbids_what_is_not_ours(client: httpx2.Client) -> None:
    for address in ("/", "/no-such-page", "/assets/desk.css"):
        answer = client.get(address)
        assert "script-src 'self'" in answer.headers["content-security-policy"], address
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_the_theme_is_switched_without_reload_and_kept(page: Page) -> None:
    page.goto("/")
    page.click("[data-theme-switch]")
    shown = page.get_attribute("html", "data-theme")
    page.goto("/outlets")
    assert page.get_attribute("html", "data-theme") == shown


def test_a_library_that_can_only_be_read_is_served_to_many_at_once(demo_library: Library) -> None:
    with Library.open(demo_library.folder, only_read=True) as library:
        served = Served(desk_app(library))
        try:
            with ThreadPoolExecutor(8) as clients:
                answers = list(clients.map(lambda _: httpx2.get(served.address, timeout=60).status_code, range(24)))
        finally:
            served.close()
    assert answers == [200] * 24
