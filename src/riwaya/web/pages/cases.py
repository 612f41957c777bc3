"""Cases: folders of stories, articles, claims and events, shared by the users of a library; each reads and prints like a dossier."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from litestar import Response, get, post
from litestar.datastructures import Cookie
from litestar.exceptions import ClientException, PermissionDeniedException
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect

from riwaya.errors import NotFoundError
from riwaya.records import Case
from riwaya.web.access import at_least
from riwaya.web.cards import MARK_OF_ACT
from riwaya.web.casetables import rows_claimed_in, rows_happened_in
from riwaya.web.desk import A_YEAR, AtDesk, Desk, own_address
from riwaya.web.dossier import KINDS, case_page
from riwaya.web.downloads import attachment
from riwaya.web.hand import COOKIE
from riwaya.web.pages.searches import news_of
from riwaya.web.tables import csv_of
from riwaya.web.wording import Language

_REVIEWERS = [at_least("reviewer")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A case that is to be made, or described anew."""

    name: str
    description: str = ""
    ref: str = ""  # what is to be put into it at once
    back: str = ""  # the page to go on from; "": its own


@dataclass(frozen=True, slots=True, kw_only=True)
class Put:
    """What is to be put into which case, with a note and tags; `back` is the page it was done on."""

    ref: str
    case: str
    note: str = ""
    tags: str = ""  # with commas between them
    back: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """What somebody writes about a thing in a case, or about the case."""

    text: str = ""
    item: str = ""


@get("/cases", sync_to_thread=True)
def cases(desk: AtDesk, put: FromQuery[str] = "", back: FromQuery[str] = "") -> Response[str]:
    """All cases, and the saved searches of who asks. `put`: the id of what is to lie in the next one that is made."""
    return desk.page(
        "cases",
        cases=desk.library.cases.all(),
        failures=desk.library.cases.failures(),
        kinds=KINDS,
        news=news_of(desk),
        put=put,
        back=own_address(back) if back else "",
    )


@post("/cases/made", sync_to_thread=True, guards=_REVIEWERS)
def make(desk: AtDesk, data: URLEncodedBody[Named]) -> Redirect:
    """Make a case, and put something into it at once if that was wanted."""
    if not data.name.strip():
        raise ClientException("A case needs a name.")
    case = desk.library.cases.open(data.name, data.description, by=desk.who)
    if data.ref:
        desk.library.cases.put(case.id, data.ref, by=desk.who)
    return _in_hand(case.id, own_address(data.back) if data.back else f"/cases/{case.id}")


@get("/cases/{case_id:str}", sync_to_thread=True)
def case(desk: AtDesk, case_id: FromPath[str], tag: FromQuery[str] = "") -> Response[Any]:
    """One case; `tag` shows only what bears it."""
    found = desk.library.cases.case(case_id)
    if found.id != case_id:
        return Redirect(f"/cases/{found.id}", status_code=302)
    other: Language = "en" if desk.language == "ar" else "ar"
    return desk.page(
        "case",
        case=found,
        page=case_page(desk.library.cases.dossier(found), tag, desk.wording("case")),
        tag=tag,
        taken_out=[item for item in found.items if item.taken_out],
        may_delete=_may_delete(desk, found),
        now=datetime.now(UTC),
        mark_of_act=MARK_OF_ACT,
        other=desk.wording_in(other, "case"),
    )


@get("/cases/{case_id:str}/{name:str}", sync_to_thread=True)
def table(desk: AtDesk, case_id: FromPath[str], name: FromPath[str]) -> Response[bytes]:
    """The claims or the events of a case as CSV."""
    rows_of = {"claims.csv": rows_claimed_in, "events.csv": rows_happened_in}.get(name)
    if rows_of is None:
        raise NotFoundError("A case is taken away as claims.csv and events.csv.")
    dossier = desk.library.cases.dossier(desk.library.cases.case(case_id))
    rows = rows_of(dossier, desk.library.cases.readings(dossier))
    return attachment("".join(csv_of(rows, excel=True)), f"case-{dossier.case.id[:8]}-{name}", "text/csv; charset=utf-8")


@post("/put", sync_to_thread=True, guards=_REVIEWERS)
def put(desk: AtDesk, data: URLEncodedBody[Put]) -> Redirect:
    """Put something into a case; then the page it was done on."""
    item = desk.library.cases.put(data.case, data.ref, by=desk.who, note=data.note, tags=data.tags.replace("،", ",").split(","))
    case = desk.library.cases.case(data.case)
    return _in_hand(case.id, own_address(data.back) if data.back else f"/cases/{case.id}#i-{item.id[:12]}")


@post("/cases/{case_id:str}/described", sync_to_thread=True, guards=_REVIEWERS)
def describe(desk: AtDesk, case_id: FromPath[str], data: URLEncodedBody[Named]) -> Redirect:
    """Give a case another name and description."""
    desk.library.cases.describe(case_id, data.name, data.description)
    return _in_hand(case_id, f"/cases/{case_id}")


