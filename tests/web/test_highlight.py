"""Marked text gives back the text, and every mark can be reached."""

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from riwaya.records import Span
from riwaya.web.highlight import Mark, anchor, paragraphs_marked

_TEXTS = st.text(alphabet="اب جد<>&\"'\n ", min_size=1, max_size=60)


@st.composite
def _marked(draw: st.DrawFn) -> tuple[str, list[Mark]]:
    text = draw(_TEXTS)
    ends = st.integers(0, len(text))
    spans = draw(st.lists(st.tuples(ends, ends).map(lambda pair: Span(min(pair), max(pair))), max_size=8))
    return text, [Mark(span, "hit says", f"c-{number}", str(number)) for number, span in enumerate(spans)]


@given(_marked())
def test_taking_the_tags_out_gives_back_the_text(case: tuple[str, list[Mark]]) -> None:
    text, marks = case
    paragraphs = paragraphs_marked(text, marks, "a")
    assert [unescape(re.sub(r"<[^>]*>", "", str(paragraph))) for paragraph in paragraphs] == text.split("\n")


@given(_marked())
def test_tags_are_closed_in_order_and_ids_are_unique(case: tuple[str, list[Mark]]) -> None:
    text, marks = case
    whole = "".join(map(str, paragraphs_marked(text, marks, "a")))
    depth: list[str] = []
    for closing, name in re.findall(r"<(/?)(\w+)", whole):
        if closing:
            assert depth.pop() == name
        else:
            depth.append(name)
    assert not depth
    ids = re.findall(r'id="([^"]+)"', whole)
    assert len(ids) == len(set(ids))
    shown = {anchor("a", m.span) for m in marks if text[m.span.start : m.span.end].strip("\n") and text[m.span.start] != "\n"}
    assert shown <= set(ids)


def test_marks_that_cross_are_cut_and_only_the_first_piece_bears_the_id() -> None:
    [paragraph] = paragraphs_marked("abcdef", [Mark(Span(0, 4), "x"), Mark(Span(2, 6), "y")], "a")
    assert paragraph == '<span id="w-a-0-4" class="x">ab<span id="w-a-2-6" class="y">cd</span></span><span class="y">ef</span>'


def test_a_mark_over_two_paragraphs_is_opened_again() -> None:
    first, second = paragraphs_marked("ab\ncd", [Mark(Span(1, 4), "hit says", "c-1", "1")], "a")
    assert first == 'a<span id="w-a-1-4" class="hit says">b</span>'
    assert second == '<span class="hit says">c<a class="to-card" href="#c-1" data-number="1" aria-label="1"></a></span>d'


def test_many_paragraphs_take_time_in_proportion() -> None:
    text = "\n".join(["ab"] * 20_000)
    marks = [Mark(Span(3 * n, 3 * n + 2)) for n in range(20_000)]
    assert len(paragraphs_marked(text, marks, "a")) == 20_000
