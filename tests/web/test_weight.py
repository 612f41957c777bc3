"""How heavy pages are when a browser comes for the first time: everything a page loads, compressed as browsers take it."""

import re
from collections.abc import Iterator

import httpx2
import pytest

from riwaya.library import Library
from riwaya.web.assets import assets
from riwaya.web.desk import SECTIONS, article_address, story_address

MOST = 300_000  # bytes
HEADERS = {"Accept-Encoding": "br, gzip"}
LOADED = re.compile(r"""(?:<link rel="(?:stylesheet|icon)" href|<script src)="(/assets/[^"]+)"|url\(([\w.-]+)\)""")


@pytest.fixture(scope="module")
def addresses(demo_library: Library) -> list[str]:
    """The sections, and an article and a story of the demo."""
    (story,) = demo_library.accounting.stories(limit=1)
    article = next(demo_library.readings()).article.id
    return [*(address for _, address in SECTIONS), story_address(story.id), article_address(article), "/search?q=درعا"]


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_first_visit_to_any_page_weighs_less_than_300_kb(client: httpx2.Client, addresses: list[str], language: str) -> None:
    kept: dict[str, int] = {}
    for address in addresses:
        page = client.get(address, params={"lang": language} if "?" not in address else None, headers=HEADERS)
        size = len(page.content) if not page.headers.get("content-encoding") else page.num_bytes_downloaded
        for loaded in loaded_by(client, page.text):
            kept[loaded] = kept.get(loaded) or weight(client, loaded)
            size += kept[loaded]
        assert size < MOST, (address, size)


def loaded_by(client: httpx2.Client, page: str) -> Iterator[str]:
    """The style sheets, scripts and fonts of a page, all fonts that a style sheet names: more than a browser loads."""
    for address, _ in LOADED.findall(page):
        yield address
        if ".css" in address:
            yield from (f"/assets/{font}" for _, font in LOADED.findall(client.get(address).text))


def weight(client: httpx2.Client, address: str) -> int:
    with client.stream("GET", address, headers=HEADERS) as answer:
        assert answer.status_code == 200, address
        return sum(map(len, answer.iter_raw()))


def test_a_file_is_the_same_however_it_is_taken(client: httpx2.Client) -> None:
    for name, asset in assets().items():
        for encoding in ("br, gzip", "gzip", "identity"):
            answer = client.get(f"/assets/{name}", headers={"Accept-Encoding": encoding})
            assert answer.content == asset.content, (name, encoding)
            assert (answer.headers.get("content-encoding") == "br") == (bool(asset.packed) and "br" in encoding)
