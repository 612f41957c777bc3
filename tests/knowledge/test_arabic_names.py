"""Which names in Arabic script are Arabic, and which of several spellings is right."""

import pytest

from riwaya.knowledge.arabic_names import arabic_names, has_arabic, preferred, untyped


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (["Damascus", "د مشق", "دمشق", "دیمەشق"], ["دمشق"]),  # a broken one, and a Kurdish one
        (["کرمانشاه", "باريس", "پاریس"], ["كرمانشاه", "باريس"]),  # Persian kaf is Arabic's, Persian pe is not
        (["حَلَب", "حـلب"], ["حلب", "حلب"]),
        (["پیرس، الینوائے", "باريس, تكساس", "", " "], []),
        (["بيت-لحم"], ["بيت لحم"]),
    ],
)
def test_names_of_arabic_letters_alone_are_kept(given: list[str], kept: list[str]) -> None:
    assert arabic_names(given) == kept


@pytest.mark.parametrize(
    ("arabic", "latin", "best"),
    [
        (["ترطوس", "طرطوس"], ["Tartouss", "Ţarţūs"], "طرطوس"),
        (["شارجه", "الشارقة", "مدينة الشارقة"], ["Sharjah", "Ash Shāriqah"], "الشارقة"),
        (["ادلب", "إدلب"], ["Idlib"], "إدلب"),
        (["محافظة درعا"], ["Dar‘ā"], "درعا"),
    ],
)
def test_the_spelling_that_agrees_with_the_romanised_name_is_preferred(arabic: list[str], latin: list[str], best: str) -> None:
    assert preferred(arabic, latin) == best
    assert preferred(arabic[::-1], latin[::-1]) == best


def test_a_word_that_says_what_is_named_is_no_part_of_the_name() -> None:
    assert untyped("محافظة ريف دمشق") == "ريف دمشق"
    assert untyped("محافظة") == "محافظة"


def test_mojibake_has_no_arabic_letter() -> None:
    assert has_arabic("Bab الهوى")
    assert not has_arabic("Ø¯Ø±Ø¹Ø§ 12")
    assert not has_arabic("")
