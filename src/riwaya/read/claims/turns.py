"""Whose turn it is: the speaker meant by a cue that names none, and the full mention behind a bare title or family name."""

from riwaya.read.claims.frames import Frame, Reader
from riwaya.read.claims.speakers import Range, agrees, gender_of, is_agent, is_plural, kind_of, name_range
from riwaya.read.phrases import head_of, noun_phrase_end
from riwaya.read.wordkinds import is_definite, is_holder, looks_like_verb, phrase_words, without_article

_BACK = 8  # speakers looked back over for one that agrees
_THE_SAME = frozenset(["نفسه", "نفسها", "ذاته", "ذاتها"])  # المصدر | نفسه
_BEFORE = 80  # tokens looked back over for somebody who can speak


class Turns:
    """The speakers of an article in order, and the one meant at each cue."""

    def __init__(self, reader: Reader, frames: list[Frame]) -> None:
        self._reader = reader
        self._frames = frames
        self._meant: dict[int, Range | None] = {}
        self._full: dict[Range, Range] = {}
        self._named: dict[str, Range] = {}
        self._phrases: dict[tuple[str, ...], Range] = {}
        self._claimed = {frame.cue_range[0] for frame in frames}
        self._resolve()

    def meant(self, frame: Frame) -> Range | None:
        """The phrase that names the speaker of a frame without one of its own; None if nobody is found."""
        return self._meant.get(frame.cue_range[0])

    def full(self, speaker: Range) -> Range:
        """The fullest earlier mention of a speaker: a bare title or family name stands for the full name."""
        return self._full.get(speaker, speaker)

    def _resolve(self) -> None:
        """One pass in the order of the text; a speaker inside what another said holds no turn after it."""
        tokens = self._reader.tokens
        turns: list[Range] = []
        reach = -1
        outer: list[tuple[int, Range | None]] = []  # sentence and speaker of the claims that are nobody's content
        for frame in self._frames:
            nested = frame.cue_range[0] < reach
            sentence = tokens.sentence_of[frame.cue_range[0]]
            speaker = frame.speaker
            if speaker is not None:
                self._full[speaker] = self._fuller(speaker, turns)
                if not nested:
                    turns.append(speaker)
            elif frame.cue.form.shape == "participle" and outer and outer[-1][0] == sentence and not nested:
                speaker = self._of_same_sentence(frame, outer)
            else:
                speaker = self._implicit(frame, turns)
            self._meant[frame.cue_range[0]] = speaker
            if not nested:
                if frame.rule not in ("preposition", "conjunction", "relative"):
                    outer.append((sentence, speaker))
                if speaker is not None and frame.speaker is None and (not turns or turns[-1] != speaker):
                    turns.append(speaker)
                if frame.content > frame.cue_range[0]:
                    reach = max(reach, frame.end)
        following = None
        for frame in reversed(self._frames):
            following = frame.speaker or following
            if self._meant[frame.cue_range[0]] is None:
                self._meant[frame.cue_range[0]] = following

    def _of_same_sentence(self, frame: Frame, outer: list[tuple[int, Range | None]]) -> Range | None:
        """The last speaker of the sentence who agrees with the participle; the last one if none does."""
        form, sentence = frame.cue.form, outer[-1][0]
        for other, speaker in reversed(outer[-_BACK:]):
            if other != sentence:
                break
            if speaker is not None:
                many = is_plural(self._reader.tokens, speaker)
                if many == (form.number == "many") and (many or gender_of(self._reader.tokens, speaker) == form.gender):
                    return speaker
        return outer[-1][1]

    def _implicit(self, frame: Frame, turns: list[Range]) -> Range | None:
        tokens = self._reader.tokens
        form = frame.cue.form
        after_comma = tokens.folded[frame.cue_range[0] - 1] in ("،", ",", "حيث", "كما") if frame.cue_range[0] else False
        if not turns or form.shape == "participle" or not (form.joined or form.first_person or (after_comma and form.shape != "noun")):
            subject = self._subject_of_clause(frame) or self._subject_of_sentence(frame)
            if subject is not None:
                return subject
        elif form.joined and not form.first_person:
            subject = self._subject_of_sentence_before(frame)
            if subject is not None:
                return subject
        for speaker in reversed(turns[-_BACK:]):
            if self._may_go_on(frame, speaker):
                return speaker
        return self._somebody_before(frame) or (turns[-1] if turns else None)

    def _may_go_on(self, frame: Frame, speaker: Range) -> bool:
        """Whether the one who spoke last can be meant by a cue without a subject, by gender and number."""
        form, tokens = frame.cue.form, self._reader.tokens
        noun = form.shape in ("noun", "preposition")
        gender = {"ها": "f", "ه": "m"}.get(form.pronoun, "any") if noun else form.gender
        many = is_plural(tokens, speaker)
        if not (noun or form.first_person or many == (form.number == "many")):
            return False
        return gender in ("any", gender_of(tokens, speaker)) or (many and form.number == "many")

    def _subject_of_sentence(self, frame: Frame) -> Range | None:
        """Who stands at the head of the sentence: one who has spoken before, or a phrase that can speak."""
        tokens = self._reader.tokens
        first = tokens.sentences[tokens.sentence_of[frame.cue_range[0]]][0]
        for at in range(first, min(first + 8, frame.cue_range[0])):
            if not tokens.is_word[at]:
                continue
            known = self._named.get(without_article(tokens.folded[at])) if not is_agent(tokens.folded[at]) else None
            if known is not None and frame.cue.form.gender in ("any", gender_of(tokens, known)):
                return known
            if is_agent(tokens.folded[at]):
                end = self._phrase_end(at, frame.cue_range[0])
                if end > at and frame.cue.form.gender in ("any", gender_of(tokens, (at, end))):
                    self._full[(at, end)] = self._fuller((at, end), [])
                    return (at, end)
        return None

    def _subject_of_clause(self, frame: Frame) -> Range | None:
        """The subject of the verb that stands before the cue: `نشرت | الجماعة | شريطاً أعلنت فيه`, `استقبل | الوزير | السفير مؤكداً`."""
        tokens, verbs = self._reader.tokens, self._reader.lexicon.verbs
        here = frame.cue_range[0]
        first = tokens.sentences[tokens.sentence_of[here]][0]
        for at in range(here - 2, max(first, here - 30) - 1, -1):
            word = tokens.folded[at]
            if tokens.is_word[at] and at not in self._claimed and self._is_verb(at, word):
                end = self._phrase_end(at + 1, here)
                if (
                    end > at + 1
                    and not looks_like_verb(tokens.folded[at + 1], verbs)
                    and agrees(tokens, (at + 1, end), frame.cue.form.gender)
                ):
                    head = tokens.folded[head_of(tokens, at + 1, end)]
                    if without_article(head) not in phrase_words().generic:
                        self._full[(at + 1, end)] = self._fuller((at + 1, end), [])
                        return (at + 1, end)
                return None
        return None

    def _is_verb(self, at: int, word: str) -> bool:
        cue = self._reader.cue_at.get(at)
        if cue is not None:
            return cue.form.shape in ("past", "present") and not cue.form.first_person
        verbs = phrase_words().verbs
        return word in verbs or (word[0] in "وف" and word[1:] in verbs)

    def _subject_of_sentence_before(self, frame: Frame) -> Range | None:
        """The subject of the sentence before, where it reports no speech: `وانتقل | الحاكم | إلى المدينة. وقال ...`"""
        tokens = self._reader.tokens
        number = tokens.sentence_of[frame.cue_range[0]]
        first, last = tokens.sentences[number]
        if not number or frame.cue_range[0] != first:
            return None
        first, last = tokens.sentences[number - 1]
        if any(at in self._claimed for at in range(first, last)) or not self._is_verb(first, tokens.folded[first]) or first + 1 >= last:
            return None
        end = self._phrase_end(first + 1, last)
        subject = (first + 1, end)
        if end == first + 1 or not is_agent(tokens.folded[first + 1]) or not agrees(tokens, subject, frame.cue.form.gender):
            return None
        if kind_of(tokens, subject) != "person" or gender_of(tokens, subject) != ("f" if frame.cue.form.gender == "f" else "m"):
            return None
        self._full[subject] = self._fuller(subject, [])
        return subject

    def _somebody_before(self, frame: Frame) -> Range | None:
        """The nearest phrase before a cue that can speak and agrees with it."""
        tokens = self._reader.tokens
        here = frame.cue_range[0]
        for at in range(here - 1, max(-1, here - _BEFORE), -1):
            if tokens.is_word[at] and is_agent(tokens.folded[at]):
                end = self._phrase_end(at, here)
                if end > at and frame.cue.form.gender in ("any", gender_of(tokens, (at, end))):
                    return (at, end)
        return None

    def _phrase_end(self, at: int, limit: int) -> int:
        return noun_phrase_end(self._reader.tokens, at, limit, verbs=self._reader.lexicon.verbs, attached=True)

    def _fuller(self, speaker: Range, turns: list[Range]) -> Range:
        """The mention that a later, shorter one stands for: same last name or same head, more words."""
        tokens = self._reader.tokens
        head_word = tokens.folded[head_of(tokens, *speaker)]
        head = without_article(head_word)
        name = name_range(tokens, speaker)
        last = without_article(tokens.folded[name[1] - 1]) if tokens.is_word[name[1] - 1] else head
        if name == speaker and name[1] - name[0] > 1 and is_definite(tokens.folded[name[1] - 1]):
            last = head  # السفارة الأميركية: an adjective is no family name
        words = tuple(tokens.folded[speaker[0] : speaker[1]])
        longer = self._phrases.get(words[:3])
        if len(words) >= 3 and longer is not None and tuple(tokens.folded[longer[0] : longer[1]])[: len(words)] == words:
            return longer
        self._phrases[words[:3]] = speaker
        if not is_definite(head_word) and (is_holder(head_word) or kind_of(tokens, speaker) == "anonymous"):
            self._named[last] = speaker
            self._named[head] = speaker
            return speaker  # an indefinite phrase brings somebody new
        size = speaker[1] - speaker[0]
        if size > 1 and words[-1] in _THE_SAME:
            size -= 1
            last = head
        short = size <= 2 or (size <= 4 and name == speaker and all(is_definite(word) for word in words))
        if short:
            found = self._named.get(last) or self._named.get(head)
            if found is not None and found[1] - found[0] > size:
                return found
            if found is None and turns and is_definite(head_word) and (head == "مصدر" or kind_of(tokens, speaker) == "document"):
                return self.full(turns[-1])
        for key in {head, last}:
            old = self._named.get(key)
            if old is None or old[1] - old[0] <= speaker[1] - speaker[0] or key == last:
                self._named[key] = speaker
        return speaker
