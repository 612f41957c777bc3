"""The sample pages against what a person reads in them, and the reading of pages against both."""

import re
import tomllib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import msgspec
import pytest
from lxml import html

import riwaya
from riwaya.read.page import articles_in
from riwaya.records import Act, EventKind, Failure, Form, SetAsideReason, Status, TellerKind, TimeRule, TollKind

SAMPLES = Path(riwaya.__file__).parent / "samples"
ILLUSTRATION = "صفحة توضيحية كُتبت لمشروع «رواية»؛ وسيلة الإعلام متخيَّلة والنص ليس خبرًا منشورًا"
CAPTURED_AT = datetime(2017, 3, 1, tzinfo=UTC)


class ExpectedSetAside(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    words: str
    reason: SetAsideReason | Literal["site"]  # "site": of the site, not of the page; a reader of pages need not keep it


class ExpectedClaim(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    cue: str
    act: Act
    speaker: str
    name: str
    kind: TellerKind
    channel: str
    via: str
    form: Form
    first: str
    last: str


class ExpectedToll(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    kind: TollKind
    least: int
    most: int
    words: str


class ExpectedEvent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    kind: EventKind
    trigger: str
    place: str
    day: str
    status: Status
    by: str
    tolls: tuple[ExpectedToll, ...]


class ExpectedArticle(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    outlet: str
    byline: str
    dateline: str
    day: date
    at: str
    date_rule: TimeRule
    paragraphs: int
    first: str
    last: str
    claims: tuple[ExpectedClaim, ...]
    events: tuple[ExpectedEvent, ...]
    title: str | None = None
    address: str | None = None
    set_aside: tuple[ExpectedSetAside, ...] = ()


class ExpectedPage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    file: str
    address: str
    shows: str
    article: tuple[ExpectedArticle, ...]

    @property
    def payload(self) -> bytes:
        return (SAMPLES / "pages" / self.file).read_bytes()


def expected_pages() -> Iterator[ExpectedPage]:
    """Every sample page with what a person reads in it, in the order of expected.toml; claims and events are the main ones only."""
    table = tomllib.loads((SAMPLES / "expected.toml").read_text(encoding="utf-8"))
    yield from msgspec.convert(table["page"], type=tuple[ExpectedPage, ...])


PAGES = {page.file: page for page in expected_pages()}
every_page = pytest.mark.parametrize("page", PAGES.values(), ids=list(PAGES))


def _words_of(page: ExpectedPage) -> str:
    root = html.fromstring(page.payload)
    return " ".join(" ".join(root.itertext()).split())


def _quoted(article: ExpectedArticle) -> Iterator[str]:
    yield from (article.outlet, article.title or "", article.first, article.last, article.dateline)
    yield from article.byline.split(" / ")
    for apart in article.set_aside:
        yield apart.words
    for claim in article.claims:
        yield from (claim.cue, claim.speaker, claim.name, claim.channel, claim.via, claim.first, claim.last)
    for event in article.events:
        yield from (event.trigger, event.place, event.by, *(toll.words for toll in event.tolls))


def test_every_page_is_expected() -> None:
    assert sorted(PAGES) == sorted(path.name for path in (SAMPLES / "pages").iterdir())


@every_page
def test_every_quoted_word_stands_in_the_page(page: ExpectedPage) -> None:
    words = re.sub(r"# ", "#", _words_of(page))
    missing = [quoted for article in page.article for quoted in _quoted(article) if " ".join(quoted.split()) not in words]
    assert not missing


@every_page
def test_expectations_hang_together(page: ExpectedPage) -> None:
    words = _words_of(page)
    for article in page.article:
        text = words[words.index(article.first) : words.rindex(article.last) + len(article.last)]
        for claim in article.claims:
            assert claim.cue in text
            assert text.find(claim.last, text.index(claim.first)) >= 0, f"{claim.cue}: the content ends before it begins"
        for event in article.events:
            assert not event.by or event.by in {claim.cue for claim in article.claims}
            assert all(toll.most == -1 or toll.least <= toll.most for toll in event.tolls)
        assert not article.at or datetime.fromisoformat(article.at).date() == article.day


@every_page
def test_every_page_says_that_it_is_an_illustration(page: ExpectedPage) -> None:
    root = html.fromstring(page.payload)
    assert root.xpath("string(//meta[@name='riwaya:illustration']/@content)") == "true"
    shown = root.find("body")
    assert shown is not None
    assert ILLUSTRATION in " ".join(shown.itertext())


@every_page
def test_every_domain_is_invented(page: ExpectedPage) -> None:
    root = html.fromstring(page.payload)
    addresses = [page.address, *map(str, root.xpath("//@href | //@src | //meta[starts-with(@property, 'og:')]/@content"))]
    hosts = {host for address in addresses if (host := urlsplit(address).hostname)}
    assert hosts
    assert not [host for host in hosts if not host.endswith(".example")]
    assert root.xpath("string(//link[@rel='canonical']/@href)") == page.address


@every_page
def test_page_is_read_as_a_person_reads_it(page: ExpectedPage) -> None:
    articles = articles_in(page.payload, address=page.address, media_type="text/html", captured_at=CAPTURED_AT)
    assert not isinstance(articles, Failure), articles
    assert len(articles) == len(page.article)
    for article, expected in zip(articles, page.article, strict=True):
        assert article.illustration
        assert article.outlet == expected.outlet
        assert expected.title in (None, article.title)
        assert (article.byline, article.dateline) == (expected.byline, expected.dateline)
        assert article.address == (expected.address or page.address)
        assert article.published is not None
        assert (article.published.day, article.published.rule) == (expected.day, expected.date_rule)
        assert article.published.at == (datetime.fromisoformat(expected.at) if expected.at else None)
        paragraphs = article.text.split("\n")
        assert len(paragraphs) == expected.paragraphs, article.text
        assert paragraphs[0].startswith(expected.first)
        assert paragraphs[-1].endswith(expected.last)


@every_page
def test_what_is_no_article_is_set_aside(page: ExpectedPage) -> None:
    articles = articles_in(page.payload, address=page.address, media_type="text/html", captured_at=CAPTURED_AT)
    assert not isinstance(articles, Failure), articles
    for article, expected in zip(articles, page.article, strict=True):
        assert ILLUSTRATION not in article.text
        for apart in expected.set_aside:
            assert apart.words not in article.text
            reasons = {found.reason for found in article.set_aside if apart.words in found.words}
            if apart.reason != "site":
                assert reasons == {apart.reason}, apart.words
