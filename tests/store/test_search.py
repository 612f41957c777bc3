"""Search: what finds what, on a real index."""

import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select, text

from riwaya.read.reading import reading_of
from riwaya.records import Article, Published, Reading, record_id
from riwaya.store import search_index
from riwaya.store.copies import note_prints
from riwaya.store.questions import question_in
from riwaya.store.schema import migrate
from riwaya.store.search import Order, Part, Results, Share, search
from riwaya.store.sql import article_facets, articles, findings
from riwaya.store.sqlite import open_engine
from riwaya.store.terms import excerpt_of, spans_of
from riwaya.store.update import add_captures, drop_captures, replace_readings, rows_of
from tests.store.made import capture_of

CASES = tomllib.loads((Path(__file__).parents[1] / "sentences" / "search.toml").read_text(encoding="utf-8"))["case"]
TODAY = date(2017, 2, 21)
READ = {
    "نفي": ("وكالة الجنوب", 20, "نفت قاعدة حميميم الروسية مشاركة قواتها في معارك حي المنشية في درعا. وقال قائد ميداني إن المعارك مستمرة."),
    "قتلى": ("وكالة الجنوب", 21, "أعلنت غرفة العمليات مقتل ثمانية عناصر من حزب الله وإصابة عشرين في اشتباكات حي المنشية في درعا."),
    "غارة": ("صحيفة الساحل", 18, "قال المرصد إن غارة جوية على مدينة إدلب أسفرت عن مقتل ثلاثة مدنيين."),
    "لقاء": ("", None, "قال وزير الخارجية إن لقاء سيعقد في جنيف."),
}


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A store with one article for each case."""
    engine = open_engine(tmp_path_factory.mktemp("store") / "library.sqlite")
    migrate(engine)
    keep(engine, [unread(article(case["text"])) for case in CASES])
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A store with some articles that were read by rules."""
    engine = open_engine(tmp_path_factory.mktemp("news") / "library.sqlite")
    migrate(engine)
    keep(engine, [reading_of(article(text, title, outlet=outlet, day=day)) for title, (outlet, day, text) in READ.items()])
    yield engine
    engine.dispose()


def article(text: str, title: str = "", *, outlet: str = "", day: int | None = None) -> Article:
    return Article(
        id=record_id("article", text),
        capture_id=None,
        address=None,
        outlet=outlet,
        title=title,
        byline="",
        dateline="",
        published=Published(day=date(2017, 2, day), at=None, rule="given") if day else None,
        text=text,
    )


def unread(article: Article) -> Reading:
    return Reading(article=article, mentions=(), claims=(), events=(), not_counted=(), reader="test")


def keep(engine: Engine, readings: list[Reading]) -> None:
    read = []
    for reading in readings:
        capture = capture_of(reading.article.text)
        read.append((capture, rows_of(capture.id, [reading])))
    with engine.begin() as connection:
        add_captures(connection, [capture for capture, _ in read])
        replace_readings(connection, "test", read)


def searched(engine: Engine, question: str, part: Part = Part(size=1000)) -> Results:  # noqa: B008 - frozen
    with engine.connect() as connection:
        return search(connection, question_in(question, TODAY), part)


def titles(engine: Engine, question: str, order: Order = "newest") -> list[str]:
    return [found.article.title for found in searched(engine, question, Part(order=order)).found]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["query"])
def test_a_query_finds_the_words_it_means(engine: Engine, case: dict[str, Any]) -> None:
    results = searched(engine, case["query"])
    found = [each for each in results.found if each.article.text == case["text"] and not results.partly]
    assert [case["text"][start:end] for each in found for start, end in each.excerpt.found] == case["found"], case["why"]


@settings(deadline=None)
@given(
    question=st.text(max_size=30) | st.text(alphabet='"*()^:+-«» ANDORNEAR{}٪ةو', max_size=30), order=st.sampled_from(["relevance", "toll"])
)
def test_no_question_is_an_error(engine: Engine, question: str, order: Order) -> None:
    for found in searched(engine, question, Part(order=order, size=5)).found:
        for start, end in found.excerpt.found:
            assert 0 <= start < end <= len(found.article.text)


