"""A reporting cue with its parts: whom it names as speaker and relay, its channel, and where what was said begins and ends."""

from dataclasses import dataclass

from riwaya.arabic.words import Tokens
from riwaya.read.claims.cues import Cue, Lexicon
from riwaya.read.claims.quotes import Quotes

Range = tuple[int, int]  # of token numbers, half-open


@dataclass(slots=True)
class Frame:
    """A cue and its parts as half-open ranges of token numbers; `content` is where what was said begins, `end` where it ends."""

    cue: Cue
    cue_range: Range
    content: int
    rule: str
    speaker: Range | None = None
    relay: Range | None = None
    channel: Range | None = None
    end: int = -1  # set later, for content that follows the cue
    resumes: int = -1  # where the content goes on behind a cue that interrupts it
    opened: bool = False  # the content begins with a word or mark that only speech begins with


@dataclass(frozen=True, slots=True)
class Reader:
    """What the rules of one article share."""

    tokens: Tokens
    quotes: Quotes
    lexicon: Lexicon
    cues: list[Cue]
    cue_at: dict[int, Cue]
