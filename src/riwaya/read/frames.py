"""A reporting cue with its parts: whom it names as speaker and relay, its channel, and where what was said begins."""

from dataclasses import dataclass

from riwaya.arabic.words import Tokens
from riwaya.read.channels import channel_end
from riwaya.read.cues import Cue, Lexicon
from riwaya.read.phrases import OPENERS, head_of, is_definite, is_prepositional, is_stop, looks_like_verb, looks_like_verbal_noun, noun_phrase_end, phrase_words, quoted_end, without_article
from riwaya.read.quotes import Quotes
from riwaya.read.speakers import agrees, is_agent, kind_of

THAT = frozenset(
    "ان انه انها انهم انهما انهن انني اني اننا انا انك انكم بان بانه بانها بانهم بانهما باننا باني فان فانه فانها فانهم وان وانه وانها الا لان".split()
)
_INNER_THAT = frozenset("وان وانه وانها الا لان".split())
_QUESTIONS = frozenset("كيف هل لماذا متي اين كم".split())
_PREPOSITIONS = frozenset("الي علي من عن في".split())
_WITH_PRONOUN = {prep + pronoun: base for prep, base in (("من", "من"), ("عن", "عن"), ("الي", "الي"), ("علي", "علي")) for pronoun in ("ه", "ها", "هم")}
_RELATIVES = frozenset("الذي التي الذين اللذين اللذان اللتان اللواتي وهو وهي وهم والذي والتي".split())
ADVERBS = frozenset(
    """امس اليوم غدا الليله مساء صباح فجر ظهر عصر مجددا موخرا اخيرا سابقا لاحقا فورا رسميا علنا صراحه ايضا كذلك فقط بدوره بدورها بدورهم السبت الاحد الاثنين
    الثلاثاء الاربعاء الخميس الجمعه يوم الماضي الماضيه الجاري قبل بعد حينها انذاك وقتها بشده بقوه باستمرار مرارا بشكل قاطع مطلق نفيا قاطعا حينذاك الان حتي منذ الاول امسيه ليل ليله ساعات
    ايام يومين اسبوع اسبوعين شهر دوما تماما جزئيا كليا ضمنا الواقع اطار مطلع وقت سابق لاحق متاخر هذا ذلك السياق الوقت نفسه ذاته الصدد الصعيد باشد العبارات عبارات بحزم فيه فيها خلاله خلالها به بها له لها لهم لنا لي اياه اياها الاسبوع الشهر العام السنه العام عام مره ثانيه اولي اول الانتباه النظر الانظار كدليل حديثه حديثها حديثهم كلامه كلامها كلمته كلمتها تصريحاته تصريحاتها""".split()
)  # fmt: skip
_RELAYED = frozenset(
    f"{verb}{pronoun}" for verb in ("نقلت", "بثت", "نشرت", "اوردت", "تناقلت", "نقل", "بث", "نشر", "اورد") for pronoun in ("ه", "ها", "هم")
)
_REACH = 40  # tokens from a cue to where what was said begins, with all that may stand between
_NAME_IN_MARKS = 6
_NAMED_BY = frozenset("ل ب في وكاله صحيفه قناه موقع تنظيم حزب حركه جماعه مع علي عن من".split())  # before a name in marks


@dataclass(slots=True)
class Frame:
    """A cue and its parts as half-open ranges of token numbers; `content` is where what was said begins, `end` where it ends."""

    cue: Cue
    cue_range: tuple[int, int]
    content: int
    rule: str
    speaker: tuple[int, int] | None = None
    relay: tuple[int, int] | None = None
    channel: tuple[int, int] | None = None
    end: int = -1  # set later, for content that follows the cue
    resumes: int = -1  # where the content goes on behind a cue that interrupts it
    opened: bool = False  # the content begins with a word or mark that only speech begins with


@dataclass(frozen=True, slots=True)
class Reader:
    """What the rules of one article share."""

    tokens: Tokens
    quotes: Quotes
    lexicon: Lexicon
    cues: list[Cue]
    cue_at: dict[int, Cue]


