"""Review: links that the reasons leave open, each as two texts with what speaks for and against; who decided and corrected what."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect

from riwaya.accounting import Judged
from riwaya.correcting import Kept
from riwaya.errors import NotFoundError
from riwaya.records import Judgement, Verdict
from riwaya.relate.judgements import covering
from riwaya.relate.stories import JOINED
from riwaya.store import passages, query
from riwaya.web.access import at_least
from riwaya.web.comparison import compared, pulls
from riwaya.web.corrections import Past as Corrected
from riwaya.web.corrections import latest_own, past_of
from riwaya.web.desk import AtDesk, Desk

_QUEUE, _PAST = 12, 20


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody decides about a link."""

    link: str
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """A judgement in the list of who decided what."""

    judgement: Judgement
    replaced: bool  # the same person judged the same words again
    contradicted_by: tuple[str, ...]  # ids
    without_finding: bool
    own: bool


@get("/review", sync_to_thread=True)
def review(desk: AtDesk, link: FromQuery[str] = "") -> Response[str]:
    """The queue, and one link of it: the one that is asked for, else the first."""
    accounting, t = desk.library.accounting, desk.wording("review")
    queue = accounting.to_review(limit=_QUEUE)
    current = accounting.link(link) if link else queue[0] if queue else None
    judged = accounting.judgements()
    shown: dict[str, Any] = {}
    if current:
        shown = {"sides": compared(current, t), "pulls": pulls(current, t), "made": current.judgements}
    past = _past(judged, desk.who)
    latest = next((each.judgement for each in past if each.own and not each.replaced), None)
    kept = desk.library.correcting.kept()
    own = latest_own(kept, desk.who)
    if latest and own:  # one key takes back what was done last
        latest, own = (latest, None) if latest.at > own.correction.at else (None, own)
    return desk.page(
        "review",
        queue=queue,
        current=current,
        joined=JOINED,
        past=past[:_PAST],
        judged=len(judged.judgements),
        latest=latest,
        corrected=_corrected(desk, kept),
        latest_correction=own,
        **shown,
    )


@post("/judgements", sync_to_thread=True, guards=[at_least("reviewer")])
def judge(desk: AtDesk, data: URLEncodedBody[Answer]) -> Redirect:
    """Keep an answer; then the next link."""
    desk.library.accounting.judge(data.verdict, data.link, by=desk.who)
    return Redirect("/review", status_code=303)


@post("/judgements/{judgement_id:str}/undone", sync_to_thread=True, guards=[at_least("reviewer")])
def undo(desk: AtDesk, judgement_id: FromPath[str]) -> Redirect:
    """Judge again as before that judgement: what its author had decided then, or else "unsure". Then its link, to be decided anew."""
    made = desk.library.accounting.judgements().judgements
    undone = next((each for each in made if each.id == judgement_id and each.by == desk.who), None)
    if undone is None:
        raise NotFoundError(f"You have made no judgement with the id {judgement_id!r}.")
    before = [each.verdict for each in made if _is_again(undone, each) and each.at < undone.at]
    left, right, link = _passages(desk, undone)
    desk.library.accounting.judge(before[-1] if before else "unsure", left, right, by=desk.who)
    return Redirect(f"/review?link={link}" if link else "/review", status_code=303)


def _corrected(desk: Desk, kept: Sequence[Kept]) -> list[Corrected]:
    """What was corrected, the latest first."""
    with desk.library.connect() as connection:
        known = query.articles_among(connection, {each.correction.of.article_id for each in kept[:_PAST]})
        readings = {one.article.id: one for one in query.readings(connection, known)}
    return past_of(kept, readings, desk.wording("review"), _PAST)


def _is_again(one: Judgement, other: Judgement) -> bool:
    """Whether a person judges the same words in both."""
    return one.by == other.by and {_words(one.left), _words(one.right)} == {_words(other.left), _words(other.right)}


def _words(anchor: Any) -> tuple[str, Any]:
    return anchor.article_id, anchor.span


def _passages(desk: Desk, judgement: Judgement) -> tuple[str, str, str]:
    """The passages that cover the words of a judgement now, and the id of the link between them, "" if there is none."""
    with desk.library.connect() as connection:
        found = [covering(anchor, passages.passages_of(connection, [anchor.article_id])) for anchor in (judgement.left, judgement.right)]
        left, right = found
        if left is None or right is None:
            raise NotFoundError("No passage covers the words of this judgement any more.")
        links = passages.links_of(connection, [left])
    return left, right, next((each.id for each in links if {each.left, each.right} == {left, right}), "")


def _past(judged: Judged, who: str) -> Sequence[Past]:
    """What was decided, the latest first."""
    contradicted = {each.judgement: each.by for each in judged.contradictions}
    found: list[Past] = []
    for judgement in reversed(judged.judgements):
        found.append(
            Past(
                judgement=judgement,
                replaced=any(_is_again(each.judgement, judgement) for each in found),
                contradicted_by=contradicted.get(judgement.id, ()),
                without_finding=judgement.id in judged.without_finding,
                own=judgement.by == who,
            )
        )
    return found


HANDLERS = (review, judge, undo)
