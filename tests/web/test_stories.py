"""Stories on the desk: the list, and one story with what its accounts disagree about."""

import re
from datetime import date

import httpx2
import pytest
from playwright.sync_api import Page

from riwaya.library import Library
from riwaya.records import Account, event_place
from riwaya.store.subjects import subjects_of
from riwaya.web.accounts import account_letters, excerpt
from riwaya.web.wording import wording


@pytest.fixture(scope="module")
def daraa(demo_library: Library) -> str:
    """The id of the story that most origins tell: the battle in the Manshiya quarter of Daraa."""
    return demo_library.accounting.stories()[0].id


def test_the_list_leads_to_every_story_in_the_chosen_order(client: httpx2.Client, demo_library: Library) -> None:
    known = demo_library.accounting.stories()
    page = client.get("/stories").text
    assert re.findall(r'href="/stories/([0-9a-f]{20})', page) == [story.id for story in known]
    yemen = re.findall(r'href="/stories/([0-9a-f]{20})', client.get("/stories?country=YE").text)
    assert yemen == [story.id for story in known if "YE" in story.countries] != []
    assert "لا قصص بهذا الاختيار" in client.get("/stories?country=FR").text


def test_every_story_says_what_each_account_says_and_where_its_words_stand(client: httpx2.Client, demo_library: Library) -> None:
    for listed in demo_library.accounting.stories():
        shown = demo_library.accounting.story(listed.id)
        pages = [client.get(f"/stories/{listed.id}?lang=en&first={first}").text for first in range(1, len(shown.story.accounts) + 1, 20)]
        anchors = [anchor for page in pages for anchor in re.findall(r'<article class="account" id="([^"]+)"', page)]
        assert anchors == [f"account-{number}" for number in range(1, len(shown.story.accounts) + 1)]
        assert all(f"/articles/{account.article_id}?at=" in "".join(pages) for account in shown.story.accounts)
        assert all(each.field in pages[0] for each in shown.coded)


def test_the_words_of_a_story_lead_to_their_place_in_the_article(client: httpx2.Client, daraa: str) -> None:
    page = client.get(f"/stories/{daraa}").text
    addresses = set(re.findall(r'href="(/articles/[0-9a-f]+\?at=[0-9]+-[0-9]+#w-[^"]+)"', page))
    assert len(addresses) > 10
    for address in sorted(addresses)[:5]:
        path, anchor = address.split("#")
        assert f'id="{anchor}"' in client.get(path.replace("&amp;", "&")).text


def test_a_story_gives_no_verdict_and_a_silent_account_is_said_to_be_silent(client: httpx2.Client, daraa: str) -> None:
    arabic, english = (client.get(f"/stories/{daraa}?lang={language}").text for language in ("ar", "en"))
    assert "لا تذكر عددًا" in arabic
    assert "gives no number" in english
    assert not re.search(r"\b(true account|false|confirmed|debunked|verified)\b", english.partition("<main")[2])


def test_the_beginning_of_an_id_leads_to_the_story_and_a_wrong_one_is_not_found(client: httpx2.Client, daraa: str) -> None:
    assert client.get(f"/stories/{daraa[:8]}").headers["location"] == f"/stories/{daraa}"
    assert client.get("/stories/ffffffffffffffffffff").status_code == 404


def test_a_toll_is_chosen_by_address_and_an_unknown_one_shows_the_first(client: httpx2.Client, daraa: str) -> None:
    first = client.get(f"/stories/{daraa}").text
    assert '<svg class="plot"' in first
    assert client.get(f"/stories/{daraa}?toll=nonsense").status_code == 200
    assert client.get(f"/stories/{daraa}?first=99999").status_code == 200


def test_one_letter_is_one_origin_and_a_number_a_later_telling() -> None:
    accounts = [_account(number, origin) for number, origin in enumerate("xyxzx")]
    letters = account_letters(accounts, wording("ar", "desk", "story"))
    assert list(letters.values()) == ["أ", "ب", "أ2", "ج", "أ3"]


def test_an_excerpt_is_of_one_sentence_and_cut_at_words(demo_library: Library) -> None:
    for listed in demo_library.accounting.stories():
        shown = demo_library.accounting.story(listed.id)
        for reading in shown.readings.values():
            for event in reading.events:
                found = excerpt(reading, event.trigger)
                assert found.words == reading.article.text[slice(*event.trigger)]
                assert "\n" not in found.before + found.after
                assert f"{found.before.removeprefix('… ')}{found.words}" in reading.article.text


