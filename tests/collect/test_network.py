"""Only the public web is connected to: by name, by number in any spelling, by redirect, by a second look-up."""

import socket
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from riwaya.collect.addresses import is_public, web_address, without_credentials
from riwaya.collect.fetch import Limits, fetch_page
from riwaya.records import Failure, Served
from tests.collect.site import Answer, Site, site

NOW = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.fixture(scope="module")
def running() -> Iterator[Site]:
    with site() as running:
        yield running


def fetched(address: str, *, loopback: bool = False) -> Served | Failure:
    return fetch_page(address, limits=Limits(bytes=100_000, seconds=5), now=NOW, loopback=loopback)


@pytest.mark.parametrize(
    "number",
    [
        "127.0.0.1", "127.9.9.9", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "100.100.100.200",
        "192.0.0.192", "198.18.0.1", "224.0.0.1", "255.255.255.255", "168.63.129.16", "::1", "::", "fe80::1%eth0", "fc00::1",
        "fd00:ec2::254", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2002:a9fe:a9fe::",
        "::127.0.0.1", "::10.0.0.1", "::ffff:0:127.0.0.1", "64:ff9b:1::a00:1", "::5efe:10.0.0.1", "fec0::1", "3fff::1", "4000::1",
        "2001:db8::1", "2001:0:a00:1::", "100::1",
    ],
)  # fmt: skip
def test_numbers_that_are_not_of_the_public_internet(number: str) -> None:
    assert not is_public(number)


@pytest.mark.parametrize("number", ["93.184.216.34", "8.8.8.8", "2606:2800:220:1::1", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_numbers_that_are(number: str) -> None:
    assert is_public(number)


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "LOCALHOST", "2130706433", "0x7f000001", "0x7f.1", "127.1", "0177.0.0.1", "[::1]", "0",
     "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]", "[64:ff9b::7f00:1]", "[0:0:0:0:0:0:0:1]", "169.254.169.254", "2852039166",
     "10.0.0.1", "192.168.0.1", "0.0.0.0", "127.0.0.1.", "127。0。0。1", "127．0．0．1", "①②⑦.⓪.⓪.①", "١٢٧.٠.٠.١", "%31%32%37.0.0.1",
     "017700000001", "0x7F.0x0.0x0.0x1", "127.0.1", "lOcAlHoSt.", "127.0.0.1%00.example.org", "127.0.0.1\t"],
)  # fmt: skip
def test_a_private_machine_is_not_asked_however_it_is_spelled(running: Site, host: str) -> None:
    before = len(running.requests)
    failure = fetched(f"http://{host}:{running.address.rpartition(':')[2]}/page")
    assert isinstance(failure, Failure)
    assert failure.reason == "refused" or failure.detail.endswith("is not known.")  # the system makes nothing of some of them
    assert len(running.requests) == before


@pytest.mark.parametrize(
    "target",
    ["http://169.254.169.254/latest/meta-data/", "http://10.0.0.1/", "http://0xa9fea9fe/", "http://2852039166/", "http://0251.0376.0251.0376/",
     "http://[fd00:ec2::254]/", "http://[::ffff:169.254.169.254]/", "http://[::ffff:a9fe:a9fe]/", "http://[64:ff9b::a9fe:a9fe]/",
     "http://[::10.0.0.1]/", "http://0/", "http://10.1/", "//169.254.169.254/", "http://169。254。169。254/", "http://169.254.169.254./",
     "http:\\\\10.0.0.1/", "http://hawran.example@10.0.0.1/", "http://10.0.0.1#@hawran.example/", "http://192.168.0.1:22/", "HTTP://10.0.0.1"],
)  # fmt: skip
def test_a_redirect_leads_to_no_private_machine(running: Site, target: str) -> None:
    running.answers["/in"] = Answer(b"", 302, {"Location": target.encode().decode("latin-1")})
    failure = fetched(f"{running.address}/in", loopback=True)
    assert isinstance(failure, Failure)
    assert failure.address == f"{running.address}/in"
    assert failure.reason == "refused" or failure.detail.endswith("is not known."), failure.detail


def test_a_name_is_looked_up_once_and_its_number_is_connected_to(running: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    looked_up: list[str] = []
    real = socket.getaddrinfo

    def resolver(host: str, port: int, *rest: Any, **more: Any) -> Any:  # the first answer is good, each further one would be another
        if host == "rebinding.example":
            looked_up.append(host)
            return real("127.0.0.1" if len(looked_up) == 1 else "10.0.0.1", port, *rest, **more)
        return real(host, port, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", resolver)
    served = fetched(f"http://rebinding.example:{running.address.rpartition(':')[2]}/page", loopback=True)
    assert isinstance(served, Served)
    assert looked_up == ["rebinding.example"]


def test_a_name_with_one_private_number_among_public_ones_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, 80)) for number in ("93.184.216.34", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: answers)
    failure = fetched("http://both.example/")
    assert isinstance(failure, Failure)
    assert failure.detail == "The address leads to 10.0.0.1, which is no public address."


def test_no_proxy_and_no_password_of_the_environment_is_used(running: Site, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login me password secret\ndefault login me password secret\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    assert isinstance(fetched(f"{running.address}/page", loopback=True), Served)
    assert "authorization" not in running.requests[-1]


def test_a_look_up_that_hangs_is_given_up_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    def hangs(*_: object, **__: object) -> None:
        time.sleep(2)
        raise OSError("nobody knows")

    monkeypatch.setattr(socket, "getaddrinfo", hangs)
    began = time.monotonic()
    failure = fetch_page("http://hangs.example/", limits=Limits(bytes=1000, seconds=0.3), now=NOW)
    assert isinstance(failure, Failure)
    assert failure.reason == "unreachable"
    assert time.monotonic() - began < 1.5
    time.sleep(2)  # its thread ends within this test


@pytest.mark.parametrize(
    ("address", "page", "found"),
    [
        (" https://hawran.example/خبر 1?x=١#top ", "", "https://hawran.example/%D8%AE%D8%A8%D8%B1%201?x=%D9%A1"),
        ("/news/2", "https://hawran.example/feed", "https://hawran.example/news/2"),
        ("//cdn.example/3", "https://hawran.example/", "https://cdn.example/3"),
        ("https://me:secret@hawran.example/", "", "https://hawran.example/"),
        ("HTTP://Hawran.Example", "", "http://hawran.example"),
        ("mailto:a@b.example", "", None),
        ("javascript:alert(1)", "https://hawran.example/", None),
        ("http://", "", None),
        ("http://[::1", "", None),
        ("http://a.example:99999/", "", None),
        ("", "", None),
    ],
)
def test_addresses_in_the_one_spelling_in_which_they_are_kept(address: str, page: str, found: str | None) -> None:
    assert web_address(address, page) == found


def test_credentials_are_taken_out_of_what_is_no_web_address_too() -> None:
    assert without_credentials("ftp://me:secret@host/a@b") == "ftp://host/a@b"
    assert without_credentials("http://host/me:secret@x") == "http://host/me:secret@x"