@post("/cases/{case_id:str}/in-hand", sync_to_thread=True, guards=_REVIEWERS)
def take_in_hand(desk: AtDesk, case_id: FromPath[str]) -> Redirect:
    """Work in a case from now on: one press puts things into it."""
    return _in_hand(desk.library.cases.case(case_id).id, f"/cases/{case_id}")


@post("/cases/{case_id:str}/closed", sync_to_thread=True, guards=_REVIEWERS)
def close(desk: AtDesk, case_id: FromPath[str]) -> Redirect:
    """Close a case."""
    desk.library.cases.close(case_id, by=desk.who)
    return Redirect(f"/cases/{case_id}", status_code=303)


@post("/cases/{case_id:str}/reopened", sync_to_thread=True, guards=_REVIEWERS)
def reopen(desk: AtDesk, case_id: FromPath[str]) -> Redirect:
    """Open a closed case again."""
    desk.library.cases.reopen(case_id)
    return _in_hand(case_id, f"/cases/{case_id}")


@post("/cases/{case_id:str}/deleted", sync_to_thread=True, guards=_REVIEWERS)
def delete(desk: AtDesk, case_id: FromPath[str]) -> Redirect:
    """Remove a case for good; only who made it may, and managers."""
    if not _may_delete(desk, desk.library.cases.case(case_id)):
        raise PermissionDeniedException("Only who made a case may delete it, or a manager.")
    desk.library.cases.delete(case_id)
    return Redirect("/cases", status_code=303)


@post("/cases/{case_id:str}/noted", sync_to_thread=True, guards=_REVIEWERS)
def note(desk: AtDesk, case_id: FromPath[str], data: URLEncodedBody[Text]) -> Redirect:
    """Write a note."""
    desk.library.cases.note(case_id, data.text, data.item, by=desk.who)
    return _in_hand(case_id, _at(case_id, data.item))


@post("/cases/{case_id:str}/struck", sync_to_thread=True, guards=_REVIEWERS)
def strike(desk: AtDesk, case_id: FromPath[str], data: URLEncodedBody[Text]) -> Redirect:
    """Remove a note, whose id the text is; only who wrote it may, and managers."""
    found = desk.library.cases.case(case_id)
    notes = [*found.notes, *(note for item in found.items for note in item.notes)]
    written = next((note for note in notes if note.id == data.text), None)
    if written is None:
        raise NotFoundError("There is no such note in this case.")
    if not (written.made.by == desk.who or desk.may("manager")):
        raise PermissionDeniedException("Only who wrote a note may remove it, or a manager.")
    desk.library.cases.strike(case_id, written.id)
    return Redirect(_at(case_id, data.item), status_code=303)


@post("/cases/{case_id:str}/tagged", sync_to_thread=True, guards=_REVIEWERS)
def tag(desk: AtDesk, case_id: FromPath[str], data: URLEncodedBody[Text]) -> Redirect:
    """Give a thing in a case a tag."""
    desk.library.cases.tag(case_id, data.item, data.text)
    return _in_hand(case_id, _at(case_id, data.item))


@post("/cases/{case_id:str}/untagged", sync_to_thread=True, guards=_REVIEWERS)
def untag(desk: AtDesk, case_id: FromPath[str], data: URLEncodedBody[Text]) -> Redirect:
    """Take a tag off a thing in a case."""
    desk.library.cases.untag(case_id, data.item, data.text)
    return Redirect(_at(case_id, data.item), status_code=303)


@post("/cases/{case_id:str}/taken-out", sync_to_thread=True, guards=_REVIEWERS)
def take_out(desk: AtDesk, case_id: FromPath[str], data: URLEncodedBody[Text]) -> Redirect:
    """Take a thing out of a case."""
    desk.library.cases.take_out(case_id, data.item, by=desk.who)
    return Redirect(f"/cases/{case_id}", status_code=303)


@post("/cases/{case_id:str}/put-back", sync_to_thread=True, guards=_REVIEWERS)
def put_back(desk: AtDesk, case_id: FromPath[str], data: URLEncodedBody[Text]) -> Redirect:
    """Put in again what was taken out."""
    desk.library.cases.put_back(case_id, data.item)
    return Redirect(_at(case_id, data.item), status_code=303)


def _at(case_id: str, item_id: str) -> str:
    return f"/cases/{case_id}#i-{item_id[:12]}" if item_id else f"/cases/{case_id}#notes"


def _may_delete(desk: Desk, case: Case) -> bool:
    return desk.may("manager") or (desk.may("reviewer") and case.made.by == desk.who)


def _in_hand(case_id: str, address: str) -> Redirect:
    """On to an address; the case is from now on the one in hand."""
    return Redirect(address, status_code=303, cookies=[Cookie(key=COOKIE, value=case_id, max_age=A_YEAR, httponly=True, samesite="lax")])


HANDLERS = (
    cases, make, case, table, put, describe, take_in_hand, close, reopen, delete, note, strike, tag, untag, take_out, put_back,
)  # fmt: skip
