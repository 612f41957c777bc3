"""What the words of an article stand for, as the pages and the terminal say it."""

from dataclasses import replace
from datetime import date
from io import StringIO
from typing import get_args

import pytest
from lxml import html
from rich.console import Console

from riwaya import Reading, read_text
from riwaya.records import ActorLink, PlaceLink, PlacePrecision, Span
from riwaya.terminal import print_reading
from riwaya.web.ledger import ledger_page
from riwaya.web.meanings import actor_meant, place_meant
from riwaya.web.wording import Language, wording

DARAA = PlaceLink(
    span=Span(0, 4), place_id="sy-daraa", name_ar="درعا", name_en="Daraa", country="SY", latitude=32.6, longitude=36.1, radius_km=5.0,
    precision="town", reasons=(),
)  # fmt: skip
NOWHERE = replace(DARAA, place_id=None, name_ar="", name_en="", country="", latitude=None, longitude=None, precision="unknown")
SYRIA = replace(DARAA, place_id="sy", name_ar="سوريا", name_en="Syria", precision="country")
ARMY = ActorLink(
    span=Span(0, 4), actor_id="sy-army", name_ar="الجيش العربي السوري", name_en="Syrian Arab Army", wording="قوات النظام", sense="hostile",
    reasons=(),
)  # fmt: skip
TEXT = "قالت قوات النظام إن طائراتها قصفت حي المنشية في مدينة درعا أمس.\nوقُتل ثلاثة مدنيين في قصف على طرابلس."


@pytest.mark.parametrize(
    ("link", "arabic", "english"),
    [
        (DARAA, "درعا، سوريا · مدينة أو بلدة", "Daraa, Syria · town"),
        (replace(DARAA, name_en=""), "درعا، سوريا · مدينة أو بلدة", "درعا, Syria · town"),
        (SYRIA, "سوريا · بلد", "Syria · country"),
        (replace(NOWHERE, country="PS", precision="area", candidates=("a", "b")), "فلسطين · منطقة", "Palestine · area"),
        (replace(NOWHERE, country="SY", candidates=("a", "b")), "لم يُحسم بين مكانين محتملين", "undecided between 2 possible places"),
        (replace(NOWHERE, candidates=("a", "b", "c")), "لم يُحسم بين 3 أماكن محتملة", "undecided between 3 possible places"),
        (replace(NOWHERE, candidates=tuple("abcdefghijk")), "لم يُحسم بين 11 مكانًا محتملًا", "undecided between 11 possible places"),
        (NOWHERE, "", ""),
        (None, "", ""),
    ],
)
def test_a_place_is_told_with_its_country_and_how_exactly_it_is_known(link: PlaceLink | None, arabic: str, english: str) -> None:
    assert (place_meant(link, wording("ar")), place_meant(link, wording("en"))) == (arabic, english)


@pytest.mark.parametrize(
    ("words", "link", "arabic", "english"),
    [
        ("قوات النظام", ARMY, "الجيش العربي السوري", "Syrian Arab Army"),
        ("ناطق باسم الجيش العربى السورى", ARMY, "", "Syrian Arab Army"),
        ("الجيش", replace(ARMY, actor_id=None, name_ar="", name_en="", candidates=("sy-army", "iq-army")), "", ""),
        ("رامي الخطيب", None, "", ""),
    ],
)
def test_an_actor_is_told_where_the_register_calls_it_otherwise(words: str, link: ActorLink | None, arabic: str, english: str) -> None:
    assert (actor_meant([words], link, wording("ar")), actor_meant([words], link, wording("en"))) == (arabic, english)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_every_precision_has_its_word(language: Language) -> None:
    assert all(wording(language).label("precisions", precision) for precision in get_args(PlacePrecision))


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read_text(TEXT, outlet="صوت حوران", published=date(2017, 2, 20), reader="rules")


@pytest.mark.parametrize(
    ("language", "speaker", "places"),
    [
        ("ar", "الجيش العربي السوري", ["المنشية، سوريا · موقع", "لم يُحسم بين مكانين محتملين"]),
        ("en", "Syrian Arab Army", ["Al-Manshiya, Syria · site", "undecided between 2 possible places"]),
    ],
)
def test_the_ledger_tells_what_is_meant_beside_the_words(reading: Reading, language: Language, speaker: str, places: list[str]) -> None:
    page = html.document_fromstring(ledger_page([reading], language=language))
    claims = page.xpath("//section[starts-with(@id, 'c-')]")
    assert [each.text_content() for each in claims[0].xpath(".//*[@class='meant']")] == [speaker]
    said = page.xpath("//dd[preceding-sibling::dt[1] = $label]//*[@class='meant']", label=wording(language).texts["place"])
    assert [each.text_content() for each in said] == places


def test_the_terminal_tells_it_too(reading: Reading) -> None:
    printed = StringIO()
    print_reading(Console(file=printed, width=120), reading)
    lines = [line.strip() for line in printed.getvalue().splitlines()]
    assert {"Syrian Arab Army", "Al-Manshiya, Syria · site", "undecided between 2 possible places"} <= set(lines)
    assert any("nothing decides between them." in line for line in lines)
