"""What was changed in a text."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riwaya.read.changes import changes_between

TEXT = st.text(alphabet="اب ج\n.", max_size=40)


@pytest.mark.parametrize(
    ("old", "new", "changes"),
    [
        ("قُتل شخصان قرب السوق", "قُتل ثلاثة أشخاص قرب السوق", "=قُتل|-شخصان|+ثلاثة أشخاص|=قرب السوق"),
        ("أعلنت البلدية فتح الطريق", "أعلنت البلدية أمس فتح الطريق", "=أعلنت البلدية|+أمس|=فتح الطريق"),
        ("نفى المجلس الخبر اليوم", "نفى المجلس الخبر", "=نفى المجلس الخبر|-اليوم"),
        ("عاد الهدوء.\nوصل الوفد أمس.\nوغادر.", "عاد الهدوء.\nوصل الوفد اليوم.\nوغادر.", "=عاد الهدوء.\nوصل الوفد|-أمس.|+اليوم.|=وغادر."),
        ("عاد الهدوء.\nوغادر الوفد.", "عاد الهدوء.\nوصل الوزير.\nوغادر الوفد.", "=عاد الهدوء.|+وصل الوزير.|=وغادر الوفد."),
        ("هدوء", "هدوء", "=هدوء"),
        ("", "", ""),
    ],
)
def test_words_that_went_came_and_stayed(old: str, new: str, changes: str) -> None:
    marks = {"kept": "=", "removed": "-", "added": "+"}
    assert "|".join(marks[change.kind] + change.words.strip() for change in changes_between(old, new)) == changes


@given(TEXT, TEXT)
def test_both_texts_can_be_made_of_the_changes(old: str, new: str) -> None:
    changes = changes_between(old, new)
    assert "".join(change.words for change in changes if change.kind != "added") == old
    assert "".join(change.words for change in changes if change.kind != "removed") == new
    for change in changes:
        assert change.old is None or old[slice(*change.old)] == change.words
        assert change.new is None or new[slice(*change.new)] == change.words
        assert (change.old is None, change.new is None) == (change.kind == "added", change.kind == "removed")
    assert all(one.kind != other.kind for one, other in pairwise(changes))


def test_texts_without_end_that_differ_take_no_time() -> None:
    old, new = (" ".join(f"{letter}{number}" for number in range(40_000)) for letter in "اب")
    began = time.process_time()
    assert [change.kind for change in changes_between(old, new)] == ["removed", "added"]
    assert time.process_time() - began < 2
