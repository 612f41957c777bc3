"""An article parted into passages."""

from riwaya.arabic.words import tokens_in
from riwaya.relate.passages import passages_in
from tests.relate.made import HARBOUR, MARKET, read


def words_of(*paragraphs: str, day: str = "2017-03-14") -> list[str]:
    reading = read("a", *paragraphs, day=day)
    return [reading.article.text[slice(*p.span)] for p in passages_in(reading, tokens_in(reading.article.text))]


def test_each_happening_begins_a_passage_and_what_follows_without_one_belongs_to_it() -> None:
    found = words_of(MARKET[0], "وشهدت البلدة حزناً عاماً.", f"من جهة أخرى، {HARBOUR[0]}")
    assert [text.split()[0] for text in found] == ["قُتل", "من"]
    assert found[0].endswith("حزناً عاماً.")


def test_a_happening_of_which_nothing_new_is_said_goes_on_with_the_one_before() -> None:
    found = words_of(MARKET[0], "وأثار الهجوم غضب التجار.", "وأصيب ثلاثة جنود في اشتباكات عند جسر الرمان مساء الثلاثاء.")
    assert [text.split()[0] for text in found] == ["قُتل", "وأصيب"]


def test_what_tells_no_happening_is_in_no_passage() -> None:
    assert words_of("الشعر ديوان العرب، وفيه تاريخهم وحكمتهم.", "وللنثر مكانته أيضاً.") == []


def test_a_turn_without_a_happening_ends_the_passage() -> None:
    found = words_of(MARKET[0], "من جهة أخرى، يبقى الطقس معتدلاً في أنحاء البلاد.", "ودرجات الحرارة حول معدلاتها.")
    assert len(found) == 1
    assert "الطقس" not in found[0]


def test_the_events_of_a_passage_are_named_with_it() -> None:
    reading = read("a", *MARKET)
    passages = passages_in(reading, tokens_in(reading.article.text))
    assert [key for p in passages for key in p.events] == [e.id for e in reading.events]


def test_a_text_of_nothing_has_no_passage() -> None:
    assert words_of("") == []
