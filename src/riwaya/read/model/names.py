"""Names of persons, places, organisations and others, from the network's tags."""

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from riwaya.arabic.clitics import split_clitics
from riwaya.arabic.words import Tokens
from riwaya.read.model.labels import HEADS, NAME_KINDS
from riwaya.read.model.trunk import Floats
from riwaya.read.phrases import noun_span
from riwaya.records import Article, Mention, Span, record_id

RULE = "model"
_TAGS = HEADS["names"]


@lru_cache(maxsize=1)
def _forbidden() -> Floats:
    """Log score of each step from tag to tag: inside a name only after its first word or inside it."""
    steps = np.zeros((len(_TAGS), len(_TAGS)), np.float32)
    for before, left in enumerate(_TAGS):
        for after, right in enumerate(_TAGS):
            if right[0] == "I" and left[2:] != right[2:]:
                steps[before, after] = -1e4
    return steps


@lru_cache(maxsize=1)
def _inside() -> npt.NDArray[np.bool_]:
    return np.array([tag[0] == "I" for tag in _TAGS])


def best_tags(probabilities: Floats) -> npt.NDArray[np.int64]:
    """The likeliest tags of consecutive tokens, as numbers, in which every name has a first word (Viterbi)."""
    if not len(probabilities):
        return np.zeros(0, np.int64)
    logs = np.log(probabilities + 1e-9)
    steps = _forbidden()
    likeliest: npt.NDArray[np.int64] = logs.argmax(1)
    if not _inside()[likeliest[0]] and not steps[likeliest[:-1], likeliest[1:]].any():
        return likeliest  # nothing stands in the way of what is likeliest at each token
    score = logs[0] + np.where(_inside(), np.float32(-1e4), np.float32(0))
    back = []
    for row in logs[1:]:
        ways = score[:, None] + steps
        back.append(ways.argmax(0))
        score = ways.max(0) + row
    path = [int(score.argmax())]
    for came in reversed(back):
        path.append(int(came[path[-1]]))
    return np.array(path[::-1], np.int64)


def names_seen(article: Article, tokens: Tokens, probabilities: Floats) -> tuple[Mention, ...]:
    """The names that the network marks, without their clitics, each with the mean probability of its words."""
    found = []
    for first_of_paragraph, end in tokens.paragraphs:
        tags = best_tags(probabilities[first_of_paragraph:end]).tolist()
        at = 0
        while at < len(tags):
            if not tags[at]:
                at += 1
                continue
            last = at + 1
            while last < len(tags) and tags[last] == tags[at] + 1:
                last += 1
            here = range(first_of_paragraph + at, first_of_paragraph + last)
            kind = NAME_KINDS[(tags[at] - 1) // 2]
            sure = float(np.mean([probabilities[token, tags[token - first_of_paragraph]] for token in here]))
            span = without_clitics(tokens, here.start, here.stop)
            mention_id = record_id("mention", article.id, kind, span)
            found.append(Mention(id=mention_id, span=span, kind=kind, rule=RULE, confidence=round(sure, 3)))
            at = last
    return tuple(found)


def without_clitics(tokens: Tokens, first: int, last: int) -> Span:
    """The span of the tokens without the letters that are attached to its first word: و، ف، ب، ك، ل. Of `للجيش` one letter is cut."""
    span = noun_span(tokens, first, last)
    word = tokens.text[tokens.start[first] : tokens.end[first]]
    if span.start != tokens.start[first]:
        return span
    attached = split_clitics(word).prefixes
    cut = len(attached) - len(attached.lstrip("وفبكل"))
    if attached.endswith("لل"):
        cut -= 1
    return Span(span.start + cut, span.end) if span.start + cut < span.end else span
