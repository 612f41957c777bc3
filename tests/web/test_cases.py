"""Cases on the desk: walked in a browser, as forms without script, by people of every role; and the saved searches beside them."""

import csv
import re
import shutil
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import httpx2
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from riwaya.library import Library
from riwaya.records import Case
from riwaya.web.app import desk_app
from riwaya.web.pages.searches import place_in
from riwaya.web.users import Role, Users
from tests.libraries import add, row
from tests.web.conftest import QUICK, Served

PASSWORD = "خبز وملح وزيت"
NEWS = "نفت قاعدة حميميم أن تكون طائراتها قد قصفت سوق درعا، وقالت في بيان إن الحصيلة المتداولة غير صحيحة."


@pytest.fixture
def own(demo_library: Library, tmp_path: Path) -> Iterator[Library]:
    """A copy of the demo library, to keep cases in."""
    with Library.open(shutil.copytree(demo_library.folder, tmp_path / "library")) as library:
        library.reader = "rules"
        yield library


@pytest.fixture
def working(address: str) -> Iterator[httpx2.Client]:
    with httpx2.Client(base_url=address, headers={"Origin": address}, follow_redirects=True, timeout=60) as client:
        yield client


@pytest.fixture
def people(own: Library, tmp_path: Path) -> Iterator[dict[str, httpx2.Client]]:
    """A reader, two reviewers and a manager, each logged in at one desk."""
    users = Users(tmp_path, QUICK)
    roles: dict[str, Role] = {"rima": "reader", "salma": "reviewer", "nour": "reviewer", "majd": "manager"}
    for name, role in roles.items():
        users.add(name, role, PASSWORD)
    served = Served(desk_app(own, users))
    clients = {
        name: httpx2.Client(base_url=served.address, headers={"Origin": served.address}, follow_redirects=True, timeout=60)
        for name in roles
    }
    for name, client in clients.items():
        assert client.post("/session", data={"name": name, "password": PASSWORD}).status_code == 200
    yield clients
    for client in clients.values():
        client.close()
    served.close()


def denial(library: Library) -> tuple[str, str]:
    """The ids of an article and of a claim in it that denies."""
    return next((reading.article.id, claim.id) for reading in library.readings() for claim in reading.claims if claim.act == "deny")


def only_case(library: Library) -> Case:
    (case,) = library.cases.all()
    return case


def test_a_case_from_the_first_press_to_the_printed_page(chromium: Browser, address: str, own: Library) -> None:
    page: Page = chromium.new_page(viewport={"width": 1440, "height": 900})
    story = own.accounting.stories()[0].id
    article, claim = denial(own)
    page.goto(f"{address}/stories/{story}")
    page.keyboard.press("c")  # there is no case yet: the key leads to where one is made
    page.get_by_label("اسم الملفّ").fill("نفي حميميم")
    page.get_by_role("button", name="افتح ملفًّا").click()
    expect(page).to_have_url(f"{address}/stories/{story}")
    expect(page.locator(f"#put-{story} a.chip")).to_contain_text("نفي حميميم")

    number = [each.id for each in own.show(article).claims].index(claim) + 1
    page.goto(f"{address}/articles/{article}#c-{article[:12]}-{number}")
    page.keyboard.press("c")
    expect(page.locator(f"#put-{claim} a.chip")).to_contain_text("نفي حميميم")
    assert [item.kind for item in only_case(own).present] == ["story", "claim"]

    page.goto(f"{address}/cases/{only_case(own).id}")
    expect(page.locator("#claim blockquote")).to_have_count(1)
    page.get_by_label("ملاحظة على الملفّ").fill("يُراجَع قبل النشر")
    page.get_by_role("button", name="اكتب الملاحظة").first.click()
    expect(page.locator("#notes .note")).to_contain_text("يُراجَع قبل النشر")
    page.locator("#claim summary").click()
    page.locator("#claim").get_by_label("وسم", exact=True).fill("نفي")
    page.locator("#claim").get_by_role("button", name="سِمْه به").click()
    page.get_by_role("navigation", name="الوسوم").get_by_role("link", name=re.compile("نفي")).click()
    expect(page.locator("#story")).to_have_count(0)
    expect(page.locator("#claim blockquote")).to_have_count(1)
    page.get_by_role("link", name="الكل").click()
    expect(page.locator("#story h3")).to_have_count(1)

    page.emulate_media(media="print")
    for hidden in (page.locator("header.top"), page.locator("#claim summary"), page.get_by_role("button", name="اطبع")):
        expect(hidden).to_be_hidden()
    capture = own.keeping.capture(own.show(article).article.capture_id or "")
    expect(page.locator("#exhibits")).to_contain_text(capture.digest)
    expect(page.locator("#exhibits")).to_contain_text(capture.address)
    expect(page.locator("#h-claim")).to_contain_text("Claims")
    page.emulate_media(media="screen")

    page.locator("#claim summary").click()
    page.locator("#claim").get_by_role("button", name="أخرجه من الملفّ").click()
    expect(page.locator("#claim")).to_have_count(0)
    page.get_by_text("أُخرج شيء واحد").click()
    page.get_by_role("button", name="أعده إلى الملفّ").click()
    expect(page.locator("#claim blockquote")).to_have_count(1)
    page.close()


