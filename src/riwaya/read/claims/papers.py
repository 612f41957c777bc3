"""Who speaks in a speech or paper that a cue points back to: `كلمة لرئيس اللجنة رحب فيها`, `أصدرت الغرفة بياناً أعلنت فيه`."""

from collections.abc import Sequence

from riwaya.arabic.remembered import remembered
from riwaya.arabic.words import Tokens
from riwaya.read.claims.frames import Frame, Range
from riwaya.read.claims.people import Mention
from riwaya.read.claims.roles import people_words
from riwaya.read.claims.speakers import is_agent, speaker_words
from riwaya.read.phrases import noun_phrase_end
from riwaya.read.wordkinds import without_article

_IN_IT = frozenset(["فيه", "فيها", "خلاله", "خلالها", "عبره", "عبرها", "بها", "به"])
_REACH = 30  # tokens back from the cue to what it points to


def author_before(tokens: Tokens, frame: Frame, mentions: Sequence[Mention], verbs: frozenset[str]) -> Range | Mention | None:
    """The phrase, or the mention, of who made what a cue without a subject points back to; None if it points to nothing of the kind."""
    here = frame.cue_range[1]
    form = frame.cue.form
    if form.shape not in ("past", "present") or form.sense.document or here >= len(tokens) or tokens.folded[here] not in _IN_IT:
        return None
    first = max(tokens.sentences[tokens.sentence_of[frame.cue_range[0]]][0], frame.cue_range[0] - _REACH)
    for at in range(frame.cue_range[0] - 1, first - 1, -1):
        word = tokens.folded[at]
        if _is_paper(word):
            return _owner(tokens, at + 1, frame.cue_range[0], verbs) or _issuer(tokens, mentions, first, at)
    return None


@remembered
def _is_paper(word: str) -> bool:
    """Whether a folded word, also with a letter before it (`بكلمة`), is a speech or paper."""
    papers = speaker_words().documents | people_words().speeches
    return any(without_article(form).removesuffix("ا") in papers or without_article(form) in papers for form in (word, word[1:]))


def _owner(tokens: Tokens, at: int, limit: int, verbs: frozenset[str]) -> Range | None:
    """Whose it is by the words behind: `تصريحات | الوزير`, `خطاباً من | السلطات`, `كلمة | لرئيس اللجنة`, `الكلمة التي ألقاها | الوزير`."""
    if at < limit and tokens.folded[at] in ("من", "الذي", "التي"):
        at += 1 if tokens.folded[at] == "من" else 2
    word = tokens.folded[at] if at < limit else ""
    if not (is_agent(word) or (word[:1] == "ل" and is_agent(word[1:]))):
        return None
    end = noun_phrase_end(tokens, at, limit, verbs=verbs, attached=True)
    return (at, end) if end > at else None


def _issuer(tokens: Tokens, mentions: Sequence[Mention], first: int, at: int) -> Mention | None:
    """The last one before it who issues something, else who acts: `أصدرت | غرفة العمليات | بياناً`."""
    acting = [one for one in reversed(mentions) if first <= one.words[0] < at and one.role in ("subject", "topic", "speaker")]
    issuing = (one for one in acting if {tokens.folded[one.words[0] - 1], tokens.folded[one.words[0] - 2]} & people_words().issuing)
    return next(issuing, acting[0] if acting else None)
