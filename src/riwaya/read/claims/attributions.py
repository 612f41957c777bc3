"""Attributions thrown in (بحسب، كما قال، quotation then verb) and speech after a bare colon."""

from riwaya.arabic.words import Tokens
from riwaya.read.claims.channels import channel_end
from riwaya.read.claims.contents import clause_before
from riwaya.read.claims.cues import Cue, Form, Sense
from riwaya.read.claims.frames import Frame, Reader
from riwaya.read.claims.particles import particles
from riwaya.read.claims.speakers import Range, is_agent, speaker_words
from riwaya.read.claims.verbs import verb_frame
from riwaya.read.phrases import head_of, noun_phrase_end
from riwaya.read.wordkinds import looks_like_verb, phrase_words, without_article

_SHORT_CLAUSE = 5  # tokens before an attribution that no comma parts from what follows
_COMMAS = ("،", ",", "؛")
_COLON = Form(Sense(lemma=":", act="say", after=frozenset(), takes_object=False, addressee=False), "past")


def attribution_frame(reader: Reader, cue: Cue, before: dict[int, Frame]) -> Frame | None:
    """The frame of an attribution thrown in: `بحسب المصدر`, `كما قال الوزير`, `«...»، قال الوزير`.

    Its content is the clause before it, or the one after it where it opens its sentence. `before` are the frames found so far.
    """
    shape = cue.form.shape
    if shape == "conjunction":
        verb = reader.cue_at.get(cue.last)
        if verb is None or verb.form.shape not in ("past", "present"):
            return None
        if reader.tokens.folded[cue.first] in ("كما", "وكما"):
            plain = verb_frame(reader, verb, None)
            if plain is not None or verb.form.sense.lemma == "وصف":
                return plain  # كما أكد أن: a verb like any other
        return _thrown_in(reader, Cue(cue.first, verb.last, verb.form), verb, "conjunction", before)
    if shape == "preposition":
        return _thrown_in(reader, cue, cue, "preposition", before)
    return _thrown_in(reader, cue, cue, "inverted", before) if _may_be_thrown_in(reader, cue) else None


def _thrown_in(reader: Reader, cue: Cue, verb: Cue, rule: str, before: dict[int, Frame]) -> Frame | None:
    """The frame of the attribution `cue`, whose speaker follows `verb` (the same cue, or the verb after كما)."""
    tokens = reader.tokens
    start, limit = tokens.sentences[tokens.sentence_of[cue.first]]
    speaker, channel, end = _speaker_after(reader, verb, verb.last, limit)
    if speaker is None and not verb.form.pronoun and not (verb.last < limit and _is_own_word(tokens.folded[verb.last])):
        return None
    if speaker is not None and rule == "preposition" and _is_standard(tokens.folded[head_of(tokens, *speaker)]):
        return None
    frame = Frame(cue, (cue.first, cue.last), 0, rule, speaker, None, channel)
    if speaker is not None:
        frame.speaker, frame.relay, end = _told_by(reader, verb, speaker, max(end, speaker[1]), limit)
    if rule != "inverted" and cue.first - start < 2:
        return _opening(reader, frame, end, limit)
    if end + 1 < limit and tokens.folded[end] in _COMMAS and tokens.folded[end + 1][:3] == "فان":
        frame.content = end + 1
        return frame
    clause = clause_before(reader, cue.first, before)
    if clause is None:
        return None
    frame.content, frame.end = clause
    parted = clause[1] - clause[0] < _SHORT_CLAUSE or (end < limit and tokens.folded[end] in _COMMAS)
    frame.resumes = end if parted and _goes_on(reader, end, limit) else -1
    return frame


