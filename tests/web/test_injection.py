"""Whatever outlets and people send is shown as text: nothing runs, nothing breaks out of its place."""

from collections.abc import Iterator
from urllib.parse import quote, urlencode

import httpx2
import pytest
from lxml import html
from playwright.sync_api import Browser, Dialog, Page

from riwaya.library import Library
from riwaya.web.app import desk_app
from riwaya.web.ledger import ledger_page
from tests.web.conftest import Served
from tests.web.hostile import PLACES, hostile_texts
from tests.web.made import SENTENCES, article_html, library_of

TEXTS = hostile_texts()


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Fifty pages, collected and read by the normal road, each with a hostile title, sentence and name of its outlet."""
    pages = {
        f"https://qarya.example/{number}?q=%22%3E%3Cscript%3E": article_html(title, (body, *SENTENCES, f"قال الناطق إن «{body}»."), outlet)
        for number, (title, body, outlet) in enumerate(zip(TEXTS["title"], TEXTS["body"], TEXTS["outlet"], strict=True))
    }
    with library_of(tmp_path_factory.mktemp("hostile"), pages) as library:
        library.accounting.relate()
        yield library


@pytest.fixture(scope="module")
def desk(library: Library) -> Iterator[str]:
    served = Served(desk_app(library))
    yield served.address
    served.close()


@pytest.fixture(scope="module")
def addresses(library: Library) -> list[str]:
    """Every page of the desk that shows something of those fifty, and every page that takes a hostile word."""
    readings = list(library.readings())
    asked = [
        f"{path}{quote(text)}"
        for path in ("/search?q=", "/outlets?name=", "/?country=", "/?kind=", "/articles/")
        for text in TEXTS["search"]
    ]
    shown = [f"/articles/{reading.article.id}" for reading in readings]
    shown += [f"/outlets?{urlencode({'name': reading.article.outlet})}" for reading in readings]
    stories = [f"/stories/{story.id}" for story in library.accounting.stories(limit=50)]
    return ["/", "//evil.example/", "/outlets", "/failures", "/running", "/stories", *shown, *stories, *asked]


def test_the_corpus_is_two_hundred_texts_and_came_in_whole(library: Library) -> None:
    assert sum(len(set(TEXTS[place])) for place in PLACES) == 200
    readings = list(library.readings())
    assert len(readings) == 50
    assert sum("window.ran" in reading.article.title for reading in readings) > 40
    assert sum("window.ran" in reading.article.text for reading in readings) > 40
    assert sum("window.ran" in reading.article.outlet for reading in readings) > 40


def test_no_text_becomes_markup(desk: str, addresses: list[str]) -> None:
    with httpx2.Client(base_url=desk, timeout=60) as client:
        for address in addresses:
            answer = client.get(address)
            assert answer.status_code in (200, 400, 404), address
            if answer.headers["content-type"].startswith("text/html"):
                assert not breaches(answer.text), address


def test_the_ledger_shows_them_as_text_too(library: Library) -> None:
    page = ledger_page(library.readings(), library.failures())
    assert not html.document_fromstring(page).xpath("//script | //iframe | //object | //embed | //@*[starts-with(name(), 'on')]")


def test_in_a_browser_nothing_runs_and_nothing_could(chromium: Browser, desk: str, addresses: list[str]) -> None:
    context = chromium.new_context(base_url=desk)
    page = context.new_page()
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text) if "Content Security Policy" in message.text else None)
    page.on("dialog", lambda dialog: _note(dialog, refused))
    foreign: list[str] = []
    page.on("request", lambda request: None if request.url.startswith(desk) else foreign.append(request.url))
    for address in addresses[:: max(1, len(addresses) // 80)]:
        page.goto(address, wait_until="domcontentloaded")
        assert page.evaluate("window.ran") is None, address
    assert not refused  # nothing was even tried
    assert not foreign
    assert not _runs_inline(page)
    context.close()


def breaches(page: str) -> list[str]:
    """What stands in a page that we never write: scripts and styles within it, handlers, addresses that run, foreign addresses."""
    tree = html.document_fromstring(page)
    found = [
        each.tag for each in tree.xpath("//script[not(starts-with(@src, '/assets/'))] | //style | //base | //iframe | //object | //embed")
    ]
    for element in tree.iter():
        for name, value in element.attrib.items():
            away = value.startswith("//") or not value.startswith(("/", "#"))
            foreign = (
                away
                and name in ("href", "src", "action", "hx-get", "hx-post")
                and (value.startswith("//") or not value.startswith(("/", "#")))
            )
            if name.startswith(("on", "hx-on", "data-hx")) or name == "style" or foreign or value.strip().lower().startswith("javascript:"):
                found.append(f"{element.tag!r} {name}={value}")
    return found


def _note(dialog: Dialog, refused: list[str]) -> None:
    refused.append(dialog.message)
    dialog.dismiss()


def _runs_inline(page: Page) -> bool:
    """Whether a script or a handler would run if one came into the page."""
    return bool(
        page.evaluate(
            """() => {
                const script = document.createElement("script");
                script.textContent = "window.ran = true";
                document.body.append(script);
                const image = document.createElement("div");
                image.innerHTML = "<img src=x onerror='window.ran = true'>";
                document.body.append(image);
                return new Promise((done) => setTimeout(() => done(window.ran), 300));
            }"""
        )
    )
