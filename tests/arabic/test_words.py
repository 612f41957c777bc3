"""Tokens, sentences and paragraphs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riwaya.arabic.fold import fold, folded
from riwaya.arabic.words import tokens_in
from riwaya.records import Span

PIECES = """
قال وَقُتل قتـلى . .. ؟ ! … « » " ( ) ، ؛ : - د. م. 1,200 3.5 12/2/2017 10:30 example.com #وسم @name الـ24 14جنديا ٣٣ BBC.
"""
texts = st.lists(st.sampled_from([*PIECES.split(), "\n", "\n\n", "\N{RIGHT-TO-LEFT MARK}", "\N{ARABIC FATHA}"]) | st.text(max_size=6)).map(
    " ".join
)


def words(text: str) -> list[str]:
    tokens = tokens_in(text)
    return [text[start:end] for start, end in zip(tokens.start, tokens.end, strict=True)]


def sentences(text: str) -> list[str]:
    tokens = tokens_in(text)
    return [tokens.words_of(tokens.span(first, last)) for first, last in tokens.sentences]


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("نزح 1,200 شخص.", ["نزح", "1,200", "شخص", "."], "thousands are one token"),
        ("في 12/2/2017 عند 10:30", ["في", "12/2/2017", "عند", "10:30"], "dates and times are one token"),
        ("نسبة ٣٫٥", ["نسبة", "٣٫٥"], "the Arabic decimal mark"),
        ("خطف 14جنديا", ["خطف", "14", "جنديا"], "a number glued to its noun"),
        ("عام 2015م", ["عام", "2015", "م"], "a year and its sign"),
        ("قَالَ، نعم", ["قَالَ", "،", "نعم"], "harakat belong to the word, the comma does not"),
        ("قتـــلى", ["قتـــلى"], "tatweel belongs to the word"),
        ("«بلدي»", ["«", "بلدي", "»"], "marks stand alone"),
        ("", [], "nothing"),
        ("\N{ARABIC FATHA} \N{RIGHT-TO-LEFT MARK}", [], "a lone mark is no token"),
    ],
)
def test_the_tokens_of_a_text(text: str, expected: list[str], why: str) -> None:
    assert words(text) == expected, why


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("وصل الوفد. غادر الوفد.", ["وصل الوفد.", "غادر الوفد."], "a full stop"),
        ("متى وصل؟ أمس!", ["متى وصل؟", "أمس!"], "question and exclamation"),
        ("قال د. سامر الحل إن الطريق آمن.", ["قال د. سامر الحل إن الطريق آمن."], "a title of one letter"),
        ("بلغت النسبة 3.5 نقطة.", ["بلغت النسبة 3.5 نقطة."], "a decimal point"),
        ("نشر موقع example.com الخبر.", ["نشر موقع example.com الخبر."], "an address"),
        ("«متى تعودون؟»، سأل الطفل.", ["«متى تعودون؟»، سأل الطفل."], "a question inside a quotation that goes on"),
        ("قال: «سنعود.» ثم صمت.", ["قال: «سنعود.»", "ثم صمت."], "the closing mark belongs to the sentence it closes"),
        ("انتظروا... ثم عادوا", ["انتظروا...", "ثم عادوا"], "three stops are one"),
        ("عنوان بلا نقطة\nوصل الوفد.", ["عنوان بلا نقطة", "وصل الوفد."], "a newline ends a sentence"),
    ],
)
def test_the_sentences_of_a_text(text: str, expected: list[str], why: str) -> None:
    assert sentences(text) == expected, why


def test_paragraphs_are_lines_with_words() -> None:
    tokens = tokens_in("أول. ثان\n\n \nثالث")
    assert tokens.paragraphs == [(0, 3), (3, 4)]
    assert tokens.paragraph_of == [0, 0, 0, 1]
    assert tokens.sentence_of == [0, 0, 1, 2]


@given(texts)
def test_tokens_are_ordered_apart_and_not_empty(text: str) -> None:
    tokens = tokens_in(text)
    after = 0
    for start, end, form in zip(tokens.start, tokens.end, tokens.folded, strict=True):
        assert after <= start < end <= len(text)
        assert form == folded(text[start:end]) != ""
        after = end
    assert len(tokens.is_word) == len(tokens)


@given(texts)
def test_no_word_is_lost_between_tokens(text: str) -> None:
    tokens = tokens_in(text)
    gaps = zip([0, *tokens.end], [*tokens.start, len(text)], strict=True)
    assert not any(c.isalnum() and folded(c) for start, end in gaps for c in text[start:end])


@given(texts)
def test_sentences_and_paragraphs_cover_all_tokens(text: str) -> None:
    tokens = tokens_in(text)
    for ranges, number_of in ((tokens.sentences, tokens.sentence_of), (tokens.paragraphs, tokens.paragraph_of)):
        assert [at for first, last in ranges for at in range(first, last)] == list(range(len(tokens)))
        assert all(first < last for first, last in ranges)
        assert len(number_of) == len(tokens)
        assert all(first <= at < last for at, (first, last) in ((at, ranges[number]) for at, number in enumerate(number_of)))
    assert all(tokens.paragraph_of[first] == tokens.paragraph_of[last - 1] for first, last in tokens.sentences)


@given(texts)
def test_a_span_of_tokens_lies_in_the_text(text: str) -> None:
    tokens = tokens_in(text)
    for at in range(len(tokens)):
        span = tokens.span(at, at + 1)
        assert span == Span(tokens.start[at], tokens.end[at])
        assert folded(tokens.words_of(span)) == tokens.folded[at]


@pytest.mark.parametrize(
    "text", ["قتل \ud800 شخص", "\udfff", "\ud83d نص \udc00.", "\x00 نص", "\N{RIGHT-TO-LEFT OVERRIDE}نص\N{POP DIRECTIONAL FORMATTING}"]
)
def test_what_is_no_valid_text_is_tokenised_all_the_same(text: str) -> None:
    tokens = tokens_in(text)
    assert all(0 <= start < end <= len(text) for start, end in zip(tokens.start, tokens.end, strict=True))
    assert fold(text).text == folded(text)