def _told_by(reader: Reader, verb: Cue, first: Range, at: int, limit: int) -> tuple[Range, Range | None, int]:
    """Who told what an outlet or a document passes on, that relay, and where its words end.

    `كما نقلت الإذاعة | عن مدير المستشفى`, `وفق حصيلة نشرتها | البلدية`.
    """
    tokens, verbs = reader.tokens, reader.lexicon.verbs
    if at + 1 >= limit:
        return first, None, at
    if verb.form.sense.relay and tokens.folded[at] in verb.form.sense.after:
        end = noun_phrase_end(tokens, at + 1, limit, verbs=verbs, attached=True)
        return ((at + 1, end), first, end) if end > at + 1 else (first, None, at)
    document = without_article(tokens.folded[head_of(tokens, *first)]) in speaker_words().documents
    if document and tokens.folded[at].endswith(("ها", "ه")) and looks_like_verb(tokens.folded[at], verbs):
        end = noun_phrase_end(tokens, at + 1, limit, verbs=verbs, attached=True)
        return ((at + 1, end), None, end) if end > at + 1 else (first, None, at)
    return first, None, at


def _is_standard(head: str) -> bool:
    """وفقاً للخطة: done according to it, not said by it."""
    bare = without_article(head)
    return (bare[1:] if bare[:1] == "ل" else bare) in speaker_words().standards or bare in speaker_words().standards


def _goes_on(reader: Reader, at: int, limit: int) -> bool:
    """Whether the clause that an attribution interrupts goes on after it: `وبلغ العدد، بحسب البلدية، مئة`."""
    tokens = reader.tokens
    if at < limit and tokens.folded[at] in _COMMAS:
        at += 1
    elif at < limit and not tokens.is_word[at]:
        return False
    if at + 1 >= limit:
        return False
    word = tokens.folded[at]
    cue = reader.cue_at.get(at)
    return not (
        (cue is not None and cue.form.shape != "noun")
        or word in particles().elsewhere
        or (word[0] == "و" and len(word) > 3)
        or word in phrase_words().days
    )


def _may_be_thrown_in(reader: Reader, cue: Cue) -> bool:
    """A finite verb after a quotation or a comma: «...»، قال المدير."""
    tokens = reader.tokens
    if (
        cue.form.shape not in ("past", "present")
        or cue.form.joined
        or cue.form.pronoun
        or cue.form.first_person
        or cue.form.sense.takes_object
        or cue.form.sense.addressee
        or not cue.first
    ):
        return False
    at = cue.first - 1
    if tokens.folded[at] in _COMMAS and at:
        at -= 1
    return tokens.folded[at] in '»”"“' and at not in reader.quotes.closer


_OWN_WORDS = tuple(
    f"{noun}{pronoun}" for noun in ("قول", "روايت", "زعم", "تعبير", "وصف", "راي", "كلام", "ادعاي") for pronoun in ("ه", "ها", "هم", "هما")
)


def _is_own_word(word: str) -> bool:
    """بحسب روايته: the noun carries its speaker."""
    return word in _OWN_WORDS


def _speaker_after(reader: Reader, cue: Cue, at: int, limit: int) -> tuple[tuple[int, int] | None, tuple[int, int] | None, int]:
    tokens = reader.tokens
    speaker = channel = None
    while at < limit and (tokens.folded[at] in ("به", "عنه", "له", "فيه", "ل", "عن") or tokens.folded[at] in particles().adverbs):
        at += 1
    if at < limit and _is_own_word(tokens.folded[at]):
        return None, None, at + 1
    if not cue.form.pronoun or cue.form.shape in ("past", "present"):
        end = noun_phrase_end(tokens, at, limit, verbs=reader.lexicon.verbs, attached=True) if at < limit else at
        if end > at:
            speaker, at = (at, end), end
    if at < limit:
        found = channel_end(tokens, at, limit)
        if found is not None:
            channel, at = (at, found), found
    return speaker, channel, at


_WAS_SAID = frozenset(
    ["تبني", "اعلن", "نفي", "انكر", "كذب", "زعم", "ادعي", "نقل", "نشر", "تداول", "اورد", "وصف", "اتهم", "اكد", "ذكر", "قال", "روج", "فند"]
)


