"""Lists of places that users have: what is sound is imported, what is not is refused with its line and the reason."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from riwaya.errors import KnowledgeError
from riwaya.knowledge.imports import Imported, import_places
from riwaya.knowledge.index import Index
from riwaya.knowledge.places import Gazetteer, Place
from tests.knowledge import made

OCHA = "PCODE,NAME_EN,NAME_ARA,ADMIN2_ARA,ADMIN1_COD,ADMIN1_ARA,LATITUDE,LONGITUDE"
GOOD = ("C1,Tin,التينة,السهل,XA01,السهل,10.11,40.21", 'C2,"Tut, East",التوتة الشرقية,,XA01,محافظة السهل,10.12,40.22')
CSV = "name_ar;latitude;longitude;kind;within;country;radius_km;other_names"


@pytest.fixture
def gazetteer(tmp_path: Path) -> Iterator[Gazetteer]:
    with made.gazetteer(tmp_path) as opened:
        yield opened


def imported(
    tmp_path: Path, gazetteer: Gazetteer, form: str, content: str | bytes, names: Path | None = None
) -> tuple[Imported, list[Place]]:
    file = tmp_path / "list.csv"
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    done = import_places(file, form, tmp_path / "own.sqlite", gazetteer, names)
    with Index(tmp_path / "own.sqlite", Place) as own:
        return done, list(own)


def test_communities_are_imported_and_found_at_once(tmp_path: Path, gazetteer: Gazetteer) -> None:
    done, places = imported(tmp_path, gazetteer, "ocha", "\r\n".join((OCHA, *GOOD)))
    assert done == Imported(2, 0, 0, ())
    assert [(place.key, place.name_en, place.within, place.country, place.origin) for place in places] == [
        ("ocha-c1", "Tin", "xa-sahl-governorate", "XA", "ocha:C1"),
        ("ocha-c2", "Tut, East", "xa-sahl-governorate", "XA", "ocha:C2"),
    ]
    with made.gazetteer(tmp_path, tmp_path / "own.sqlite") as both:
        [found] = both.candidates("ببلدة التوتة الشرقية")
        assert found.reasons[-2:] == ("village › السهل › برقاء", "imported by this library")


def test_a_second_import_changes_nothing_and_a_corrected_one_what_was_corrected(tmp_path: Path, gazetteer: Gazetteer) -> None:
    content = "\n".join((OCHA, *GOOD))
    imported(tmp_path, gazetteer, "ocha", content)
    before = (tmp_path / "own.sqlite").read_bytes()
    assert imported(tmp_path, gazetteer, "ocha", content)[0] == Imported(0, 0, 2, ())
    assert (tmp_path / "own.sqlite").read_bytes() == before
    done, places = imported(tmp_path, gazetteer, "ocha", content.replace("10.11", "10.10"))
    assert done == Imported(0, 1, 1, ())
    assert [place.latitude for place in places] == [10.10, 10.12]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("C9,New,جديدة,,XA01,السهل,,40.2", "not both numbers"),
        ("C9,New,جديدة,,XA01,السهل,10.1,1e999", "out of range"),
        ("C9,New,جديدة,,XA01,السهل,40.2,10.1", "look swapped"),
        ("C9,New,جديدة,,XA01,السهل,95.0,40.2", "out of range"),
        ("C9,New,جديدة,,XA01,السهل,10.1,-40.2", "km from the middle of Sahl Governorate"),
        ("C9,New,,,XA01,السهل,10.1,40.2", "no NAME_ARA"),
        ("C9,New,Ø¬Ø¯ÙŠØ¯Ø©,,XA01,السهل,10.1,40.2", "no Arabic letter"),
        ("C1,New,جديدة,,XA01,السهل,10.1,40.2", "has the key of line 2"),
        ("C9,New,التِّينه,,XA01,السهل,10.1101,40.2101", "has the name and coordinates of line 2"),
        ("C9,New", "not both numbers"),
        ("C9,New,جديدة,,XA01,السهل,10.1,40.2".encode("windows-1256"), "is not UTF-8"),
    ],
)
def test_a_line_that_cannot_be_used_is_refused_and_the_others_are_not(
    tmp_path: Path, gazetteer: Gazetteer, line: str | bytes, why: str
) -> None:
    lines = [OCHA.encode(), GOOD[0].encode(), line if isinstance(line, bytes) else line.encode(), GOOD[1].encode()]
    done, places = imported(tmp_path, gazetteer, "ocha", b"\n".join(lines))
    assert done.new == 2
    assert [place.key for place in places] == ["ocha-c1", "ocha-c2"]
    [complaint] = done.refused
    assert (complaint.file, complaint.line) == ("list.csv", 3)
    assert why in complaint.why


def test_a_file_that_is_swapped_in_most_lines_is_refused_whole(tmp_path: Path, gazetteer: Gazetteer) -> None:
    swapped = [f"C{n},New,قرية {n},,XA01,السهل,40.{n},10.{n}" for n in range(1, 5)]
    done, places = imported(tmp_path, gazetteer, "ocha", "\n".join((OCHA, *swapped, GOOD[0].replace("C1", "C9"))))
    assert places == []
    assert [complaint.line for complaint in done.refused] == [2, 3, 4, 5, 6]
    assert "swapped in most lines" in done.refused[-1].why


@pytest.mark.parametrize(
    ("form", "content", "why"),
    [
        ("ocha", OCHA.replace("LATITUDE", "LAT"), "has no column LATITUDE"),
        ("ocha", "", "has no column PCODE, NAME_EN"),
        ("csv", "name;lat;lon", "has no column name_ar, latitude, longitude"),
        ("csv", CSV.encode("utf-16"), "is UTF-16"),
    ],
)
def test_a_file_without_its_columns_is_refused_whole(
    tmp_path: Path, gazetteer: Gazetteer, form: str, content: str | bytes, why: str
) -> None:
    with pytest.raises(KnowledgeError, match=why):
        imported(tmp_path, gazetteer, form, content)
    assert not (tmp_path / "own.sqlite").exists()


def test_a_missing_file_is_refused(tmp_path: Path, gazetteer: Gazetteer) -> None:
    with pytest.raises(KnowledgeError, match="No such file"):
        import_places(tmp_path / "nowhere.csv", "csv", tmp_path / "own.sqlite", gazetteer)


def test_a_table_of_ones_own_says_what_it_knows(tmp_path: Path, gazetteer: Gazetteer) -> None:
    lines = (
        "\ufeff" + CSV,
        "حاجز النخلة;10.3;40.3;crossing;السهل;XA;0.5;النخلة|حاجز النخل",
        "قرية النبع;10.4;40.4;;;xa;;",
        "تل الريح;10.5;40.5;hill;xa;;;",
        "تل الريح;10.5;40.5;mountain;nowhere;;;",
        "تل الريح;10.5;40.5;mountain;;;;",
        "تل الريح;10.5;40.5;mountain;xa;;wide;",
    )
    done, places = imported(tmp_path, gazetteer, "csv", "\n".join(lines))
    crossing, village = sorted(places, key=lambda place: place.kind)
    assert (crossing.kind, crossing.within, crossing.radius_km) == ("crossing", "xa-sahl-governorate", 0.5)
    assert crossing.other_names == ("النخلة", "حاجز النخل")
    assert (village.kind, village.within, village.country) == ("village", "xa", "XA")
    assert [(one.line, one.why) for one in done.refused] == [
        (4, "there is no kind 'hill'"),
        (5, "'nowhere' in within is no place that is known"),
        (6, "names neither a country nor what it lies within"),
        (7, "the radius 'wide' is no number of kilometres"),
    ]


def test_a_geonames_dump_is_imported_with_the_names_that_are_arabic(tmp_path: Path, gazetteer: Gazetteer) -> None:
    def line(key: int, name: str, alternates: str, latitude: str, code: str, inhabitants: int = 0) -> str:
        start = (str(key), name, name, alternates, latitude, "40.4", "P", code, "XA", "", "07")
        return "\t".join((*start, "", "", "", str(inhabitants), "", "", "", ""))

    names = ("1 102 en Well 1", "2 102 ar البئر", "3 102 ar البئر_الشمالي 1", "4 102 ar قديم - - - 1")
    rows = ("\t".join("" if cell == "-" else cell.replace("_", " ") for cell in name.split()) for name in names)
    (tmp_path / "names.txt").write_text("\n".join(rows), encoding="utf-8")
    lines = (
        line(101, "Ţarţā", "ترتا,طرطا,تەرتا,Tarta", "10.4", "PPL", 20_000),
        line(102, "North Well", "بئر", "10.5", "PPLX"),
        line(103, "Some Stable", "إسطبل", "10.6", "STBL"),
        line(104, "Nowhere", "لا مكان", "100.6", "PPL"),
        "105\tcut",
        line(106, "Sahl", "محافظة السهل", "10.1", "ADM1"),
    )
    done, places = imported(tmp_path, gazetteer, "geonames", "\n".join(lines), tmp_path / "names.txt")
    assert [(place.key, place.name_ar, place.kind, place.other_names) for place in places] == [
        ("gn-101", "طرطا", "town", ("ترتا",)),
        ("gn-102", "البئر الشمالي", "quarter", ("البئر",)),
        ("gn-106", "السهل", "governorate", ("محافظة السهل",)),
    ]
    assert [place.within for place in places] == ["xa-sahl-governorate", "xa-sahl-governorate", "xa"]
    assert [(one.line, one.why.split()[0]) for one in done.refused] == [(4, "latitude"), (5, "has")]
    with made.gazetteer(tmp_path, tmp_path / "own.sqlite") as both:
        [area, _] = both.candidates("السهل")
        assert (area.place.key, area.place.latitude, area.place.radius_km) == ("xa-sahl-governorate", 10.0, 60)
