"""Withholding: what the list names is nowhere in what is left, however it is written, and spans still lead to their words."""

import html
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riwaya import read_text
from riwaya.errors import SettingsError
from riwaya.preserve.redact import Entry, Redaction, load_redaction, masked, named
from riwaya.read.corrections import corrected
from riwaya.read.links.atlas import open_atlas
from riwaya.read.links.wordings import open_roll
from tests.read.made import correction, read

TEXT = (
    "درعا - قال الشاهد سمير الحداد إن طائرة أغارت على بيت جاره في شارع القصور أمس.\n"
    "وأضاف الحداد لمراسلنا أن ثلاثة مدنيين قُتلوا، وأن سمير الحدّاد نفسه أصيب، عند النقطة 32.61891, 36.10212 من الحي.\n"
    "ونفت الشرطة المحلية أن تكون قد منعت سمير الحداد من الكلام."
)
LIST = Redaction(
    entries=(
        Entry(words=("سمير الحداد", "الحداد"), shown="شاهد 1", why="witness"),
        Entry(words=("شارع القصور",), shown="أحد الشوارع", why="address"),
    ),
    decimals=1,
)


def test_names_streets_and_points_are_masked_and_said_to_be() -> None:
    reading = read_text(TEXT, outlet="صدى السهل")
    shown, withheld = masked(reading, LIST)
    for hidden in ("الحداد", "الحدّاد", "سمير", "القصور", "32.61891", "36.10212"):
        assert hidden not in repr(shown)
    assert "32.6, 36.1" in shown.article.text
    assert [(each.number, each.why, each.times) for each in withheld] == [(1, "witness", 4), (2, "address", 1), (0, "exact point", 2)]
    assert len(shown.claims) == len(reading.claims) > 1
    for before, after in zip(reading.claims, shown.claims, strict=True):
        said = reading.article.text[slice(*before.content)]
        assert (
            masked(replace(reading, article=replace(reading.article, text=said)), LIST)[0].article.text
            == shown.article.text[slice(*after.content)]
        )


@given(
    st.lists(st.sampled_from(["قال ", "سمير الحداد", " ", "شارع القصور", "و", "أمس", "\n", "الحي ", "سَمِير الحَدّاد"]), max_size=30), st.data()
)
def test_a_span_of_other_words_leads_to_the_same_words(parts: list[str], data: st.DataObject) -> None:
    text = "".join(parts) or "نص"
    reading = read_text(text)
    found = LIST.stretches(text)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    if any(span.start < end and start < span.end for span, _, _ in found):
        return
    from riwaya.preserve.redact import _Mask, _replaced
    from riwaya.records import Span

    shown, shift = _replaced(text, found)
    moved = _Mask(LIST, shift).of(Span(start, end))
    assert shown[moved.start : moved.end] == text[start:end]
    assert masked(reading, LIST)[0].article.text == shown


WAYS: dict[str, Callable[[str], bytes]] = {
    "utf-8": lambda name: name.encode(),
    "windows-1256": lambda name: name.encode("cp1256"),
    "entities": lambda name: html.escape("".join(f"&#{ord(letter)};" for letter in name), quote=False).replace("&amp;", "&").encode(),
    "json": lambda name: json.dumps(name).encode(),
    "in an address": lambda name: quote(name).encode(),
    "in tags": lambda name: name.replace(" ", "</b> <b>").encode(),
    "with marks": lambda name: name.replace("د", "د\N{ARABIC SHADDA}").encode(),
    "a slug": lambda name: name.replace(" ", "-").encode(),
    "behind a particle": lambda name: f"و{name}".encode(),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_name_is_found_in_a_page_however_it_is_written(way: str) -> None:
    assert named("سمير الحداد").is_in(b"<html><p>x " + WAYS[way]("سمير الحداد") + b" y</p></html>")
    assert not named("سمير الحداد").is_in(b"<html><p>x " + WAYS[way]("سميرة الحداد") + b" y</p></html>")


def test_a_name_is_found_in_a_page_of_utf_16() -> None:
    assert named("سمير الحداد").is_in("<html><p>قال سمير الحداد</p></html>".encode("utf-16"))
    assert not named("سمير الحداد").is_in("<html><p>قال سمير</p></html>".encode("utf-16"))


def test_the_list_is_read_from_toml(tmp_path: Path) -> None:
    file = tmp_path / "withhold.toml"
    file.write_text('[[withhold]]\nwords = ["سمير الحداد"]\nwhy = "witness"\n[points]\ndecimals = 1\n', encoding="utf-8")
    assert load_redaction(file) == Redaction(entries=(Entry(words=("سمير الحداد",), why="witness"),), decimals=1)


NO_LISTS = [
    "",
    "x = 1",
    "[[withhold]]\nwhy = 'witness'",
    "[[withhold]]\nwords = []",
    "[[withhold]]\nwords = ['!']",
    "[[withhold]]\nword = ['a']",
    "[points]\ndecimals = 'one'",
    "[[withhold",
    "[[withhold]]\nwords = ['a']\nshown = 3",
]


@pytest.mark.parametrize("toml", NO_LISTS)
def test_what_is_no_list_is_refused(tmp_path: Path, toml: str) -> None:
    (tmp_path / "withhold.toml").write_text(toml, encoding="utf-8")
    with pytest.raises(SettingsError):
        load_redaction(tmp_path / "withhold.toml")
    with pytest.raises(SettingsError):
        load_redaction(tmp_path / "nowhere.toml")


def test_what_was_read_before_people_corrected_it_does_not_leave() -> None:
    was = read()
    made = correction(was, was.claims[1], "speaker", "غرفة عمليات الجنوب")
    now = corrected(was, [replace(made, note="رآه سامر الحداد بنفسه")], open_atlas(), open_roll())
    shown, _ = masked(now, named("سامر الحداد"))
    assert now.corrected
    assert shown.corrected == ()
    assert shown.claims[1].rule == "verb + corrected by salma"
    assert "الحداد بنفسه" not in repr(shown)
