"""Every record comes back from the store as it went in."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select

from riwaya.records import (
    ActorLink,
    Article,
    Claim,
    Days,
    Event,
    Failure,
    Mention,
    NotCounted,
    PersonLink,
    PlaceLink,
    Published,
    Reading,
    SetAside,
    Span,
    Teller,
    Toll,
    failed,
)
from riwaya.store.query import all_failures, readings
from riwaya.store.rows import record_of, row_of
from riwaya.store.schema import migrate
from riwaya.store.sql import articles, captures
from riwaya.store.sqlite import open_engine
from riwaya.store.update import add_captures, add_failure, replace_readings, rows_of
from tests.store.made import capture_of

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
numbers = st.integers(0, 2**40)
rests = st.text("0123456789abcdef", min_size=19, max_size=19)  # of ids: a claim and an event never have the same
spans = st.builds(Span, numbers, numbers)
days = st.dates(date(1900, 1, 1), date(2100, 1, 1))
zones = st.none() | st.integers(-720, 720).map(lambda minutes: timezone(timedelta(minutes=minutes)))
published = st.builds(Published, day=days, at=st.none() | st.datetimes(timezones=zones), rule=st.sampled_from(["meta", "json-ld"]))
confidences = st.floats(0, 1)
tellers = st.builds(Teller, role=st.just("speaker"), kind=st.just("org"), words=st.none() | spans, name=st.none() | spans)
tolls = st.builds(Toll, kind=st.just("killed"), least=numbers, most=st.none() | numbers, words=spans, whom=st.none() | spans)
claims = st.builds(
    Claim, id=rests.map("c".__add__), cue=st.none() | spans, act=st.just("deny"),
    tellers=st.lists(tellers, min_size=1, max_size=3).map(tuple), content=spans,
    channel=st.none() | spans, form=st.just("direct"), rule=words, confidence=confidences,
)  # fmt: skip
events = st.builds(
    Event, id=rests.map("e".__add__), kind=st.just("shelling"),
    trigger=spans, actor=st.none() | spans, target=st.none() | spans, place=st.none() | spans,
    within=st.none() | spans, when=st.none() | spans, days=st.none() | st.builds(Days, days, days), status=st.just("actual"),
    tolls=st.lists(tolls, max_size=3).map(tuple), claim_id=st.none(), rule=words, confidence=confidences,
)  # fmt: skip
set_asides = st.builds(SetAside, reason=st.just("related"), words=words, address=st.none() | words)
found_articles = st.builds(
    Article, id=st.just("a" * 20), capture_id=st.just(capture_of("page").id), address=st.none() | words, outlet=words, title=words,
    byline=words, dateline=words, published=st.none() | published, text=words,
    set_aside=st.lists(set_asides, max_size=2).map(tuple), undecodable=numbers,
    illustration=st.booleans(),
)  # fmt: skip
mentions = st.builds(Mention, id=words, span=spans, kind=st.just("PER"), rule=words, confidence=confidences)
not_counted = st.builds(NotCounted, span=spans, reason=st.just("wish"), rule=words)
texts = st.lists(words, max_size=3).map(tuple)
degrees = st.none() | st.floats(-90, 90)
place_links = st.builds(
    PlaceLink, span=spans, place_id=st.none() | words, name_ar=words, name_en=words, country=st.sampled_from(["", "SY"]), latitude=degrees,
    longitude=degrees, radius_km=st.none() | st.floats(0, 500), precision=st.just("town"), reasons=texts, candidates=texts,
)  # fmt: skip
actor_links = st.builds(
    ActorLink, span=spans, actor_id=st.none() | words, name_ar=words, name_en=words, wording=words, sense=st.just("hostile"), reasons=texts,
    candidates=texts,
)  # fmt: skip
person_links = st.builds(
    PersonLink, span=spans, person_id=words, name=spans, office=st.none() | spans, actor_id=st.none() | words, reasons=texts
)


@st.composite
def any_reading(draw: st.DrawFn) -> Reading:
    said = tuple(draw(st.lists(claims, max_size=3, unique_by=lambda each: each.id)))
    happened = tuple(draw(st.lists(events, max_size=3, unique_by=lambda each: each.id)))
    standing = tuple(replace(event, claim_id=said[0].id if said and number % 2 else None) for number, event in enumerate(happened))
    return Reading(
        article=draw(found_articles),
        mentions=tuple(draw(st.lists(mentions, max_size=2, unique_by=lambda each: each.id))),
        claims=said,
        events=standing,
        not_counted=tuple(draw(st.lists(not_counted, max_size=2))),
        reader="test",
        places=tuple(draw(st.lists(place_links, max_size=2))),
        actors=tuple(draw(st.lists(actor_links, max_size=2))),
        persons=tuple(draw(st.lists(person_links, max_size=2))),
        vector=draw(st.none() | st.binary()),
    )


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = open_engine(tmp_path_factory.mktemp("store") / "library.sqlite")
    migrate(engine)
    with engine.begin() as connection:
        add_captures(connection, [capture_of("page")])
    yield engine
    engine.dispose()


@given(reading=any_reading())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_reading_comes_back_as_it_went_in(engine: Engine, reading: Reading) -> None:
    capture = capture_of("page")
    with engine.begin() as connection:
        replace_readings(connection, "test", [(capture, rows_of(capture.id, [reading]))])
        assert list(readings(connection, [reading.article.id])) == [reading]
        assert connection.scalars(select(articles.c.reader)).all() == ["test"]


def test_a_capture_comes_back_as_it_went_in(engine: Engine) -> None:
    capture = capture_of("page")
    with engine.connect() as connection:
        row = connection.execute(select(captures)).mappings().one()
    assert row["captured_at"] == "2026-11-22T21:00:00.000005+00:00"
    assert capture.captured_at.tzinfo is UTC
    assert record_of(type(capture), row) == capture


def test_the_columns_of_a_small_record_are_named_after_it() -> None:
    published = Published(day=date(2017, 2, 20), at=datetime(2017, 2, 20, 9, 30), rule="meta")
    article = Article(
        id="a", capture_id=None, address=None, outlet="", title="", byline="", dateline="", published=published, text="", set_aside=()
    )
    row = row_of(article, number=3)
    assert (row["published_day"], row["published_at"], row["published_rule"]) == ("2017-02-20", "2017-02-20T09:30:00", "meta")
    assert row["number"] == 3
    assert "set_aside" not in row


def test_failures_come_back_once_however_often_they_are_met(engine: Engine) -> None:
    failure: Failure = failed("collect", "https://hawran.example/", "not found", "The server answered 404.")
    with engine.begin() as connection:
        add_failure(connection, failure)
        add_failure(connection, failure)
        add_failure(connection, failure, capture_id=capture_of("page").id)
        assert all_failures(connection) == (failure,)
        connection.rollback()


@pytest.mark.parametrize("bad", ["title \ud800", 2**63])
def test_what_no_database_can_hold_is_told_before_anything_is_written(bad: object) -> None:
    article = Article(id="a", capture_id=None, address=None, outlet="", title="", byline="", dateline="", published=None, text="قُتل شخصان.")
    toll = Toll(kind="killed", least=2, most=2, words=Span(5, 10), whom=None)
    event = Event(
        id="e", kind="attack", trigger=Span(0, 4), actor=None, target=None, place=None, within=None, when=None, days=None, status="actual",
        tolls=(replace(toll, least=bad) if isinstance(bad, int) else toll,), claim_id=None, rule="test", confidence=1.0,
    )  # fmt: skip
    reading = Reading(article=article, mentions=(), claims=(), events=(event,), not_counted=(), reader="test")
    assert rows_of("c", [replace(reading, events=())])
    with pytest.raises(ValueError, match=r"too large|surrogates"):
        rows_of("c", [replace(reading, article=replace(article, title=bad)) if isinstance(bad, str) else reading])


def test_an_event_in_a_claim_that_is_not_there_is_a_bug() -> None:
    article = Article(id="a", capture_id=None, address=None, outlet="", title="", byline="", dateline="", published=None, text="هجوم")
    event = Event(
        id="e", kind="attack", trigger=Span(0, 4), actor=None, target=None, place=None, within=None, when=None, days=None, status="actual",
        tolls=(), claim_id="nowhere", rule="test", confidence=1.0,
    )  # fmt: skip
    with pytest.raises(ValueError, match="does not hold"):
        rows_of("c", [Reading(article=article, mentions=(), claims=(), events=(event,), not_counted=(), reader="test")])
