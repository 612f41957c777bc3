"""Words of reporting that report nothing where they stand: nouns, adjectives, negated and impersonal verbs."""

from riwaya.arabic.words import Tokens
from riwaya.read.claims.cues import Cue
from riwaya.read.claims.frames import Frame, Reader
from riwaya.read.claims.particles import particles
from riwaya.read.claims.speakers import is_agent
from riwaya.read.phrases import head_of
from riwaya.read.wordkinds import looks_like_verbal_noun, phrase_words, without_article

_MARKS_BEFORE = frozenset('،,؛»”"“).:')


def may_report(tokens: Tokens, cue: Cue, verbs: frozenset[str]) -> bool:
    """Whether the cue can be one, by its own form and the words beside it; `verbs` are the verbs of the lexicon."""
    form, first = cue.form, cue.first
    word = tokens.folded[first]
    starts = first == tokens.sentences[tokens.sentence_of[first]][0]
    before = "" if starts else tokens.folded[first - 1]
    written = tokens.text[tokens.end[first] - 1]
    if form.shape in ("past", "present"):
        if written == "ة" or word in particles().impersonal or (written == "ى" and form.shape == "present" and form.sense.lemma == "ادعي"):
            return False
        if before in particles().before_nouns and not form.joined:
            return False
        if form.shape == "past" and not form.joined and (before in phrase_words().verbs or before in verbs):
            return False  # a verb does not follow a verb: رفض وصف المرض
        if form.first_person and before in ("ان", "او", "لان"):
            return False
        if form.sense.lemma == "هنا" and "أ" not in tokens.text[tokens.start[first] : tokens.end[first]]:
            return False  # here
        if form.sense.lemma == "روي" and "ؤ" in tokens.text[tokens.start[first] : tokens.end[first]]:
            return False  # views
        if before in particles().negations and form.sense.lemma not in ("استبعد",):
            return False
        return not (before in ("ما", "مما", "بما", "هذا", "وهذا") and form.shape == "present" and not form.pronoun)
    if form.shape == "participle" and form.sense.lemma == "جدد" and tokens.folded[first + 1 : first + 2] != []:
        return not (tokens.folded[first + 1] in particles().that or tokens.folded[first + 1] in particles().leading)  # مجدداً: again
    if form.shape == "participle" and (form.gender == "f" or form.number == "many"):
        return starts or form.joined or before in _MARKS_BEFORE or before in verbs
    if form.shape == "noun" and not form.pronoun:
        return word[:2] != "ال"
    return True


def is_report(reader: Reader, frame: Frame) -> bool:
    """Whether what was found reads as reported speech."""
    tokens, form = reader.tokens, frame.cue.form
    if frame.speaker is not None and not form.sense.document and form.shape in ("past", "present", "noun"):
        head = tokens.folded[head_of(tokens, *frame.speaker)]
        if not is_agent(head) and (
            looks_like_verbal_noun(head) or without_article(head) in phrase_words().generic or head in ("هذا", "ذلك")
        ):
            return False
    before = tokens.folded[max(frame.cue_range[0] - 2, 0) : frame.cue_range[0]]
    if form.shape == "present" and before[-1:] == ["ان"] and not (frame.opened and before[0] == "قبل"):
        return False  # يجب أن يعلن; but قبل أن يضيف: ...
    following = tokens.folded[frame.content + 1] if frame.content + 1 < len(tokens) else ""
    if form.sense.lemma == "طلب" and (tokens.folded[frame.content] in particles().anonymity or following in particles().anonymity):
        return False
    if form.sense.heads and without_article(tokens.folded[frame.content]) not in form.sense.heads:
        return False
    if form.sense.nouns:
        return any(tokens.folded[at] in form.sense.nouns for at in range(frame.content, min(frame.content + 15, len(tokens))))
    if form.shape == "noun" and not form.pronoun and form.sense.act in ("assert", "deny"):
        return frame.opened and frame.speaker is not None
    if form.sense.lemma == "عبر" and form.shape == "past":
        return "عن" in (tokens.folded[frame.content], tokens.folded[frame.content - 1]) or frame.content in reader.quotes.closer
    if form.sense.lemma == "ثمن" and form.shape == "past" and not form.joined:
        return frame.speaker is not None
    if form.sense.lemma == "بين" and form.shape == "past" and not form.joined and frame.speaker is None:
        return frame.content == frame.cue_range[1]
    if form.sense.lemma == "بين" and form.shape == "past" and not (form.joined and frame.speaker):
        return frame.content - frame.cue_range[1] <= 6 and not any(
            tokens.folded[at] in "،," for at in range(frame.cue_range[1], frame.content)
        )
    return True
