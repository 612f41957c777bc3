"""Words that can name a happening: each with the kind it names and the form it stands in.

The lexicon (lexicon/triggers.toml) lists lexemes; this module spells out their forms once (persons, numbers, article, attached
pronouns), so that reading is one look-up a word. Whether a word counts as an event is decided in `riwaya.read.events.salience`.
"""

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Any, Literal, NamedTuple, cast

from riwaya.arabic.fold import folded
from riwaya.arabic.remembered import remembered
from riwaya.arabic.words import Tokens
from riwaya.read.lexicon import load_table
from riwaya.read.wordkinds import phrase_words
from riwaya.records import EventKind

Form = Literal["past", "present", "noun"]
Strength = Literal["plain", "result", "weak"]
Role = Literal["actor", "target"]
Attached = Literal["", "article", "preposition", "lam", "sin"]  # before the word: nothing, ال, ب or ك, ل, the sin of the future

_OBJECTS = ("ه", "ها", "هم", "هما", "نا", "هن")
_AROUND = (5, 9)  # tokens before and after a trigger that may settle its kind
_ASIDE = 5  # tokens from comma to comma of a time put in: ، مساء أمس الأحد ،
_TODAY = frozenset(("امس", "اليوم", "فجر", "صباح", "ظهر", "مساء", "ليل", "يوم"))
_BAR = 2  # words after a trigger where none of `unless` may stand, unless its group says otherwise
_REACH = 4  # a word that settles the kind follows within so many words: أطلق مسلحون مجهولون النار


class Sense(NamedTuple):
    """One meaning of a form: the kind it names, and the words that must or must not follow."""

    lexeme: str  # the form the lexicon gives, folded; the same for every form of the word
    kind: EventKind
    form: Form
    strength: Strength
    role: Role  # whether the phrase that follows did it or underwent it
    needs: frozenset[str]
    unless: frozenset[str]
    reach: int  # the word that it needs follows within so many words
    bar: int  # and none of those that it may not have within so many


class Trigger(NamedTuple):
    """A word or two that name a happening: tokens `first` to `last` (half-open); `companion` is the token that settled the kind."""

    first: int
    last: int
    sense: Sense
    definite: bool
    future: bool
    companion: int | None


@lru_cache(maxsize=2)
def triggers_in(tokens: Tokens) -> tuple[Trigger, ...]:
    """Every word of the text that can name a happening, in order, one sense each: that with its companion, else the plain one.

    A companion (أحبطت الوحدة | هجوما) and a verb that only tells the aim of the noun before it (قصف | استهدف سوقا) name nothing themselves.
    The last text is remembered, as are its places, times and tolls: who reads a second time finds them again.
    """
    found: list[Trigger] = []
    companions: set[int] = set()
    for at, word in [(at, word) for at, word in enumerate(tokens.folded) if _readings(word)]:
        if at in companions or (trigger := _trigger_at(tokens, at, word, _readings(word))) is None:
            continue
        if word in _lists()["aims"] and found and found[-1].last == at and found[-1].sense.form == "noun":
            continue
        if trigger.companion is not None:
            companions.add(trigger.companion)
        found.append(trigger)
    return tuple(found)


def _trigger_at(tokens: Tokens, at: int, word: str, readings: tuple[tuple[Sense, bool, bool], ...]) -> Trigger | None:
    asides = asides_in(tokens)
    if at in asides or (at and f"{tokens.folded[at - 1]} {word}" in _lists()["idioms"]):
        return None
    end = tokens.sentences[tokens.sentence_of[at]][1]
    if _governs_noun(tokens, at):
        readings = tuple(sorted(readings, key=lambda reading: (not reading[0].needs, reading[0].form != "noun")))
    best: Trigger | None = None
    for sense, definite, future in readings:
        if sense.unless:
            nexts = [tokens.folded[there] for there in range(at + 1, min(at + 1 + sense.bar + _ASIDE, end)) if there not in asides]
            if not sense.unless.isdisjoint(nexts[: sense.bar]):
                continue
        companion = None
        if sense.needs:
            following = tokens.folded[at + 1 : min(at + 1 + sense.reach, end)]
            near = (at + 1 + n for n, other in enumerate(following) if other in sense.needs or other[1:] in sense.needs)
            companion = next(near, None)
            if companion is None:
                continue
        elif best:
            break
        if best is None or (companion is not None and best.companion is not None and companion < best.companion):
            best = Trigger(at, companion + 1 if companion == at + 1 else at + 1, sense, definite, future, companion)
    return best


