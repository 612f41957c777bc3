"""Annotated articles as what the network learns from: tokens, the marks of the rules, and labels by token."""

import json
import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from riwaya.arabic.words import Tokens, tokens_in
from riwaya.read.interchange import article_of
from riwaya.read.model.labels import ACTS, CLAIM_PARTS, EVENT_PARTS, HEADS, KINDS, STATUSES
from riwaya.read.model.marks import Marks, marks_of, token_range
from riwaya.read.model.windows import Pieces, Window, windows_of
from riwaya.read.reading import reading_of
from riwaya.records import Article, Published, Span
from training import score

Ints = npt.NDArray[np.int64]
IGNORE = -100  # a label that teaches nothing
NONE = -1  # the part that a pointer looks for is not there
NEWS_NAMES, OTHER_NAMES = "names", "other names"  # one head each: the conventions differ, and only the first is shipped
HELD_OUT = 0.1  # last part of ANERcorp's training file, for measuring names
_SENTENCES = 12  # of a corpus of sentences, read together as if one article
_WOJOOD = {
    "PERS": "PER",
    "ORG": "ORG",
    "GPE": "LOC",
    "LOC": "LOC",
    "FAC": "LOC",
    "EVENT": "MISC",
    "NORP": "MISC",
    "PRODUCT": "MISC",
    "LAW": "MISC",
}
_KINDS_OF_NAMES = {"PER": "PER", "PERS": "PER", "LOC": "LOC", "ORG": "ORG", "MISC": "MISC", "MIS": "MISC"}


@dataclass(frozen=True)
class Anchor:
    """A cue or a trigger, as the tokens `first` to `last`, both included, with its label and its parts (first and last token, or NONE)."""

    first: int
    last: int
    label: int
    status: int
    parts: tuple[tuple[int, int], ...]


@dataclass
class Example:
    """One text with all that is known of it. A head that is missing from `tags` learns nothing from it."""

    tokens: Tokens
    title: Tokens
    marks: Marks
    tags: dict[str, Ints] = field(default_factory=dict)
    claims: list[Anchor] = field(default_factory=list)
    events: list[Anchor] = field(default_factory=list)


