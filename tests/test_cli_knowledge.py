"""Looking up places and actors, and importing lists, as a user does it."""

from pathlib import Path

import pytest

from tests.test_cli import riwaya

LIST = (
    "name_ar,latitude,longitude,within\nعين الحجارة البيضاء,32.7,36.2,sy-daraa-governorate\nتل قريب,36.3,37.7,sy\nتل بعيد,north,36.2,sy\n"
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("library")
    assert riwaya("new", folder).returncode == 0
    return folder


def test_places_are_found_without_a_library_and_none_is_chosen(tmp_path: Path) -> None:
    done = riwaya("places", "find", "حي", "المنشية", "--within", "درعا", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "sy-daraa-manshiya" in done.stdout
    assert "«حي» names a quarter" in done.stdout
    both = riwaya("places", "find", "طرابلس", cwd=tmp_path).stdout
    assert "ly-" in both
    assert "lb-" in both
    nothing = riwaya("places", "find", "لا مكان بهذا الاسم", cwd=tmp_path)
    assert (nothing.returncode, nothing.stdout, nothing.stderr) == (1, "", "No place of this name is known.\n")


def test_a_list_is_imported_found_and_goes_into_the_backup(library: Path, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(LIST, encoding="utf-8")
    first = riwaya("places", "import", "csv", tmp_path / "list.csv", cwd=library)
    assert first.returncode == 3
    assert first.stdout == "New places: 2; changed: 0; known before: 0; lines refused: 1.\n"
    assert first.stderr == "list.csv:4: latitude 'north' and longitude '36.2' are not both numbers\n"
    again = riwaya("places", "import", "csv", tmp_path / "list.csv", cwd=library)
    assert again.stdout == "New places: 0; changed: 0; known before: 2; lines refused: 1.\n"
    assert "imported by this library" in riwaya("places", "find", "عين الحجارة البيضاء", cwd=library).stdout
    assert riwaya("backup", tmp_path / "copy", "--library", library).returncode == 0
    assert "imported by this library" in riwaya("places", "find", "عين الحجارة البيضاء", "-l", tmp_path / "copy").stdout


def test_an_import_says_what_it_does_not_change(tmp_path: Path) -> None:
    assert riwaya("new", tmp_path / "library").returncode == 0
    (tmp_path / "list.csv").write_text("name_ar,latitude,longitude,within\nكفر الزعفران,32.7,36.2,sy-daraa-governorate\n", encoding="utf-8")
    page = next((Path(__file__).parents[1] / "src" / "riwaya" / "samples" / "pages").iterdir())
    assert riwaya("collect", page, cwd=tmp_path / "library").returncode == 0
    assert riwaya("read", "--reader", "rules", cwd=tmp_path / "library").returncode == 0
    done = riwaya("places", "import", "csv", tmp_path / "list.csv", cwd=tmp_path / "library")
    assert (done.returncode, "after riwaya rebuild" in done.stdout) == (0, True)
    again = riwaya("places", "import", "csv", tmp_path / "list.csv", cwd=tmp_path / "library")
    assert (again.returncode, "after riwaya rebuild" in again.stdout) == (0, False)


def test_actors_are_found_with_the_sense_of_the_wording(library: Path) -> None:
    shipped = riwaya("actors", "find", "ميليشيات", "الأسد", cwd=library)
    assert shipped.returncode == 0, shipped.stderr
    assert "sy-army" in shipped.stdout
    assert "hostile" in shipped.stdout
    assert riwaya("actors", "find", "لا أحد بهذا الاسم", cwd=library).returncode == 1


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["places", "import", "shapefile", "x"], "ocha, geonames, csv"),
        (["places", "import", "csv", "nowhere.csv"], "nowhere.csv cannot be read"),
        (["places", "find", "درعا", "-l", "nowhere"], "is no library"),
    ],
)
def test_what_is_refused_is_said_in_words(library: Path, words: list[str], complaint: str) -> None:
    done = riwaya(*words, cwd=library)
    assert done.returncode in (1, 2)
    assert complaint in done.stderr
    assert "Traceback" not in done.stderr
