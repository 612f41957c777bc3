"""The walk from a verb of saying to what was said."""

from riwaya.read.claims.channels import PUBLISHED, channel_end
from riwaya.read.claims.cues import Cue
from riwaya.read.claims.frames import Range, Reader
from riwaya.read.claims.particles import particles
from riwaya.read.claims.speakers import agrees, is_agent
from riwaya.read.phrases import OPENERS, head_of, is_stop, noun_phrase_end, quoted_end
from riwaya.read.wordkinds import (
    is_definite,
    is_holder,
    is_prepositional,
    looks_like_verb,
    looks_like_verbal_noun,
    phrase_words,
    without_article,
)

_REACH = 40  # tokens from a cue to where what was said begins, with all that may stand between
_NAME_IN_MARKS = 6  # tokens: a longer quotation is speech
_WITH_PRONOUN = {base + pronoun: base for base in ("من", "عن", "الي", "علي") for pronoun in ("ه", "ها", "هم")}
_IDENTITY = frozenset(["اسمه", "اسمها", "اسماوهم", "اسماءهم", "اسمايهم", "هويته", "هويتها", "هويتهم", "هوياتهم", "صفته"])


class Walk:
    """The walk from a verb of saying to what was said, over the subject, the channel and the adverbs that may stand between."""

    def __init__(self, reader: Reader, cue: Cue, *, has_subject: bool) -> None:
        self.reader, self.cue = reader, cue
        self.tokens = reader.tokens
        self.at = cue.last
        self.paragraph_end = self.tokens.paragraphs[self.tokens.paragraph_of[cue.first]][1]
        self.limit = min(self.tokens.sentences[self.tokens.sentence_of[cue.first]][1], cue.last + _REACH)
        self.speaker: Range | None = None
        self.channel: Range | None = None
        self.relay: Range | None = None
        self.quoted: Range | None = None
        self.has_subject = has_subject
        self.opened = False
        self.over = False  # another cue begins: nothing more belongs to this one
        self.comma = False

    def content(self) -> int | None:
        """The token where what was said begins; None if nothing is said."""
        while self.at < self.limit:
            found = self._opening()
            if found is not None:
                return found
            if not self._step():
                return None if self.at_object() else self._ahead()
        return None

    def at_object(self) -> bool:
        """Whether what was said begins here as a plain noun phrase."""
        word = self.tokens.folded[self.at] if self.at < self.limit else ""
        if self.over or not self.cue.form.sense.takes_object or not word or self._object_is_named():
            return False
        return word in particles().object_openers or (self.tokens.is_word[self.at] and not _stands_between(word))

    def _object_is_named(self) -> bool:
        """Whether a pronoun on the verb already stands for what was said (نفاه)."""
        form = self.cue.form
        return bool(form.pronoun) and form.shape != "noun" and not form.sense.addressee

    def _ahead(self) -> int | None:
        """What was said, past a clause about the subject that the walk does not know: `قال مسؤولون اشترطوا عدم نشر أسمائهم إن`."""
        if self.over or (self.speaker is None and not self.has_subject):
            return None
        for there in range(self.at, self.limit):
            self._notice_channel(there)
            word = self.tokens.folded[there]
            if (word in particles().that and word not in particles().inner_that) or (self._speech_opens(there)):
                self.opened = True
                return there
            if word == ":":
                self.at = there
                return self._after_colon()
            cue = self.reader.cue_at.get(there)
            if cue is not None and (cue.form.shape == "participle" or (cue.form.shape in ("past", "present") and cue.form.joined)):
                return None
        return None

    def _word(self) -> str:
        """The current word; the name علي is no preposition and becomes a word that nothing knows."""
        word = self.tokens.folded[self.at]
        return "-علي" if word == "علي" and not is_stop(self.tokens, self.at) else word

    def _opening(self) -> int | None:
        """The token of the content if it begins at the current one."""
        tokens, at, word = self.tokens, self.at, self._word()
        after = self.cue.form.sense.after
        following = tokens.folded[at + 1] if at + 1 < len(tokens) and tokens.paragraph_of[at + 1] == tokens.paragraph_of[at] else ""
        if word in particles().that or word in particles().questions or (word == "ما" and following in ("اذا", "ان")):
            self.opened = True
            return at
        if word == ":":
            return self._after_colon()
        if at in self.reader.quotes.closer and not self._is_name_in_marks(at):
            self.opened = True
            return at
        if word in _WITH_PRONOUN and _WITH_PRONOUN[word] in after:
            return at
        if word in particles().leading and (
            following in particles().that or (word in after and following and channel_end(tokens, at, self.limit, after) is None)
        ):
            self.opened = self.opened or following in particles().that
            return at + 1 if following in particles().that and word != "من" else at  # أشار إلى | أن; أشار | إلى النقص; حذر | من أن
        if (
            word[0] in "بل"
            and word[0] in after
            and len(word) > 1
            and (channel_end(tokens, at, self.limit) is None)
            and word not in particles().adverbs
            and word not in phrase_words().stops
            and not is_agent(word)
        ):
            return at
        if word in ("ب", "بـ") and "ب" in after:
            return at
        return None

    def _after_colon(self) -> int | None:
        at = self.at + 1
        self.opened = True
        if at < self.paragraph_end:
            return at
        paragraphs = self.tokens.paragraphs
        number = self.tokens.paragraph_of[self.cue.first] + 1
        return paragraphs[number][0] if number < len(paragraphs) else None

    def _speech_opens(self, at: int) -> bool:
        """Whether a quotation opens here that is no name."""
        return at in self.reader.quotes.closer and self.tokens.folded[at - 1] not in particles().named_by and not self._is_name_in_marks(at)

    def _is_name_in_marks(self, at: int) -> bool:
        """A short quotation that is a name, since what was said still comes: `قالت «الحياة» إن`, `قال قبطان المركب «النورس» إن`."""
        tokens = self.tokens
        close = self.reader.quotes.closer[at]
        if close - at > _NAME_IN_MARKS or close + 1 >= self.limit or tokens.folded[at - 1] == ":":
            return False
        for there in range(close + 1, min(self.limit, close + 2 * _NAME_IN_MARKS)):
            if tokens.folded[there] in particles().that and tokens.folded[there] not in particles().inner_that:
                return True
            if there in self.reader.cue_at:
                break
        after, sense = tokens.folded[close + 1], self.cue.form.sense
        if self.speaker or self.has_subject:
            return False
        if sense.takes_object or sense.addressee:
            return after not in ".؟!" and not looks_like_verb(tokens.folded[at + 1], self.reader.lexicon.verbs)
        return after in ("عن", "في", "امس", "اليوم")

    def _step(self) -> bool:
        """Over one part: a mark, a channel, a relay, a clause, an adverb, the subject, the addressee; False if the walk ends here."""
        at, word = self.at, self._word()
        if not self.tokens.is_word[at] and at not in self.reader.quotes.closer:
            return self._over_mark()
        if self._over_anonymity():
            return True
        saying = self.reader.cue_at.get(at)
        if saying is not None and saying.form.sense.lemma in ("قال", "قول") and saying.form.shape != "past":
            self.at = saying.last
            return True
        self.over = saying is not None and saying.form.shape == "participle"
        if self.over:
            return False
        if self._over_document(word) or self._over_channel() or self._over_relay(word):
            return True
        if word in particles().relatives and (self.speaker or self.has_subject or self.channel):
            return self._over_clause()
        if word in particles().adverbs or word.isdigit():
            self.at += 1
            return True
        if self._expects_subject() and not self.cue.form.sense.takes_object and "\N{ARABIC FATHATAN}" in self._written():
            self.at += 1  # فرد غاضباً: no subject stands in the accusative
            return True
        return self._over_prepositional(word) or self._over_participant(word)

    def _over_anonymity(self) -> bool:
        """A clause about a speaker who will not be named: `أعلن مصدر | طلب عدم الكشف عن اسمه | إغلاق الطريق`."""
        if self.speaker is None or not any(word in particles().anonymity for word in self.tokens.folded[self.at + 1 : self.at + 3]):
            return False
        end = next((at + 1 for at in range(self.at + 2, min(self.limit, self.at + 6)) if self.tokens.folded[at] in _IDENTITY), None)
        self.at = end or self.at
        return end is not None

    def _written(self) -> str:
        return self.tokens.text[self.tokens.start[self.at] : self.tokens.end[self.at]]

    def _over_document(self, word: str) -> bool:
        """`جاء في | بيان الوزارة`: the document is the speaker."""
        if not self.cue.form.sense.document or word != "في" or self.speaker is not None:
            return False
        end = self._phrase_end(self.at + 1, attached=True)
        if end <= self.at + 1:
            return False
        self.speaker, self.at = (self.at + 1, end), end
        return True

    def _over_channel(self) -> bool:
        end = channel_end(self.tokens, self.at, self.limit, self.cue.form.sense.after)
        if end is None:
            return False
        self.channel = self.channel or (self.at, end)
        self.at = end
        return True

    def _over_relay(self, word: str) -> bool:
        """`في تصريح نقلته | وكالة`: the relay; `ذكرت الوكالة نقلاً عن | شاهد`: the one quoted."""
        quoted = word == "نقلا" and self.tokens.folded[self.at + 1 : self.at + 2] == ["عن"]
        if word not in PUBLISHED and not quoted:
            return False
        first = self.at + 2 if quoted else self.at + 1
        end = self._phrase_end(first, attached=True)
        if end > first and quoted:
            self.quoted = (first, end)
        elif end > first:
            self.relay = (first, end)
        self.at = max(end, first)
        return True

    def _over_prepositional(self, word: str) -> bool:
        """A prepositional phrase; ل with one that can speak is a channel (`للحكومة`)."""
        known = self.speaker is not None or self.has_subject
        if not (
            word in particles().stepped_over or word[:2] == "لل" or is_prepositional(word) or (word[0] in "بل" and len(word) > 3 and known)
        ):
            return False
        end = self._phrase_end(self.at + 1 if word in phrase_words().stops else self.at)
        end = max(end, self.at + 1)
        if word[0] == "ل" and self.channel is None and is_agent(word[2:] if word[1:2] == "ل" else word[1:]):
            self.channel = (self.at, end)
        self.at = end
        return True

    def _over_participant(self, word: str) -> bool:
        """The subject, the one told or called upon, or a clause in commas about the subject."""
        sense, known = self.cue.form.sense, self.speaker is not None or self.has_subject
        if self._expects_subject() and not sense.document:
            return self._over_subject()
        if sense.takes_object and word not in phrase_words().stops and self.at not in self.reader.cue_at:
            return False  # the object is what was said
        if sense.lemma in ("ابلغ", "اخبر") and known:
            return self._over_hearer()
        if sense.addressee and known:
            return self._over_addressee()
        return self._over_clause() if self.comma and self.speaker else False

    def _phrase_end(self, first: int, *, attached: bool = False) -> int:
        if first >= self.limit:
            return first
        return noun_phrase_end(self.tokens, first, self.limit, verbs=self.reader.lexicon.verbs, attached=attached)

    def _over_mark(self) -> bool:
        tokens, at = self.tokens, self.at
        mark = tokens.folded[at]
        if mark in "([-–":
            end = quoted_end(tokens, at, self.limit, 15) if mark in OPENERS else self._dash_end()
            self.at = end if end is not None else at + 1
            return True
        self.comma = True
        self.at += 1
        return mark in "،,؛/\"»”“'’)"

    def _dash_end(self) -> int | None:
        for there in range(self.at + 1, min(self.at + 15, self.limit)):
            if self.tokens.folded[there] in "-–":
                return there + 1
        return None

    def _over_clause(self) -> bool:
        """To the comma that ends a clause about the subject, or to the word that begins what was said."""
        tokens = self.tokens
        for there in range(self.at + 1, self.limit):
            word = tokens.folded[there]
            self._notice_channel(there)
            if (
                word in ("،", ",", "-", ":")
                or (self.cue.form.sense.addressee and word in self.cue.form.sense.after)
                or word in particles().that
                or self._speech_opens(there)
            ):
                self.at = there
                return True
        return False

    def _notice_channel(self, at: int) -> None:
        if self.channel is None and self.tokens.folded[at][0] in "لعفخ":
            end = channel_end(self.tokens, at, self.limit)
            if end is not None:
                self.channel = (at, end)

    def _over_hearer(self) -> bool:
        first = self.at
        moved = self._over_addressee()
        if moved:
            self.channel = self.channel or (first, self.at)
        return moved

    def _over_addressee(self) -> bool:
        end = self._phrase_end(self.at)
        moved, self.at = end > self.at, end
        return moved

    def _expects_subject(self) -> bool:
        return self.speaker is None and not self.has_subject

    def _over_subject(self) -> bool:
        at, closer = self.at, self.reader.quotes.closer
        end = closer[at] + 1 if at in closer else self._phrase_end(at, attached=True)
        sense = self.cue.form.sense
        if end >= self.limit or self.tokens.folded[end] not in sense.after:  # شكك النائب | في شهادة الحارس
            end = next((there for there in range(at + 1, end) if self.tokens.folded[there] in sense.after - {"من"}), end)
        if end == at:
            return False
        end = self._past_name_of_body(at, self._before_accused(at, end))
        if (sense.takes_object or sense.addressee) and not self._is_subject(at, end):
            if sense.addressee:
                self.has_subject = True  # an implicit one: what stands here is whom it is said to
                return self._over_addressee()
            return False
        self.speaker = (at, end)
        self.at = end
        return True

    def _past_name_of_body(self, first: int, end: int) -> int:
        """Past ل in the name of a body, where the verb does not govern it: `قال المركز السوري | لتوثيق المعارك | إن`."""
        tokens = self.tokens
        word = tokens.folded[end] if end < self.limit else ""
        body = without_article(tokens.folded[first]) in phrase_words().bodies
        if not body or word[:1] != "ل" or word[1:2] == "ل" or "ل" in self.cue.form.sense.after or end + 1 >= self.limit:
            return end
        named = (looks_like_verbal_noun(word[1:]) or word == "لحقوق") and tokens.folded[end + 1][:2] == "ال"
        return max(self._phrase_end(end), end) if named else end

    def _before_accused(self, first: int, end: int) -> int:
        """Where the subject ends that runs into whom it accuses in marks: `اتهم المتحدث سامر العلي | «الجماعة المتمردة» بالقصف`."""
        tokens, sense = self.tokens, self.cue.form.sense
        if not (sense.addressee and sense.takes_object and end < self.limit and tokens.folded[end][:1] in sense.after):
            return end
        for there in range(first + 1, end):
            before = tokens.folded[there - 1]
            if there in self.reader.quotes.closer and self.reader.quotes.closer[there] == end - 1 and is_agent(tokens.folded[first]):
                named = before in phrase_words().generic or (is_agent(before) and not is_holder(before))
                return end if named else there
        return end

    def _is_subject(self, first: int, end: int) -> bool:
        """Of a verb that takes an object or addressee: whether the noun phrase is its subject (`أعلنت الوزارة`) or not (`أعلنت الحداد`)."""
        tokens, sense = self.tokens, self.cue.form.sense
        head = tokens.folded[head_of(tokens, first, end)]
        following = tokens.folded[end] if end < self.limit else ""
        if not agrees(tokens, (first, end), self.cue.form.gender) or (
            head[:2] == "ال" and head.endswith("ين") and head != "الامين" and len(head) > 5
        ):
            return False
        if (
            sense.addressee
            and sense.takes_object
            and not self.cue.form.pronoun
            and end not in self.reader.quotes.closer
            and (following[:1] in sense.after or following in sense.nouns)
        ):
            return False  # اتهم الوزارة بالتقصير: whom is accused is never left out
        if is_agent(head) or (head.endswith("و") and len(head) > 4):
            return sense.addressee or not tokens.folded[end - 1].endswith("ا") or end - first > 1
        if not sense.takes_object:
            return without_article(head) not in particles().addressed
        if looks_like_verbal_noun(head) or head[0].isdigit():
            return False
        if following in particles().that or following == ":" or following in sense.after or end in self.reader.quotes.closer:
            return True
        return is_definite(head) or end - first > 1 or bool(following and following not in ".،,")


def _stands_between(word: str) -> bool:
    return word in phrase_words().stops or word in particles().adverbs
