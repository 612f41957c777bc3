"""/api: what it gives, and that nothing that its own description allows makes the server fail."""

from typing import Any

import httpx2
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok

from riwaya.library import Library


@pytest.mark.parametrize("examples", [5, pytest.param(300, marks=pytest.mark.long)])
def test_what_the_description_allows_makes_no_server_error(demo_desk: str, examples: int) -> None:
    schema = schemathesis.openapi.from_url(f"{demo_desk}/api/schema/openapi.json")
    operations = [found.ok() for found in schema.get_all_operations() if isinstance(found, Ok)]
    assert len(operations) == len(list(schema.get_all_operations())) > 8
    for operation in operations:

        @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck), database=None)
        @given(case=operation.as_strategy())
        def ask(case: Any) -> None:
            case.call_and_validate(checks=[not_a_server_error])

        ask()


def test_everything_is_given_a_page_at_a_time(client: httpx2.Client, demo_library: Library) -> None:
    counts = demo_library.counts()
    for kind, total in (("articles", counts.articles), ("claims", counts.claims), ("events", counts.events), ("failures", counts.failures)):
        first, second = (client.get(f"/api/{kind}", params={"limit": 5, "offset": offset}).json() for offset in (0, 5))
        assert first["total"] == total
        assert len(first["items"]) == min(5, total)
        assert not [item for item in first["items"] if item in second["items"]]


def test_an_article_is_its_reading(client: httpx2.Client, demo_library: Library) -> None:
    (found,) = client.get("/api/search", params={"q": "قائل:حميميم", "limit": 1}).json()["items"]
    reading = client.get(f"/api/articles/{found['article']['id']}").json()
    start, end = found["claim"]["content"]
    assert found["claim"] in reading["claims"]
    assert 0 <= start < end <= len(reading["article"]["text"])
    assert reading["article"]["set_aside"] or not demo_library.show(found["article"]["id"]).article.set_aside


def test_a_question_is_answered_with_how_it_was_understood(client: httpx2.Client) -> None:
    answer = client.get("/api/search", params={"q": "درعا act:foo", "limit": 3, "order": "newest"}).json()
    assert answer["asked"] == ["درعا"]
    assert answer["ignored"] == [{"written": "act:foo", "why": "not a choice", "field": "act"}]
    assert len(answer["items"]) == 3 < answer["total"]
    assert ["SY", answer["total"]] in answer["facets"]["country"] or answer["facets"]["country"]


def test_what_is_not_there_and_what_is_not_allowed_is_said_as_json(client: httpx2.Client) -> None:
    gone = client.get("/api/articles/ffffffffffff")
    assert (gone.status_code, gone.json()["status_code"]) == (404, 404)
    assert client.get("/api/stories/ffffffffffff").status_code == 404
    assert client.get("/api/claims", params={"limit": 101}).status_code == 400
    assert client.post("/api/claims").status_code == 405


def test_the_description_says_what_spans_are_and_its_page_loads_nothing_from_elsewhere(client: httpx2.Client) -> None:
    described = client.get("/api/schema/openapi.json").json()
    assert set(described["paths"]) >= {"/api/articles", "/api/search", "/api/stories/{story_id}"}
    assert all(path.startswith("/api/") for path in described["paths"])
    assert described["components"]["schemas"]["Claim"]["properties"]["content"]["type"] == "array"
    page = client.get("/api").text
    assert "GET /api/search" in page
    assert "http" not in page.replace("http-equiv", "").replace("https://www.w3.org", "")
