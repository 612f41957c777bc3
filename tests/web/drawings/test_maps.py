"""Maps: a place is drawn as exactly as it is known, near places are one mark, and a frame shows what was asked for."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from riwaya.records import PlacePrecision
from riwaya.web.drawings.maps import NARROW, REGIONS, WIDE, WORLD, Landmark, Spot, frame_around, map_of, zoomed
from riwaya.web.outlines import Frame, country_frame, latitude, northing, outlines

SOUTH = Frame(35.5, 32.2, 36.9, 33.2)


def spot(name: str, latitude: float | None, longitude: float | None, precision: PlacePrecision = "town", **more: object) -> Spot:
    return Spot(name=name, latitude=latitude, longitude=longitude, radius_km=5.0, precision=precision, country="SY", **more)  # type: ignore[arg-type]


DARAA, BUSRA = spot("درعا", 32.62, 36.10, count=4), spot("بصرى", 32.52, 36.48)


def test_places_that_lie_apart_are_marks_of_their_own_and_lead_to_their_pages() -> None:
    drawn = map_of([spot("درعا", 32.62, 36.10, address="/places/sy-daraa"), BUSRA], SOUTH)
    assert [(mark.name, mark.shape, mark.count) for mark in drawn.marks] == [("بصرى", "town", 1), ("درعا", "town", 1)]
    assert {mark.address for mark in drawn.marks} == {"/places/sy-daraa", ""}
    assert all(mark.zoom is None for mark in drawn.marks)


def test_what_cannot_be_told_apart_is_one_mark_that_leads_to_a_frame_in_which_it_can() -> None:
    (mark,) = map_of([DARAA, BUSRA], WORLD).marks
    assert (mark.shape, mark.count, mark.name, mark.more) == ("several", 5, "درعا", 1)
    assert mark.zoom is not None
    assert len(map_of([DARAA, BUSRA], mark.zoom).marks) == 2


def test_an_area_shows_its_radius_a_region_is_a_frame_and_a_country_a_hatch() -> None:
    area = Spot(name="ريف درعا", latitude=32.7, longitude=36.2, radius_km=15.0, precision="area", country="SY")
    region = Spot(name="درعا", latitude=32.8, longitude=36.2, radius_km=30.0, precision="region", country="SY")
    country = Spot(name="سوريا", latitude=None, longitude=None, radius_km=None, precision="country", country="SY")
    drawn = map_of([area, region, country], SOUTH)
    by_shape = {mark.shape: mark for mark in drawn.marks}
    assert set(by_shape) == {"area", "region"}
    assert by_shape["region"].reach == pytest.approx(2 * by_shape["area"].reach, rel=0.01)
    assert map_of([country], REGIONS["levant"]).hatched
    assert not map_of([area], REGIONS["levant"]).hatched


def test_what_is_unknown_is_not_drawn_and_what_lies_outside_is_counted() -> None:
    unknown = Spot(name="", latitude=None, longitude=None, radius_km=None, precision="unknown", country="")
    drawn = map_of([unknown, DARAA], country_frame("YE") or WORLD)
    assert (drawn.marks, drawn.outside) == ((), 1)


def test_accounts_are_shown_by_their_letters() -> None:
    (mark,) = map_of([spot("درعا", 32.62, 36.10, letters=("أ",)), spot("درعا", 32.62, 36.10, letters=("ب", "أ"))], SOUTH).marks
    assert (mark.letters, mark.shape) == (("أ", "ب"), "town")


def test_names_do_not_stand_on_each_other() -> None:
    crowd = [spot(f"بلدة {n}", 32.5 + n * 0.04, 36.1) for n in range(8)]
    labels = [mark.label for mark in map_of(crowd, SOUTH).marks if mark.label]
    assert labels
    assert all(abs(a[1] - b[1]) >= 17 or abs(a[0] - b[0]) >= 30 for n, a in enumerate(labels) for b in labels[:n])


def test_towns_help_to_find_the_way_where_the_frame_is_near() -> None:
    towns = [Landmark("إزرع", 32.86, 36.25), Landmark("حلب", 36.2, 37.16)]
    assert [name for name, _ in map_of([DARAA], SOUTH, landmarks=towns).landmarks] == ["إزرع"]
    assert not map_of([DARAA], WORLD, landmarks=towns).landmarks


@pytest.mark.parametrize("size", [WIDE, NARROW])
@pytest.mark.parametrize("name", REGIONS)
def test_every_region_has_land_and_borders_and_stays_light(name: str, size: object) -> None:
    drawn = map_of([], REGIONS[name], size, {"SA": "السعودية", "EG": "مصر", "DZ": "الجزائر", "IQ": "العراق"})  # type: ignore[arg-type]
    ground = drawn.ground
    assert ground.land.startswith("M")
    assert ground.borders
    assert sum(map(len, (ground.land, ground.coasts, ground.borders, ground.provinces))) < 150_000


@pytest.mark.parametrize(
    ("code", "inside", "outside"),
    [
        ("SY", (38.0, 35.0), (44.0, 33.0)),
        ("FR", (2.3, 48.8), (-53.0, 4.0)),
        ("LB", (35.8, 33.9), (38.0, 35.0)),
    ],
)
def test_the_frame_of_a_country_is_that_of_its_land_without_overseas_parts(
    code: str, inside: tuple[float, float], outside: tuple[float, float]
) -> None:
    frame = country_frame(code)
    assert frame is not None
    for (longitude, north), within in ((inside, True), (outside, False)):
        assert (frame.west < longitude < frame.east and frame.south < north < frame.north) is within


def test_every_country_of_the_arab_world_can_be_drawn() -> None:
    arab = "SY IQ LB JO PS YE SA EG LY TN DZ MA SD SO MR OM AE QA BH KW DJ KM"
    assert set(arab.split(" ")) <= set(outlines().countries)


@given(st.floats(-80, 80))
def test_the_projection_leads_back(north: float) -> None:
    assert latitude(northing(north)) == pytest.approx(north, abs=1e-6)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(st.floats(-75, 75), st.floats(-170, 170)), min_size=1, max_size=12), st.sampled_from([WIDE, NARROW]))
def test_no_place_and_no_count_is_lost_in_the_frame_around_all(at: list[tuple[float, float]], size: object) -> None:
    spots = [spot(f"مكان {n}", north, east, count=n + 1) for n, (north, east) in enumerate(at)]
    drawn = map_of(spots, zoomed(frame_around(spots), 1.05), size)  # type: ignore[arg-type]
    assert drawn.outside == 0
    assert sum(mark.count for mark in drawn.marks) == sum(each.count for each in spots)
    assert sum(1 + mark.more for mark in drawn.marks) == len(spots)


@given(st.floats(0.1, 10), st.floats(-1, 1), st.floats(-1, 1))
def test_a_moved_frame_stays_on_the_earth(by: float, east: float, north: float) -> None:
    frame = zoomed(SOUTH, by, east=east, north=north)
    assert frame.west < frame.east
    assert -90 <= frame.south < frame.north <= 90