@lru_cache(maxsize=2)
def asides_in(tokens: Tokens) -> frozenset[int]:
    """The tokens of a time that is put in between commas, with the commas: أصيب | ، أمس الأحد، | أربعة. They end no clause.

    The last text is remembered: triggers and tolls ask for the same.
    """
    words, days = tokens.folded, phrase_words().days
    commas = [at for at, word in enumerate(words) if word in "،,"]
    pairs = ((first, last) for first, last in pairwise(commas) if 2 <= last - first <= _ASIDE)
    return frozenset(at for first, last in pairs if words[first + 1] in _TODAY or words[last - 1] in days for at in range(first, last + 1))


def _governs_noun(tokens: Tokens, at: int) -> bool:
    """Whether the word before takes a noun: `بعد قصف`, `عملية خطف`, `عن قتل`; elsewhere قصف is read as a verb."""
    if not at or tokens.sentence_of[at - 1] != tokens.sentence_of[at]:
        return False
    before, lists = tokens.folded[at - 1], _lists()
    return (before in phrase_words().stops and before not in lists["before_verbs"]) or before in lists["action_nouns"]


@remembered
def _readings(word: str) -> tuple[tuple[Sense, bool, bool], ...]:
    """The senses of a word with its clitics, those that need a companion first."""
    forms = _forms()
    if word in _lists()["never"]:
        return ()
    found = [
        (sense, attached == "article", attached == "sin")
        for core, attached in cores_of(word)
        for sense in forms.get(core, ())
        if attached in _ATTACHED_TO[sense.form]
    ]
    return tuple(sorted(found, key=lambda reading: (not reading[0].needs, reading[0].form == "noun")))


def cores_of(word: str) -> Iterator[tuple[str, Attached]]:
    """The word, and the word without what may be attached in front, with what that was (a conjunction is not told)."""
    yield word, ""
    for prefix, attached in _PREFIXES:
        if prefix and len(word) - len(prefix) >= 2 and word.startswith(prefix):
            yield word[len(prefix) :], attached


_ATTACHED: dict[str, Attached] = {
    "ال": "article",
    "بال": "article",
    "كال": "article",
    "لل": "article",
    "": "",
    "ب": "preposition",
    "ك": "preposition",
    "ل": "lam",
    "س": "sin",
}
_PREFIXES = tuple((conjunction + prefix, attached) for prefix, attached in _ATTACHED.items() for conjunction in ("", "و", "ف"))
_ATTACHED_TO: dict[Form, frozenset[str]] = {
    "past": frozenset(("",)),
    "present": frozenset(("", "lam", "sin")),
    "noun": frozenset(("", "article", "preposition", "lam")),
}


@lru_cache(maxsize=1)
def _lexicon() -> dict[str, Any]:
    return load_table("triggers")


@lru_cache(maxsize=1)
def _refinements() -> tuple[tuple[frozenset[str], EventKind, frozenset[str]], ...]:
    return tuple((frozenset(row["of"]), row["kind"], frozenset(map(folded, row["words"]))) for row in _lexicon()["refined"])


@lru_cache(maxsize=1)
def _lists() -> dict[str, frozenset[str]]:
    return {
        name: frozenset(map(folded, _lexicon()[name])) for name in ("never", "idioms", "figurative", "before_verbs", "action_nouns", "aims")
    }


def kind_in_place(tokens: Tokens, trigger: Trigger) -> EventKind:
    """The kind of a happening as the words around its trigger make it: an attack with aircraft is an air strike."""
    kind = trigger.sense.kind
    if kind not in ("attack", "bomb", "shelling", "property-destruction") or trigger.sense.strength == "result":
        return kind
    first, last = tokens.sentences[tokens.sentence_of[trigger.first]]
    around = set(tokens.folded[max(first, trigger.first - _AROUND[0]) : min(last, trigger.last + _AROUND[1])])
    return next((refined for of, refined, words in _refinements() if kind in of and not words.isdisjoint(around)), kind)