class _Walk:
    """The walk from a verb of saying to what was said, over the subject, the channel and the adverbs that may stand between."""

    def __init__(self, reader: Reader, cue: Cue, *, has_subject: bool) -> None:
        self.reader, self.cue = reader, cue
        self.tokens = reader.tokens
        self.at = cue.last
        self.paragraph_end = self.tokens.paragraphs[self.tokens.paragraph_of[cue.first]][1]
        self.limit = min(self.tokens.sentences[self.tokens.sentence_of[cue.first]][1], cue.last + _REACH)
        self.speaker: tuple[int, int] | None = None
        self.channel: tuple[int, int] | None = None
        self.relay: tuple[int, int] | None = None
        self.quoted: tuple[int, int] | None = None
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
        if self.over or not self.cue.form.sense.takes_object or not word or (self.cue.form.pronoun and not self.cue.form.sense.addressee):
            return False
        return word in _OBJECT_OPENERS or (self.tokens.is_word[self.at] and not _is_filler(word))

    def _ahead(self) -> int | None:
        """What was said, past a clause about the subject that the walk does not know: `قال مسؤولون اشترطوا عدم نشر أسمائهم إن`."""
        if self.over or (self.speaker is None and not self.has_subject):
            return None
        for there in range(self.at, self.limit):
            self._notice_channel(there)
            word = self.tokens.folded[there]
            if (word in THAT and word not in _INNER_THAT) or (there in self.reader.quotes.closer and self.tokens.folded[there - 1] not in _NAMED_BY):
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
        if word in THAT or word in _QUESTIONS or (word == "ما" and following in ("اذا", "ان")):
            self.opened = True
            return at
        if word == ":":
            return self._after_colon()
        if at in self.reader.quotes.closer and not self._is_name_in_marks():
            self.opened = True
            return at
        if word in _WITH_PRONOUN and _WITH_PRONOUN[word] in after:
            return at
        if word in _PREPOSITIONS and (following in THAT or (word in after and following and channel_end(tokens, at, self.limit) is None)):
            self.opened = self.opened or following in THAT
            return at
        if word[0] in "بل" and word[0] in after and len(word) > 1 and (channel_end(tokens, at, self.limit) is None) and word not in ADVERBS and word not in phrase_words().stops:
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

    def _is_name_in_marks(self) -> bool:
        """A short quotation before which no subject has stood and after which what was said still comes: `قالت «الحياة» إن`."""
        close = self.reader.quotes.closer[self.at]
        if self.speaker or self.has_subject or close - self.at > _NAME_IN_MARKS or close + 1 >= self.limit:
            return False
        after = self.tokens.folded[close + 1]
        if self.cue.form.sense.takes_object or self.cue.form.sense.addressee:
            return after not in ".؟!" and not looks_like_verb(self.tokens.folded[self.at + 1], self.reader.lexicon.verbs)
        return after in THAT or after in ("عن", "في", "امس", "اليوم")

    def _step(self) -> bool:
        """Over one part: a mark, an adverb, the channel, the subject, a relative clause; False if the walk ends here."""
        tokens, at, word = self.tokens, self.at, self._word()
        if not tokens.is_word[at] and at not in self.reader.quotes.closer:
            return self._over_mark()
        saying = self.reader.cue_at.get(at)
        if saying is not None and saying.form.sense.lemma in ("قال", "قول") and saying.form.shape != "past":
            self.at = saying.last
            return True
        if saying is not None and saying.form.shape == "participle":
            self.over = True
            return False
        if self.cue.form.sense.document and word == "في" and at + 1 < self.limit and self.speaker is None:
            end = noun_phrase_end(tokens, at + 1, self.limit, verbs=self.reader.lexicon.verbs, attached=True)
            if end > at + 1:
                self.speaker, self.at = (at + 1, end), end
                return True
        end = channel_end(tokens, at, self.limit, self.cue.form.sense.after)
        if end is not None:
            self.channel = self.channel or (at, end)
            self.at = end
            return True
        if word in _RELAYED or (word == "نقلا" and tokens.folded[at + 1 : at + 2] == ["عن"]):
            return self._over_relay(at + 2 if word == "نقلا" else at + 1, quoted=word == "نقلا")
        if word in _RELATIVES and (self.speaker or self.has_subject or self.channel):
            return self._over_clause()
        if word in ADVERBS or word.isdigit():
            self.at += 1
            return True
        if word in ("في", "من", "علي", "مع", "خلال", "قبل", "بعد", "منذ", "وفي", "الي", "عن", "ل", "عقب", "اثر", "حول", "بشان", "ردا", "عند", "لدي", "اثناء") or word[:2] == "لل" or (
            is_prepositional(word) or (word[0] in "بل" and len(word) > 3 and (self.speaker or self.has_subject))
        ):
            end = noun_phrase_end(tokens, at + 1 if word in phrase_words().stops else at, self.limit, verbs=self.reader.lexicon.verbs)
            if word[0] == "ل" and self.channel is None and is_agent(word[2:] if word[1:2] == "ل" else word[1:]):
                self.channel = (at, max(end, at + 1))
            self.at = max(end, at + 1)
            return True
        if self._expects_subject() and not self.cue.form.sense.document:
            return self._over_subject()
        if self.cue.form.sense.takes_object and word not in phrase_words().stops and at not in self.reader.cue_at:
            return False  # the caller takes the object
        if self.cue.form.sense.lemma in ("ابلغ", "اخبر") and (self.speaker or self.has_subject):
            return self._over_hearer()
        if self.cue.form.sense.addressee and (self.speaker or self.has_subject):
            return self._over_addressee()
        return self._over_clause() if self.comma and self.speaker else False

    def _over_relay(self, first: int, *, quoted: bool) -> bool:
        """`في تصريح نقلته | وكالة`: the relay; `ذكرت الوكالة نقلاً عن | شاهد`: the one quoted."""
        end = first
        if first < self.limit:
            end = noun_phrase_end(self.tokens, first, self.limit, verbs=self.reader.lexicon.verbs, attached=True)
        if end > first and quoted:
            self.quoted = (first, end)
        elif end > first:
            self.relay = (first, end)
        self.at = max(end, first)
        return True

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
            if word in ("،", ",", "-", ":") or (self.cue.form.sense.addressee and word in self.cue.form.sense.after) or word in THAT or (
                there in self.reader.quotes.closer and tokens.folded[there - 1] not in _NAMED_BY
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
        end = noun_phrase_end(self.tokens, self.at, self.limit, verbs=self.reader.lexicon.verbs)
        moved, self.at = end > self.at, end
        return moved

    def _expects_subject(self) -> bool:
        form = self.cue.form
        return self.speaker is None and not self.has_subject and not form.first_person and form.shape != "participle"

    def _over_subject(self) -> bool:
        tokens, at = self.tokens, self.at
        if at in self.reader.quotes.closer:
            end = self.reader.quotes.closer[at] + 1
        else:
            end = noun_phrase_end(tokens, at, self.limit, verbs=self.reader.lexicon.verbs, attached=True)
        if end == at:
            return False
        sense = self.cue.form.sense
        if (sense.takes_object or sense.addressee) and not self._is_subject(at, end):
            if sense.addressee:
                self.has_subject = True  # an implicit one: what stands here is whom it is said to
                return self._over_addressee()
            return False
        self.speaker = (at, end)
        self.at = end
        return True

    def _is_subject(self, first: int, end: int) -> bool:
        """Of a verb that takes an object or addressee: whether the noun phrase is its subject (`أعلنت الوزارة`) or not (`أعلنت الحداد`)."""
        tokens, sense = self.tokens, self.cue.form.sense
        head = tokens.folded[head_of(tokens, first, end)]
        following = tokens.folded[end] if end < self.limit else ""
        if not agrees(tokens, (first, end), self.cue.form.gender) or (head[:2] == "ال" and head.endswith("ين") and head != "الامين" and len(head) > 5):
            return False
        if sense.addressee and sense.takes_object and (following[:1] in sense.after or following in sense.nouns):
            return False  # اتهم الوزارة بالتقصير: whom is accused is never left out
        if is_agent(head) or (head.endswith("و") and len(head) > 4):
            return sense.addressee or not tokens.folded[end - 1].endswith("ا") or end - first > 1
        if not sense.takes_object:
            return without_article(head) not in _ADDRESSED
        if looks_like_verbal_noun(head) or head[0].isdigit():
            return False
        if following in THAT or following == ":" or following in sense.after or end in self.reader.quotes.closer:
            return True
        return is_definite(head) or end - first > 1 or bool(following and following not in ".،,")


_ADDRESSED = frozenset("مجتمع اطراف جميع كل كافه طرفين جماهير راي عالم ضمير جهات".split())  # whom one calls upon
_OBJECT_OPENERS = frozenset("اي ما عدم هذه هذا ذلك تلك".split())


def _is_filler(word: str) -> bool:
    return word in phrase_words().stops or word in ADVERBS


def verb_frame(reader: Reader, cue: Cue, subject: tuple[int, int] | None) -> Frame | None:
    """The frame of a finite verb or a participle whose content follows it; None if nothing is said there."""
    form = cue.form
    walk = _Walk(reader, cue, has_subject=subject is not None or form.first_person or form.shape == "participle")
    start = cue.last
    content = walk.content()
    tokens = reader.tokens
    if content is None and walk.at_object():
        content = walk.at
    if content is None:
        return None
    if form.sense.addressee and not walk.opened:
        content = _addressee_start(walk, content, start)
    rule = form.shape if form.shape == "participle" else "verb"
    speaker, relay = walk.speaker or subject, walk.relay
    if walk.quoted and (speaker is None or kind_of(tokens, speaker) in ("outlet", "document", "org")):
        speaker, relay = walk.quoted, speaker
    return Frame(cue, (cue.first, cue.last), content, rule, speaker, relay, walk.channel, opened=walk.opened)


def _addressee_start(walk: _Walk, content: int, start: int) -> int:
    """Where the addressee begins (`طالب الحكومة | بإقالته`): the content is read from there."""
    at = walk.speaker[1] if walk.speaker else start
    tokens = walk.tokens
    while at < content and (not tokens.is_word[at] or tokens.folded[at] in ADVERBS or (walk.channel and walk.channel[0] <= at < walk.channel[1])):
        at += 1
    return at
