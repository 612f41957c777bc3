"""The interchange keeps what docs/interchange.md promises."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riwaya.read.interchange import article_of, read_lines, row_of
from riwaya.read.reading import reading_of
from riwaya.records import Failure

ITEM: dict[str, Any] = {
    "id": 7,
    "outlet": "صدى حوران",
    "published": "2017-02-21",
    "title": "قتلى في المنشية",
    "paragraphs": [
        "أعلنت غرفة العمليات، أمس الاثنين، في بيان، مقتل ثمانية من عناصر الحزب في حي المنشية.",
        "ونفى مصدر أمني أن تكون القوات الروسية قد شاركت في المعارك.",
    ],
}


def test_a_line_is_read_and_its_id_echoed() -> None:
    row = row_of(reading_of(article_of(ITEM)), ITEM["id"])
    assert row["id"] == 7
    assert row["text"] == "\n".join(ITEM["paragraphs"])
    assert {claim["act"] for claim in row["claims"]} >= {"announce", "deny"}
    for claim in row["claims"]:
        assert claim["tellers"][0]["role"] == "speaker"
        assert claim["tellers"][-1] == {"role": "outlet", "kind": "outlet", "name": "صدى حوران", "span": None, "actor_id": None}
    assert any(toll["least"] == 8 and toll["kind"] == "killed" for event in row["events"] for toll in event["casualties"])
    assert {event["date"] for event in row["events"]} >= {"2017-02-20"}
    json.dumps(row)


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ([], "not a JSON object"),
        ({"id": 1}, "'paragraphs'"),
        ({"id": 1, "paragraphs": "نص"}, "'paragraphs'"),
        ({"id": 1, "paragraphs": [1]}, "'paragraphs'"),
        ({"paragraphs": ["نص"]}, "'id'"),
    ],
)
def test_a_line_that_is_no_article_says_what_is_wrong(line: object, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        article_of(line)


@pytest.mark.parametrize("published", ["", None, "أمس", "2017-13-40", "2017"])
def test_a_day_that_cannot_be_read_leaves_the_article_undated(published: object) -> None:
    assert article_of({"id": 1, "paragraphs": ["نص"], "published": published}).published is None


_ANY = st.one_of(st.none(), st.booleans(), st.integers(), st.text(alphabet=st.characters(), max_size=20), st.lists(st.text(max_size=5)))


@given(st.fixed_dictionaries({}, optional=dict.fromkeys(("id", "paragraphs", "outlet", "title", "author", "url", "published"), _ANY)))
def test_any_line_gives_a_reading_that_can_be_written_or_a_failure(row: dict[str, object]) -> None:
    [outcome] = read_lines([json.dumps(row).encode()], "in.jsonl")
    assert isinstance(outcome, Failure) or outcome.encode()


@given(st.lists(st.text(max_size=80), max_size=5))
def test_any_paragraphs_give_a_row_whose_spans_lie_in_its_text(paragraphs: list[str]) -> None:
    row = row_of(reading_of(article_of({"id": "x", "paragraphs": paragraphs})), "x")
    spans = [claim[part] for claim in row["claims"] for part in ("cue", "speaker", "content", "channel", "via")]
    spans += [event[part] for event in row["events"] for part in ("trigger", "actor", "target", "place", "within", "when")]
    spans += [mention["span"] for mention in row["mentions"]]
    assert all(0 <= start < end <= len(row["text"]) for start, end in filter(None, spans))
