"""Folding and the way back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riwaya.arabic.fold import fold, folded

MARKS = "\N{ARABIC FATHA}\N{ARABIC SHADDA}\N{ARABIC TATWEEL}\N{RIGHT-TO-LEFT MARK}\N{ZERO WIDTH NON-JOINER}\N{ARABIC SUKUN}"
letters = st.sampled_from(
    "ابتأإآةىيئؤءلكیکٱ١٢12aZ .،\n" + MARKS + "\N{ARABIC LIGATURE LAM WITH ALEF ISOLATED FORM}\N{ARABIC LIGATURE ALLAH ISOLATED FORM}"
)
texts = st.text(letters | st.characters(), max_size=40)


@pytest.mark.parametrize(
    ("word", "form", "why"),
    [
        ("أحمد", "احمد", "alef with hamza"),
        ("إدلب", "ادلب", "alef with hamza below"),
        ("آب", "اب", "alef with madda"),
        ("ٱلله", "الله", "alef wasla"),
        ("مسؤول", "مسوول", "hamza on waw"),
        ("رئيس", "رييس", "hamza on ya"),
        ("مستشفى", "مستشفي", "final ya without dots"),
        ("مدينة", "مدينه", "ta marbuta"),
        ("قَتَلَ", "قتل", "harakat"),
        ("قتـــلى", "قتلي", "tatweel"),
        ("کوردی", "كوردي", "Persian keheh and yeh"),
        ("١٢٣", "123", "Arabic-Indic digits"),
        ("۱۲۳", "123", "Persian digits"),
        ("\N{RIGHT-TO-LEFT MARK}حلب\N{ZERO WIDTH NON-JOINER}", "حلب", "bidi controls and joiners"),
        ("\N{ARABIC LIGATURE LAM WITH ALEF ISOLATED FORM}", "لا", "a ligature is its letters"),
        ("\N{ARABIC LETTER BEH INITIAL FORM}\N{ARABIC LETTER ALEF FINAL FORM}", "با", "presentation forms"),
        ("BBC", "bbc", "Latin capitals"),
        ("ماء", "ماء", "a hamza on the line stays"),
        ("«،؛؟»", "«،؛؟»", "marks stay"),
    ],
)
def test_one_spelling_for_many(word: str, form: str, why: str) -> None:
    assert folded(word) == fold(word).text == form, why


@pytest.mark.parametrize(
    ("text", "found", "words"),
    [
        ("في مَدِينَةٍ كبيرة", "مدينه", "مَدِينَةٍ"),
        ("قتـلى وجرحى", "قتلي", "قتـلى"),
        ("\N{ARABIC LIGATURE LAM WITH ALEF ISOLATED FORM}جئ", "لاجي", "\N{ARABIC LIGATURE LAM WITH ALEF ISOLATED FORM}جئ"),
    ],
)
def test_the_way_back_takes_the_marks_along(text: str, found: str, words: str) -> None:
    copy = fold(text)
    at = copy.text.index(found)
    start, end = copy.original_span(at, at + len(found))
    assert text[start:end] == words


@given(texts)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text).text).text == fold(text).text


@given(texts, st.data())
def test_every_original_span_lies_in_the_text_and_folds_to_its_words(text: str, data: st.DataObject) -> None:
    copy = fold(text)
    start = data.draw(st.integers(0, len(copy.text)))
    end = data.draw(st.integers(start, len(copy.text)))
    first, last = copy.original_span(start, end)
    assert 0 <= first <= last <= len(text)
    assert copy.text[start:end] in folded(text[first:last])
    assert (first < last) == (start < end)


@given(texts)
def test_the_whole_copy_goes_back_to_all_that_was_kept(text: str) -> None:
    copy = fold(text)
    first, last = copy.original_span(0, len(copy.text))
    assert folded(text[:first]) == "" if copy.text else first == last
    assert folded(text[last:]) == "" or not copy.text
