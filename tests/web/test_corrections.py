"""Correcting on the desk: without script, with the keyboard and selected words; seen in search, undone, seen again after a rebuild."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from riwaya.library import Library
from riwaya.read.instead import Given
from riwaya.records import Reading
from riwaya.web.app import desk_app
from riwaya.web.users import Users
from tests.libraries import related, row
from tests.read.made import EXPLOSION

from .conftest import QUICK, Served


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Library]:
    with related(tmp_path / "library", [[row("told", *EXPLOSION, day="2017-03-15")]]) as library:
        yield library


@pytest.fixture
def desk(address: str) -> Iterator[httpx2.Client]:
    with httpx2.Client(base_url=address, headers={"Origin": address}, follow_redirects=True, timeout=60) as client:
        yield client


def only(library: Library) -> Reading:
    (found,) = library.readings()
    return found


def form(page: str, finding: str) -> dict[str, str]:
    """The form of a claim or event as a browser without script would send it unchanged."""
    (found,) = [each for each in re.findall(r'<form class="stack tight".*?</form>', page, re.DOTALL) if f'value="{finding}"' in each]
    inputs = re.findall(r"<input [^>]*>", found)
    values = {
        name: (re.search(r'value="([^"]*)"', each) or ["", ""])[1]
        for each in inputs
        if "checkbox" not in each
        for name in re.findall(r'name="([^"]+)"', each)
    }
    for name, options in re.findall(r'<select[^>]* name="([^"]+)"[^>]*>(.*?)</select>', found, re.DOTALL):
        values[name] = (re.search(r'value="([^"]*)" selected', options) or re.search(r'value="([^"]*)"', options) or ["", ""])[1]
    areas = re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>(.*?)</textarea>', found, re.DOTALL)
    return values | dict(areas)


def test_a_form_that_is_sent_unchanged_corrects_nothing(desk: httpx2.Client, own: Library) -> None:
    reading = only(own)
    page = desk.get(f"/articles/{reading.article.id}").text
    for key in [claim.id for claim in reading.claims] + [event.id for event in reading.events]:
        assert desk.post("/corrections", data=form(page, key)).status_code == 200
    assert own.correcting.corrections() == ()


def test_claims_and_events_are_corrected_without_script_and_the_machines_reading_is_shown_beside(desk: httpx2.Client, own: Library) -> None:
    reading = only(own)
    claim, event = reading.claims[1], reading.events[0]
    page = desk.get(f"/articles/{reading.article.id}?lang=en").text
    sent = form(page, claim.id) | {"speaker": "غرفة عمليات الجنوب", "speaker_kind": "", "act": "warn", "note": "من <b>السياق</b>"}
    after = desk.post("/corrections", data=sent)
    assert after.url.fragment == f"c-{reading.article.id[:12]}-2"
    assert {each.part for each in own.correcting.corrections()} == {"speaker", "act"}
    for words in ("the program read", "سامر الحداد", "verb + corrected by", "من &lt;b&gt;السياق&lt;/b&gt;", "Undo this correction"):
        assert words in after.text
    sent = form(after.text, event.id) | {
        "first": "2017-03-13",
        "last": "2017-03-13",
        "gazetteer": "sy-damascus",
        "toll_0_number": "5..7",
        "toll_0_whom": "",
    }
    desk.post("/corrections", data=sent)
    now = only(own).events[0]
    assert (now.days and now.days.first.isoformat(), now.tolls[0].least, now.tolls[0].most, now.tolls[0].whom) == ("2017-03-13", 5, 7, None)
    assert "Damascus" in desk.get(f"/articles/{reading.article.id}").text
    assert "from 5 to 7" in desk.get("/review").text
    lines = desk.get("/review/corrected.jsonl")
    assert json.loads(lines.text)["corrected"] == {"statements": [1], "events": [0]}


def test_what_does_not_count_is_told_where_it_can_be_taken_back(desk: httpx2.Client, own: Library) -> None:
    reading = only(own)
    page = desk.get(f"/articles/{reading.article.id}").text
    after = desk.post("/corrections", data=form(page, reading.events[0].id) | {"counts": "no"})
    assert after.url.fragment == "h-corrected"
    assert only(own).events == ()
    (made,) = own.correcting.corrections()
    assert f"/corrections/{made.id}/undone" in after.text
    desk.post(f"/corrections/{made.id}/undone", data={"back": "article"})
    assert only(own) == reading


@pytest.mark.parametrize(("language", "words"), [("ar", "ليس هذا اللفظ في المقال:"), ("en", "The article does not hold these words:")])
def test_what_cannot_be_is_said_on_the_page_and_not_kept(desk: httpx2.Client, own: Library, language: str, words: str) -> None:
    reading = only(own)
    page = desk.get(f"/articles/{reading.article.id}?lang={language}").text
    refused = desk.post("/corrections", data=form(page, reading.claims[0].id) | {"speaker": "<script>لا أحد"})
    assert refused.status_code == 400
    assert words in refused.text
    assert "<script>لا" not in refused.text
    assert desk.post("/corrections", data={"finding": "ffffff"}).status_code == 404
    assert desk.post("/corrections/ffffff/undone", data={}).status_code == 404
    assert desk.post("/corrections", data=form(page, reading.claims[0].id) | {"act": "shout"}).status_code == 400
    assert own.correcting.corrections() == ()


def test_a_reader_sees_corrections_and_makes_none(own: Library, tmp_path: Path) -> None:
    reading = only(own)
    own.correcting.correct(reading.claims[1].id, {"act": own.correcting.instead(reading.claims[1].id, "act", Given("warn"))}, by="salma")
    users = Users(tmp_path, QUICK)
    users.add("nur", "reader", "a long password of a reader")
    served = Served(desk_app(own, users))
    with httpx2.Client(base_url=served.address, headers={"Origin": served.address}, follow_redirects=True, timeout=60) as client:
        client.post("/session", data={"name": "nur", "password": "a long password of a reader"})
        page = client.get(f"/articles/{reading.article.id}").text
        assert "verb + corrected by salma" in page
        assert 'action="/corrections' not in page
        assert client.post("/corrections", data={"finding": reading.claims[0].id, "counts": "no"}).status_code == 403
        assert client.post(f"/corrections/{own.correcting.corrections()[0].id}/undone", data={}).status_code == 403
        assert client.get("/review/corrected.jsonl").status_code == 403
    served.close()
    assert len(own.correcting.corrections()) == 1


def test_a_speaker_is_corrected_by_selecting_words_seen_in_search_undone_and_seen_again_after_a_rebuild(
    chromium: Browser, address: str, own: Library
) -> None:
    reading = only(own)
    page = chromium.new_page(viewport={"width": 1440, "height": 900})
    page.set_default_timeout(120_000)
    card = f"c-{reading.article.id[:12]}-2"
    page.goto(f"{address}/articles/{reading.article.id}#{card}")
    page.keyboard.press("e")
    field = page.locator(f"#{card} input[name=speaker]")
    expect(field).to_be_focused()
    assert serious(page) == []
    start = reading.article.text.index("غرفة عمليات الجنوب")
    _select(page.locator(".prose p").nth(2), "غرفة عمليات الجنوب")
    expect(field).to_have_value("غرفة عمليات الجنوب")
    assert page.locator(f"#{card} input[name=speaker_at]").input_value() == f"{start}-{start + 18}"
    page.locator(f"#{card} select[name=speaker_kind]").select_option("")
    page.locator(f"#{card} .correct .btn.main").click()
    expect(page.locator(f"#{card} h3").first).to_contain_text("غرفة عمليات الجنوب", timeout=30_000)
    expect(page.locator(f"#{card} .corrected")).to_contain_text("سامر الحداد")
    assert serious(page) == []
    found = f"{address}/search?q=speaker:الجنوب+الدفاع"
    page.goto(found)
    expect(page.locator("main")).to_contain_text("الدفاع المدني")
    page.goto(f"{address}/review")
    page.keyboard.press("z")
    expect(page.locator("#review")).to_contain_text("تراجُع", timeout=30_000)
    assert only(own) == reading
    own.correcting.undo(own.correcting.corrections()[-1].id)  # takes back what took it back
    own.rebuild(jobs=1)
    page.goto(f"{address}/articles/{reading.article.id}#{card}")
    expect(page.locator(f"#{card} h3").first).to_contain_text("غرفة عمليات الجنوب")
    page.close()


def serious(page: Page) -> list[str]:
    """What axe finds seriously wrong."""
    return [each["id"] for each in Axe().run(page).response["violations"] if each["impact"] in ("serious", "critical")]


def _select(paragraph: Locator, words: str) -> None:
    """Select words in a paragraph, as a mouse does, whatever marks stand in it."""
    paragraph.evaluate(
        """(paragraph, words) => {
            const walk = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT), range = document.createRange();
            const from = paragraph.textContent.indexOf(words), to = from + words.length;
            for (let at = 0, node = walk.nextNode(); node; at += node.length, node = walk.nextNode()) {
                if (at <= from && from < at + node.length) range.setStart(node, from - at);
                if (at < to && to <= at + node.length) range.setEnd(node, to - at);
            }
            getSelection().removeAllRanges();
            getSelection().addRange(range);
            paragraph.dispatchEvent(new MouseEvent("mouseup", { bubbles: true }));
        }""",
        words,
    )
