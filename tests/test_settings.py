"""Settings: from the file, from the environment, and what is refused."""

import re
from pathlib import Path

import pytest

from riwaya.errors import SettingsError
from riwaya.settings import TEMPLATE, Settings, load_settings


def with_settings(folder: Path, toml: str) -> Path:
    (folder / "riwaya.toml").write_text(toml, encoding="utf-8")
    return folder


def test_without_a_library_the_defaults_hold() -> None:
    assert load_settings(None, {}) == Settings()


def test_the_file_is_read_and_the_environment_has_the_last_word(tmp_path: Path) -> None:
    with_settings(tmp_path, "jobs = 3\nfetch_seconds = 5\n")
    assert load_settings(tmp_path, {"RIWAYA_JOBS": "2", "HOME": "/"}) == Settings(jobs=2, fetch_seconds=5)


@pytest.mark.parametrize(
    ("toml", "environment", "complaint"),
    [
        ("job = 3", {}, "there is no setting 'job'; the settings are reader, threads, vectors, jobs, page_bytes"),
        ("", {"RIWAYA_JOB": "3"}, "there is no setting 'job'"),
        ("jobs = 'many'", {}, "'jobs' must be a whole number"),
        ("jobs = true", {}, "'jobs' must be a whole number"),
        ("jobs = -1", {}, "'jobs' must be a whole number"),
        ("page_bytes = 0", {}, "'page_bytes' must be a whole number from 1"),
        ("page_bytes = 99999999999999999999", {}, "'page_bytes' must be a whole number from 1"),
        ("page_bytes = 1.5", {}, "'page_bytes' must be a whole number"),
        ("", {"RIWAYA_WARC_BYTES": "100 MB"}, "'warc_bytes' must be a whole number"),
        ("jobs = ", {}, "riwaya.toml cannot be read as TOML"),
    ],
)
def test_what_cannot_be_is_refused(tmp_path: Path, toml: str, environment: dict[str, str], complaint: str) -> None:
    with pytest.raises(SettingsError, match=complaint):
        load_settings(with_settings(tmp_path, toml), environment)


def test_the_file_of_a_new_library_names_every_setting_with_its_default(tmp_path: Path) -> None:
    assert load_settings(with_settings(tmp_path, TEMPLATE), {}) == Settings()
    uncommented = re.sub(r"^# (?=\w+ = )", "", TEMPLATE, flags=re.MULTILINE)
    assert load_settings(with_settings(tmp_path, uncommented), {}) == Settings()
    assert all(f"# {name} = " in TEMPLATE for name in Settings.__dataclass_fields__)
