"""Readings in, stories out."""

import time
from random import Random

import pytest

from riwaya.records import Judgement, Reading
from riwaya.relate.frequencies import frequencies_of, written_frequencies
from riwaya.relate.related import related_articles
from riwaya.relate.relating import Related, links_among, relate
from riwaya.relate.sketches import outlines_of
from riwaya.relate.wording import happening_wordings
from tests.relate.made import HARBOUR, MARKET, MARKET_ELSEWHERE, anchored, judged, read

ONE, OTHER, HARBOURED = read("one", *MARKET), read("other", *MARKET_ELSEWHERE), read("harbour", *HARBOUR)
PRINT = read("print", *MARKET, day="2017-03-15")
REACTION = read("reaction", "أدان مجلس الأحزاب تفجير السيارة المفخخة قرب سوق الحبوب في بلدة تل السنابل.")
ALL = [ONE, OTHER, HARBOURED, PRINT]


def named(related: Related, readings: list[Reading]) -> list[set[str]]:
    outlets = {r.article.id: r.article.outlet.removeprefix("outlet ") for r in readings}
    return [{outlets[key] for key in story.articles} for story in related.stories]


def test_accounts_of_one_happening_are_one_story_and_another_happening_is_not_in_it() -> None:
    assert named(relate(ALL), ALL) == [{"one", "other", "print"}]


def test_a_print_carries_the_accounts_of_its_original_and_is_no_origin() -> None:
    story = relate(ALL).stories[0]
    assert {account.article_id for account in story.accounts} == {ONE.article.id, OTHER.article.id}
    assert any(PRINT.article.id in account.carried_by for account in story.accounts)
    assert relate([ONE, OTHER]).stories[0].origins == story.origins


def test_numbers_that_differ_are_a_disagreement_in_the_words_of_both() -> None:
    story = relate([ONE, OTHER]).stories[0]
    found = {d.about: d for d in story.disagreements}
    assert {"killed", "wounded"} <= found.keys()
    accounts = {a.id: a.article_id for a in story.accounts}
    texts = {r.article.id: r.article.text for r in (ONE, OTHER)}
    killed = found["killed"]
    words = [texts[accounts[killed.left]][slice(*killed.left_words)], texts[accounts[killed.right]][slice(*killed.right_words)]]
    assert sorted(words) == ["تسعة أشخاص", "سبعة أشخاص"]


def disagreements(*texts: str) -> dict[str, str]:
    readings = [read(f"{n} {text}", text, title="قصف قرية النخلة") for n, text in enumerate(texts)]
    (story,) = relate(readings).stories
    return {one.about: one.nature for one in story.disagreements}


SHELLED = "قُتل أربعة مزارعين يوم الاثنين في قصف مدفعي على قرية النخلة شرقي وادي الرمان، بحسب مجلس القرية."


def test_a_denial_of_another_happening_is_no_disagreement_about_this_one() -> None:
    other = "قُتل أربعة مزارعين يوم الاثنين في قصف مدفعي على قرية النخلة شرقي وادي الرمان. ونفى مجلس القرية إبرام اتفاق مع البلدية."
    denied = "قُتل أربعة مزارعين الاثنين على قرية النخلة شرقي وادي الرمان في قصف مدفعي. ونفى ناطق عسكري قصف قرية النخلة يوم الاثنين."
    assert "happened" not in disagreements(SHELLED, other)
    assert disagreements(SHELLED, denied)["happened"] == "contested"


def test_two_who_deny_do_not_disagree_whether_it_happened() -> None:
    denies = "نفى ناطق عسكري قصف قرية النخلة شرقي وادي الرمان يوم الاثنين بالمدفعية."
    also_denies = "نفت وزارة الدفاع مشاركة قواتها يوم الاثنين في قصف قرية النخلة شرقي وادي الرمان بالمدفعية."
    assert "happened" not in disagreements(denies, also_denies)


def test_parts_of_one_day_and_days_that_differ_are_a_disagreement_about_the_time() -> None:
    morning = "قُتل أربعة مزارعين فجر الاثنين في قصف مدفعي على قرية النخلة شرقي وادي الرمان، بحسب شهود."
    evening = "قُتل أربعة مزارعين مساء الاثنين في قصف مدفعي على قرية النخلة شرقي وادي الرمان، بحسب الدفاع المدني."
    saturday = "قُتل أربعة مزارعين يوم السبت في قصف مدفعي على قرية النخلة شرقي وادي الرمان، بحسب الدفاع المدني."
    assert disagreements(morning, evening)["time"] == "contested"
    assert disagreements(SHELLED, saturday)["time"] == "contested"
    assert "time" not in disagreements(SHELLED, morning)


