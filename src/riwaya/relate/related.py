"""Related articles for under a text: which others, how closely, and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from riwaya.records import Link
from riwaya.relate.relating import Related

_SHOWN_REASONS = 3
Why = Literal["copy", "same story", "reaction", "alike"]
_FIRST: Mapping[Why, int] = {"same story": 0, "copy": 1, "reaction": 2, "alike": 3}


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedArticle:
    """An article related to another, with what shows it."""

    article_id: str
    why: Why
    score: float  # of the strongest link; 1 for a copy
    reasons: tuple[str, ...]  # names of functions in riwaya.relate.reasons, the strongest first


def related_articles(article_id: str, related: Related, limit: int = 10) -> tuple[RelatedArticle, ...]:
    """The articles most closely related to this one: those of its stories, its copies, reactions, then others that are alike."""
    article_of = {passage.id: passage.article_id for passage in related.passages}
    best: dict[str, Link] = {}
    for link in sorted(related.links, key=lambda link: (link.score, link.id)):
        both = {article_of[link.left], article_of[link.right]}
        if article_id in both and len(both) == 2:
            best[(both - {article_id}).pop()] = link
    why: dict[str, Why] = dict.fromkeys(best, "alike")
    for story in related.stories:
        if article_id in story.articles or article_id in story.reactions:
            why.update(dict.fromkeys(story.reactions, "reaction"))
            why.update(dict.fromkeys(story.articles, "same story"))
    for copy in related.copies:
        if article_id in (copy.original, copy.copy):
            why[copy.copy if article_id == copy.original else copy.original] = "copy"
    why.pop(article_id, None)
    found = [_related(key, reason, best.get(key)) for key, reason in why.items()]
    return tuple(sorted(found, key=lambda one: (_FIRST[one.why], -one.score, one.article_id))[:limit])


def _related(article_id: str, why: Why, link: Link | None) -> RelatedArticle:
    reasons = sorted(link.reasons, key=lambda reason: (-reason.weight * reason.strength, reason.name)) if link else []
    speaking = tuple(reason.name for reason in reasons if reason.weight > 0)[:_SHOWN_REASONS]
    return RelatedArticle(article_id=article_id, why=why, score=1.0 if why == "copy" else link.score if link else 0.0, reasons=speaking)
