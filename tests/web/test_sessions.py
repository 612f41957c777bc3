"""How long somebody is logged in, and how often one may try."""

from pathlib import Path

import pytest

from riwaya.web.sessions import ATTEMPTS_FOR_A_NAME, ATTEMPTS_FROM_AN_ADDRESS, SESSION_SECONDS, WAIT_SECONDS, Sessions
from riwaya.web.users import User, Users
from tests.web.conftest import QUICK

PASSWORD = "زعتر وزيت وخبز"


@pytest.fixture
def users(tmp_path: Path) -> Users:
    users = Users(tmp_path, QUICK)
    users.add("yazan", "reader", PASSWORD)
    return users


def test_a_session_ends_by_time_by_logging_out_by_a_new_password_and_by_removal(users: Users) -> None:
    sessions = Sessions(users)
    word = sessions.log_in("yazan", PASSWORD, "192.0.2.1", 0) or ""
    assert sessions.user(word, SESSION_SECONDS - 1) == User("yazan", "reader")
    assert sessions.user(word, SESSION_SECONDS) is None
    assert sessions.user(f"{word}x", 1) is None
    users.add("yazan", "reviewer", PASSWORD)
    assert sessions.user(word, 1) is None
    word = sessions.log_in("yazan", PASSWORD, "192.0.2.1", 0) or ""
    sessions.log_out(word)
    assert sessions.user(word, 1) is None
    word = sessions.log_in("yazan", PASSWORD, "192.0.2.1", 0) or ""
    users.remove("yazan")
    assert sessions.user(word, 1) is None


def test_after_some_wrong_passwords_even_the_right_one_waits(users: Users) -> None:
    sessions = Sessions(users)
    for attempt in range(ATTEMPTS_FOR_A_NAME):
        assert sessions.log_in("yazan", "wrong password", f"192.0.2.{attempt}", attempt) is None
    assert sessions.log_in("yazan", PASSWORD, "192.0.2.99", ATTEMPTS_FOR_A_NAME) is None
    assert sessions.log_in("yazan", PASSWORD, "192.0.2.99", WAIT_SECONDS + 1) is not None


def test_one_address_cannot_try_many_names(users: Users) -> None:
    sessions = Sessions(users)
    for attempt in range(ATTEMPTS_FROM_AN_ADDRESS):
        sessions.log_in(f"name{attempt}", "wrong password", "192.0.2.1", 0)
    assert sessions.log_in("yazan", PASSWORD, "192.0.2.1", 1) is None
    assert sessions.log_in("yazan", PASSWORD, "192.0.2.2", 1) is not None
