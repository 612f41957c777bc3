"""What stands around some words in their sentence."""

import pytest

from riwaya.store import sentences


@pytest.mark.parametrize(
    ("stretch", "most", "shown"),
    [
        ("انتهى الخبر الأول. وفي درعا ", 200, "وفي درعا "),
        ("سأل أحدهم: أين؟ وفي درعا ", 200, "وفي درعا "),
        ("وفي ريف درعا الشرقي ", 20, "… ريف درعا الشرقي "),
    ],
)
def test_before_words_stands_their_sentence_from_its_beginning_or_from_a_word(stretch: str, most: int, shown: str) -> None:
    assert sentences.before(stretch, most) == shown


@pytest.mark.parametrize(
    ("stretch", "most", "shown"),
    [(" في درعا. ثم عاد الهدوء", 200, " في درعا"), (" في ريف درعا الشرقي", 19, " في ريف درعا …")],
)
def test_behind_words_stands_their_sentence_to_its_end_or_to_a_word(stretch: str, most: int, shown: str) -> None:
    assert sentences.behind(stretch, most) == shown
