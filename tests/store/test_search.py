"""Search: what finds what, on a real index."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select, text

from riwaya.records import Article, Reading, record_id
from riwaya.store import search_sqlite
from riwaya.store.query import Found, search
from riwaya.store.schema import migrate
from riwaya.store.sql import articles
from riwaya.store.sqlite import open_engine
from riwaya.store.terms import spans_of, terms_in
from riwaya.store.update import add_captures, replace_readings, rows_of
from tests.store.made import capture_of

CASES = tomllib.loads((Path(__file__).parents[1] / "sentences" / "search.toml").read_text(encoding="utf-8"))["case"]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A store with one article for each case."""
    engine = open_engine(tmp_path_factory.mktemp("store") / "library.sqlite")
    migrate(engine)
    keep(engine, [article(case["text"]) for case in CASES])
    yield engine
    engine.dispose()


def article(text: str, title: str = "") -> Article:
    return Article(
        id=record_id("article", text),
        capture_id=None,
        address=None,
        outlet="",
        title=title,
        byline="",
        dateline="",
        published=None,
        text=text,
    )


def keep(engine: Engine, found: list[Article]) -> None:
    read = []
    for each in found:
        capture = capture_of(each.text)
        reading = Reading(article=each, mentions=(), claims=(), events=(), not_counted=(), reader="test")
        read.append((capture, rows_of(capture.id, [reading])))
    with engine.begin() as connection:
        add_captures(connection, [capture for capture, _ in read])
        replace_readings(connection, "test", read)


def searched(engine: Engine, query: str, limit: int = 1000) -> tuple[Found, ...]:
    with engine.connect() as connection:
        return search(connection, query, limit)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["query"])
def test_a_query_finds_the_words_it_means(engine: Engine, case: dict[str, Any]) -> None:
    found = [each for each in searched(engine, case["query"]) if each.article.text == case["text"]]
    assert [case["text"][start:end] for each in found for start, end in each.spans] == case["found"], case["why"]


@settings(deadline=None)
@given(query=st.text(max_size=30) | st.text(alphabet='"*()^:+-«» ANDORNEAR{}٪ةو', max_size=30))
def test_no_query_is_an_error(engine: Engine, query: str) -> None:
    for found in searched(engine, query, limit=5):
        for start, end in found.spans:
            assert 0 <= start < end <= len(found.article.text)


@settings(deadline=None)
@given(text=st.text(max_size=60), query=st.text(max_size=20))
def test_spans_lie_in_the_text(text: str, query: str) -> None:
    spans = spans_of(terms_in(query), text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert sorted(set(spans)) == list(spans)


def test_a_query_without_words_finds_nothing(engine: Engine) -> None:
    assert searched(engine, "") == searched(engine, ' "" * ') == ()


def test_the_title_counts_more_and_the_word_as_written_more_than_another_form(tmp_path: Path) -> None:
    engine = open_engine(tmp_path / "library.sqlite")
    migrate(engine)
    filler = " ".join(["قال شهود إن الطريق أغلق مساء"] * 3)
    keep(
        engine,
        [
            article(f"{filler} هدنة", title="خبر قصير"),
            article(f"{filler} طويلة", title="هدنة قصيرة"),
            article(f"{filler} والهدنة", title="خبر طويل"),
            article(f"{filler} وحدها", title="بلا صلة"),
        ],
    )
    assert [found.article.text.split()[-1] for found in searched(engine, "هدنة")] == ["طويلة", "هدنة", "والهدنة"]
    assert len(searched(engine, "هدنة", limit=2)) == 2
    engine.dispose()


def test_what_is_taken_out_is_not_found(tmp_path: Path) -> None:
    engine = open_engine(tmp_path / "library.sqlite")
    migrate(engine)
    one, other = article("هدنة في الجنوب"), article("هدنة في الشمال")
    keep(engine, [one, other])
    with engine.begin() as connection:
        search_sqlite.remove(connection, [one.id])
    assert [found.article.id for found in searched(engine, "هدنة")] == [other.id]
    engine.dispose()


def test_an_index_that_lacks_articles_is_filled(engine: Engine) -> None:
    with engine.begin() as connection:
        everything = sorted(map(tuple, connection.execute(text("SELECT rowid, * FROM article_words"))))
        search_sqlite.remove(connection, connection.scalars(select(articles.c.id).limit(3)).all())
        search_sqlite.fill(connection)
        assert sorted(map(tuple, connection.execute(text("SELECT rowid, * FROM article_words")))) == everything
    assert len(everything) == len(CASES)
