"""Which actors a wording may mean, and what is said by it; a library's own actors win."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from riwaya.errors import KnowledgeError
from riwaya.knowledge.actors import Actor, Register, Wording, _own_actors, at_home
from riwaya.knowledge.index import form_of
from tests.knowledge import made

OWN = """
[[actor]]
key = "own-brigade"
name_ar = "لواء النخيل"
name_en = "Palm Brigade"
kind = "political militia"
sector = "UAF"
country = "XA"
parent = "xa-army"
from = ""
to = ""
wordings = [{ ar = "مسلحو الجبل", sense = "hostile", by = "" }]

[[actor]]
key = "xa-state"
name_ar = "دولة برقاء"
name_en = "State of Barqa"
kind = "state"
sector = "GOV"
country = "XA"
parent = ""
from = ""
to = ""
"""


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with Register(made.register_index(tmp_path)) as opened:
        yield opened


@pytest.mark.parametrize(
    ("wording", "expected"),
    [
        ("القوات الحكومية البرقاوية", [("xa-army", "neutral")]),
        ("عصابات السهل", [("xa-army", "hostile")]),
        ("وعصابات السهل", [("xa-army", "hostile")]),
        ("جيش برقاء الوطني", [("xa-army", "neutral")]),
        ("Barqa national army", [("xa-army", "neutral")]),
        ("قائد جيش برقاء", [("xa-army", "role")]),
        ("الجيش", [("xa-army", "neutral"), ("xa-front", "neutral")]),
        ("للجيش", [("xa-army", "neutral"), ("xa-front", "neutral")]),
        ("جيش", []),
        ("", []),
    ],
)
def test_a_wording_gives_its_actors_with_its_sense(register: Register, wording: str, expected: list[tuple[str, str]]) -> None:
    assert [(one.actor.key, one.wording.sense) for one in register.find(wording)] == expected


def test_reasons_say_who_uses_the_wording_and_what_the_actor_belongs_to(register: Register) -> None:
    [found] = register.find("بعصابات السهل")
    assert found.reasons == (
        "wording «عصابات السهل»: hostile, used by المعارضة",
        "without «ب» attached in front",
        "state forces, belongs to برقاء",
    )
    assert all("ambiguous: it means this actor only where the context says so" in one.reasons for one in register.find("الجيش"))


def test_a_librarys_own_actors_win(tmp_path: Path) -> None:
    (tmp_path / "actors.toml").write_text(OWN, encoding="utf-8")
    with Register(made.register_index(tmp_path), _own_actors(tmp_path / "actors.toml")) as register:
        [found] = register.find("مسلحو الجبل")
        assert found.actor.key == "own-brigade"
        assert found.reasons[-2:] == ("political militia, belongs to جيش برقاء الوطني", "from this library's own file")
        state = register.actor("xa-state")
        assert state is not None
        assert state.name_ar == "دولة برقاء"
        assert register.find("السلطات البرقاوية") == ()  # a wording of the actor that was replaced


@pytest.mark.parametrize(
    ("written", "complaint"),
    [
        (b"[[actor]\n", "actors.toml:1: is no TOML"),
        (OWN.replace('sector = "UAF"', 'sector = "XYZ"').encode(), "actors.toml:3: own-brigade: there is no sector 'XYZ'"),
        ("[[actor]]\nkey = 'برقاء'".encode("windows-1256"), "is not UTF-8"),
    ],
)
def test_an_own_file_that_cannot_be_used_is_refused_by_line(tmp_path: Path, written: bytes, complaint: str) -> None:
    (tmp_path / "actors.toml").write_bytes(written)
    with pytest.raises(KnowledgeError, match=complaint):
        Register.open(tmp_path / "actors.toml")


def test_all_wordings_of_the_syrian_army_are_one_actor_and_keep_their_sense() -> None:
    senses = {}
    with Register.open() as register:
        for wording in ("قوات النظام", "الجيش العربي السوري", "ميليشيات الأسد", "القوات الحكومية السورية"):
            [army] = [one for one in register.find(wording) if one.actor.key == "sy-army"]
            senses[wording] = army.wording.sense
    assert list(senses.values()) == ["hostile", "self-name", "hostile", "neutral"]


SYRIAN = Actor(
    key="sy-ministry", name_ar="وزارة السياحة السورية", name_en="Ministry of Tourism", kind="government body", sector="GOV", country="SY",
    parent="", since="", until="",
    wordings=(
        Wording(ar="وزارة السياحة", sense="neutral"),
        Wording(ar="وزير السياحة السوري", sense="role"),
        Wording(ar="السياحة السورية", sense="neutral"),
        Wording(ar="وزير السياحة القطري", sense="hostile"),
    ),
)  # fmt: skip


def test_what_a_body_is_called_in_its_own_country_is_ambiguous() -> None:
    wordings = {wording.ar: wording for wording in at_home(SYRIAN).wordings}
    assert wordings["وزارة السياحة"].ambiguous  # every country has one
    assert wordings["وزير السياحة"] == Wording(ar="وزير السياحة", sense="role", ambiguous=True)
    assert "السياحة" not in wordings  # a bare noun names no body
    assert not wordings["وزير السياحة القطري"].ambiguous  # another country is no part of what may be left out


def test_what_names_another_anywhere_is_no_short_wording() -> None:
    assert "وزير السياحة" not in {wording.ar for wording in at_home(SYRIAN, {form_of("وزير السياحة")}).wordings}
