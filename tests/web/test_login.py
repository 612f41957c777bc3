"""A desk that others can reach: nobody comes in without login, no page of another site acts for somebody who has."""

from collections.abc import Iterator

import httpx2
import pytest

from riwaya.library import Library
from riwaya.web.app import desk_app
from riwaya.web.guard import COOKIE
from riwaya.web.users import Users
from tests.web.conftest import QUICK, Served

PASSWORD = "خبز وملح وزيت"


@pytest.fixture(scope="module")
def users(tmp_path_factory: pytest.TempPathFactory) -> Users:
    users = Users(tmp_path_factory.mktemp("users"), QUICK)
    users.add("salma", "reader", PASSWORD)
    return users


@pytest.fixture(scope="module")
def open_desk(demo_library: Library, users: Users) -> Iterator[str]:
    served = Served(desk_app(demo_library, users))
    yield served.address
    served.close()


@pytest.fixture
def visitor(open_desk: str) -> Iterator[httpx2.Client]:
    with httpx2.Client(base_url=open_desk, headers={"Origin": open_desk}) as client:
        yield client


def logged_in(visitor: httpx2.Client, password: str = PASSWORD, to: str = "/outlets") -> httpx2.Response:
    return visitor.post("/session", data={"name": "salma", "password": password, "to": to})


@pytest.mark.parametrize("address", ["/", "/outlets", "/articles/0123456789abcdef0123", "/no-such-page", "/login/", "/assets"])
def test_nobody_sees_anything_without_login(visitor: httpx2.Client, address: str) -> None:
    answer = visitor.get(address)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/login?to=")


def test_the_door_tells_nothing_of_the_library(visitor: httpx2.Client, demo_library: Library) -> None:
    assert demo_library.folder.name not in visitor.get("/login").text
    assert visitor.get("/login").status_code == 200


def test_who_logs_in_comes_to_where_they_wanted_and_goes_out_for_good(visitor: httpx2.Client) -> None:
    answer = logged_in(visitor)
    assert (answer.status_code, answer.headers["location"]) == (303, "/outlets")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Max-Age=" in cookie
    word = visitor.cookies[COOKIE]
    assert "salma" in visitor.get("/").text
    assert visitor.post("/session/end").status_code == 303
    visitor.cookies.set(COOKIE, word)
    assert visitor.get("/").status_code == 303


def test_a_wrong_password_is_said_and_lets_nobody_in(visitor: httpx2.Client) -> None:
    assert logged_in(visitor, "wrong password").status_code == 401
    assert visitor.get("/").status_code == 303


@pytest.mark.parametrize("to", ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)", "/\nx"])
def test_nobody_is_sent_away_after_login(visitor: httpx2.Client, to: str) -> None:
    assert logged_in(visitor, to=to).headers["location"] == "/"


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
    ],
)
def test_a_form_on_another_page_does_nothing(visitor: httpx2.Client, headers: dict[str, str]) -> None:
    logged_in(visitor)
    assert visitor.post("/session/end", headers=headers).status_code == 403
    assert visitor.get("/").status_code == 200


@pytest.mark.parametrize("cookie", ["", "x", "riwaya-session", "riwaya-session=", 'riwaya-session="', "a=b; riwaya-session=é", ";;;=\\"])
def test_a_made_up_cookie_is_no_session(visitor: httpx2.Client, cookie: str) -> None:
    assert visitor.get("/", headers={b"Cookie": cookie.encode("latin-1")}).status_code == 303
