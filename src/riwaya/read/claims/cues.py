"""The words of reporting: a lexicon of verbs, participles, attribution words and verbal nouns, each with all its written forms."""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Literal

from riwaya.arabic.fold import folded
from riwaya.arabic.words import Tokens
from riwaya.read.lexicon import load_table
from riwaya.records import Act

Shape = Literal["past", "present", "participle", "preposition", "conjunction", "noun"]
Gender = Literal["m", "f", "any"]
Number = Literal["one", "many", "any"]

PRONOUNS = ("ه", "ها", "هم", "هما", "نا", "ني")
_WITH_PRONOUN = ("ابلغ", "اخبر", "قال", "اورد", "ذكر", "نقل", "نشر", "تداول")


@dataclass(frozen=True, slots=True)
class Sense:
    """One meaning of a word of reporting, as lexicon/cues.toml gives it."""

    lemma: str
    act: Act
    after: frozenset[str]
    takes_object: bool
    addressee: bool
    nouns: frozenset[str] = frozenset()
    heads: frozenset[str] = frozenset()
    relay: bool = False
    document: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """A written form of a word of reporting."""

    sense: Sense
    shape: Shape
    gender: Gender = "any"
    number: Number = "any"
    pronoun: str = ""  # attached: وصفها, قوله
    first_person: bool = False
    joined: bool = False  # written with و or ف before it


@dataclass(frozen=True, slots=True)
class Cue:
    """A word of reporting in a text: tokens `first` up to `last`."""

    first: int
    last: int
    form: Form


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Forms by folded word; attribution phrases by first word, the longest first."""

    words: dict[str, Form]
    phrases: dict[str, tuple[tuple[tuple[str, ...], Form], ...]]
    starts: frozenset[str]  # first words of the phrases, also with و or ف
    verbs: frozenset[str]


def cues_in(tokens: Tokens) -> list[Cue]:
    """Every word of reporting, in order; whether it reports anything here is for its surroundings to say."""
    lexicon = load_lexicon()
    found: list[Cue] = []
    at, last = 0, len(tokens)
    while at < last:
        word = tokens.folded[at]
        cue = _phrase_at(tokens, at, lexicon) if word in lexicon.starts else None
        if cue is None and word in lexicon.words:
            cue = Cue(at, at + 1, lexicon.words[word])
        if cue is None:
            at += 1
            continue
        found.append(cue)
        at = cue.last
    return found


def _phrase_at(tokens: Tokens, at: int, lexicon: Lexicon) -> Cue | None:
    word = tokens.folded[at]
    joined = word not in lexicon.phrases and word[:1] in ("و", "ف") and word[1:] in lexicon.phrases
    for phrase, form in lexicon.phrases.get(word[1:] if joined else word, ()):
        end = at + len(phrase)
        if (
            end <= len(tokens)
            and tuple(tokens.folded[at + 1 : end]) == phrase[1:]
            and tokens.paragraph_of[at] == tokens.paragraph_of[end - 1]
        ):
            return Cue(at, end, replace(form, joined=joined))
    return None


@lru_cache(maxsize=1)
def load_lexicon() -> Lexicon:
    """The lexicon with every verb in all its forms, read once."""
    table = load_table("cues")
    words: dict[str, Form] = {}
    phrases: dict[str, list[tuple[tuple[str, ...], Form]]] = {}
    for kind in ("verb", "relay", "document"):
        for group in table[kind]:
            for row in group["words"].replace("\n", "|").split("|"):
                if row.strip():
                    _add_verb(words, _sense(group, kind, row.split()[0]), row.split())
    verbs = frozenset(word for word, form in words.items() if form.shape in ("past", "present"))
    shapes: tuple[Shape, ...] = ("preposition", "conjunction", "noun")
    for shape in shapes:
        for group in table[shape]:
            for phrase in group["words"].split("|"):
                add = _add_noun if shape == "noun" else _add_phrase
                add(words, phrases, Form(_sense(group, shape, phrase.strip()), shape), phrase.split())
    starts = frozenset(before + word for word in phrases for before in ("", "و", "ف"))
    return Lexicon(words, {word: tuple(sorted(rows, key=lambda row: -len(row[0]))) for word, rows in phrases.items()}, starts, verbs)


def _sense(group: dict[str, Any], kind: str, lemma: str) -> Sense:
    return Sense(
        lemma=folded(lemma),
        act=group.get("act", "say"),
        after=frozenset(map(folded, group.get("after", "عن" if kind == "relay" else "").split())),
        takes_object=group.get("object", False),
        addressee=group.get("addressee", False),
        heads=frozenset(map(folded, group.get("heads", "").split())),
        nouns=frozenset(map(folded, group.get("nouns", "").split())),
        relay=kind == "relay",
        document=kind == "document",
    )


def _add_verb(words: dict[str, Form], sense: Sense, row: list[str]) -> None:
    past, present, participle = (*(folded(w) for w in row), "-", "-")[:3]
    if past != "-":
        for stem, gender, number in _past_forms(past):
            _add_finite(words, stem, Form(sense, "past", gender, number))
    if present != "-":
        for stem, gender, number, first in _present_forms(present, own=sense.act not in ("say", "announce", "claim")):
            _add_finite(words, stem, Form(sense, "present", gender, number, first_person=first))
    if participle != "-":
        stem = participle[:-1]
        endings: tuple[tuple[str, Gender, Number], ...] = (("ا", "m", "one"), ("ه", "f", "one"), ("ين", "any", "many"))
        for ending, gender, number in endings:
            shaped = stem[:-1] + ending if stem[-1] == "ي" and ending == "ين" else stem + ending
            _add_joined(words, shaped, Form(sense, "participle", gender, number))


def _past_forms(past: str) -> list[tuple[str, Gender, Number]]:
    """قال قالت قالوا قالا; نفى نفت نفوا نفيا; رأى رأت."""
    stem = past[:-1] if past[-1] in "اي" and len(past) > 2 else past
    return [
        (past, "m", "any"),
        (stem + "ت", "f", "any"),
        (stem + "وا", "any", "many"),
        (past + "ا" if len(past) > 3 else past + "وا", "any", "many"),
        (stem + "تا", "f", "many"),
    ]


def _present_forms(present: str, *, own: bool) -> list[tuple[str, Gender, Number, bool]]:
    """يقول تقول يقولون نقول أقول; the last two are the speaker's own."""
    rest = present[1:]
    stem = rest[:-1] if rest[-1] in "يو" and len(rest) > 2 else rest
    forms: list[tuple[str, Gender, Number, bool]] = [("ي" + rest, "m", "any", False), ("ت" + rest, "f", "any", False)]
    forms.append(("ي" + stem + "ون", "any", "many", False))
    return [*forms, ("ن" + rest, "any", "many", True), ("ا" + rest, "any", "one", True)] if own else forms