@settings(deadline=None)
@given(text=st.text(max_size=60), words=st.text(max_size=20))
def test_spans_lie_in_the_text_and_those_of_an_excerpt_in_it(text: str, words: str) -> None:
    wanted = question_in(words, TODAY).wanted
    spans = spans_of(wanted, text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert sorted(set(spans)) == list(spans)
    excerpt = excerpt_of(wanted, text, letters=20)
    assert "\n" not in text[slice(*excerpt.span)]
    assert set(excerpt.found) <= set(spans)
    assert bool(excerpt.found) == bool(spans)
    assert all(excerpt.span.start <= start < end <= excerpt.span.end for start, end in excerpt.found)


def test_an_excerpt_is_of_the_paragraph_that_holds_the_most_words() -> None:
    text = "بدأت الهدنة أمس.\nوقال سكان إن الطريق مغلق.\nوفي درعا توقفت الهدنة بعد ساعة."
    excerpt = excerpt_of(question_in("هدنة درعا", TODAY).wanted, text)
    assert text[slice(*excerpt.span)] == "وفي درعا توقفت الهدنة بعد ساعة."
    assert [text[slice(*span)] for span in excerpt.found] == ["درعا", "الهدنة"]
    nothing = excerpt_of((), text)
    assert (text[slice(*nothing.span)], nothing.found) == ("بدأت الهدنة أمس.", ())


def test_a_question_that_asks_nothing_finds_nothing(engine: Engine) -> None:
    assert searched(engine, "").found == searched(engine, ' "" * ').found == ()


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("قائل:حميميم", ["نفي"]),
        ("speaker:hmeimim", ["نفي"]),
        ("act:denied", ["نفي"]),
        ("قائل:حميميم فعل:أعلن", []),  # it is the operations room that announces
        ("قائل:العمليات فعل:أعلن", ["قتلى"]),
        ("act:deny act:announce", ["قتلى", "نفي"]),
        ("killed>=8", ["قتلى"]),
        ("killed>=1 killed<=5", ["غارة"]),
        ("killed:2..8", ["قتلى", "غارة"]),
        ("wounded=20", ["قتلى"]),
        ("kind:غارة مكان:إدلب", ["غارة"]),
        ("kind:airstrike place:درعا", []),
        ("country:SY -act:deny", ["قتلى", "غارة"]),
        ("outlet:الجنوب", ["قتلى", "نفي"]),
        ("-outlet:الجنوب", ["غارة", "لقاء"]),
        ("since:2017-02-20", ["قتلى", "نفي"]),
        ("until:2017-02-20 المنشية", ["نفي"]),
        ("day:2017-02-18 day:2017-02-21", ["قتلى", "غارة"]),
        ("-since:2017-02-20", ["غارة", "لقاء"]),
        ("المنشيه -مقتل", ["نفي"]),
        ("-المنشيه", ["غارة", "لقاء"]),
        ("المنشيه killed>=1", ["قتلى"]),
    ],
)
def test_conditions_hold_of_one_finding_and_of_the_article(news: Engine, question: str, found: list[str]) -> None:
    assert titles(news, question) == found


def test_what_is_shown_of_an_article_meets_what_was_asked(news: Engine) -> None:
    (found,) = searched(news, "قائل:حميميم").found
    assert found.claim
    assert (found.claim.act, found.speaker and found.speaker.actor_id) == ("deny", "ru-hmeimim")
    (found,) = searched(news, "killed>=8").found
    assert found.event
    assert [(toll.kind, toll.least) for toll in found.event.tolls] == [("killed", 8), ("wounded", 20)]
    assert found.claim
    assert (found.claim.act, found.event.claim_id) == ("announce", found.claim.id)
    assert found.place
    assert found.place.country == "SY"


def test_facets_count_all_that_was_found(news: Engine) -> None:
    results = searched(news, "المنشيه", Part(size=1))
    assert (len(results.found), results.total) == (1, 2)
    assert results.facets["outlet"] == (Share("وكالة الجنوب", 2),)
    assert results.facets["month"] == (Share("2017-02", 2),)
    assert Share("deny", 1) in results.facets["act"]
    assert Share("SY", 2) in results.facets["country"]


def test_orders_and_parts(news: Engine) -> None:
    everything = "-كلمة"
    assert titles(news, everything, "newest") == ["قتلى", "نفي", "غارة", "لقاء"]
    assert titles(news, everything, "oldest") == ["غارة", "نفي", "قتلى", "لقاء"]
    assert titles(news, everything, "toll") == ["قتلى", "غارة", "نفي", "لقاء"]
    parts = [found.article.title for first in (0, 2, 4) for found in searched(news, everything, Part(first=first, size=2)).found]
    assert parts == titles(news, everything)


def test_where_no_article_holds_all_words_those_are_found_that_hold_some(news: Engine) -> None:
    results = searched(news, "متى وقعت غارة جوية على مدينة حماة")
    assert results.partly
    assert results.found[0].article.title == "غارة"
    assert not searched(news, "غارة جوية").partly
    assert searched(news, "غارة جوية حماة").partly


def test_a_sentence_is_answered_by_what_is_nearest_to_its_words(news: Engine) -> None:
    assert [found.article.title for found in searched(news, "معارك المنشية").found] == ["نفي"]
    sentence = searched(news, "أين معارك المنشية؟")
    assert sentence.partly
    assert [found.article.title for found in sentence.found] == ["نفي", "قتلى"]


