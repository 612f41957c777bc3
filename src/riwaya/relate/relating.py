"""Readings in, stories out: what is one happening, who tells it, where the accounts differ, what only repeats.

Everything here follows from the readings, the judgements and the frequencies alone; the order they come in does not matter. To relate
what is new, give the readings of the days around it (`NEAR_DAYS` on both sides): what lies further away has no part in it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from riwaya.arabic.words import Tokens, tokens_in
from riwaya.records import Copy, Judgement, Link, Passage, Reading, Span, Story
from riwaya.relate.accounts import Telling, accounts_of, independent_origins, only_reacts
from riwaya.relate.candidates import Window
from riwaya.relate.copies import Text, copies_among, prints_among
from riwaya.relate.disagreements import disagreements_among
from riwaya.relate.frequencies import Frequencies, frequencies_of
from riwaya.relate.judgements import Contradiction, Decided, decided_by
from riwaya.relate.lasting import lasting_ids
from riwaya.relate.score import link_between
from riwaya.relate.sketches import Outline, Sketch, outlines_of, sketch_of, words_in
from riwaya.relate.stories import groups_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """What relating gives."""

    passages: tuple[Passage, ...]
    links: tuple[Link, ...]
    stories: tuple[Story, ...]  # of two articles or more
    copies: tuple[Copy, ...]  # whole articles
    redirects: Mapping[str, str]  # story ids of before that lead to another now
    contradictions: tuple[Contradiction, ...]
    without_finding: tuple[str, ...]  # judgements whose words no passage covers now


def relate(
    readings: Iterable[Reading],
    judgements: Iterable[Judgement] = (),
    frequencies: Frequencies | None = None,
    before: Mapping[str, Collection[str]] | None = None,
) -> Related:
    """Relate these readings.

    Without `frequencies`, words count as rare as they are in the readings and in the written corpus. `before` are the stories there were
    so far, by id with their passages: their ids last.
    """
    by_id = {reading.article.id: reading for reading in readings}
    tokens = {key: tokens_in(reading.article.text) for key, reading in by_id.items()}
    outlines = [outline for key in sorted(by_id) for outline in outlines_of(by_id[key], tokens[key])]
    if frequencies is None:
        frequencies = frequencies_of(outline.terms for outline in outlines)
    passages = [outline.passage for outline in outlines]
    repeated = copies_among(Text(o.passage.id, o.day, words_in(tokens[o.passage.article_id], o.passage.span)) for o in outlines)
    original_of = prints_among(repeated)
    decided = decided_by(judgements, passages)
    judged = {passage for pair in decided.joined | decided.apart for passage in pair}  # what a person judged stands for itself
    prints = {key: original for key, original in original_of.items() if key not in judged}
    links = links_among([o for o in outlines if o.passage.id not in prints], frequencies)
    groups = groups_among({passage.id: passage.article_id for passage in passages}, links, decided, prints)
    lasting = lasting_ids(before or {}, groups)
    return Related(
        passages=tuple(passages),
        links=tuple(links),
        stories=tuple(stories_in(zip(lasting.ids, groups, strict=True), {passage.id: passage for passage in passages}, by_id, original_of)),
        redirects=lasting.redirects,
        copies=copies_among(_whole(reading, tokens[key]) for key, reading in by_id.items()),
        contradictions=decided.contradictions,
        without_finding=decided.without_finding,
    )


def links_among(outlines: Sequence[Outline], frequencies: Frequencies, new: Collection[str] | None = None) -> list[Link]:
    """The links between candidates among these passages, by the ids of both; with `new`, those that touch the passages of these ids.

    A link follows from its two passages and the frequencies alone: the links of what was there before stay as they are.
    """
    sketches = [sketch_of(outline, frequencies) for outline in outlines]
    window = Window(sketches)
    asking: Iterable[Sketch] = sketches if new is None else (sketch for sketch in sketches if sketch.id in new)
    pairs = {(min(one.id, other.id), max(one.id, other.id)): (one, other) for one in asking for other in window.candidates(one)}
    links = (link_between(*pairs[key]) for key in sorted(pairs))
    return [link for link in links if link]


def _whole(reading: Reading, tokens: Tokens) -> Text:
    published = reading.article.published
    return Text(reading.article.id, published.day if published else None, words_in(tokens, Span(0, len(tokens.text))))


def groups_among(article_of: Mapping[str, str], links: Sequence[Link], decided: Decided, prints: Mapping[str, str]) -> list[list[str]]:
    """Passages (each with its article's id) by the happening they tell: those that stand for themselves, and their prints with them."""
    standing = {passage: article for passage, article in article_of.items() if passage not in prints}
    of: defaultdict[str, list[str]] = defaultdict(list)
    for key, original in sorted(prints.items()):
        of[original].append(key)
    return [[key for member in group for key in (member, *of[member])] for group in groups_of(standing, links, decided)]


def stories_in(
    groups: Iterable[tuple[str, Sequence[str]]],
    passages: Mapping[str, Passage],
    readings: Mapping[str, Reading],
    original_of: Mapping[str, str],
) -> Iterable[Story]:
    """The stories among groups of passages, each group with the id it is to have: those that two articles or more tell.

    `passages` and `readings` by id, of articles; `original_of` gives for a passage that is only another print the one it is a print of.
    """
    for story_id, group in groups:
        by_article: defaultdict[str, list[Telling]] = defaultdict(list)
        for key in sorted(group):
            by_article[passages[key].article_id].append(Telling(passage=passages[key], reading=readings[passages[key].article_id]))
        reactions = [article for article, tellings in by_article.items() if only_reacts(tellings)]
        telling = {article: tellings for article, tellings in by_article.items() if article not in reactions}
        if len(telling) < 2:
            continue
        accounts = accounts_of([one for article in sorted(telling) for one in telling[article]], original_of)
        yield Story(
            id=story_id,
            passages=tuple(sorted(group)),
            articles=tuple(sorted(telling)),
            reactions=tuple(sorted(reactions)),
            accounts=accounts,
            disagreements=disagreements_among(accounts, readings),
            origins=independent_origins(accounts),
        )
