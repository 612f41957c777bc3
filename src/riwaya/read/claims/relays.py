"""Speech that one outlet takes from another: نقلت رويترز عن مصدر أمني قوله إن ..."""

from riwaya.read.claims.cues import Cue
from riwaya.read.claims.frames import Frame, Reader
from riwaya.read.claims.subjects import subject_before
from riwaya.read.claims.verbs import verb_frame
from riwaya.read.phrases import noun_phrase_end


def relay_frame(reader: Reader, cue: Cue) -> Frame | None:
    """The frame of a verb of relaying: its subject is the relay, the one after عن the speaker, and a verbal noun (قوله) the cue."""
    tokens = reader.tokens
    first, limit = tokens.sentences[tokens.sentence_of[cue.first]]
    relay = None if cue.form.joined else subject_before(tokens, cue.first, first, reader.lexicon.verbs)
    about = next((at for at in range(cue.last, min(limit, cue.last + 20)) if tokens.folded[at] in cue.form.sense.after), None)
    if cue.form.pronoun:
        return None
    if about is None:
        frame = verb_frame(reader, cue, relay)
        return frame if frame is not None and frame.opened and "عن" in cue.form.sense.after else None
    if relay is None and about > cue.last:
        end = noun_phrase_end(tokens, cue.last, about, verbs=reader.lexicon.verbs, attached=True)
        relay = (cue.last, end) if end > cue.last else None
    end = noun_phrase_end(tokens, about + 1, limit, verbs=reader.lexicon.verbs, attached=True) if about + 1 < limit else about + 1
    if end == about + 1:
        return None
    saying = next((reader.cue_at[at] for at in range(end, min(limit, end + 15)) if at in reader.cue_at), None)
    verb = saying if saying is not None and saying.form.shape == "noun" else Cue(cue.first, end, cue.form)
    frame = verb_frame(reader, verb, (about + 1, end))
    if frame is None:
        return None
    frame.cue_range = (verb.first, verb.last) if verb is saying else (cue.first, cue.last)
    frame.speaker, frame.relay, frame.rule = (about + 1, end), relay, "relay"
    return frame
