"""Which person a name or an office stands for in one article."""

import pytest

from riwaya.read.reading import reading_of
from riwaya.records import PersonLink, Reading
from tests.read.links.test_actors import article


def persons(text: str) -> tuple[Reading, dict[str, PersonLink]]:
    """The persons of a text by the words that stand for them."""
    reading = reading_of(article(text))
    return reading, {reading.article.text[slice(*link.span)]: link for link in reading.persons}


def test_a_family_name_stands_for_the_full_name_before() -> None:
    reading, found = persons("قال وزير الصحة اللبناني سامر الحداد إن المشافي جاهزة. وزار الحداد مشفى في صيدا.")
    assert found["الحداد"].person_id == found["سامر الحداد"].person_id
    assert reading.article.text[slice(*found["الحداد"].name)] == "سامر الحداد"


def test_an_office_stands_for_its_holder() -> None:
    _, found = persons("قال وزير الصحة اللبناني سامر الحداد إن المشافي جاهزة. وبقي الوزير في صيدا حتى المساء.")
    assert found["الوزير"].person_id == found["سامر الحداد"].person_id


def test_a_person_is_of_the_body_whose_office_he_holds() -> None:
    reading, found = persons("قال وزير الصحة اللبناني سامر الحداد إن المشافي جاهزة.")
    link = found["سامر الحداد"]
    assert link.actor_id == "lb-health-ministry"
    assert link.office is not None
    assert reading.article.text[slice(*link.office)] == "وزير الصحة اللبناني"


def test_a_family_name_of_two_persons_stands_for_neither() -> None:
    _, found = persons("قال الطبيب سامر الحداد إن القسم مغلق. وقال الطبيب ماهر الحداد إنه مفتوح. ثم غادر الحداد المكان.")
    assert "الحداد" not in found


def test_a_nationality_is_no_family_name() -> None:
    _, found = persons("قال اللواء منصور التركي إن الطريق آمن. وعبر الوفد التركي الحدود.")
    assert "التركي" not in found


@pytest.mark.parametrize("after", ["الأول", "سامي الحلبي"])
def test_an_office_that_names_another_stands_for_nobody(after: str) -> None:
    _, found = persons(f"قال وزير الصحة اللبناني سامر الحداد إن المشافي جاهزة. وحضر الوزير {after} الاجتماع.")
    assert "الوزير" not in found


def test_namesakes_of_two_articles_are_one_only_by_name_office_and_body() -> None:
    _, minister = persons("قال وزير الصحة اللبناني سامر الحداد إن المشافي جاهزة.")
    _, again = persons("وأضاف وزير الصحة اللبناني سامر الحداد أن الدواء وصل.")
    _, doctor = persons("قال الطبيب سامر الحداد إن المشافي جاهزة.")
    assert minister["سامر الحداد"].person_id == again["سامر الحداد"].person_id
    assert minister["سامر الحداد"].person_id != doctor["سامر الحداد"].person_id


def test_every_person_has_a_name_and_a_reason() -> None:
    reading, found = persons("قال الرئيس اللبناني وليد العلي إنه باق. وقال المتحدث باسم الحكومة سامي نصر إن الرئيس سافر.")
    assert found
    for link in found.values():
        assert 0 <= link.name.start < link.name.end <= len(reading.article.text)
        assert link.reasons