@pytest.mark.parametrize("seed", range(6))
def test_the_order_of_arrival_does_not_matter(seed: int) -> None:
    readings = [*ALL, read("later", *MARKET_ELSEWHERE, day="2017-03-16"), read("undated", *MARKET, day="")]
    expected = relate(readings)
    Random(seed).shuffle(readings)
    assert relate(readings) == expected


def test_a_no_cuts_and_a_yes_joins_whatever_the_reasons_say() -> None:
    readings = [ONE, OTHER, HARBOURED]
    first = {p.article_id: p for p in reversed(relate(readings).passages)}
    one, other, harbour = (first[r.article.id] for r in readings)
    places = [anchored(reading, first[reading.article.id]) for reading in readings]

    def together(*judgements: Judgement) -> list[set[str]]:
        return [set(story.passages) & {one.id, other.id, harbour.id} for story in relate(readings, judgements).stories]

    assert {one.id, other.id} in together()
    assert all(not {one.id, other.id} <= story for story in together(judged(places[0], places[1], "no")))
    assert {one.id, other.id, harbour.id} in together(judged(places[0], places[2], "yes"))
    torn = together(judged(places[0], places[2], "yes"), judged(places[1], places[2], "no"))
    assert any({one.id, harbour.id} <= story for story in torn)
    assert all(not {other.id, harbour.id} <= story for story in torn)


def test_new_articles_leave_the_links_that_were_there_as_they_were() -> None:
    outlines = [outline for reading in ALL for outline in outlines_of(reading)]
    counts = frequencies_of(outline.terms for outline in outlines)
    before = links_among(outlines[:-1], counts)
    added = links_among(outlines, counts, new={outlines[-1].passage.id})
    assert sorted([*before, *added], key=lambda link: link.id) == sorted(links_among(outlines, counts), key=lambda link: link.id)


def test_related_articles_are_ranked_with_why() -> None:
    found = related_articles(ONE.article.id, relate(ALL))
    assert [(one.article_id, one.why) for one in found] == [(OTHER.article.id, "same story"), (PRINT.article.id, "copy")]
    assert found[0].reasons


def test_which_outlet_calls_it_what() -> None:
    called = happening_wordings([ONE, OTHER], [event.id for r in (ONE, OTHER) for event in r.events])
    assert {(one.outlet, one.times) for one in called} == {("outlet one", 1), ("outlet other", 1)}


def test_rarity_goes_from_words_of_every_passage_to_words_never_met() -> None:
    counts = written_frequencies()
    assert counts.rarity("كلمةلمتكتب") == 1.0
    assert counts.rarity("في") < 0.1 < counts.rarity("سوق") < 1.0


def test_nothing_gives_nothing() -> None:
    assert relate([]).stories == ()
    assert relate([read("empty", "")]).passages == ()


def test_articles_of_no_day_and_of_a_day_to_come_are_related() -> None:
    undated = [read("u1", *MARKET, day=""), read("u2", *MARKET_ELSEWHERE, day="")]
    assert len(relate(undated).stories) == 1
    future = [read("f1", *MARKET, day="2199-01-01"), read("f2", *MARKET_ELSEWHERE, day="2199-01-01")]
    assert len(relate(future).stories) == 1


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_first_and_last_days_that_can_be_written_are_days(day: str) -> None:
    assert len(relate([read(f"{day} 1", *MARKET, day=day), read(f"{day} 2", *MARKET_ELSEWHERE, day=day)]).stories) == 1


def test_a_no_parts_even_two_prints_of_one_text() -> None:
    passages = {p.article_id: p for p in reversed(relate([ONE, PRINT]).passages)}
    no = judged(anchored(ONE, passages[ONE.article.id]), anchored(PRINT, passages[PRINT.article.id]), "no")
    pair = {passages[ONE.article.id].id, passages[PRINT.article.id].id}
    assert all(not pair <= set(story.passages) for story in relate([ONE, PRINT], [no]).stories)


def test_the_events_of_one_article_are_no_story() -> None:
    hills = ("الزيتونة", "النخلة", "الكرمة", "الصفصافة", "السنديانة", "الخروبة", "الرمانة", "التوتة", "الدفلى", "السروة")
    many = read("many", *(f"وقُتل {n} أشخاص في قصف مدفعي على قرية {name} صباح الاثنين." for n, name in enumerate(hills * 30, 3)))
    assert len(relate([many]).passages) > 5
    assert relate([many]).stories == ()


def test_time_grows_with_the_number_of_articles_and_not_with_its_square() -> None:
    def seconds(count: int) -> float:
        readings = [read(f"{count} {n}", *MARKET, day="2017-03-14", title=f"{n}") for n in range(count)]
        begun = time.process_time()
        relate(readings)
        return time.process_time() - begun

    assert min(seconds(160) for _ in range(3)) < 9 * min(seconds(40) for _ in range(3))
