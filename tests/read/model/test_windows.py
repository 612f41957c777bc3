"""Windows decide every token once, whatever the text."""

from hypothesis import given
from hypothesis import strategies as st

from riwaya.arabic.words import tokens_in
from riwaya.read.model.weights import FOLDER
from riwaya.read.model.windows import CONTEXT, PIECES, TITLE, Pieces, windows_of

PIECES_OF_ALL = Pieces(FOLDER / "tokenizer.json")
WORDS = ["قال", "الوزير", "إن", "القوات", "قصفت", "حلب", ".", "،", "\n", "covid-19", "ـ", "ﷺ", "\N{ARABIC FATHATAN}", "ا" * 90]


@given(st.lists(st.sampled_from(WORDS), max_size=900).map(" ".join), st.sets(st.integers(0, 8)))
def test_every_token_is_decided_once_and_no_window_is_too_long(text: str, breaks: set[int]) -> None:
    tokens = tokens_in(text)
    windows = windows_of(tokens, tokens_in("عنوان"), PIECES_OF_ALL, breaks)
    assert [at for window in windows for at in range(window.first, window.last)] == list(range(len(tokens)))
    for window in windows:
        assert len(window.ids) <= PIECES + CONTEXT + TITLE + 2 <= 512
        assert len(window.starts) == len(window.ends) == window.last - window.context
        assert all(first <= last < len(window.ids) for first, last in zip(window.starts, window.ends, strict=True))


def test_paragraphs_stand_together_until_the_window_is_full() -> None:
    short = tokens_in("\n".join(["قال الوزير إن القوات انسحبت."] * 10))
    assert len(windows_of(short, tokens_in(""), PIECES_OF_ALL)) == 1
    assert len(windows_of(short, tokens_in(""), PIECES_OF_ALL, {5})) == 2


def test_a_long_paragraph_is_cut_at_a_full_stop() -> None:
    tokens = tokens_in("قال الوزير إن القوات انسحبت من المدينة. " * 60)
    windows = windows_of(tokens, tokens_in(""), PIECES_OF_ALL)
    assert len(windows) > 1
    assert all(tokens.folded[window.last - 1] == "." for window in windows)


def test_diacritics_tatweel_and_foreign_letters_change_no_piece() -> None:
    assert PIECES_OF_ALL.of("حَلَبـ") == PIECES_OF_ALL.of("حلب")
    assert PIECES_OF_ALL.of("سوریا") == PIECES_OF_ALL.of("سوريا")