def test_a_saved_search_says_what_is_new_until_it_is_opened(chromium: Browser, address: str, own: Library) -> None:
    page: Page = chromium.new_page(viewport={"width": 1440, "height": 900})
    page.goto(f"{address}/search?q=فعل:نفى حميميم")
    page.get_by_text("احفظ هذا البحث").first.click()
    page.get_by_label("باسم").fill("ما تنفيه حميميم")
    page.get_by_role("button", name="احفظ هذا البحث").click()
    expect(page.locator("#saved")).to_contain_text("ما تنفيه حميميم")
    page.goto(f"{address}/cases")
    expect(page.locator("#searches")).to_contain_text("لا جديد")

    add(own, [row("new", NEWS, "وقال مصدر في البلدة إن شخصين أصيبا بجروح.", day="2017-02-25")])
    for at in ("/", "/cases"):
        page.goto(f"{address}{at}")
        expect(page.locator(".news")).to_contain_text("مقال جديد")
    page.get_by_role("link", name="ما تنفيه حميميم").click()
    expect(page.locator(".hits>li").first).to_contain_text("جديد")
    expect(page.locator(".hits>li").first).to_contain_text("سوق درعا")
    expect(page.locator(".hits b.new")).to_have_count(1)
    page.reload()
    expect(page.locator(".hits b.new")).to_have_count(1)
    page.goto(f"{address}/")
    expect(page.locator(".news")).to_contain_text("لا جديد")
    page.get_by_role("link", name="ما تنفيه حميميم").click()
    expect(page.locator(".hits b.new")).to_have_count(0)
    page.close()


@pytest.mark.parametrize(("language", "theme", "width"), [("ar", "light", 1440), ("en", "dark", 390)])
def test_a_case_and_the_list_can_be_read_by_everybody(
    chromium: Browser, address: str, own: Library, language: str, theme: str, width: int
) -> None:
    fill(own)
    own.cases.close(own.cases.open("مغلق").id)
    context = chromium.new_context(base_url=address, viewport={"width": width, "height": 900}, reduced_motion="reduce")
    context.add_cookies([{"name": "lang", "value": language, "url": address}, {"name": "theme", "value": theme, "url": address}])
    page = context.new_page()
    key = own.cases.case("نفي حميميم").id
    for at in (
        "/cases",
        f"/cases/{key}",
        f"/cases/{key}?tag=نفي",
        f"/cases/{own.cases.case('مغلق').id}",
        "/search?q=درعا",
        f"/stories/{own.accounting.stories()[0].id}",
    ):
        page.goto(at)
        page.locator("main details").evaluate_all("all => all.forEach(each => { each.open = true })")
        found = [each for each in Axe().run(page).response["violations"] if each["impact"] in ("serious", "critical")]
        assert not found, (at, [(each["id"], [node["html"][:120] for node in each["nodes"]][:3]) for each in found])
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), at
    context.close()


def fill(library: Library, by: str = "salma") -> Case:
    """A case with one thing of each kind."""
    case = library.cases.open("نفي حميميم", "ما نفته", by=by)
    article, claim = denial(library)
    event = next(reading.events[0].id for reading in library.readings() if reading.events and reading.events[0].tolls)
    for ref in (library.accounting.stories()[0].id, article, claim, event):
        library.cases.put(case.id, ref, by=by, note="ملاحظة", tags=["نفي"] if ref == claim else ["درعا البلد"])
    return library.cases.case(case.id)


