"""Verbs and participles of saying: the frame of a cue whose content follows it."""

from riwaya.read.claims.cues import Cue
from riwaya.read.claims.frames import Frame, Range, Reader
from riwaya.read.claims.names import kind_of
from riwaya.read.claims.particles import particles
from riwaya.read.claims.speakers import agrees, is_agent
from riwaya.read.claims.subjects import subject_before, topic_before
from riwaya.read.claims.walk import Walk
from riwaya.read.phrases import head_of
from riwaya.read.wordkinds import looks_like_verbal_noun


def verb_frame(reader: Reader, cue: Cue, subject: Range | None) -> Frame | None:
    """The frame of a finite verb, participle or verbal noun whose content follows it; None if nothing is said there.

    `subject` is the noun phrase before the verb that is its subject, if there is one.
    """
    form = cue.form
    walk = Walk(reader, cue, has_subject=subject is not None or _has_own_subject(cue))
    content = walk.content()
    if content is None and walk.at_object():
        content = walk.at
    if content is None:
        return None
    if form.sense.addressee and not walk.opened:
        content = _addressee_start(walk, content, cue.last)
    speaker, relay = walk.speaker or subject, walk.relay
    if speaker is not None and speaker == walk.speaker and _is_doing(reader.tokens.folded[speaker[0]]):
        content = min(speaker[0], content)  # نفي | إغلاق الطريق: what is denied
        speaker = None
    if walk.quoted and (speaker is None or kind_of(reader.tokens, speaker) in ("outlet", "document", "org")):
        speaker, relay = walk.quoted, speaker
    rule = form.shape if form.shape in ("participle", "noun") else "verb"
    return Frame(cue, (cue.first, cue.last), content, rule, speaker, relay, walk.channel, opened=walk.opened)


def _is_doing(head: str) -> bool:
    """Whether the head of a phrase tells what is done, not who: `نفي | إغلاق الطريق`."""
    return looks_like_verbal_noun(head) and not is_agent(head)


def _has_own_subject(cue: Cue) -> bool:
    """No subject stands behind a participle, the first person, a plural verb (قال الشهود, but الشهود قالوا) or a noun with a pronoun."""
    form = cue.form
    if form.shape == "noun":
        return bool(form.pronoun)
    return form.first_person or form.shape == "participle" or form.number == "many"


def subject_of(reader: Reader, cue: Cue) -> Range | None:
    """The subject that stands before a finite verb: its topic (أما ... فـ), or the noun phrase right before it that agrees with it."""
    tokens, form = reader.tokens, cue.form
    first = tokens.sentences[tokens.sentence_of[cue.first]][0]
    if form.shape == "participle" or form.first_person:
        return None
    if form.joined:
        return topic_before(tokens, cue.first, first, reader.lexicon.verbs) if tokens.folded[cue.first][0] == "ف" else None
    subject = subject_before(tokens, cue.first, first, reader.lexicon.verbs)
    if {"الذي": "f", "التي": "m"}.get(tokens.folded[cue.first - 1]) == form.gender:
        return None  # الدولة التي حذر | رئيسها
    if subject is None or not agrees(tokens, subject, form.gender):
        return None
    named = is_agent(tokens.folded[head_of(tokens, *subject)])
    if (
        not named
        and tokens.folded[cue.first - 1] != "قد"
        and (any(word[0].isdigit() for word in tokens.folded[subject[0] : subject[1]]) or _has_subject_behind(reader, cue))
    ):
        return None  # تونس في 3 مارس (الوكالة) قال ..., حادثة قال | الجيش إنها
    if tokens.folded[cue.first - 1] in ("الذي", "التي", "الذين") and (form.pronoun or _has_subject_behind(reader, cue)):
        return None  # الحركة التي تتهمها الحكومة، الرجل الذي قالت الشرطة إنه
    return subject


def _has_subject_behind(reader: Reader, cue: Cue) -> bool:
    frame = verb_frame(reader, cue, None)
    return frame is not None and frame.speaker is not None and is_agent(reader.tokens.folded[frame.speaker[0]])


def _addressee_start(walk: Walk, content: int, start: int) -> int:
    """Where the one called upon or accused begins (`طالب | الحكومة بإقالته`): the content is read from there."""
    tokens, channel = walk.tokens, walk.channel or (0, 0)
    at = walk.speaker[1] if walk.speaker else start
    while at < content and (not tokens.is_word[at] or tokens.folded[at] in particles().adverbs or channel[0] <= at < channel[1]):
        at += 1
    return at