def relative_frame(reader: Reader, cue: Cue) -> Frame | None:
    """Of a verb whose object pronoun stands for what was said before it: `الهجوم الذي تبناه التنظيم`, `وهو ما نفاه الوزير`."""
    tokens = reader.tokens
    if cue.form.pronoun not in ("ه", "ها") or cue.form.sense.lemma not in _WAS_SAID or cue.form.joined or cue.form.sense.addressee:
        return None
    first, limit = tokens.sentences[tokens.sentence_of[cue.first]]
    if cue.first - 1 <= first:
        return None
    before = tokens.folded[cue.first - 1]
    speaker, channel, _ = _speaker_after(reader, Cue(cue.first, cue.last, cue.form), cue.last, limit)
    if before == "ما":
        clause = clause_before(reader, cue.first - 2, {})
    else:
        end = cue.first - 1 if before in ("الذي", "التي") else cue.first
        clause = _phrase_before(reader, end, first)
    if clause is None or speaker is None:
        return None
    return Frame(cue, (cue.first, cue.last), clause[0], "relative", speaker, None, channel, clause[1])


def _phrase_before(reader: Reader, end: int, first: int) -> tuple[int, int] | None:
    """The words right before token `end` back to a mark, a function word or a verb."""
    tokens = reader.tokens
    start = end
    while start > max(first, end - 10):
        word = tokens.folded[start - 1]
        if not tokens.is_word[start - 1] or word in phrase_words().stops or looks_like_verb(word, reader.lexicon.verbs):
            break
        start -= 1
    return (start, end) if start < end else None


def _opening(reader: Reader, frame: Frame, at: int, limit: int) -> Frame | None:
    """Of an attribution that opens its sentence: what follows it, after its comma or فإنّ."""
    tokens = reader.tokens
    for there in range(at, min(limit, at + 25)):
        if tokens.folded[there] in particles().that or there in reader.quotes.closer:
            frame.content = there
            return frame
        if tokens.folded[there] in (*_COMMAS, ":"):
            frame.content = there + 1
            return frame if there + 1 < limit else None
    if at < limit and looks_like_verb(tokens.folded[at], reader.lexicon.verbs):
        frame.content = at
        return frame
    return None


def _is_tag(tokens: Tokens, at: int) -> bool:
    """Whether the word is a tag that a bar parts from the post: `#المدينة | البلدية: ...`"""
    return tokens.folded[at - 1] == "#" and tokens.folded[at + 1 : at + 2] == ["|"]


def colon_frames(reader: Reader, by_cue: dict[int, Frame]) -> list[Frame]:
    """Speech after a bare `speaker:` at the start of a paragraph or sentence, where no verb of saying leads to it."""
    tokens = reader.tokens
    found = []
    known = {tokens.folded[frame.speaker[1] - 1] for frame in by_cue.values() if frame.speaker}
    for first, last in tokens.sentences:
        while first < last and (not tokens.is_word[first] or tokens.folded[first] in particles().headline or _is_tag(tokens, first)):
            first += 1
        for at in range(first + 1, min(last - 1, first + 12)):
            if tokens.folded[at] != ":":
                continue
            end = noun_phrase_end(tokens, first, at, verbs=reader.lexicon.verbs, attached=True)
            channel = channel_end(tokens, end, at) if first < end < at else None
            if first < end < at and channel is None and tokens.folded[end] == "في":
                end = noun_phrase_end(tokens, end + 1, at, verbs=reader.lexicon.verbs)  # الدفاع المدني | في المدينة:
            speaks = is_agent(tokens.folded[first]) or (end == first + 1 and tokens.folded[first] in known)
            if at in (end, channel) and speaks and not any(there in by_cue for there in range(first, at + 1)):
                spoken = (end, at) if channel == at else None
                found.append(Frame(Cue(at, at + 1, _COLON), (at, at + 1), at + 1, "colon", (first, end), channel=spoken))
            break
    return found
