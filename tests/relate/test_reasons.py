"""Each reason alone, on sketches of texts that we wrote."""

import pytest

from riwaya.relate import reasons
from riwaya.relate.frequencies import Frequencies
from riwaya.relate.reasons import AGAINST, REASONS, Condition
from riwaya.relate.score import weights
from riwaya.relate.sketches import Sketch, outlines_of, sketch_of
from tests.relate.made import HARBOUR, MARKET, MARKET_ELSEWHERE, read

COUNTS = Frequencies(1000, {"في": 900, "من": 900})


def sketch(key: str, *paragraphs: str, day: str = "2017-03-14", title: str = "") -> Sketch:
    return sketch_of(outlines_of(read(key, *paragraphs, day=day, title=title))[0], COUNTS)


ONE, OTHER, HARBOURED = sketch("a", *MARKET), sketch("b", *MARKET_ELSEWHERE), sketch("c", *HARBOUR)


@pytest.mark.parametrize(
    "condition",
    [
        reasons.rare_words_are_shared,
        reasons.happened_at_one_place,
        reasons.same_places_are_named,
        reasons.happened_on_one_day,
        reasons.much_of_both_is_shared,
        reasons.many_words_are_shared,
        reasons.both_open_their_article,
    ],
)
def test_what_holds_of_two_accounts_of_one_bombing(condition: Condition) -> None:
    met = condition(ONE, OTHER)
    assert met is not None
    assert 0 < met.strength <= 1


@pytest.mark.parametrize("condition", [reasons.happened_at_one_place, reasons.toll_is_the_same])
def test_what_does_not_hold_of_a_bombing_and_an_arrest(condition: Condition) -> None:
    assert condition(ONE, HARBOURED) is None


def test_places_that_neither_names_of_the_other_speak_against() -> None:
    met = reasons.happened_at_other_places(ONE, HARBOURED)
    assert met is not None
    assert weights()["happened_at_other_places"] < 0


def test_days_that_differ_speak_against_the_more_the_further() -> None:
    later = sketch("d", *MARKET_ELSEWHERE, day="2017-03-21")
    met = reasons.happened_on_other_days(ONE, later)
    assert met is not None
    assert met.strength == 1.0
    assert reasons.happened_on_other_days(ONE, OTHER) is None


def test_titles_are_compared() -> None:
    one, other = sketch("e", *MARKET, title="تفجير في تل السنابل"), sketch("f", *MARKET, title="تل السنابل: سبعة قتلى")
    met = reasons.titles_are_alike(one, other)
    assert met is not None
    assert "تل" in met.words


def test_a_title_may_tell_what_the_other_article_tells() -> None:
    titled, other = sketch("g", *HARBOUR, title="سبعة قتلى بسيارة مفخخة قرب سوق الحبوب"), sketch("h", *MARKET, title="أخبار المساء")
    met = reasons.a_title_tells_it(titled, other)
    assert met is not None
    assert met.strength > 0.1


def test_articles_that_open_with_other_news_are_told_by_their_titles() -> None:
    one, other = sketch("i", *MARKET, title="تفجير في تل السنابل"), sketch("j", *HARBOUR, title="مهربون في قبضة الشرطة البحرية")
    assert reasons.articles_open_with_other_news(one, other)
    assert not reasons.articles_open_with_other_news(one, sketch("k", *MARKET_ELSEWHERE, title="قتلى في تل السنابل"))


def test_titles_that_have_nothing_in_common_or_give_other_figures_speak_against() -> None:
    titles = "29 غارة على مواقع المسلحين", "24 غارة على مواقع المسلحين", "مهربون في قبضة الشرطة"
    one, other, another = (sketch(f"l{number}", *MARKET, title=title) for number, title in enumerate(titles))
    assert reasons.titles_give_other_figures(one, other) == reasons.Met(1.0, ("24", "29"))
    assert reasons.titles_share_no_word(one, other) is None
    assert reasons.titles_give_other_figures(one, another) is None
    assert reasons.titles_share_no_word(one, another)


def test_two_villages_of_one_province_are_two_places() -> None:
    east = sketch("p", "قُتل أربعة مزارعين يوم الاثنين في قصف على قرية النخلة في محافظة الرمان.")
    west = sketch("q", "قُتل أربعة مزارعين يوم الاثنين في قصف على قرية الكرمة في محافظة الرمان.")
    assert reasons.each_has_a_place_of_its_own(east, west)
    assert reasons.each_has_a_place_of_its_own(east, east) is None


def test_kinds_and_names_that_only_one_has_speak_against() -> None:
    assert reasons.happening_is_of_another_kind(ONE, HARBOURED)
    assert reasons.happening_is_of_another_kind(ONE, OTHER) is None
    one = sketch("r", "قُتل سبعة أشخاص يوم الاثنين في انفجار قرب السوق، وقالت وزارة الداخلية إن التحقيق بدأ.")
    other = sketch("s", "قُتل سبعة أشخاص يوم الاثنين في انفجار قرب السوق، وقالت وزارة الدفاع إن السوق أُغلق.")
    assert reasons.each_names_others(one, other)
    assert reasons.each_names_others(one, one) is None


def test_one_outlet_seldom_prints_one_happening_twice() -> None:
    twice = [sketch_of(outlines_of(read(key, *MARKET, outlet="المساء"))[0], COUNTS) for key in "mn"]
    assert reasons.one_outlet_tells_both(*twice)
    assert reasons.one_outlet_tells_both(ONE, OTHER) is None


def test_what_says_neither_when_nor_where_nor_how_many_is_told_vaguely() -> None:
    vague = sketch("o", "وتواصلت الاشتباكات بين الجانبين.")
    met = reasons.one_is_told_vaguely(ONE, vague)
    assert met is not None
    assert met.strength == 0.5


@pytest.mark.parametrize("condition", REASONS)
def test_a_reason_is_the_same_in_either_order_and_has_words_for_a_reviewer(condition: Condition) -> None:
    assert condition(ONE, OTHER) == condition(OTHER, ONE)
    assert condition.__doc__
    assert (weights()[condition.__name__] < 0) == (condition in AGAINST)
