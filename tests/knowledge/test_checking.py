"""The shipped lists are sound, and each kind of fault is found in its line."""

from importlib.resources import files
from pathlib import Path

import pytest

from riwaya.knowledge.checking import actor_complaints, place_complaints
from tests.knowledge import made

KNOWLEDGE = Path(str(files("riwaya.knowledge")))
GOOD = "xa-new\tجديدة\tNew\t\tvillage\txa-sahl\t10.1\t40.1\t2\tpoint\trough"


def test_the_shipped_lists_are_sound() -> None:
    assert list(map(str, place_complaints(KNOWLEDGE / "places"))) == []
    assert list(map(str, actor_complaints(KNOWLEDGE / "actors"))) == []


def test_the_made_lists_are_sound(tmp_path: Path) -> None:
    (tmp_path / "xa.tsv").write_text("\n".join(made.place_lines(GOOD)), encoding="utf-8")
    (tmp_path / "xa.toml").write_text(made.ACTORS, encoding="utf-8")
    assert list(place_complaints(tmp_path)) == []
    assert list(actor_complaints(tmp_path)) == []


@pytest.mark.parametrize(
    ("was", "becomes", "why"),
    [
        ("\trough", "", "10 columns, not 11"),
        ("xa-new", "xa-lubna", "the key xa-lubna stands at xa.tsv:11 too"),
        ("xa-new", "Xa New", "no small ASCII slug"),
        ("xa-new", "zz-new", "does not begin with xa"),
        ("village", "hamlet", "there is no kind 'hamlet'"),
        ("point", "dot", "there is no shape 'dot'"),
        ("xa-sahl", "xa-nowhere", "lies within 'xa-nowhere'"),
        ("xa-sahl", "xa-new", "lies within 'xa-new'"),
        ("10.1", "ten", "not both numbers"),
        ("10.1", "101.0", "out of range"),
        ("10.1", "nan", "out of range"),
        ("\t2\t", "\t0\t", "the radius 0.0 km cannot be"),
        ("rough", "geonames:11", "has the geonames id of line 4"),
        ("rough", "atlas", "neither rough nor geonames:ID"),
        ("جديدة", " جديدة", "name_ar begins or ends with a blank"),
        ("جديدة", "", "has no name_ar"),
        ("\tNew\t\t", "\tNew\tأ||ب\t", "one of other_names is empty"),
        (
            GOOD,
            GOOD.replace("xa-new", "xa-again").replace("جديدة", "الرُّمانه").replace("village", "quarter"),
            "name, parent and kind of line 5",
        ),
    ],
)
def test_a_faulty_place_is_found_in_its_line(tmp_path: Path, was: str, becomes: str, why: str) -> None:
    (tmp_path / "xa.tsv").write_text("\n".join(made.place_lines(GOOD.replace(was, becomes))), encoding="utf-8")
    complaints = list(place_complaints(tmp_path))
    assert [(one.file, one.line) for one in complaints] == [("xa.tsv", 12)]
    assert why in complaints[0].why


def test_a_wrong_header_and_a_wrong_encoding_are_found(tmp_path: Path) -> None:
    (tmp_path / "xa.tsv").write_text("\n".join(made.place_lines()).replace("radius_km", "radius"), encoding="utf-8")
    (tmp_path / "xb.tsv").write_text("\n".join(made.place_lines()), encoding="windows-1256")
    assert [(one.file, one.line) for one in place_complaints(tmp_path)] == [("xa.tsv", 1), ("xb.tsv", 1)]


@pytest.mark.parametrize(
    ("was", "becomes", "line", "why"),
    [
        ('key = "xa-front"', 'key = "xa-army"', 33, "the key xa-army stands at xa.toml:16 too"),
        ('parent = "xa-state"', 'parent = "xa-nobody"', 16, "belongs to 'xa-nobody'"),
        ('kind = "rebel group"', 'kind = "rebels"', 33, "there is no kind 'rebels'"),
        ('sector = "REB"', 'sector = "RBL"', 33, "there is no sector 'RBL'"),
        ('sense = "hostile", by = "الإعلام الرسمي"', 'sense = "rude", by = ""', 33, "there is no sense 'rude'"),
        ('sense = "hostile", by = "الإعلام الرسمي"', 'sense = "hostile"', 33, "a wording has ar, sense and by"),
        ('from = "2001-05"', 'from = "May 2001"', 33, "neither a year nor YYYY-MM"),
        ('country = "XA"\nparent = ""\nfrom = "2001-05"', 'country = "xa"\nparent = ""\nfrom = ""', 33, "no two capital letters"),
        ('from = "2001-05"\n', "", 33, "from: missing"),
        ('from = "2001-05"\n', 'from = ""\nsince = ""\n', 33, "there is no field since"),
        ('roles = ["قائد جيش برقاء"]', 'roles = ["عصابات السهل", " "]', 16, "is empty or begins or ends with a blank"),
        ('{ ar = "عصابات السهل"', '{ ar = "القوات الحكوميه البرقاوية"', 16, "stands there twice"),
    ],
)
def test_a_faulty_actor_is_found_in_its_line(tmp_path: Path, was: str, becomes: str, line: int, why: str) -> None:
    assert was in made.ACTORS
    (tmp_path / "xa.toml").write_text(made.ACTORS.replace(was, becomes), encoding="utf-8")
    complaints = list(actor_complaints(tmp_path))
    assert any(one.line == line and why in one.why for one in complaints), complaints


def test_a_wording_of_two_actors_must_be_ambiguous_in_both(tmp_path: Path) -> None:
    (tmp_path / "xa.toml").write_text(made.ACTORS.replace("مسلحو الجبل", "عصابات السهل"), encoding="utf-8")
    both = [one.why for one in actor_complaints(tmp_path)]
    assert len(both) == 2
    assert all("is given to" in why for why in both)
    (tmp_path / "xa.toml").write_text(made.ACTORS.replace("مسلحو الجبل", "الجيش"), encoding="utf-8")
    assert list(actor_complaints(tmp_path)) == []
