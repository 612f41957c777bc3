"""Links of places: the cases of sentences/place_links.toml, and properties that hold for any text."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from riwaya.knowledge.imports import OWN_FILE, import_places
from riwaya.knowledge.places import Gazetteer
from riwaya.read.interchange import article_of
from riwaya.read.links.areas import distance_km, moved, over, side_of_country
from riwaya.read.links.atlas import open_atlas
from riwaya.read.links.place_reasons import WEIGHTS, sentence
from riwaya.read.reading import reading_of
from riwaya.read.text import read_text
from riwaya.records import PlaceLink

CASES = tomllib.loads((Path(__file__).parents[2] / "sentences" / "place_links.toml").read_text("utf-8"))["case"]
PIECES = (
    "في", "مدينة", "حلب", "بريف", "درعا", "الشرقي", "محيط", "المدينة", "على بعد", "20", "كيلومترا", "جنوب", "الحدود", "السورية",
    "التركية", "البلاد", "شمال", "غرب", "العراق", "عاصمة", "وتعز", "اشتباكات", "هناك", "قتل", "طرابلس", "،", "\n", "«", "»", ".",
)  # fmt: skip


def links_in(text: str) -> tuple[PlaceLink, ...]:
    return read_text(text, published=date(2026, 11, 22), reader="rules").places


def told(link: PlaceLink, text: str) -> str:
    """A link as the table writes it."""
    key = link.place_id or (f"? {' '.join(link.candidates)}" if link.candidates else "-")
    return f"{text[slice(*link.span)]} = {key}, {link.precision}"


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_a_sentence_names_its_places(case: dict[str, Any]) -> None:
    links = links_in(case["text"])
    assert [told(link, case["text"]) for link in links] == case["places"]
    areas = [[link.latitude, link.longitude, link.radius_km] for link in links if link.precision == "area" and link.latitude is not None]
    assert areas[:1] == ([case["at"]] if "at" in case else [])


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=40).map(" ".join))
def test_links_lie_in_the_text_and_are_whole(text: str) -> None:
    links = links_in(text)
    assert [link.span for link in links] == sorted({link.span for link in links})
    for link in links:
        assert 0 <= link.span.start < link.span.end <= len(text)
        assert (link.latitude is None) == (link.longitude is None) == (link.radius_km is None)
        assert (link.precision == "unknown") <= (link.latitude is None)
        assert (link.place_id is None) == (link.name_en == "")
        assert link.latitude is None or (-90 <= link.latitude <= 90 and -180 <= (link.longitude or 0) <= 180)
        assert link.reasons or (link.place_id is None and not link.candidates)


def test_the_names_of_a_librarys_own_places_are_found_where_a_cue_announces_them(tmp_path: Path) -> None:
    header, *places = ("name_ar,name_en,latitude,longitude,country", "كفر نيلون,Kafr Nilun,35.7,36.6,SY", "درمين,Darmin,35.9,36.7,SY")
    rows = "\n".join((header, *places, "الحرية,Hurriya,35.8,36.9,SY", "قطر,Qatar,35.6,36.8,SY", ""))
    (tmp_path / "own.csv").write_text(rows, "utf-8")
    with Gazetteer.open() as gazetteer:
        imported = import_places(tmp_path / "own.csv", "csv", tmp_path / OWN_FILE, gazetteer)
    assert imported.new == 4
    atlas = open_atlas(tmp_path / OWN_FILE)
    text = "قتل مدنيان في كفر نيلون في سوريا وجرح ثالث في درمين. وتحدث الناشط عن الأمل في الحرية. وقالت قطر إن الدعم مستمر. وزار درمين وفد."
    reading = reading_of(article_of({"id": 1, "paragraphs": [text]}), atlas)
    found = {(text[slice(*link.span)], link.place_id or "") for link in reading.places}
    by_name = {place.name_ar: place.key for form in ("كفر نيلون", "درمين") for place in atlas.named(form)}
    assert found == {("كفر نيلون", by_name["كفر نيلون"]), ("سوريا", "sy"), ("درمين", by_name["درمين"]), ("قطر", "qa")}
    assert atlas.own_names.names == {"كفر نيلون", "درمين"}
    assert not open_atlas().own_names.names


def test_every_reason_is_a_sentence_for_its_reader() -> None:
    for reason in WEIGHTS:
        assert sentence(reason).endswith("."), reason.__name__


@given(st.floats(-60, 60), st.floats(-180, 180), st.floats(0, 360), st.floats(1, 500))
def test_a_point_that_was_moved_lies_so_far_away(latitude: float, longitude: float, bearing: float, km: float) -> None:
    assert distance_km((latitude, longitude), moved(latitude, longitude, bearing, km)) == pytest.approx(km, abs=0.05)


def test_one_side_of_a_country_lies_on_that_side() -> None:
    atlas = open_atlas()
    iraq = atlas.country("IQ")
    assert iraq
    sides = {bearing: side_of_country(iraq, bearing, atlas.settlements("IQ")) for bearing in (0, 90, 180, 270)}
    assert sides[0].latitude > 35.5 > 33 > sides[180].latitude
    assert sides[90].longitude > 45 > 43 > sides[270].longitude
    everywhere = over(list(sides.values()))
    assert all(distance_km(everywhere[:2], side[:2]) < everywhere.radius_km for side in sides.values())


def test_a_library_s_own_places_are_known_to_linking(tmp_path: Path) -> None:
    assert open_atlas(tmp_path / "places.sqlite") is open_atlas()