def _account(number: int, origin: str) -> Account:
    return Account(
        id=f"{number}", article_id="a", claim_ids=(), teller=None, passages=(), events=(), status="actual",
        told=date(2017, 2, 21), origin=origin, carried_by=(),
    )  # fmt: skip


def test_a_reader_finds_who_denies_the_battle_and_opens_the_words(page: Page, daraa: str) -> None:
    page.goto("/stories")
    page.locator(f'a[href="/stories/{daraa}"]').click()
    page.wait_for_selector("#accounts")
    denying = page.locator(".account", has=page.locator(".act.denies")).filter(has_text="حميميم").first
    words = denying.locator("blockquote").first.inner_text()
    denying.get_by_role("link", name="موضعه في النص").first.click()
    page.wait_for_selector(".asked")
    marked = "".join(page.locator(".asked").all_inner_texts())
    assert words.strip("«»…. ")[:20] in marked
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_story_fits_a_phone(page: Page, daraa: str, language: str) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"/stories/{daraa}?lang={language}")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.locator("#chain .drawing-phone").is_visible()
    assert not page.locator("#chain .drawing").is_visible()


def test_the_map_of_a_story_shows_the_letters_of_its_accounts_over_the_lines_of_the_land(client: httpx2.Client, daraa: str) -> None:
    page = client.get(f"/stories/{daraa}?lang=en").text
    drawn = page.split('class="map ground drawing"')[1].split("</svg>")[0]
    marks = re.findall(r'class="told[^"]*">([^<]+)<', drawn)
    assert {letter for mark in marks for letter in mark.split()} - {"…"} <= set(
        re.findall(r'<span class="ab" aria-hidden="true">([^<]+)<', page)
    )
    assert "Manshiya" in drawn
    assert 'href="/places/sy-daraa' in drawn
    assert 'class="map ground locator"' in page


def test_a_story_is_about_what_most_of_its_articles_tell(demo_library: Library) -> None:
    stories = demo_library.accounting.stories()
    with demo_library.connect() as connection:
        subjects = subjects_of(connection, [each.id for each in stories])
    assert set(subjects) == {each.id for each in stories}
    for each in stories:
        shown = demo_library.accounting.story(each.id)
        told: dict[str, set[str]] = {}
        named: dict[str, set[str]] = {}
        for account in shown.story.accounts:
            reading = shown.readings[account.article_id]
            for event in reading.events:
                if event.id in account.events:
                    told.setdefault(event.kind, set()).add(account.article_id)
                    place = event_place(event, reading.places)
                    if place and place.precision in ("point", "town", "area", "region"):
                        named.setdefault(place.name_ar, set()).add(account.article_id)
        told.pop("other", None)
        subject = subjects[each.id]
        assert len(told.get(subject.kind or "", ())) == max(map(len, told.values()), default=0)
        assert len(named.get(subject.name_ar, ())) == max(map(len, named.values()), default=0)


def test_of_a_story_that_is_not_known_nothing_is(demo_library: Library) -> None:
    with demo_library.connect() as connection:
        assert subjects_of(connection, ["0" * 20]) == {"0" * 20: (None, "", "")}


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_story_has_one_name_wherever_it_is_listed(client: httpx2.Client, demo_library: Library, language: str) -> None:
    for listed in demo_library.accounting.stories():
        title = re.search(r"<h1>([^<]+)</h1>", client.get(f"/stories/{listed.id}?lang={language}").text)
        assert title is not None
        for page in ("/stories", "/?period=all"):
            named = client.get(page, params={"lang": language}).text
            assert f'href="/stories/{listed.id}"><bdi>{title[1]}</bdi>' in named


def test_a_printed_story_has_every_account_and_the_address_and_hash_of_every_page_and_no_chrome(
    page: Page, demo_library: Library, daraa: str
) -> None:
    shown = demo_library.accounting.story(daraa)
    page.goto(f"/stories/{daraa}?whole=true")
    page.emulate_media(media="print")
    printed = page.locator("body").inner_text()
    for reading in (shown.readings[key] for key in shown.story.articles):
        capture = demo_library.keeping.capture(reading.article.capture_id or "")
        assert capture.digest in printed
        assert capture.address in printed
    assert all(account.is_visible() for account in page.locator(".account").all())
    assert page.locator(".account").count() == len(shown.story.accounts)
    assert daraa in printed
    assert not any(each.is_visible() for each in page.locator(".top, .jump, .btn, .no-print, .skip").all())
    assert page.evaluate("document.querySelector('.accounts').scrollWidth <= document.querySelector('.accounts').clientWidth")
