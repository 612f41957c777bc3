"""What is brought together over many articles: passages, copies, links, judgements, accounts, stories."""

from dataclasses import dataclass
from datetime import date, datetime

from riwaya.records.findings import Teller
from riwaya.records.spans import Anchor as Anchor
from riwaya.records.spans import Span
from riwaya.records.vocabulary import About, Admiralty, Nature, Relation, Status, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A stretch of an article that tells one happening: what is linked to the passages of other articles."""

    id: str  # record_id("passage", article id, where it starts)
    article_id: str
    span: Span
    events: tuple[str, ...]  # ids of the events told in it, in the order of the text


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """Two articles, or two passages, that are one text: what the later has of the earlier, word by word."""

    id: str  # record_id("copy", original id, copy id)
    original: str  # the one published first; of one day, the one with the smaller id
    copy: str
    kept: float  # share of the shorter text's runs of words that stand in the other, 0 to 1
    resemblance: float  # the same of the longer text
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One thing that speaks for or against a link; `name` is a function of riwaya.relate.reasons, whose docstring explains it."""

    name: str
    strength: float  # 0 to 1
    weight: float  # what full strength adds to the score, in logits
    words: tuple[str, ...]  # what the two share, or what parts them; folded, sorted


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Two passages that the program proposes to relate, with the reasons for and against."""

    id: str  # record_id("link", relation, left, right)
    relation: Relation
    left: str  # passage ids; left < right
    right: str
    score: float  # 0 to 1: how often pairs with such reasons tell one happening where it was fitted
    reasons: tuple[Reason, ...]
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What a person decided about two passages: whether they tell one happening. Only ever added; the latest of a person counts."""

    id: str  # record_id("judgement", both anchors, verdict, by, at)
    left: Anchor
    right: Anchor
    verdict: Verdict
    by: str
    at: datetime  # aware, UTC
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """What a person thinks of a teller or of what was told, in the Admiralty code; F6 until there is one. Only ever added."""

    id: str  # record_id("grade", anchor, teller, grade, by, at)
    grade: Admiralty
    teller: str  # who is graded, where it is a letter: a key of the register, or folded words; "" where it is a digit
    of: Anchor  # the words that the person had before them
    by: str
    at: datetime  # aware, UTC
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What one teller of one article says of a story's happening. Words, times and tolls are those of its events."""

    id: str  # record_id("account", article id, teller's words or "outlet", first passage)
    article_id: str
    claim_ids: tuple[str, ...]  # the claims it is told in; (): the outlet says it itself
    teller: Teller | None  # None: the outlet itself
    passages: tuple[str, ...]
    events: tuple[str, ...]  # ids
    status: Status  # denied where any of its events is
    told: date | None  # the day its article was published
    origin: str  # which origin it comes from: record_id("origin", ...)
    carried_by: tuple[str, ...]  # articles that only repeat the same text


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """Two accounts of a story that cannot both be true, or of which one changes or narrows the other. No verdict."""

    id: str  # record_id("disagreement", about, both accounts)
    about: About
    nature: Nature
    left: str  # account ids; the one told first is the left one
    right: str
    left_words: Span  # in the text of its article
    right_words: Span
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """The passages that tell one happening, with its accounts and disagreements. Derived from links and judgements alone."""

    id: str  # record_id("story", its first passage); lasts by redirects
    passages: tuple[str, ...]  # sorted
    articles: tuple[str, ...]  # ids, sorted
    reactions: tuple[str, ...]  # articles that react to the happening without telling it
    accounts: tuple[Account, ...]
    disagreements: tuple[Disagreement, ...]
    origins: int  # how many independent origins its accounts have
