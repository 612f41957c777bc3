"""Related articles for under a text: which others, how closely, and why."""

from collections.abc import Callable, Mapping
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


def related_articles(
    article_id: str, related: Related, limit: int = 10, explained: Callable[[Link], Link] = lambda link: link
) -> tuple[RelatedArticle, ...]:
    """The articles most closely related to this one: those of its stories, its copies, reactions, then others that are alike.

    `explained` gives a link with its reasons, where those of `related` have none; it is asked for what is shown alone.
    """
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
    scores = {key: 1.0 if reason == "copy" else best[key].score if key in best else 0.0 for key, reason in why.items()}
    first = sorted(why, key=lambda key: (_FIRST[why[key]], -scores[key], key))[:limit]
    return tuple(
        RelatedArticle(article_id=key, why=why[key], score=scores[key], reasons=_speaking(explained(best[key])) if key in best else ())
        for key in first
    )


def _speaking(link: Link) -> tuple[str, ...]:
    """The reasons that speak most for a link."""
    reasons = sorted(link.reasons, key=lambda reason: (-reason.weight * reason.strength, reason.name))
    return tuple(reason.name for reason in reasons if reason.weight > 0)[:_SHOWN_REASONS]
