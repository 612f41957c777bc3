"""Who is meant by a cue that names nobody: each one mentioned before it, weighed by what speaks for and against them.

Arabic leaves the speaker of a second sentence out (`وأضاف`, `مشيراً إلى`, `على حد قوله`). Who is meant agrees in gender and number, has
mostly just spoken, or is the subject of the verb before. Each cue below is one such observation; their weights (lexicon/antecedents.toml)
are those of a conditional logistic regression over the written corpus (training/corpus), rounded.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from riwaya.arabic.words import Tokens
from riwaya.read.claims.cues import Form
from riwaya.read.claims.frames import Frame
from riwaya.read.claims.people import Mention, Person
from riwaya.read.claims.speakers import is_agent
from riwaya.read.lexicon import load_table
from riwaya.read.wordkinds import is_definite, looks_like_verbal_noun, phrase_words

REACH = 12  # people looked back over


@dataclass(frozen=True, slots=True)
class Turn:
    """Somebody has spoken, in which frame."""

    person: Person
    frame: Frame
    nested: bool  # inside what another said


@dataclass(slots=True)
class Memory:
    """What is remembered of an article up to a cue: who was mentioned and who spoke, in order."""

    tokens: Tokens
    title: frozenset[str]
    mentions: list[Mention] = field(default_factory=list)
    turns: list[Turn] = field(default_factory=list)


@dataclass(slots=True)
class Candidate:
    """One who may be meant, with the last mention and what speaks for and against."""

    person: Person
    mention: Mention
    cues: frozenset[str] = frozenset()


@lru_cache(maxsize=1)
def weights() -> dict[str, float]:
    """The weight of each cue, read once."""
    table: dict[str, float] = load_table("antecedents")["weights"]
    return table


def candidates(frame: Frame, memory: Memory, behind: Mention | None) -> list[Candidate]:
    """The one who stands behind a cue, if any, and those mentioned last before it, the nearest first, with the cues that hold for each."""
    seen: dict[int, Candidate] = {id(behind.person): Candidate(behind.person, behind)} if behind else {}
    for mention in reversed(memory.mentions):
        if id(mention.person) not in seen:
            seen[id(mention.person)] = Candidate(mention.person, mention)
            if len(seen) == REACH:
                break
    recent = [turn for turn in memory.turns if not turn.nested]
    for turn in reversed(recent[-3:]):
        if id(turn.person) not in seen:
            last = next((m for m in reversed(memory.mentions) if m.person is turn.person), None)
            if last is not None:  # some speakers no mention of the text brings
                seen[id(turn.person)] = Candidate(turn.person, last)
    found = [candidate for candidate in seen.values() if _could_be_meant(candidate, frame, memory)] or list(seen.values())
    fit = [candidate for candidate in found if _agreement(frame.cue.form, candidate) in ("agrees", "gender not known")]
    for candidate in found:
        candidate.cues = frozenset(_cues_of(candidate, frame, memory, fit))
    return found


def _could_be_meant(candidate: Candidate, frame: Frame, memory: Memory) -> bool:
    """Whether somebody has spoken, or is more than touched on: not as an object or behind a preposition, nor in what another said.

    Who is only touched on may still be meant where the cue leans on the phrase.
    """
    mention, here = candidate.mention, frame.cue_range[0]
    if mention.role == "behind" or any(turn.person is candidate.person for turn in memory.turns):
        return True
    if any(turn.frame.content <= mention.words[0] < turn.frame.end <= here for turn in memory.turns[-8:]):
        return False
    gap = _gap(memory.tokens, mention.words[1], here)
    if gap == "stands before the relative" and frame.cue.form.pronoun in ("ه", "ها", "هم"):
        return False  # زيارة الوفد التي | وصفها بالناجحة
    return mention.role not in ("governed", "other") or gap is not None


def weight_of(cues: frozenset[str]) -> float:
    """The weight of the cues together."""
    table = weights()
    return math.fsum(table.get(cue, 0.0) for cue in cues)


def _manner(form: Form, *, opens: bool) -> str:
    """The manner of a cue, which decides what its antecedent is like; a verb with و that opens its sentence goes on with what was said."""
    if form.first_person:
        return "first person"
    if form.shape not in ("past", "present"):
        return form.shape
    return "verb" if not form.joined else "opening verb" if opens else "joined verb"


def _agreement(form: Form, candidate: Candidate) -> str:
    """Whether somebody agrees with a cue: a verb before its subject is singular, one without is not."""
    person, behind = candidate.person, candidate.mention.role == "behind"
    if form.first_person:
        return "agrees"
    if form.shape in ("noun", "preposition"):
        gender, many = {"ها": "f", "ه": "m"}.get(form.pronoun, "any"), form.pronoun in ("هم", "هما")
    else:
        gender, many = form.gender, form.number == "many"
    if behind and many != person.many:
        return "number against" if many else "agrees"
    if many != person.many and not (many and person.kind == "org"):
        return "number against"
    if many or gender in ("any", person.gender):
        return "agrees"
    return "gender not known" if person.gender == "any" else "gender against"


def _cues_of(candidate: Candidate, frame: Frame, memory: Memory, fit: list[Candidate]) -> Iterator[str]:
    tokens, person, mention = memory.tokens, candidate.person, candidate.mention
    here = frame.cue_range[0]
    sentence = tokens.sentence_of[here]
    manner = _manner(frame.cue.form, opens=here - tokens.sentences[sentence][0] < 3)
    agreement = _agreement(frame.cue.form, candidate)
    yield agreement
    if agreement == "gender against" and person.kind in ("person", "anonymous"):
        yield "a person of the other gender"
    yield person.kind
    if person.proper:
        yield "has a name"
    if person.mentions >= 3:
        yield "mentioned often"
    if person.told & memory.title:
        yield "in the title"
    if tokens.folded[mention.words[0]] in phrase_words().states:
        yield "a state or capital"
    if mention.role == "behind":
        yield from _cues_behind(mention, frame, tokens)
    else:
        yield from _turn_cues(candidate, frame, memory, manner)
    if mention.role in ("subject", "topic") and not is_agent(tokens.folded[mention.words[0]]):
        yield "head not listed"
    if fit and fit[0] is candidate:
        yield f"{manner}: nearest that agrees"
    mains = [other for other in fit if other.mention.role not in ("governed", "other")]
    if mains and mains[0] is candidate:
        yield f"{manner}: nearest subject that agrees"


def _cues_behind(mention: Mention, frame: Frame, tokens: Tokens) -> Iterator[str]:
    """Of the phrase right behind a verb: what tells its subject from its object."""
    sense, (first, end) = frame.cue.form.sense, mention.words
    head = tokens.folded[first]
    yield "behind"
    if mention.words == frame.speaker:
        yield "behind, read as the subject"
        if is_agent(head):
            yield "behind, read as the subject and listed"
    yield "behind, listed" if is_agent(head) else "behind, a name" if mention.person.proper else "behind, not listed"
    yield f"behind, {'joined' if frame.cue.form.joined else 'not joined'}"
    if sense.takes_object:
        yield "behind what takes an object"
    if sense.addressee:
        yield "behind what takes an addressee"
    if is_definite(head):
        yield "behind, definite"
    if tokens.folded[end - 1].endswith(("ا", "ه", "ها")) and not is_definite(tokens.folded[end - 1]):
        yield "behind, accusative or possessed"
    if looks_like_verbal_noun(head):
        yield "behind, a verbal noun"
    if mention.person.mentions > 1:
        yield "behind, mentioned before"
    yield "behind, content after it" if frame.content >= end else "behind, content within it"


def _turn_cues(candidate: Candidate, frame: Frame, memory: Memory, manner: str) -> Iterator[str]:
    """The part that somebody had in what was said before, and how near."""
    person, mention, here = candidate.person, candidate.mention, frame.cue_range[0]
    outer = [turn for turn in memory.turns if not turn.nested]
    order = list(dict.fromkeys(turn.person for turn in reversed(outer)))
    place = order.index(person) if person in order else -1
    state = ("spoke last", "spoke before last")[place] if 0 <= place < 2 else "spoke earlier" if place >= 0 else "silent"
    if state == "spoke last":
        yield f"{manner}: {state}, {_distance(memory.tokens, outer[-1].frame.cue_range[0], here)}"
        if sum(turn.person is person for turn in outer) >= 3:
            yield "spoke last and often"
        yield f"spoke last by {outer[-1].frame.rule}"
    else:
        yield f"{manner}: {state}, {_distance(memory.tokens, mention.words[0], here)}"
        yield f"{'participle' if manner == 'participle' else 'verb'}: {state} {mention.role}"
        if gap := _gap(memory.tokens, mention.words[1], here):
            yield gap
        if outer and mention.words[0] > outer[-1].frame.cue_range[0]:
            yield f"{mention.role}, mentioned after the last turn"
    holding = [turn for turn in memory.turns if turn.frame.content <= here < turn.frame.end]
    if holding:
        quoted = "speaks where the cue stands" if holding[-1].person is person else "another speaks where the cue stands"
        yield f"{manner}: {quoted}" if manner == "first person" else quoted
        if holding[-1].frame.content <= mention.words[0]:
            yield "mentioned in the same speech"
    elif any(turn.frame.content <= mention.words[0] < turn.frame.end for turn in memory.turns[-6:]):
        yield f"mentioned only in speech, {state}"
    if memory.turns and memory.turns[-1].nested and memory.turns[-1].person is person:
        yield "spoke last in another's speech"


def _gap(tokens: Tokens, end: int, here: int) -> str | None:
    """What stands between a mention and the cue, where it is next to nothing."""
    between = tokens.folded[end:here] if here - end <= 3 else ["..."]
    if all(word in ("قد", "كان", "كانت") for word in between):
        return "stands right before"
    return "stands before the relative" if [word for word in between if word not in "،,"] in (["الذي"], ["التي"], ["الذين"]) else None


def _distance(tokens: Tokens, there: int, here: int) -> str:
    if tokens.paragraph_of[there] != tokens.paragraph_of[here]:
        return "a paragraph before" if tokens.paragraph_of[here] - tokens.paragraph_of[there] == 1 else "paragraphs before"
    return ("same sentence", "a sentence before", "sentences before")[min(2, tokens.sentence_of[here] - tokens.sentence_of[there])]