def written_examples(paths: Iterable[Path]) -> list[Example]:
    """The articles of an annotated corpus (GUIDE.md)."""
    rows = (json.loads(line) for path in sorted(paths) for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
    return [_written(row) for row in rows]


def _written(row: dict[str, Any]) -> Example:
    article = article_of(row)
    tokens = tokens_in(article.text)
    example = Example(tokens, tokens_in(article.title), marks_of(reading_of(article), tokens))
    text, claims, events = score.gold_spans(row)
    tags = {name: np.zeros(len(tokens), np.int64) for name in HEADS if name != NEWS_NAMES}
    for claim in claims:
        _add_claim(example, tags, claim, text)
    for event in events:
        _add_event(example, tags, event, text)
    for name, kind in ((name, kind) for kind, names in row.get("names", {}).items() for name in sorted(names, key=len)):
        for match in re.finditer(re.escape(name), text):
            paint(tags.setdefault(OTHER_NAMES, np.zeros(len(tokens), np.int64)), NEWS_NAMES, kind, token_range(tokens, Span(*match.span())))
    example.tags = tags
    return example


def paint(tags: Ints, head: str, kind: str, reach: tuple[int, int]) -> None:
    """Write one span of a kind into the tags of a head."""
    first, last = reach
    number = HEADS[head].index(f"B-{kind}")
    tags[first : first + 1] = number
    tags[first + 1 : last] = number + 1


def _add_claim(example: Example, tags: dict[str, Ints], claim: dict[str, Any], text: str) -> None:
    tokens = example.tokens
    cue, content = _reach(tokens, claim["cue"]), _reach(tokens, claim["content"])
    if not cue or not content or any(anchor.first == cue[0] for anchor in example.claims):
        return
    parts = {"content": content, **{part: _reach(tokens, claim[part]) for part in ("speaker", "channel", "via")}}
    parts["name"] = _reach(tokens, _named(text, claim))
    paint(tags["cue"], "cue", "cue", (cue[0], cue[1] + 1))
    for part in ("speaker", "channel", "via"):
        if reach := parts[part]:
            paint(tags["role"], "role", part, (reach[0], reach[1] + 1))
    tags["opens"][content[0]] = tags["closes"][content[1]] = 1
    act = ACTS.index(claim["act"]) if claim["act"] in ACTS else 0
    example.claims.append(Anchor(*cue, act, IGNORE, tuple(parts[part] or (NONE, NONE) for part in CLAIM_PARTS)))


def _named(text: str, claim: dict[str, Any]) -> list[int] | None:
    """Where the speaker is named: in the words of the speaker, else nearest before the cue, else the first time after it."""
    name = claim.get("name")
    if not name:
        return None
    found = [match.start() for match in re.finditer(re.escape(name), text)]
    if not found:
        return None
    speaker, cue = claim["speaker"], claim["cue"][0]
    inside = [at for at in found if speaker and speaker[0] <= at < speaker[1]]
    before = [at for at in found if at < cue]
    at = inside[0] if inside else before[-1] if before else found[0]
    return [at, at + len(name)]


def _add_event(example: Example, tags: dict[str, Ints], event: dict[str, Any], text: str) -> None:
    tokens = example.tokens
    trigger = _reach(tokens, event["trigger"])
    if not trigger or event["type"] not in KINDS:
        return
    for toll in event["casualties"]:
        found = [match.start() for match in re.finditer(re.escape(toll["text"]), text)]
        if found and f"B-{toll['kind']}" in HEADS["toll"]:
            start = min(found, key=lambda at: abs(at - event["trigger"][0]))
            reach = token_range(tokens, Span(start, start + len(toll["text"])))
            if not tags["toll"][slice(*reach)].any():
                paint(tags["toll"], "toll", toll["kind"], reach)
    if any(anchor.first == trigger[0] for anchor in example.events):
        return
    paint(tags["trigger"], "trigger", "trigger", (trigger[0], trigger[1] + 1))
    parts = tuple(_reach(tokens, event.get(part)) or (NONE, NONE) for part in EVENT_PARTS)
    status = STATUSES.index(event["status"]) if event["status"] in STATUSES else 0
    example.events.append(Anchor(*trigger, KINDS.index(event["type"]), status, parts))


def _reach(tokens: Tokens, span: list[int] | None) -> tuple[int, int] | None:
    """First and last token of a span, both included."""
    if not span:
        return None
    first, last = token_range(tokens, Span(*span))
    return (first, last - 1) if last > first else None


@dataclass(frozen=True)
class NamedText:
    """Some sentences of a corpus of names: its own words with their offsets in the joined text, and their tags."""

    text: str
    words: list[tuple[int, int]]
    tags: list[str]


def named_texts(path: Path) -> list[NamedText]:
    """The sentences of a file with a word and its tag a line, joined by dozens in their order, one paragraph a sentence."""
    blocks = [block for block in re.split(r"\n\s*\n", path.read_text(encoding="utf-8")) if block.strip()]
    sentences = [[line.rsplit(" ", 1) for line in block.strip().split("\n")] for block in blocks]
    texts = []
    for start in range(0, len(sentences), _SENTENCES):
        text, words, tags = "", [], []
        for sentence in sentences[start : start + _SENTENCES]:
            for word, tag in sentence:
                words.append((len(text), len(text) + len(word)))
                tags.append(_plain_tag(tag))
                text += word + " "
            text = text[:-1] + "\n"
        texts.append(NamedText(text[:-1], words, tags))
    return texts


def _plain_tag(tag: str) -> str:
    part, _, kind = tag.partition("-")
    plain = _KINDS_OF_NAMES.get(kind) or _WOJOOD.get(kind)
    return f"{part}-{plain}" if plain else "O"


def named_example(text: NamedText, head: str) -> Example:
    """Sentences whose names are known, as an example for one head of names."""
    article = Article(
        id="", capture_id=None, address=None, outlet="", title="", byline="", dateline="",
        published=Published(day=date(2007, 1, 1), at=None, rule="given"), text=text.text,
    )  # fmt: skip
    tokens = tokens_in(text.text)
    example = Example(tokens, tokens_in(""), marks_of(reading_of(article), tokens))
    tags = np.zeros(len(tokens), np.int64)
    for (start, end), tag in zip(text.words, text.tags, strict=True):
        if tag != "O":
            first, last = token_range(tokens, Span(start, end))
            inside = HEADS[NEWS_NAMES].index(f"I-{tag[2:]}")
            for at in range(first, last):
                if tokens.is_word[at] or last - first == 1 or tag[0] == "I":
                    tags[at] = inside - 1 if tag[0] == "B" and not tags[first:at].any() else inside
    example.tags = {head: tags}
    return example


def tags_of_words(text: NamedText, tokens: Tokens, tags: Sequence[int]) -> list[str]:
    """The tags of a corpus's own words from those of our tokens: that of the first token that is a word, else of the first."""
    names = HEADS[NEWS_NAMES]
    found = []
    for start, end in text.words:
        first, last = token_range(tokens, Span(start, end))
        at = next((at for at in range(first, last) if tokens.is_word[at]), first)
        found.append(names[tags[at]] if last > first else "O")
    return found


@dataclass(frozen=True)
class Row:
    """A window with its labels, positions counted from its first token."""

    window: Window
    marks: Marks
    tags: dict[str, Ints]
    paragraphs: Ints
    claims: list[Anchor]
    events: list[Anchor]


def rows_of(example: Example, pieces: Pieces, rng: random.Random | None = None) -> list[Row]:
    """The windows of an example; with `rng` cut at other paragraphs each time."""
    breaks = [n for n in range(len(example.tokens.paragraphs)) if rng.random() < 0.12] if rng else []
    return [_row(example, window) for window in windows_of(example.tokens, example.title, pieces, breaks)]


def _row(example: Example, window: Window) -> Row:
    start, first, last = window.context, window.first, window.last
    tags = {}
    for name, values in example.tags.items():
        tags[name] = np.concatenate([np.full(first - start, IGNORE), values[first:last]])
    return Row(
        window=window,
        marks=example.marks[start:last],
        tags=tags,
        paragraphs=np.array(example.tokens.paragraph_of[start:last], np.int64),
        claims=[_moved(anchor, window, CLAIM_PARTS) for anchor in example.claims if first <= anchor.first and anchor.last < last],
        events=[_moved(anchor, window, EVENT_PARTS) for anchor in example.events if first <= anchor.first and anchor.last < last],
    )


def _moved(anchor: Anchor, window: Window, names: tuple[str, ...]) -> Anchor:
    """An anchor with positions counted from the window's first token; a part outside is none, a cut content ends with the window."""
    start, last = window.context, window.last
    parts = []
    for name, (begin, end) in zip(names, anchor.parts, strict=True):
        if begin == NONE:
            parts.append((NONE, NONE))
        elif start <= begin and end < last:
            parts.append((begin - start, end - start))
        elif name == "content" and start <= begin < last:
            parts.append((begin - start, last - 1 - start))
        else:  # a name that stands elsewhere teaches nothing; any other part is simply not here
            parts.append((IGNORE, IGNORE) if name in ("name", "content") else (NONE, NONE))
    return Anchor(anchor.first - start, anchor.last - start, anchor.label, anchor.status, tuple(parts))
