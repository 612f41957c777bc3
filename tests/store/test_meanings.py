"""Finding by what is said: on a real store, with vectors of the neural reader."""

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import Engine, delete

from riwaya.read.reading import model_for, reading_of, vector_of
from riwaya.read.text import read_text
from riwaya.store.meanings import Meanings
from riwaya.store.questions import question_in
from riwaya.store.schema import migrate
from riwaya.store.search import Part, search
from riwaya.store.sql import articles
from riwaya.store.sqlite import open_engine
from riwaya.store.update import add_captures, replace_readings, rows_of
from tests.store.made import capture_of

TEXTS = {
    "bombing": "أسفر قصف مدفعي على سوق شعبي في البلدة عن سقوط تسعة قتلى وعشرات الجرحى.",
    "football": "يلتقي الفريقان مساء الجمعة في المباراة النهائية على ملعب العاصمة.",
    "wheat": "تراجع محصول القمح هذا الموسم بسبب قلة الأمطار، وارتفعت أسعار الخبز.",
}


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = open_engine(tmp_path_factory.mktemp("store") / "library.sqlite")
    migrate(engine)
    model = model_for("model", vectors=True)
    with engine.begin() as connection:
        for name, text in TEXTS.items():
            capture = capture_of(name)
            add_captures(connection, [capture])
            reading = reading_of(read_text(text, title=name, reader="rules").article, model=model)
            replace_readings(connection, "test", [(capture, rows_of(capture.id, [reading]))])
    yield engine
    engine.dispose()


def titles(engine: Engine, meanings: Meanings, question: str) -> list[str]:
    """The titles of what is found, the nearest first."""
    asked = question_in(question, date(2020, 1, 1))
    with engine.connect() as connection:
        likeness = meanings.likeness(connection, lambda: vector_of(asked.words))
        return [found.article.title for found in search(connection, asked, Part(), likeness).found]


@pytest.mark.parametrize(
    ("question", "nearest"),
    [
        ("مدنيون لقوا حتفهم جراء هجوم", "bombing"),  # not one word of the text
        ("متى تقام مباراة كرة القدم", "football"),
        ("غلاء الدقيق والجفاف", "wheat"),
    ],
)
def test_what_is_said_in_other_words_is_found(engine: Engine, question: str, nearest: str) -> None:
    assert titles(engine, Meanings(), question)[0] == nearest


def test_an_article_that_holds_all_the_words_is_the_answer_alone(engine: Engine) -> None:
    assert titles(engine, Meanings(), "القمح والأمطار") == ["wheat"]


def test_words_in_quotation_marks_must_stand_so() -> None:
    assert question_in('"لقوا حتفهم"', date(2020, 1, 1)).words == ""
    assert question_in("لقوا حتفهم قائل:حميميم", date(2020, 1, 1)).words == "لقوا حتفهم"


def test_conditions_hold_of_what_is_found_by_meaning_too(engine: Engine) -> None:
    assert titles(engine, Meanings(), "مدنيون لقوا حتفهم since:2021-01-01") == []


def test_the_same_vectors_serve_until_the_articles_change(engine: Engine) -> None:
    meanings = Meanings()
    with engine.connect() as connection, connection.begin() as changes:
        before = meanings.likeness(connection, lambda: vector_of("القمح"))
        assert len(before) == 3
        connection.execute(delete(articles).where(articles.c.title == "wheat"))
        assert before.keys() - meanings.likeness(connection, lambda: vector_of("القمح")).keys()
        changes.rollback()


def test_without_vectors_nobody_asks_for_that_of_the_question(tmp_path_factory: pytest.TempPathFactory) -> None:
    empty = open_engine(tmp_path_factory.mktemp("empty") / "library.sqlite")
    migrate(empty)
    with empty.connect() as connection:
        assert Meanings().likeness(connection, lambda: pytest.fail("asked")) == {}
    empty.dispose()
