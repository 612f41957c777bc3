"""Who says what: reported speech with its speaker, act, channel and chain of tellers."""

from riwaya.arabic.words import Tokens
from riwaya.read.claims.attributions import attribution_frame, colon_frames, relative_frame
from riwaya.read.claims.channels import channel_end, is_channel_noun
from riwaya.read.claims.contents import Ends, form_of, trimmed
from riwaya.read.claims.cues import Cue, cues_in, load_lexicon
from riwaya.read.claims.doubts import is_report, may_report
from riwaya.read.claims.frames import Frame, Reader
from riwaya.read.claims.names import name_range
from riwaya.read.claims.quotes import Quotes
from riwaya.read.claims.relays import relay_frame
from riwaya.read.claims.turns import Turns
from riwaya.read.claims.verbs import subject_of, verb_frame
from riwaya.read.phrases import noun_span
from riwaya.records import Article, Claim, Span, Teller, record_id

CONFIDENCE = {  # how many of the claims that a rule found are claims: measured on the written corpus and 124 newspaper articles together
    "verb": 0.90,
    "participle": 0.98,
    "conjunction": 0.93,
    "preposition": 0.85,
    "noun": 0.86,
    "colon": 0.91,
    "relay": 0.99,
    "inverted": 0.89,
    "relative": 0.56,
}


def claims_in(article: Article, tokens: Tokens) -> tuple[Claim, ...]:
    """Every piece of reported speech of the article, in the order of its cues."""
    reader, frames = frames_in(tokens)
    turns = Turns(reader, frames, article.title)
    found: dict[str, Claim] = {}
    for frame in frames:
        claim = _claim(article, reader, turns, frame)
        if claim is not None:
            found.setdefault(claim.id, claim)
    return tuple(found.values())


def frames_in(tokens: Tokens) -> tuple[Reader, list[Frame]]:
    """The frames of a text in the order of their cues, with where what was said ends; who is meant where nobody is named is left open."""
    lexicon = load_lexicon()
    cues = [cue for cue in cues_in(tokens) if may_report(tokens, cue, lexicon.verbs)]
    reader = Reader(tokens, Quotes(tokens), lexicon, cues, {cue.first: cue for cue in cues})
    frames = _frames(reader)
    ends = Ends(reader, {frame.cue_range[0]: frame for frame in frames})
    for frame in frames:
        if frame.end < 0:
            frame.end = ends.end(frame, frame.content)
        elif frame.resumes > 0:
            frame.end = ends.end(frame, frame.resumes + 1)
    return reader, frames


def _frames(reader: Reader) -> list[Frame]:
    frames: list[Frame] = []
    by_cue: dict[int, Frame] = {}
    skip_to = 0
    for cue in reader.cues:
        if cue.first < skip_to:
            continue
        frame = _frame(reader, cue, by_cue)
        if frame is not None:
            frames.append(frame)
            by_cue[frame.cue_range[0]] = frame
            skip_to = _past_sayings(reader, frame)
    for frame in frames:
        if frame.channel is None and frame.cue.form.shape in ("past", "present"):
            frame.channel = channel_before(reader, frame, by_cue)
    frames += colon_frames(reader, by_cue)
    frames.sort(key=lambda frame: frame.cue_range[0])
    return frames


def channel_before(reader: Reader, frame: Frame, by_cue: dict[int, Frame]) -> tuple[int, int] | None:
    """A channel earlier in the sentence: `وفي بيان لها، قالت`, `نشرت شريطاً أعلنت | فيه`."""
    tokens = reader.tokens
    here = frame.cue_range[0]
    first = tokens.sentences[tokens.sentence_of[here]][0]
    within = tokens.folded[frame.cue_range[1] : frame.cue_range[1] + 1] in (["فيه"], ["فيها"])
    for at in range(here - 1, max(first, here - 30) - 1, -1):
        if at in by_cue and by_cue[at] is not frame:
            return None
        end = channel_end(tokens, at, here) if at == first or not tokens.is_word[at - 1] or within else None
        if end is not None:
            return (at, end)
        if within and is_channel_noun(tokens.folded[at]):
            return (at, at + 1)
    return None


def _past_sayings(reader: Reader, frame: Frame) -> int:
    """Past قائلاً or بقوله between a verb and what was said: `وتابع قائلاً` is one cue."""
    past = frame.cue_range[1]
    for at in range(past, frame.content):
        cue = reader.cue_at.get(at)
        if cue is not None and (cue.form.sense.lemma in ("قال", "قول") or cue.form.shape == "preposition"):
            past = cue.last
    return past


def _frame(reader: Reader, cue: Cue, before: dict[int, Frame]) -> Frame | None:
    shape = cue.form.shape
    if shape in ("preposition", "conjunction"):
        return attribution_frame(reader, cue, before)
    if cue.form.sense.relay:
        return relay_frame(reader, cue)
    if shape == "noun":
        frame = verb_frame(reader, cue, None)
    else:
        frame = verb_frame(reader, cue, subject_of(reader, cue)) or relative_frame(reader, cue) or attribution_frame(reader, cue, before)
    return frame if frame is not None and is_report(reader, frame) else None


def _claim(article: Article, reader: Reader, turns: Turns, frame: Frame) -> Claim | None:
    first, last = trimmed(reader, frame.content, frame.end)
    if last <= first:
        return None
    tokens = reader.tokens
    cue = tokens.span(*frame.cue_range)
    content = tokens.span(first, last)
    return Claim(
        id=record_id("claim", article.id, cue, content),
        cue=cue,
        act=frame.cue.form.sense.act,
        tellers=_tellers(reader, turns, frame),
        content=content,
        channel=tokens.span(*frame.channel) if frame.channel else None,
        form=form_of(reader, first, last),
        rule=frame.rule,
        confidence=CONFIDENCE[frame.rule],
    )


def _tellers(reader: Reader, turns: Turns, frame: Frame) -> tuple[Teller, ...]:
    """The chain from the one who said it, over the relay if there is one, to the outlet."""
    tokens = reader.tokens
    speaker = turns.speaker(frame)
    chain = []
    if speaker is None:
        chain.append(Teller(role="speaker", kind="anonymous", words=None, name=None))
    else:
        words = _span(tokens, frame.speaker) if frame.speaker else None
        chain.append(Teller(role="speaker", kind=speaker.kind, words=words, name=_span(tokens, speaker.name)))
    if frame.relay:
        chain.append(
            Teller(role="relay", kind="outlet", words=_span(tokens, frame.relay), name=_span(tokens, name_range(tokens, frame.relay)))
        )
    return (*chain, Teller(role="outlet", kind="outlet", words=None, name=None))


def _span(tokens: Tokens, phrase: tuple[int, int]) -> Span:
    before = tokens.folded[phrase[0] - 1] if phrase[0] else ""
    return noun_span(tokens, *phrase, clitics="ل" if before.endswith(("وفقا", "طبقا")) else "")