def test_forms_do_everything_without_script(working: httpx2.Client, own: Library) -> None:
    article, claim = denial(own)
    made = working.post("/cases/made", data={"name": "نفي حميميم", "ref": claim, "back": f"/articles/{article}"})
    assert made.url.path == f"/articles/{article}"
    key = only_case(own).id
    after = working.post("/put", data={"ref": article, "case": key, "note": "الأصل", "tags": "أساس، نفي,", "back": "/search?q=درعا"})
    assert after.url.path == "/search"
    item = only_case(own).items[1]
    assert (item.notes[0].text, item.tags) == ("الأصل", ("أساس", "نفي"))
    for at, data in {
        "tagged": {"item": item.id, "text": "روسيا"},
        "untagged": {"item": item.id, "text": "نفي"},
        "noted": {"item": item.id, "text": "ثانية"},
        "described": {"name": "نفي القاعدة", "description": "وصف"},
        "closed": {},
        "reopened": {},
        "in-hand": {},
    }.items():
        assert working.post(f"/cases/{key}/{at}", data=data).status_code == 200, at
    changed = only_case(own)
    assert (changed.name, changed.description, changed.closed) == ("نفي القاعدة", "وصف", None)
    assert changed.items[1].tags == ("أساس", "روسيا")
    assert "ثانية" in working.get(f"/cases/{key[:7]}").text
    working.post(f"/cases/{key}/struck", data={"text": changed.items[1].notes[0].id})
    assert [note.text for note in only_case(own).items[1].notes] == ["ثانية"]
    working.post(f"/cases/{key}/taken-out", data={"item": item.id})
    assert [each.ref for each in only_case(own).present] == [claim]
    assert working.post(f"/cases/{key}/deleted").url.path == "/cases"
    assert own.cases.all() == ()


def test_what_cannot_be_is_refused(working: httpx2.Client, own: Library) -> None:
    key = fill(own).id
    assert working.post("/cases/made", data={"name": "  "}).status_code == 400
    assert working.post("/put", data={"ref": "ffffffffffff", "case": key}).status_code == 404
    assert working.post("/put", data={"ref": denial(own)[0], "case": "ffff"}).status_code == 404
    assert working.post(f"/cases/{key}/struck", data={"text": "ffff"}).status_code == 404
    assert working.get("/cases/%2e%2e%2friwaya").status_code == 404
    assert working.get(f"/cases/{key}/riwaya.toml").status_code == 404
    assert working.post("/searches/saved", data={"q": " "}).status_code == 400
    assert working.get("/searches/ffff").status_code == 404
    foreign = working.post(f"/cases/{key}/deleted", headers={"Origin": "http://elsewhere.example"})
    assert foreign.status_code == 403
    assert only_case(own).id == key


@pytest.mark.parametrize("back", ["//elsewhere.example", "https://elsewhere.example/", "/\\elsewhere.example", "javascript:alert(1)"])
def test_nobody_is_sent_away_after_putting(working: httpx2.Client, own: Library, back: str) -> None:
    key = fill(own).id
    after = working.post("/put", data={"ref": denial(own)[0], "case": key, "back": back}, follow_redirects=False)
    assert (after.status_code, after.headers["location"]) == (303, "/")


def test_readers_see_reviewers_write_makers_and_managers_delete(people: dict[str, httpx2.Client], own: Library) -> None:
    key = fill(own, by="salma").id
    item = only_case(own).items[0]
    shown = people["rima"].get(f"/cases/{key}").text
    assert "ملاحظة" in shown
    assert "<form" not in shown.split('id="main"')[1].split("<footer")[0]
    assert people["rima"].get(f"/cases/{key}/claims.csv").status_code == 200
    for at, data in {
        "/cases/made": {"name": "اسم"},
        "/put": {"ref": denial(own)[0], "case": key},
        f"/cases/{key}/noted": {"text": "نص"},
        f"/cases/{key}/tagged": {"item": item.id, "text": "وسم"},
        f"/cases/{key}/taken-out": {"item": item.id},
        f"/cases/{key}/closed": {},
        f"/cases/{key}/deleted": {},
        "/searches/saved": {"q": "درعا"},
    }.items():
        assert people["rima"].post(at, data=data).status_code == 403, at
    assert people["nour"].post(f"/cases/{key}/noted", data={"text": "من نور"}).status_code == 200
    assert only_case(own).notes[-1].made.by == "nour"
    assert people["nour"].post(f"/cases/{key}/struck", data={"text": item.notes[0].id}).status_code == 403
    assert people["nour"].post(f"/cases/{key}/deleted").status_code == 403
    assert people["salma"].post(f"/cases/{key}/struck", data={"text": item.notes[0].id}).status_code == 200
    assert people["majd"].post(f"/cases/{key}/deleted").status_code == 200
    assert own.cases.all() == ()