def test_the_title_counts_more_and_the_word_as_written_more_than_another_form(tmp_path: Path) -> None:
    engine = open_engine(tmp_path / "library.sqlite")
    migrate(engine)
    filler = " ".join(["قال شهود إن الطريق أغلق مساء"] * 3)
    keep(
        engine,
        [
            unread(article(f"{filler} هدنة", title="خبر قصير")),
            unread(article(f"{filler} طويلة", title="هدنة قصيرة")),
            unread(article(f"{filler} والهدنة", title="خبر طويل")),
            unread(article(f"{filler} وحدها", title="بلا صلة")),
        ],
    )
    assert [found.article.text.split()[-1] for found in searched(engine, "هدنة").found] == ["طويلة", "هدنة", "والهدنة"]
    engine.dispose()


def test_what_is_taken_out_is_not_found(tmp_path: Path) -> None:
    engine = open_engine(tmp_path / "library.sqlite")
    migrate(engine)
    one, other = article("هدنة في الجنوب"), article("هدنة في الشمال")
    keep(engine, [unread(one), unread(other)])
    with engine.begin() as connection:
        search_index.take_out(connection, [one.id])
    assert [found.article.id for found in searched(engine, "هدنة").found] == [other.id]
    engine.dispose()


def test_prints_of_one_text_are_one_answer_that_names_them_all(tmp_path: Path) -> None:
    engine = open_engine(tmp_path / "library.sqlite")
    migrate(engine)
    said = "قال المرصد إن غارة جوية على مدينة إدلب أسفرت عن مقتل ثلاثة مدنيين."
    kept = [article(f"{said} {n}", f"غارة {n}", outlet=f"وسيلة {n}", day=n) for n in range(1, 5)]
    keep(engine, [unread(each) for each in kept])
    with engine.begin() as connection:
        note_prints(connection, {each.id for each in kept}, {each.id: kept[0].id for each in kept[:3] if each is not kept[0]})
    apart, folded = (searched(engine, "غارة", Part(order="newest", folded=folded)) for folded in (False, True))
    assert [(len(each.found), each.total, each.texts) for each in (apart, folded)] == [(4, 4, 2), (2, 4, 2)]
    assert [found.article.title for found in folded.found] == ["غارة 4", "غارة 3"]
    assert [[each.outlet for each in found.prints] for found in folded.found] == [[], ["وسيلة 2", "وسيلة 1"]]
    assert folded.facets == apart.facets
    (second,) = searched(engine, "غارة", Part(order="newest", folded=True, first=1, size=1)).found
    assert second == folded.found[1]
    only = searched(engine, 'غارة outlet:"وسيلة 1"', Part(folded=True))
    assert [(found.article.outlet, found.prints) for found in only.found] == [("وسيلة 1", ())]
    with engine.begin() as connection:
        note_prints(connection, {each.id for each in kept}, {})
    assert searched(engine, "غارة").texts == 4
    engine.dispose()


def test_facets_have_numbers_that_stay_and_no_outlet_is_remembered_that_is_gone(tmp_path: Path) -> None:
    engine = open_engine(tmp_path / "library.sqlite")
    migrate(engine)
    first, second = (article(f"نص {n}", outlet=f"وسيلة {n}", day=n) for n in (1, 2))
    keep(engine, [unread(first)])
    with engine.begin() as connection:
        before = search_index.facets_by_number(connection)
    keep(engine, [unread(second)])
    with engine.begin() as connection:
        assert before.items() <= search_index.facets_by_number(connection).items()
        drop_captures(connection, [capture_of(first.text).id])
        known = search_index.facets_by_number(connection).values()
    assert sorted(each for each in known if each.startswith("outlet:")) == ["outlet:وسيلة 2"]
    assert searched(engine, "نص").facets == {"outlet": (Share("وسيلة 2", 1),), "month": (Share("2017-02", 1),)}
    engine.dispose()


def test_an_index_that_lacks_articles_is_filled(news: Engine) -> None:
    def everything() -> list[list[tuple[object, ...]]]:
        tables = ("rowid, * FROM article_words", "rowid, * FROM finding_words", "* FROM article_facets", "* FROM findings")
        return [sorted(map(tuple, connection.execute(text(f"SELECT {table}"))), key=str) for table in tables]

    with news.begin() as connection:
        before = everything()
        some = connection.scalars(select(articles.c.id).limit(3)).all()
        search_index.take_out(connection, some)
        connection.execute(article_facets.delete().where(article_facets.c.article_id.in_(some)))
        connection.execute(findings.delete().where(findings.c.article_id.in_(some)))
        assert everything() != before
        search_index.fill(connection)
        assert everything() == before
    assert all(map(len, before))