def _add_finite(words: dict[str, Form], stem: str, form: Form) -> None:
    """A finite verb with what may be written onto it: و or ف before, ل or س before the present, an object pronoun behind."""
    _add_joined(words, stem, form)
    if form.shape == "present" and not form.first_person:
        for before in ("ل", "س", "وس"):
            words.setdefault(before + stem, replace(form, joined=before == "وس"))
    if not (form.sense.addressee or form.sense.takes_object or form.sense.lemma in _WITH_PRONOUN):
        return
    bare = stem[:-1] if stem.endswith("وا") else stem
    bare = bare[:-1] + "ا" if bare[-1] == "ي" and form.shape == "past" else bare
    for pronoun in PRONOUNS:
        _add_joined(words, bare + pronoun, replace(form, pronoun=pronoun))


def _add_joined(words: dict[str, Form], stem: str, form: Form) -> None:
    _add_plain(words, stem, form)
    for before in "وف":
        words.setdefault(before + stem, replace(form, joined=True))


def _add_plain(words: dict[str, Form], word: str, form: Form) -> None:
    """The first verb of the table wins, and a word read as it stands wins over one read with و or ف before it (وعد)."""
    if word not in words or words[word].joined:
        words[word] = form


def _add_noun(words: dict[str, Form], phrases: dict[str, list[tuple[tuple[str, ...], Form]]], form: Form, phrase: list[str]) -> None:
    """A verbal noun, bare and with its speaker attached: قول، قوله، بقولها، ونفيه."""
    words.setdefault(folded(phrase[-1]), form)
    for word in ("بالقول",) if phrase[-1] == "قول" else ("ب" + folded(phrase[-1]),):
        words.setdefault(word, form)
    for pronoun in PRONOUNS[:4]:
        for before in ("", "و", "ب"):
            words.setdefault(before + folded(phrase[-1]) + pronoun, replace(form, pronoun=pronoun, joined=before == "و"))


def _add_phrase(words: dict[str, Form], phrases: dict[str, list[tuple[tuple[str, ...], Form]]], form: Form, phrase: list[str]) -> None:
    """An attribution phrase (بحسب، على حد قول), also with its speaker attached to the last word (بحسبه، على حد قولها).

    A last word ل is written onto the next word and is not part of the phrase.
    """
    parts = tuple(map(folded, phrase))
    if parts[-1] == "ل":
        parts = parts[:-1]
    phrases.setdefault(parts[0], []).append((parts, form))
    if form.shape == "preposition" and parts[-1] not in ("عن", "الي", "وفق", "وفقا", "طبقا"):  # وفقه الله
        for pronoun in PRONOUNS[:4]:
            whole = (*parts[:-1], parts[-1] + pronoun)
            phrases.setdefault(whole[0], []).append((whole, replace(form, pronoun=pronoun)))
