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
    found = ["/search?q=درعا", "/search?q=زرافة-قطب", "/map?period=all&frame=SY", "/actors/lb-hezbollah", "/places/sy-daraa"]
    found += [f"/stories/{story.id}" for story in library.accounting.stories()[:1]]
    found += [article, card, f"/outlets?name={reading.article.outlet}", "/failures", "/login", "/api", "/no-such-page"]
    return [*(address for _, address in SECTIONS), *found]


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


def test_every_page_is_reached_and_read_with_the_keyboard_alone(chromium: Browser, demo_desk: str, demo_library: Library) -> None:
    context = chromium.new_context(base_url=demo_desk, viewport={"width": 1440, "height": 900})
    page = context.new_page()
    for address in addresses_of(demo_library):
        page.goto(address)
        page.locator(".skip").focus()
        reached = set()
        for _ in range(len(SECTIONS) + 3):
            page.keyboard.press("Tab")
            seen = page.evaluate(
                """() => { const focus = document.activeElement, style = getComputedStyle(focus);
                  return [focus.getAttribute("href"), style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 1]; }"""
            )
            assert seen[1], (address, seen[0], "the focus is not seen")
            reached.add(seen[0])
        assert {of for _, of in SECTIONS} <= reached, address
    context.close()


def test_the_help_names_every_key_that_a_page_has(chromium: Browser, demo_desk: str, demo_library: Library) -> None:
    context = chromium.new_context(base_url=demo_desk, viewport={"width": 1440, "height": 900})
    page = context.new_page()
    for address in addresses_of(demo_library):
        page.goto(address)
        page.evaluate("document.activeElement.blur()")
        keys = {_KEYS.get(code, code.removeprefix("Key").removeprefix("Digit")) for code in page.evaluate("Object.keys(desk.keys)")}
        page.keyboard.press("Shift+Slash")
        help_of = page.locator("#keys")
        assert help_of.is_visible(), address
        assert {each for each in keys if not each.startswith("Numpad")} <= set(help_of.locator("kbd").all_inner_texts()), address
        page.keyboard.press("Escape")
        assert not help_of.is_visible()
    context.close()


_KEYS = {"Slash": "/", "BracketRight": "]", "BracketLeft": "[", "Escape": "Esc"}
