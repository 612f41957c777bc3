"""Corrections: what the form of a claim or event asks for is kept, and taken back; what was corrected can be downloaded to train on."""

from litestar import Response, get, post
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect

from riwaya.errors import CorrectionError, NotFoundError
from riwaya.records import Correction
from riwaya.web.access import at_least
from riwaya.web.corrections import changes_in
from riwaya.web.desk import AtDesk, article_address
from riwaya.web.downloads import attachment
from riwaya.web.pages.article import Wrong, article_page, card_of
from riwaya.web.tables import jsonl_of


@post("/corrections", sync_to_thread=True, guards=[at_least("reviewer")])
def correct(desk: AtDesk, data: URLEncodedBody[dict[str, str]]) -> Response[str] | Redirect:
    """Keep what a form changes of a claim or event, then its card; where that cannot be, the article again with the reason."""
    correcting = desk.library.correcting
    reading, finding = correcting.finding(data.get("finding", ""))
    card = card_of(reading, finding.id)
    try:
        changes = changes_in(data, finding, reading, correcting)
    except CorrectionError as error:
        return article_page(desk, reading, wrong=Wrong(error.why, error.given, card))
    if changes:
        correcting.correct(finding.id, changes, by=desk.who, note=data.get("note", "").strip())
    now = desk.library.show(reading.article.id)
    return Redirect(article_address(reading.article.id) + (card_of(now, finding.id) or "#h-corrected"), status_code=303)


@post("/corrections/{correction_id:str}/undone", sync_to_thread=True, guards=[at_least("reviewer")])
def undo(desk: AtDesk, correction_id: FromPath[str], data: URLEncodedBody[dict[str, str]]) -> Redirect:
    """Take a correction back; then the page from which that was asked for: the review, or the article."""
    made: Correction = desk.library.correcting.undo(correction_id, by=desk.who)
    if data.get("back") == "review":
        return Redirect("/review", status_code=303)
    try:
        desk.library.show(made.of.article_id)
    except NotFoundError:  # read anew, it gives this article no more
        return Redirect("/review", status_code=303)
    return Redirect(f"{article_address(made.of.article_id)}#h-corrected", status_code=303)


@get("/review/corrected.jsonl", sync_to_thread=True, guards=[at_least("reviewer")])
def corpus(desk: AtDesk) -> Response[bytes]:
    """The corrected articles as lines of the corpus that readers are trained on."""
    lines = "".join(jsonl_of(desk.library.correcting.corpus()))
    return attachment(lines.encode(), "corrected.jsonl", "application/jsonl")


HANDLERS = (correct, undo, corpus)
