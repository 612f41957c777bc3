"""Whose turn it is: the speaker meant by a cue that names none, and the full mention behind a bare title."""

from riwaya.read.frames import Frame, Reader
from riwaya.read.phrases import head_of, noun_phrase_end, without_article
from riwaya.read.speakers import Range, gender_of, is_agent, is_plural, name_range

_BACK = 8  # speakers looked back over for one that agrees


class Turns:
    """The speakers of an article in order, and the one meant at each cue."""

    def __init__(self, reader: Reader, frames: list[Frame]) -> None:
        self._reader = reader
        self._frames = frames
        self._meant: dict[int, Range | None] = {}
        self._full: dict[Range, Range] = {}
        self._named: dict[str, Range] = {}
        self._resolve()

    def meant(self, frame: Frame) -> Range | None:
        """The phrase that names the speaker of a frame without one of its own; None if nobody has spoken."""
        return self._meant.get(frame.cue_range[0])

    def full(self, speaker: Range) -> Range:
        """The fullest earlier mention of a speaker: a bare title or family name stands for the full name."""
        return self._full.get(speaker, speaker)

    def _resolve(self) -> None:
        """One pass in the order of the text; a speaker inside what another said holds no turn after it."""
        turns: list[Range] = []
        reach = -1
        for frame in self._frames:
            nested = frame.cue_range[0] < reach
            speaker = frame.speaker
            if speaker is not None:
                self._full[speaker] = self._fuller(speaker)
                if not nested:
                    turns.append(speaker)
            else:
                speaker = self._implicit(frame, turns)
            self._meant[frame.cue_range[0]] = speaker
            if not nested and frame.content > frame.cue_range[0]:
                reach = max(reach, frame.end)

    def _implicit(self, frame: Frame, turns: list[Range]) -> Range | None:
        tokens = self._reader.tokens
        form = frame.cue.form
        if not turns or (form.shape == "participle" and not self._same_sentence(turns[-1], frame)):
            subject = self._subject_of_sentence(frame)
            if subject is not None:
                return subject
        gender = {"ها": "f", "ه": "m"}.get(form.pronoun, "any") if form.shape in ("noun", "preposition") else form.gender
        for speaker in reversed(turns[-_BACK:]):
            many = is_plural(tokens, speaker)
            agrees = gender in ("any", gender_of(tokens, speaker)) or (many and form.number == "any" and gender == "m")
            if agrees and (form.number != "many" or many or form.first_person):
                return speaker
        return turns[-1] if turns else None

    def _same_sentence(self, speaker: Range, frame: Frame) -> bool:
        tokens = self._reader.tokens
        return tokens.sentence_of[speaker[0]] == tokens.sentence_of[frame.cue_range[0]]

    def _subject_of_sentence(self, frame: Frame) -> Range | None:
        """The first phrase of the sentence that can speak: `استقبل | الوزير | السفير، مؤكداً أن`."""
        tokens = self._reader.tokens
        first = tokens.sentences[tokens.sentence_of[frame.cue_range[0]]][0]
        for at in range(first, min(first + 8, frame.cue_range[0])):
            if tokens.is_word[at] and is_agent(tokens.folded[at]):
                end = noun_phrase_end(tokens, at, frame.cue_range[0], verbs=self._reader.lexicon.verbs, attached=True)
                if end > at and frame.cue.form.gender in ("any", gender_of(tokens, (at, end))):
                    return (at, end)
        return None

    def _fuller(self, speaker: Range) -> Range:
        """The mention that a later, shorter one stands for: same head or same last name, more words."""
        tokens = self._reader.tokens
        head = without_article(tokens.folded[head_of(tokens, *speaker)])
        name = name_range(tokens, speaker)
        last = without_article(tokens.folded[name[1] - 1]) if tokens.is_word[name[1] - 1] else head
        short = speaker[1] - speaker[0] <= 2
        found = (self._named.get(last) or self._named.get(head)) if short else None
        if found is not None and found[1] - found[0] > speaker[1] - speaker[0]:
            return found
        for key in {head, last}:
            self._named[key] = speaker
        return speaker
