"""The question language: what a text asks for, and that every text is a question."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from riwaya.records import Days
from riwaya.store.questions import Asked, Numbers, question_in, spelled
from riwaya.store.terms import Words

CASES = tomllib.loads((Path(__file__).parents[1] / "sentences" / "questions.toml").read_text(encoding="utf-8"))["case"]
TODAY = date(2017, 2, 21)
PIECES = (
    "قائل:",
    "act:",
    "killed>=",
    "-",
    '"',
    "«",
    "since:",
    "منذ:",
    "10",
    "٣",
    "أمس",
    "نفى",
    "درعا",
    " ",
    ":",
    "..",
    "country:",
    "\u200f",
)


def shown(asked: Asked) -> list[str]:
    value = asked.value
    if isinstance(value, Words):
        said = " ".join(value.folded)
    elif isinstance(value, Numbers):
        said = f"{value.least}..{'' if value.most is None else value.most}"
    elif isinstance(value, Days):
        first = "" if value.first == date.min else value.first.isoformat()
        said = f"{first}..{'' if value.last == date.max else value.last.isoformat()}"
    else:
        said = value
    return [("-" if asked.excluded else "") + asked.field, said]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["question"])
def test_a_text_asks_for_what_it_means(case: dict[str, Any]) -> None:
    question = question_in(case["question"], TODAY)
    assert [shown(asked) for asked in question.asked] == case["asked"], case["why"]
    assert [[each.written, each.why] for each in question.ignored] == case.get("ignored", []), case["why"]


@settings(deadline=None)
@given(text=st.text(alphabet=st.characters(), max_size=40) | st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_any_text_is_a_question_and_each_of_its_pieces_can_be_taken_out(text: str) -> None:
    question = question_in(text, TODAY)
    for asked in question.asked:
        left = question_in(question.without(asked), TODAY)
        assert [shown(each) for each in left.asked] == [shown(each) for each in question.asked if each is not asked]


@settings(deadline=None)
@given(value=st.text(max_size=20))
def test_a_condition_can_be_spelled_so_that_it_is_read_as_one(value: str) -> None:
    question = question_in(spelled("outlet", value), TODAY)
    assert [*(each.field for each in question.asked), *(each.field for each in question.ignored)] == ["outlet"]


def test_every_word_of_the_vocabularies_is_understood_as_the_desk_labels_it() -> None:
    texts = tomllib.loads((Path(__file__).parents[2] / "src" / "riwaya" / "web" / "texts.toml").read_text(encoding="utf-8"))
    for language in ("ar", "en"):
        for field, catalogue in (("act", "acts"), ("kind", "kinds"), ("status", "status"), ("precision", "precisions")):
            for member, label in texts[language][catalogue].items():
                assert [each.value for each in question_in(spelled(field, label), TODAY).asked] == [member], label
