"""The marks of the rules stand on the tokens that they found."""

import numpy as np

from riwaya.arabic.words import tokens_in
from riwaya.read.model.marks import MARKS, marks_of, token_range
from riwaya.read.text import read_text
from riwaya.records import Span

TEXT = "قال وزير الدفاع أحمد العلي إن الجيش قصف بلدة تل رفعت، ما أدى إلى مقتل ثلاثة مدنيين."


def test_each_finding_marks_its_words_and_no_others() -> None:
    found = read_text(TEXT, reader="rules")
    tokens = tokens_in(TEXT)
    marks = marks_of(found, tokens)

    def said(name: str) -> list[str]:
        return [tokens.text[tokens.start[at] : tokens.end[at]] for at in np.flatnonzero(marks[:, MARKS.index(name)])]

    assert said("cue") == ["قال"]
    assert said("say") == ["قال"]
    assert said("speaker first") == ["وزير"]
    assert said("content first") == ["إن"]
    assert "مدنيين" in said("content last")
    assert said("killed first") == ["ثلاثة"]


def test_nothing_found_leaves_the_sheet_blank() -> None:
    text = "كان الطقس جميلا والحديقة هادئة"
    assert not marks_of(read_text(text, reader="rules"), tokens_in(text)).any()


def test_a_span_between_words_touches_none() -> None:
    tokens = tokens_in("قال  إن")
    assert token_range(tokens, Span(3, 5)) == (0, 0)
    assert token_range(tokens, Span(0, 4)) == (0, 1)
    assert token_range(tokens, None) == (0, 0)
