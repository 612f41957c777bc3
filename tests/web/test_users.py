"""Who may log in."""

import stat
from pathlib import Path

import pytest

from riwaya.errors import SettingsError
from riwaya.web.users import FILE_NAME, User, Users, may
from tests.web.conftest import QUICK

PASSWORD = "قمح وزيتون وزعتر"


@pytest.fixture
def users(tmp_path: Path) -> Users:
    users = Users(tmp_path, QUICK)
    users.add("سلمى", "reviewer", PASSWORD)
    return users


def test_a_user_comes_in_with_the_password_and_with_no_other(users: Users) -> None:
    assert users.with_password("سلمى", PASSWORD) == User("سلمى", "reviewer")
    assert users.with_password("سلمى", f"{PASSWORD} ") is None
    assert users.with_password("يزن", PASSWORD) is None


def test_the_file_holds_no_password_and_is_the_owners_alone(users: Users, tmp_path: Path) -> None:
    file = tmp_path / FILE_NAME
    assert PASSWORD not in file.read_text(encoding="utf-8")
    assert "$argon2id$" in file.read_text(encoding="utf-8")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_who_is_removed_is_out(users: Users) -> None:
    users.remove("سلمى")
    assert users.all() == ()
    assert users.with_password("سلمى", PASSWORD) is None
    with pytest.raises(SettingsError, match="no user"):
        users.remove("سلمى")


@pytest.mark.parametrize(
    ("name", "password"), [("", PASSWORD), ("a b", PASSWORD), ("<b>", PASSWORD), ("x" * 61, PASSWORD), ("salma", "short")]
)
def test_names_and_passwords_that_will_not_do(users: Users, name: str, password: str) -> None:
    with pytest.raises(SettingsError):
        users.add(name, "reader", password)
    assert [user.name for user in users.all()] == ["سلمى"]


@pytest.mark.parametrize("text", ["{", "[]", '{"a": 1}', '{"a": {"role": "owner", "password": ""}}', '{"a": {"role": "reader"}}'])
def test_a_damaged_file_lets_nobody_in(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE_NAME).write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError):
        Users(tmp_path).with_password("a", "")


def test_each_role_may_do_what_those_before_it_may() -> None:
    assert may("manager", "reader")
    assert may("reviewer", "reviewer")
    assert not may("reader", "reviewer")
