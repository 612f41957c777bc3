"""riwaya serve and riwaya users, as somebody at a shell meets them."""

import re
import signal
import subprocess
import sys
from pathlib import Path

import httpx2
import pytest
from typer.testing import CliRunner, Result

from riwaya.cli import app
from riwaya.errors import SettingsError
from riwaya.library import Library
from riwaya.web.users import User, Users

_RUNNER = CliRunner()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with Library.create(tmp_path / "library") as library:
        return library.folder


def riwaya(*words: str, given: str = "") -> Result:
    return _RUNNER.invoke(app, words, input=given)


def test_users_are_added_listed_and_removed(folder: Path) -> None:
    at = ("--library", str(folder))
    assert riwaya("users", "add", "salma", "--role", "reviewer", *at, given="bread and salt\n").exit_code == 0
    assert Users(folder).with_password("salma", "bread and salt") == User("salma", "reviewer")
    assert riwaya("users", "list", *at).stdout == "salma  reviewer\n"
    assert riwaya("users", "remove", "salma", *at).exit_code == 0
    assert riwaya("users", "list", *at).stdout == ""
    assert isinstance(riwaya("users", "add", "salma", *at, given="short\n").exception, SettingsError)


def test_a_desk_that_others_could_reach_does_not_start_without_users(folder: Path) -> None:
    refused = riwaya("serve", "--library", str(folder), "--host", "0.0.0.0").exception
    assert isinstance(refused, SettingsError)
    assert "riwaya users add" in str(refused)


def test_the_desk_prints_its_address_answers_there_and_ends_when_asked(folder: Path) -> None:
    command = [sys.executable, "-u", "-m", "riwaya.cli", "serve", "--library", str(folder), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as desk:
        try:
            assert desk.stdout is not None
            [address] = re.findall(r"http://127\.0\.0\.1:\d+/", desk.stdout.readline())
            assert "without login" in desk.stdout.readline()
            assert httpx2.get(address, timeout=60).status_code == 200
        finally:
            desk.send_signal(signal.SIGINT)
            assert desk.wait(60) == 0


def test_reading_does_not_load_the_web_server() -> None:
    loaded = "import sys, riwaya, riwaya.cli; sys.exit('litestar' in sys.modules or 'uvicorn' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", loaded], check=False).returncode == 0