def test_each_has_their_own_searches_and_their_own_news(people: dict[str, httpx2.Client], own: Library) -> None:
    people["salma"].post("/searches/saved", data={"q": "حميميم", "name": "لي وحدي"})
    people["salma"].post("/searches/saved", data={"q": "حميميم", "name": "للجميع", "shared": "yes"})
    add(own, [row("new", NEWS, day="2017-02-25")])
    assert "لي وحدي" not in people["rima"].get("/cases").text
    shared = next(each for each in own.searches.of("rima"))
    assert "مقال جديد" in people["rima"].get("/").text
    assert 'class="new"' in people["rima"].get(f"/searches/{shared.id}").text
    assert "مقال جديد" not in people["rima"].get("/").text
    assert "مقال جديد" in people["salma"].get("/").text
    assert people["nour"].post(f"/searches/{shared.id}/dropped").status_code == 403
    assert people["salma"].post(f"/searches/{shared.id}/dropped").status_code == 200
    assert own.searches.of("rima") == ()


def test_the_tables_hold_what_was_put_in_with_its_tags(working: httpx2.Client, own: Library) -> None:
    case = fill(own)
    _, claim = denial(own)
    claims = list(csv.DictReader(StringIO(working.get(f"/cases/{case.id}/claims.csv").text.removeprefix("\ufeff"))))
    events = list(csv.DictReader(StringIO(working.get(f"/cases/{case.id}/events.csv").text.removeprefix("\ufeff"))))
    mine = next(row for row in claims if row["claim_id"] == claim)
    reading = own.show(claim)
    content = next(each.content for each in reading.claims if each.id == claim)
    assert (int(mine["start"]), int(mine["end"])) == content
    assert reading.article.text[slice(*content)] == mine["said"]
    assert "claim" in mine["put_in_as"].split("; ")
    assert "نفي" in mine["tags"].split("; ")
    assert mine["notes"] == "ملاحظة (salma)"
    assert {key for row in events for key in row["put_in_as"].split("; ")} >= {"story", "event"}
    told = {key for account in own.accounting.story(own.accounting.stories()[0].id).story.accounts for key in account.events}
    assert told <= {row["event_id"] for row in events}


def test_cases_are_given_as_json(working: httpx2.Client, own: Library) -> None:
    case = fill(own)
    own.cases.open("أخرى")
    listed = working.get("/api/cases", params={"limit": 1}).json()
    assert (listed["total"], len(listed["items"])) == (2, 1)
    given = working.get(f"/api/cases/{case.id}").json()
    assert [item["kind"] for item in given["items"]] == ["story", "article", "claim", "event"]
    assert given["items"][2]["of"]["words"]
    assert working.get("/api/cases/ffff").status_code == 404


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 1234577*3 }}", "\u202eمعكوس\u2066", "=1+1"]
)
def test_whatever_people_write_is_shown_as_text(working: httpx2.Client, own: Library, text: str) -> None:
    working.post("/cases/made", data={"name": text, "description": text})
    key = only_case(own).id
    working.post("/put", data={"ref": denial(own)[1], "case": key, "note": text, "tags": text.replace(",", "")})
    working.post("/searches/saved", data={"q": "درعا", "name": text, "shared": "yes"})
    for at in (
        "/cases",
        f"/cases/{key}",
        "/",
        "/search?q=درعا",
        f"/articles/{denial(own)[0]}",
        f"/stories/{own.accounting.stories()[0].id}",
    ):
        page = working.get(at).text
        assert "<script>alert" not in page, at
        assert "<img src=x" not in page, at
        assert "3703731" not in page, at
    rows = working.get(f"/cases/{key}/claims.csv").text
    assert '"=1+1"' not in rows


@pytest.mark.parametrize(
    ("address", "offset"),
    [
        ("captures-000001.warc.gz:7", 7),
        (":-1", -1),
        ("", None),
        ("x", None),
        ("x:", None),
        ("x:٣", None),
        ("x:" + "9" * 40, None),
        ("a:b:3", 3),
    ],
)
def test_only_an_address_that_names_a_place_names_one(address: str, offset: int | None) -> None:
    place = place_in(address)
    assert (place.offset_bytes if place else None) == offset
