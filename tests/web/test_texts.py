"""What the desk says: both languages say all of it, every plural has its forms, no catalogue overwrites another."""

import tomllib
from importlib.resources import files
from typing import Any

import pytest
from babel import Locale

WEB = files("riwaya.web")
CATALOGUES = sorted(each.name.removesuffix(".toml") for each in (WEB / "texts").iterdir())
FREE = {"reasons": "en"}  # a catalogue that needs no text in this language: its keys are English already


def catalogue(name: str) -> dict[str, Any]:
    file = WEB / "texts.toml" if name == "texts" else WEB / "texts" / f"{name}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


def keys(texts: dict[str, Any], prefix: str = "") -> set[str]:
    """The keys of all texts; a plural's forms count as one."""
    found = set()
    for key, value in texts.items():
        deeper = isinstance(value, dict) and not prefix.startswith("plural.")
        found |= keys(value, f"{prefix}{key}.") if deeper else {prefix + key}
    return found


@pytest.mark.parametrize("name", ["texts", *CATALOGUES])
def test_both_languages_say_the_same_things(name: str) -> None:
    texts = catalogue(name)
    if name in FREE:
        texts[FREE[name]] = texts["ar"]
    assert keys(texts["ar"]) == keys(texts["en"])


@pytest.mark.parametrize("name", ["texts", *CATALOGUES])
def test_every_plural_has_the_forms_of_its_language(name: str) -> None:
    for language, locale in (("ar", "ar_SY"), ("en", "en_GB")):
        for what, forms in catalogue(name)[language].get("plural", {}).items():
            needed = {Locale.parse(locale).plural_form(number) for number in range(1, 200)}
            assert needed <= set(forms) | ({"zero"} if language == "ar" else set()), (language, what)


@pytest.mark.parametrize("name", CATALOGUES)
def test_no_page_says_anew_what_all_pages_say(name: str) -> None:
    shared = keys(catalogue("texts")["ar"]) | (keys(catalogue("desk")["ar"]) if name != "desk" else set())
    assert not keys(catalogue(name)["ar"]) & shared
