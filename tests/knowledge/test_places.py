"""Which places a name may mean: by any spelling, with the word in front of it, never one of equals."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riwaya.errors import KnowledgeError
from riwaya.knowledge.index import Index, form_of, put_entries
from riwaya.knowledge.places import Gazetteer, Place, are_one
from tests.knowledge import made


@pytest.fixture(scope="module")
def gazetteer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gazetteer]:
    with made.gazetteer(tmp_path_factory.mktemp("places")) as opened:
        yield opened


def keys(gazetteer: Gazetteer, name: str, within: str | None = None) -> list[str]:
    return [candidate.place.key for candidate in gazetteer.candidates(name, within)]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("السهل", ["xa-sahl-governorate", "xa-sahl"]),
        ("الرُّمّانه", ["xa-rummana", "xa-jabal-rummana", "xa-sahl-rummana"]),
        ("الرمانة القديمة", ["xa-sahl-rummana"]),
        ("RUMMANA", ["xa-rummana", "xa-jabal-rummana", "xa-sahl-rummana"]),
        ("مخيم النهضة", ["xa-nahda-camp"]),
        ("النهضة", ["xa-nahda-camp"]),
        ("بمخيم النهضة", ["xa-nahda-camp"]),
        ("وبالسهل", ["xa-sahl-governorate", "xa-sahl"]),
        ("للسهل", ["xa-sahl-governorate", "xa-sahl"]),
        ("لبنة", ["xa-lubna"]),  # the lam is its own
        ("للبنة", ["xa-lubna"]),
        ("نهضة", []),
        ("", []),
        ("  ", []),
    ],
)
def test_a_name_is_found_by_any_spelling(gazetteer: Gazetteer, name: str, expected: list[str]) -> None:
    assert keys(gazetteer, name) == expected


def test_the_word_in_front_says_what_is_meant_and_excludes_nothing(gazetteer: Gazetteer) -> None:
    found = gazetteer.candidates("حي الرمانة")
    assert [(one.place.key, one.fits) for one in found] == [
        ("xa-jabal-rummana", True),
        ("xa-sahl-rummana", True),
        ("xa-rummana", False),
    ]
    assert "«حي» names a quarter" in found[0].reasons
    assert "«حي» does not name a village" in found[2].reasons


def test_what_holds_it_decides_by_key_or_by_name(gazetteer: Gazetteer) -> None:
    assert keys(gazetteer, "الرمانة", "xa-sahl-governorate") == ["xa-sahl-rummana"]
    assert keys(gazetteer, "الرمانة", "الجبل") == ["xa-rummana", "xa-jabal-rummana"]
    assert keys(gazetteer, "الرمانة", "nowhere") == []


def test_reasons_say_which_name_matched_and_what_holds_the_place(gazetteer: Gazetteer) -> None:
    [found] = gazetteer.candidates("والرمانة القديمة")
    assert found.reasons == ("other name «الرمّانة القديمة»", "without «و» attached in front", "quarter › السهل › السهل › برقاء")
    assert [place.key for place in found.larger] == ["xa-sahl", "xa-sahl-governorate", "xa"]


@given(st.text(alphabet=st.sampled_from("السهل الرمانة حي مخيم وبل\n\t'-ab\N{ARABIC FATHA}"), max_size=30) | st.text(max_size=30))
def test_any_text_may_be_asked_for(shipped: Gazetteer, name: str) -> None:
    for candidate in shipped.candidates(name):
        assert any(form_of(one) in form_of(name) or form_of(one)[1:] in form_of(name) for one in candidate.place.names)


def test_an_imported_place_moves_the_shipped_one_and_a_new_one_is_added(tmp_path: Path) -> None:
    own = tmp_path / "own.sqlite"
    village = Place(
        key="csv-1", name_ar="لبنة", name_en="", kind="village", within="xa-sahl-governorate", latitude=10.23, longitude=40.1, radius_km=1,
        shape="point", origin="csv", country="XA",
    )  # fmt: skip
    far = Place(
        key="csv-2", name_ar="لبنة", name_en="", kind="village", within="xa-sahl-governorate", latitude=10.6, longitude=40.1, radius_km=1,
        shape="point", origin="csv", country="XA",
    )  # fmt: skip
    put_entries(own, [village, far])
    with made.gazetteer(tmp_path, own) as opened:
        found = {one.place.key: one for one in opened.candidates("لبنة")}
        assert set(found) == {"xa-lubna", "csv-2"}
        assert (found["xa-lubna"].place.latitude, found["xa-lubna"].place.origin) == (10.23, "csv")
        assert "coordinates as imported, 3.3 km from the shipped ones" in found["xa-lubna"].reasons
        assert "imported by this library" in found["csv-2"].reasons


def test_a_file_that_is_no_index_is_refused(tmp_path: Path) -> None:
    (tmp_path / "broken.sqlite").write_text("no database")
    for name in ("broken.sqlite", "missing.sqlite"):
        with pytest.raises(KnowledgeError, match="cannot be read"):
            Index(tmp_path / name, Place)


@pytest.fixture(scope="module")
def shipped() -> Iterator[Gazetteer]:
    with Gazetteer.open() as opened:
        yield opened


@pytest.mark.parametrize(
    ("name", "kind", "country", "at"),
    [
        ("دمشق", "city", "SY", (33.5, 36.3)),
        ("بمدينة الموصل", "city", "IQ", (36.3, 43.1)),
        ("مخيم اليرموك", "camp", "SY", (33.47, 36.3)),
        ("محافظة إدلب", "governorate", "SY", (35.8, 36.6)),
        ("طهران", "city", "IR", (35.7, 51.4)),
        ("واشنطن", "city", "US", (38.9, -77.0)),
        ("بريطانيا", "country", "GB", (54.0, -2.5)),
        ("Tartus", "city", "SY", (34.9, 35.9)),
    ],
)
def test_the_shipped_gazetteer_knows_places_of_the_news(
    shipped: Gazetteer, name: str, kind: str, country: str, at: tuple[float, float]
) -> None:
    [place] = [one.place for one in shipped.candidates(name) if (one.place.kind, one.place.country) == (kind, country)]
    assert abs(place.latitude - at[0]) < 0.5
    assert abs(place.longitude - at[1]) < 0.5


def test_homonyms_stay_side_by_side(shipped: Gazetteer) -> None:
    cities = {one.place.country for one in shipped.candidates("طرابلس") if one.place.kind == "city"}
    assert {"LB", "LY"} <= cities


def test_every_shipped_place_hangs_from_a_country(shipped: Gazetteer) -> None:
    sampled = list(shipped._shipped)[::7]
    assert len(sampled) > 2000
    for place in sampled:
        assert place.kind == "country" or shipped.larger(place)[-1].kind == "country", place.key


def test_no_place_of_the_lists_stands_beside_its_geonames_entry(shipped: Gazetteer) -> None:
    listed = [place for place in shipped._shipped if place.origin.startswith("geonames:") and not place.key.startswith("gn-")]
    assert len(listed) > 1000
    for place in listed:
        assert shipped.place(f"gn-{place.origin.removeprefix('geonames:')}") is None, place.key
        twins = [
            one.place.key for one in shipped.candidates(place.name_ar) if one.place.key.startswith("gn-") and are_one(place, one.place)
        ]
        assert twins == [], place.key
