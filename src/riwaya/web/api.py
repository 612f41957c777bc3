"""/api: what the desk shows as read-only JSON, described by OpenAPI 3.1. A span is [start, end], in code points of `Article.text`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Annotated, Any

from litestar import Request, Response, Router, get
from litestar._openapi.schema_generation import SchemaCreator
from litestar.exceptions import HTTPException
from litestar.openapi.config import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import OpenAPIFormat, OpenAPIType, Schema
from litestar.pagination import OffsetPagination
from litestar.params import FromPath, FromQuery, QueryParameter
from litestar.plugins import OpenAPISchemaPlugin
from litestar.typing import FieldDefinition

from riwaya.errors import NotFoundError
from riwaya.records import Article, Case, Days, Failure, Reading, Span, Story
from riwaya.store.answers import Found
from riwaya.store.listing import (
    ClaimTold,
    EventTold,
    OutletSeen,
    Stretch,
    articles_listed,
    claims_listed,
    events_listed,
    number_of,
    outlets_seen,
)
from riwaya.store.questions import Ignored, question_in
from riwaya.store.search import Order, Part, Share, search
from riwaya.store.sql import articles as article_rows
from riwaya.store.sql import claims as claim_rows
from riwaya.store.sql import events as event_rows
from riwaya.store.stories import Listed
from riwaya.web.desk import AtDesk

Limit = Annotated[int, QueryParameter(ge=1, le=100, description="How many.")]
Offset = Annotated[int, QueryParameter(ge=0, le=1_000_000_000, description="After how many.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """The answers to a question, and how it was understood."""

    asked: tuple[str, ...]  # the pieces of the question that were asked for
    ignored: tuple[Ignored, ...]
    partly: bool  # not all words were required: the items hold some or all of them
    total: int
    limit: int
    offset: int
    items: tuple[Found, ...]
    facets: Mapping[str, tuple[Share, ...]]  # [value, articles] of all answers


@get("/search", sync_to_thread=True)
def answers(desk: AtDesk, q: FromQuery[str] = "", order: FromQuery[Order] = "relevance", limit: Limit = 20, offset: Offset = 0) -> Answers:
    """The articles that answer a question in the question language; any text is one."""
    with desk.library.connect() as connection:
        question = question_in(q, datetime.now(UTC).date())
        results = search(connection, question, Part(order=order, first=offset, size=limit))
    return Answers(
        asked=tuple(each.written for each in question.asked),
        ignored=question.ignored,
        partly=results.partly,
        total=results.total,
        limit=limit,
        offset=offset,
        items=results.found,
        facets=results.facets,
    )


@get("/articles", sync_to_thread=True)
def articles(desk: AtDesk, limit: Limit = 20, offset: Offset = 0) -> OffsetPagination[Article]:
    """Articles, the newest first; without what was set aside."""
    with desk.library.connect() as connection:
        items = articles_listed(connection, Stretch(limit, offset))
        return OffsetPagination(items=items, limit=limit, offset=offset, total=number_of(connection, article_rows))


@get("/articles/{article_id:str}", sync_to_thread=True)
def article(desk: AtDesk, article_id: FromPath[str]) -> Reading:
    """One article with all that was read from it; the id of one of its claims or events, or the beginning of an id, will do."""
    return desk.library.show(article_id)


@get("/claims", sync_to_thread=True)
def claims(desk: AtDesk, limit: Limit = 20, offset: Offset = 0) -> OffsetPagination[ClaimTold]:
    """Claims, in the order of the ids of their articles."""
    with desk.library.connect() as connection:
        items = claims_listed(connection, Stretch(limit, offset))
        return OffsetPagination(items=items, limit=limit, offset=offset, total=number_of(connection, claim_rows))


@get("/events", sync_to_thread=True)
def events(desk: AtDesk, limit: Limit = 20, offset: Offset = 0) -> OffsetPagination[EventTold]:
    """Events, in the order of the ids of their articles."""
    with desk.library.connect() as connection:
        items = events_listed(connection, Stretch(limit, offset))
        return OffsetPagination(items=items, limit=limit, offset=offset, total=number_of(connection, event_rows))


@get("/stories", sync_to_thread=True)
def stories(desk: AtDesk, limit: Limit = 20, offset: Offset = 0) -> OffsetPagination[Listed]:
    """Stories, those with the most origins first."""
    accounting = desk.library.accounting
    return OffsetPagination(
        items=list(accounting.stories(limit=limit, offset=offset)), limit=limit, offset=offset, total=accounting.count()
    )


@get("/stories/{story_id:str}", sync_to_thread=True)
def story(desk: AtDesk, story_id: FromPath[str]) -> Story:
    """One story: its accounts and disagreements."""
    return desk.library.accounting.story(story_id).story


@get("/cases", sync_to_thread=True)
def cases(desk: AtDesk, limit: Limit = 20, offset: Offset = 0) -> OffsetPagination[Case]:
    """Cases with what lies in them, the open ones first, of these the last changed."""
    found = desk.library.cases.all()
    return OffsetPagination(items=list(found[offset : offset + limit]), limit=limit, offset=offset, total=len(found))


@get("/cases/{case_id:str}", sync_to_thread=True)
def case(desk: AtDesk, case_id: FromPath[str]) -> Case:
    """One case, by its id or the beginning of that, or by its name."""
    return desk.library.cases.case(case_id)


@get("/outlets", sync_to_thread=True)
def outlets(desk: AtDesk) -> list[OutletSeen]:
    """All outlets, those with the most articles first."""
    with desk.library.connect() as connection:
        return outlets_seen(connection)


@get("/failures", sync_to_thread=True)
def failures(desk: AtDesk, limit: Limit = 20, offset: Offset = 0) -> OffsetPagination[Failure]:
    """What could not be collected or read, in the order of stages and addresses."""
    found = desk.library.failures()
    return OffsetPagination(items=list(found[offset : offset + limit]), limit=limit, offset=offset, total=len(found))


@get("/", sync_to_thread=True, include_in_schema=False)
def described(desk: AtDesk, request: Request[Any, Any, Any]) -> Response[str]:
    """What can be asked for, as a page."""
    return desk.page("api", schema=request.app.openapi_schema.to_schema())


def _wrong(_: Request[Any, Any, Any], error: Exception) -> Response[dict[str, object]]:
    """What went wrong, as JSON."""
    status = error.status_code if isinstance(error, HTTPException) else 404
    detail = error.detail if isinstance(error, HTTPException) else str(error)
    return Response({"status_code": status, "detail": detail}, status_code=status)


_ITEMS: dict[Any, list[Schema]] = {
    Span: [Schema(type=OpenAPIType.INTEGER)] * 2,
    Days: [Schema(type=OpenAPIType.STRING, format=OpenAPIFormat.DATE)] * 2,
    Share: [Schema(type=OpenAPIType.STRING), Schema(type=OpenAPIType.INTEGER)],
}


class _Pairs(OpenAPISchemaPlugin):
    """How spans, days and shares are described: they are arrays of two."""

    @staticmethod
    def is_plugin_supported_type(value: Any) -> bool:
        return isinstance(value, type) and value in _ITEMS

    def to_openapi_schema(self, field_definition: FieldDefinition, schema_creator: SchemaCreator) -> Schema:
        items = _ITEMS[field_definition.annotation]
        return Schema(type=OpenAPIType.ARRAY, prefix_items=items, min_items=2, max_items=2)


API = Router(
    "/api",
    route_handlers=[answers, articles, article, claims, events, stories, story, cases, case, outlets, failures, described],
    exception_handlers={HTTPException: _wrong, NotFoundError: _wrong},
    include_in_schema=True,
)
PAIRS = _Pairs()


def description() -> OpenAPIConfig:
    """The OpenAPI description, at /api/schema/openapi.json; the page over it is our own and loads nothing from elsewhere."""
    return OpenAPIConfig(
        title="riwaya",
        version=version("riwaya"),
        path="/api/schema",
        render_plugins=[JsonRenderPlugin(path="/openapi.json")],
        use_handler_docstrings=True,
    )
