"""Which actors a text names: a table of sentences, and what holds of every text."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from riwaya.read.links.wordings import open_roll
from riwaya.read.reading import reading_of
from riwaya.records import ActorLink, Article, Published, Reading

CASES = tomllib.loads((Path(__file__).parents[2] / "sentences" / "actor_links.toml").read_text("utf-8"))["case"]


def article(text: str, *, outlet: str = "", title: str = "", published: str = "") -> Article:
    """An article of this text."""
    return Article(
        id="a", capture_id=None, address=None, outlet=outlet, title=title, byline="", dateline="", text=text,
        published=Published(day=date.fromisoformat(published), at=None, rule="given") if published else None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("outlet", "key"), [("عنب بلدي", "sy-enab-baladi"), ("وكالة رويترز", "gb-reuters"), ("صحيفة لا يعرفها أحد", None), ("", None)]
)
def test_the_outlet_of_an_article_is_its_actor_in_the_register(outlet: str, key: str | None) -> None:
    assert reading_of(article("أعلنت البلدية إغلاق الجسر.", outlet=outlet)).outlet_id == key


def read(case: dict[str, Any]) -> Reading:
    """What is read from a case of the table."""
    return reading_of(article(case["text"], **{key: case[key] for key in ("outlet", "title", "published") if key in case}))


def words_of(link: ActorLink, reading: Reading) -> str:
    """The words of a link."""
    return reading.article.text[slice(*link.span)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_a_sentence_names_its_actors(case: dict[str, Any]) -> None:
    reading = read(case)
    for words, expected in case["links"].items():
        links = [link for link in reading.actors if words_of(link, reading) == words]
        given = {"?" if link.actor_id is None else link.actor_id for link in links} or {"-"}
        assert given == {expected}, [(words_of(link, reading), link) for link in reading.actors]


def test_a_wording_says_what_its_user_thinks_of_the_actor() -> None:
    reading = reading_of(article("قصفت ميليشيات الأسد البلدة، وقال الجيش العربي السوري إنه لم يقصف."))
    assert [(link.actor_id, link.wording, link.sense) for link in reading.actors] == [
        ("sy-army", "ميليشيات الأسد", "hostile"),
        ("sy-army", "الجيش العربي السوري", "self-name"),
    ]


def test_the_equally_good_are_kept() -> None:
    (link,) = [one for one in reading_of(article("بحث الأردن ومصر الملف، وأصدرت وزارة الداخلية بياناً.")).actors if "وزارة" in one.wording]
    assert link.actor_id is None
    assert set(link.candidates) == {"jo-interior-ministry", "eg-interior-ministry"}
    assert link.reasons


def test_a_link_shows_why() -> None:
    (link,) = [one for one in reading_of(article("شهد لبنان ليلة هادئة. وقال الجيش إنه انتشر.")).actors if one.wording == "الجيش"]
    assert "Its country is named in the article." in link.reasons


WORDS = st.sampled_from(
    [
        "الجيش",
        "وزارة",
        "الداخلية",
        "روسيا",
        "وروسيا",
        "قالت",
        "حركة",
        "الحركة",
        "«",
        "»",
        "،",
        ".",
        "\n",
        "السورية",
        "لبنان",
        "بدر",
        "في",
        "للجيش",
    ]
)


@given(st.lists(WORDS, max_size=30).map(" ".join))
@settings(max_examples=60, deadline=None)
def test_links_lie_in_the_text_in_order_and_apart(text: str) -> None:
    links = reading_of(article(text)).actors
    roll = open_roll()
    ends = [0]
    for link in links:
        assert ends[-1] <= link.span.start < link.span.end <= len(text)
        ends.append(link.span.end)
        assert link.reasons
        assert (link.actor_id is None) == bool(link.candidates)
        assert all(roll.actor(key) for key in (*link.candidates, *filter(None, [link.actor_id])))


@given(st.text(max_size=80))
@settings(max_examples=40, deadline=None)
def test_any_text_has_links_or_none(text: str) -> None:
    assert isinstance(reading_of(article(text)).actors, tuple)
