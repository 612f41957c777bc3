"""Every page in both languages and both themes, wide and narrow: axe finds nothing serious, nothing runs over the edge, nothing leaves."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from riwaya.library import Library
from riwaya.web.desk import SECTIONS

_LOOKS = [("ar", "light", 1440), ("ar", "dark", 390), ("en", "light", 390), ("en", "dark", 1440)]


def addresses_of(library: Library) -> list[str]:
    """One page of each kind."""
    reading = next(each for each in library.readings() if each.claims and each.events)
    article = f"/articles/{reading.article.id}"
    card = f"{article}#c-{reading.article.id[:12]}-1"
    return [*(address for _, address in SECTIONS), article, card, f"/outlets?name={reading.article.outlet}", "/failures", "/no-such-page"]


@pytest.mark.parametrize(("language", "theme", "width"), _LOOKS)
def test_pages_can_be_read_by_everybody(
    chromium: Browser, demo_desk: str, demo_library: Library, language: str, theme: str, width: int
) -> None:
    context = chromium.new_context(base_url=demo_desk, viewport={"width": width, "height": 900}, reduced_motion="reduce")
    context.add_cookies([{"name": "lang", "value": language, "url": demo_desk}, {"name": "theme", "value": theme, "url": demo_desk}])
    page = context.new_page()
    foreign: list[str] = []
    page.on("request", lambda request: None if request.url.startswith(demo_desk) else foreign.append(request.url))
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" and "404" not in message.text else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    for address in addresses_of(demo_library):
        page.goto(address)
        found = [each for each in Axe().run(page).response["violations"] if each["impact"] in ("serious", "critical")]
        assert not found, (address, [(each["id"], [node["html"][:120] for node in each["nodes"]][:3]) for each in found])
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), address
    assert not foreign
    assert not wrong
    context.close()