def is_figurative(tokens: Tokens, trigger: Trigger) -> bool:
    """Whether the word is a figure of speech: معركة انتخابية، حرب كلامية."""
    last = tokens.sentences[tokens.sentence_of[trigger.first]][1]
    return trigger.sense.form == "noun" and not _lists()["figurative"].isdisjoint(
        tokens.folded[trigger.first + 1 : min(last, trigger.first + 3)]
    )


@lru_cache(maxsize=1)
def _forms() -> dict[str, tuple[Sense, ...]]:
    table: dict[str, dict[Sense, None]] = {}
    lexicon = _lexicon()
    for group in lexicon["group"]:
        needs, unless = (frozenset(folded(w) for w in group.get(key, ())) for key in ("with", "unless"))
        spelled = [(verb, form) for verb in group.get("verbs", ()) for form in verb_forms(verb)]
        spelled += [(noun, (form, "noun")) for noun in group.get("nouns", ()) for form in noun_forms(folded(noun))]
        for lexeme, (spelling, form) in spelled:
            active = form != "noun" and lexeme in group.get(
                "nouns", ()
            )  # خطف is written alike as a verb, which has a subject, and as a noun
            role = "target" if lexeme in group.get("undergone", ()) and not active else "actor"
            strength = group.get("strength", "plain")
            sense = Sense(
                folded(lexeme.split("/")[0]),
                group["kind"],
                cast(Form, form),
                strength,
                cast(Role, role),
                needs,
                unless,
                group.get("reach", _REACH),
                group.get("bar", _BAR),
            )
            table.setdefault(spelling, {})[sense] = None
    return {spelling: tuple(senses) for spelling, senses in table.items()}


def verb_forms(entry: str) -> Iterator[tuple[str, str]]:
    past, _, present = (folded(part) for part in entry.partition("/"))
    weak = past.endswith("ي") or (past.endswith("ا") and len(past) > 2)
    stem = past[:-1] if weak else past
    pasts = [past, stem + "ت", stem + "تا", stem + "وا", past + "ا", past + "ن"]
    joined = [stem + "ا" if weak else past, stem + "ت", stem + "و"]
    yield from ((form, "past") for form in (*pasts, *(form + pronoun for form in joined for pronoun in _OBJECTS)))
    present = present or (past[1:] if past.startswith("ا") and len(past) > 3 else past)
    short = present[:-1] if weak else present
    for person in "يتن":
        yield person + present, "present"
        yield from ((person + short + ending, "present") for ending in ("ون", "وا", "ان", "ا"))
        yield from ((person + present + pronoun, "present") for pronoun in _OBJECTS)


def noun_forms(noun: str) -> Iterator[str]:
    stem = noun[:-1] + "ت" if noun.endswith("ه") else noun
    plural = noun[:-1] + "ات" if noun.endswith("ه") else noun if noun.endswith("ات") else noun + "ات"
    yield from (noun, plural, stem + "ان", stem + "ين", stem + "ا")
    yield from (form + pronoun for form in (stem, plural) for pronoun in _OBJECTS)


@lru_cache(maxsize=1)
def verbs_known() -> frozenset[str]:
    """The folded forms of the lexicon that are verbs and nothing else: where a noun phrase must end."""
    return frozenset(form for form, senses in _forms().items() if all(sense.form != "noun" for sense in senses))


@remembered
def is_verb(word: str) -> bool:
    """Whether a folded word, with و or ف before it or without, is a verb of the lexicon and nothing else."""
    return word in verbs_known() or (word[0] in "وف" and word[1:] in verbs_known())


def is_undergone(word: str) -> bool:
    """Whether a folded word is a verb whose subject underwent it and did nothing: قتل، أصيب، نزح."""
    senses = _forms().get(word, ())
    return bool(senses) and all(sense.role == "target" for sense in senses if sense.form != "noun")


@remembered
def is_attached_happening(word: str) -> bool:
    """Whether a folded word is و، ف or ب with a bare word that can name a happening (وقتلنا، وجرح، بقصف): part of no name."""
    bare = word[1:]
    return word[0] in "وفب" and len(bare) > 2 and bare in _forms() and word not in _forms() and bool(_readings(word))
