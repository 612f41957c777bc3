"""Which words that can name a happening count as an event: cues for and against, weighed in one table.

News names many more happenings than it reports. What an article reports stands in a finite verb or behind one of the verbs that
carry a noun (شن، وقع، دارت), early, with its time, place or toll; what it only touches on stands behind a preposition of cause, with the article, in
the plural, in a relative clause, in what is demanded, feared or denied. Each cue below is one such observation. The weights are
those of a logistic regression over the written corpus (training/corpus), rounded.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from riwaya.arabic.dates import TimeExpression
from riwaya.arabic.words import Tokens
from riwaya.read.phrases import looks_like_verb
from riwaya.read.places import Place
from riwaya.read.tolls import FoundToll
from riwaya.read.triggers import Trigger
from riwaya.records import Act, Claim, EventKind, NotCountedReason, Span, Status

_AFTER = frozenset(
    (
        "بعد",
        "عقب",
        "اثر",
        "خلال",
        "اثناء",
        "بسبب",
        "جراء",
        "نتيجه",
        "منذ",
        "قبل",
        "وسط",
        "ظل",
        "غداه",
        "خلفيه",
        "بفعل",
        "قبيل",
        "حول",
        "بشان",
        "عن",
    )
)
_CARRIERS = frozenset(
    (
        "شن",
        "شنت",
        "شنتها",
        "شنه",
        "شنها",
        "شنوا",
        "نفذ",
        "نفذت",
        "نفذه",
        "نفذها",
        "نفذوا",
        "وقع",
        "وقعت",
        "دار",
        "دارت",
        "اندلع",
        "اندلعت",
        "نشب",
        "نشبت",
        "شهد",
        "شهدت",
        "تشهد",
        "يشهد",
        "تعرض",
        "تعرضت",
        "اسفر",
        "اسفرت",
        "ادي",
        "ادت",
        "عقد",
        "عقدت",
        "اجري",
        "اجرت",
        "جري",
        "جرت",
        "تم",
        "ارتكب",
        "ارتكبت",
        "تبني",
        "تبنت",
        "اعلن",
        "اعلنت",
        "توصل",
        "توصلت",
        "حصل",
        "حصلت",
        "سجل",
        "سجلت",
        "وثق",
        "تواصلت",
        "استمرت",
        "تجددت",
        "بدا",
        "بدات",
        "تصدت",
        "صدت",
        "احبطت",
        "شنته",
        "شنتهما",
        "سقط",
        "سقطت",
        "القت",
        "القي",
        "تمكن",
        "تمكنت",
        "قام",
        "قامت",
        "اوقع",
        "اوقعت",
        "استهدف",
        "استهدفت",
        "نظم",
        "نظمت",
        "خرجت",
        "خرج",
        "انطلقت",
        "انطلق",
        "واصلت",
        "واصل",
        "فرضت",
        "فرض",
    )
)
_MODALS = frozenset(
    (
        "ان",
        "يجب",
        "ينبغي",
        "لابد",
        "ضروره",
        "اهميه",
        "امكانيه",
        "احتمال",
        "خطر",
        "خشيه",
        "مخاوف",
        "تهديد",
        "بهدف",
        "هدف",
        "محاوله",
        "لمنع",
        "منع",
        "لوقف",
        "وقف",
        "مكافحه",
        "لمكافحه",
        "محاربه",
        "لمحاربه",
        "مواجهه",
        "لمواجهه",
        "رفض",
        "عدم",
        "دون",
        "بدون",
        "دعوه",
        "دعم",
        "استعداد",
    )
)
_HYPOTHESIS = frozenset(
    (
        "اذا",
        "لو",
        "حال",
        "ربما",
        "قد",
        "احتمال",
        "امكانيه",
        "يمكن",
        "ممكن",
        "المحتمل",
        "خشيه",
        "مخاوف",
        "خطر",
        "لتجنب",
        "لتفادي",
        "تفادي",
        "تجنب",
        "خوفا",
        "تحسبا",
    )
)
_WISHES = frozenset(
    (
        "يجب",
        "ينبغي",
        "ضروره",
        "بضروره",
        "لابد",
        "نامل",
        "يامل",
        "تامل",
        "اهميه",
        "باهميه",
        "بهدف",
        "تهدف",
        "يهدف",
        "نريد",
        "يريد",
        "تريد",
        "دعوه",
        "لوقف",
        "وقف",
        "انهاء",
        "لانهاء",
        "رفع",
        "لرفع",
        "منع",
        "لمنع",
        "مكافحه",
        "لمكافحه",
        "محاربه",
        "لمحاربه",
        "سبيل",
        "اجل",
        "لاجل",
    )
)
_NEGATIONS = frozenset(("لم", "لن", "ما", "لا", "عدم", "دون", "بدون", "ينف", "نفي", "نفت", "نافيا", "نافيه", "ليس", "ليست", "غير"))
_RELATIVES = frozenset(("الذي", "التي", "الذين", "اللذين", "اللتين", "اللذان", "اللتان"))
_WISHING_ACTS: frozenset[Act] = frozenset(("demand", "ask", "promise", "predict", "warn", "threaten"))


@dataclass(slots=True)
class Surroundings:
    """What stands around the triggers of one article; lists by sentence number."""

    tokens: Tokens
    title: frozenset[str]  # lexemes of the triggers of the title
    year: int | None  # of publication
    places: dict[int, list[Place]] = field(default_factory=dict)
    times: dict[int, list[TimeExpression]] = field(default_factory=dict)
    tolls: dict[int, list[FoundToll]] = field(default_factory=dict)
    triggers: dict[int, list[Trigger]] = field(default_factory=dict)
    claims: dict[int, Claim] = field(default_factory=dict)  # by token of a trigger: the innermost claim whose content holds it
    contents: list[Span] = field(default_factory=list)  # of all claims, in order
    first_of_kind: set[int] = field(default_factory=set)  # tokens of the first trigger of each kind


    def in_claim(self, at: int) -> bool:
        """Whether the letter `at` stands in the content of some claim (looked up among the nearest that begin before it)."""
        place = bisect_right(self.contents, (at, len(self.tokens.text) + 1))
        return any(content.end > at for content in self.contents[max(0, place - 4) : place])


def cues_of(trigger: Trigger, kind: EventKind, around: Surroundings) -> Iterator[str]:
    """The cues that hold for a trigger."""
    tokens, at = around.tokens, trigger.first
    sentence = tokens.sentence_of[at]
    first, last = tokens.sentences[sentence]
    before = tokens.folded[max(first, at - 3) : at]
    sense = trigger.sense
    yield f"form {sense.form}"
    yield f"strength {sense.strength}"
    yield f"kind {kind}"
    if kind == "attack" and sense.form == "past" and sense.strength == "plain":
        yield "attack by a plain verb"
    if sense.needs:
        yield "settled by a companion"
    if sense.form == "noun":
        yield "definite noun" if trigger.definite else "bare noun"
        if tokens.folded[at].endswith(("ات", "اتهم", "اتها")):
            yield "plural noun"
        if any(word[0].isdigit() for word in before[-1:]) or tokens.folded[at].endswith(("تين", "تان", "ين")):
            yield "counted"
        if not trigger.definite and tokens.folded[at].endswith("ا"):
            yield "accusative"
    yield from _position_cues(trigger, around, sentence)
    yield from _company_cues(trigger, around, sentence)
    yield from _warning_cues(trigger, around, before, first)


def _position_cues(trigger: Trigger, around: Surroundings, sentence: int) -> Iterator[str]:
    tokens = around.tokens
    paragraph = tokens.paragraph_of[trigger.first]
    if paragraph == 0:
        yield "first paragraph"
    if sentence == 0 or (sentence == 1 and tokens.sentences[0][1] < 6):
        yield "first sentence"
    if paragraph >= 5:
        yield "late paragraph"
    if trigger.sense.lexeme in around.title:
        yield "in the title"
    if trigger.first in around.first_of_kind:
        yield "first of its kind"
    if trigger.first - tokens.sentences[sentence][0] <= 2:
        yield "opens the sentence"
    elif trigger.first - tokens.sentences[sentence][0] > 30:
        yield "deep in the sentence"


def _company_cues(trigger: Trigger, around: Surroundings, sentence: int) -> Iterator[str]:
    at = trigger.first
    if any(0 <= place.first - at <= 14 for place in around.places.get(sentence, ())):
        yield "place after"
    elif around.places.get(sentence):
        yield "place in the sentence"
    times = around.times.get(sentence, ())
    if any(abs(time.first - at) <= 10 for time in times):
        yield "time near"
    elif times:
        yield "time in the sentence"
    if any(time.days and around.year and time.days.last.year < around.year - 1 for time in times):
        yield "old time"
    tolls = around.tolls.get(sentence, ())
    if tolls:
        yield "toll in the sentence"
        if any(abs(toll.cue - at) <= 8 for toll in tolls):
            yield "toll near"
    same = [other for other in around.triggers.get(sentence, ()) if other.first != at]
    if any(other.first < at and other.sense.kind == trigger.sense.kind for other in same):
        yield "same kind earlier in the sentence"
    if trigger.sense.strength == "result" and any(other.sense.strength == "plain" and other.sense.kind in CAUSES for other in same):
        yield "result with a cause"


CAUSES = frozenset(("armed-clash", "air-strike", "shelling", "suicide-bomb", "bomb", "attack", "chemical", "accident", "protest"))


def _warning_cues(trigger: Trigger, around: Surroundings, before: list[str], first: int) -> Iterator[str]:
    tokens, at = around.tokens, trigger.first
    act = around.claims[at].act if at in around.claims else None
    if act:
        yield "in a claim"
        if act in _WISHING_ACTS:
            yield "in a claim that wishes"
        if act in ("condemn", "praise"):
            yield "in a claim that judges"
    bare = {_bare(word) for word in before}
    previous = _bare(before[-1]) if before else ""
    if previous in _AFTER:
        yield "after a preposition of cause or time"
    if bare & _CARRIERS:
        yield "carried by a verb"
    if previous in ("ان",) and trigger.sense.form == "present":
        yield "subjunctive"
    if bare & _HYPOTHESIS:
        yield "hypothetical"
    if bare & _WISHES:
        yield "wished"
    if bare & _NEGATIONS:
        yield "negated"
    if previous in _RELATIVES:
        yield "in a relative clause"
    if trigger.future:
        yield "future"
    if _lies_ahead(tokens, trigger, first):
        yield "planned"
    wide = tokens.folded[max(first, at - 8) : at]
    if any(word in _KANA for word in wide):
        yield "pluperfect"
    if any(word in _GENERAL for word in tokens.folded[max(first, at - 2) : at]):
        yield "general"


_KANA = frozenset(("كان", "كانت", "وكان", "وكانت", "كانوا", "وكانوا", "سبق"))
_GENERAL = frozenset(
    (
        "عمليات",
        "اعمال",
        "جرائم",
        "جريمه",
        "حالات",
        "ملف",
        "قضيه",
        "قانون",
        "محكمه",
        "وزاره",
        "هيئه",
        "لجنه",
        "منظمه",
        "اداره",
        "جهاز",
        "مجلس",
        "حزب",
        "ضحايا",
        "عوائل",
        "اسر",
        "سياسه",
        "استراتيجيه",
        "خطه",
        "الحق",
        "حق",
    )
)


@lru_cache(maxsize=1 << 15)
def _bare(word: str) -> str:
    return word[1:] if len(word) > 3 and word[0] in "وف" else word


_AHEAD = frozenset(("يعتزم", "تعتزم", "يعتزمون", "المقرر", "مقرر", "مقرره", "المقرره", "المزمع", "مرتقب", "مرتقبه", "المرتقبه", "المرتقب", "سوف", "وسوف", "يستعد", "تستعد", "المنتظر", "ينتظر", "بانتظار", "المقبل", "المقبله", "القادم", "القادمه", "ملوحا", "تقرر", "ينوي", "تنوي", "غدا", "قريبا", "المتوقع"))

WEIGHTS: dict[str, float] = {
    "subjunctive": 1.0,
    "place after": 0.9,
    "future": 0.9,
    "kind siege": 0.7,
    "strength plain": 0.6,
    "bare noun": 0.6,
    "time near": 0.6,
    "kind arrest": 0.6,
    "planned": 0.6,
    "toll in the sentence": 0.4,
    "form past": 0.4,
    "settled by a companion": 0.4,
    "first of its kind": 0.3,
    "in the title": 0.3,
    "first sentence": 0.2,
    "opens the sentence": 0.2,
    "plural noun": 0.2,
    "carried by a verb": 0.2,
    "late paragraph": 0.2,
    "attack by a plain verb": 0.2,
    "form noun": 0.1,
    "place in the sentence": 0.1,
    "same kind earlier in the sentence": 0.1,
    "time in the sentence": 0.1,
    "pluperfect": 0.1,
    "hypothetical": 0.1,
    "strength weak": -0.2,
    "first paragraph": -0.3,
    "deep in the sentence": -0.3,
    "strength result": -0.4,
    "form present": -0.4,
    "kind aid": -0.4,
    "in a claim that wishes": -0.5,
    "accusative": -0.5,
    "in a claim that judges": -0.5,
    "definite noun": -0.6,
    "kind meeting": -0.6,
    "old time": -0.7,
    "in a relative clause": -0.7,
    "negated": -0.8,
    "kind attack": -0.9,
    "kind other": -1.0,
    "wished": -1.2,
    "result with a cause": -1.4,
    "any": -2.1,
}  # log odds; "any" is that of a word of which nothing else is known
LEAST_WEIGHT = -1.7  # below it a word is set aside: where F1 of the kinds is highest on the written corpus, flat around


def weight_of(cues: frozenset[str]) -> float:
    """The weight of the cues together: the log odds that the word counts as an event."""
    return sum(WEIGHTS.get(cue, 0.0) for cue in cues) + WEIGHTS["any"]


def reason_against(cues: frozenset[str]) -> NotCountedReason:
    """Why a word that can name a happening does not count, by the strongest cue against it."""
    for reason, against in _REASONS.items():
        if against & cues:
            return reason
    return "general"


_REASONS: dict[NotCountedReason, frozenset[str]] = {
    "wish": frozenset(("wished", "in a claim that wishes")),
    "hypothetical": frozenset(("hypothetical", "subjunctive")),
    "opinion": frozenset(("in a claim that judges",)),
    "repeated": frozenset(("result with a cause", "same kind earlier in the sentence")),
    "background": frozenset(("old time", "pluperfect", "in a relative clause", "after a preposition of cause or time")),
}


def _lies_ahead(tokens: Tokens, trigger: Trigger, first: int) -> bool:
    """Whether words near the trigger put it in the future: من المقرر، سيعقد، تعتزم، الأسبوع المقبل."""
    last = tokens.sentences[tokens.sentence_of[trigger.first]][1]
    near = tokens.folded[max(first, trigger.first - 5) : min(last, trigger.last + 5)]
    return any(word in _AHEAD or (word[:2] in ("سي", "ست") and len(word) > 4 and looks_like_verb(word)) for word in near)


def status_of(trigger: Trigger, cues: frozenset[str], around: Surroundings, ahead: bool) -> Status:
    """Whether it happened: denied in the content of a denial or by a negation, planned if it lies ahead or is threatened or promised."""
    claim = around.claims.get(trigger.first)
    if (claim and claim.act == "deny") or "negated" in cues:
        return "denied"
    open_act = claim is not None and claim.act in ("threaten", "promise", "predict") and trigger.sense.form != "past"
    if trigger.future or ahead or open_act or ("planned" in cues and trigger.sense.form != "past"):
        return "planned"
    return "actual"
