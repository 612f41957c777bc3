"""Which actors of the register a text names: every wording of the register that stands in it, decided by the article it stands in.

The longest wording counts. One that several actors share is decided by reasons (actor_reasons.py); two that are equally good stay
undecided, and so does one for which nothing speaks. A bare noun (الحركة، التنظيم) stands for the last actor before that is one.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from riwaya.arabic.clitics import bare_forms
from riwaya.arabic.fold import folded
from riwaya.arabic.remembered import remembered
from riwaya.arabic.words import Tokens
from riwaya.knowledge.actors import Wording
from riwaya.knowledge.index import form_of
from riwaya.read.events.triggers import is_verb
from riwaya.read.links.actor_reasons import Case, Score, not_yet, score
from riwaya.read.links.actor_scene import Scene
from riwaya.read.links.uses import is_described_otherwise, is_introduced, is_state_name, link_words, of_persons, participants, state_acts
from riwaya.read.links.wordings import Found, Meant, Roll, wordings_in, words_of
from riwaya.read.phrases import OPENERS
from riwaya.read.wordkinds import looks_like_verb, phrase_words, without_article
from riwaya.records import ActorLink, Reading, Span

_ENOUGH = 1.5  # what must speak for an actor whose wording is ambiguous
_RANK = "اللواء"  # a brigade, or a major general
_STAND_IN = Wording(ar="", sense="neutral", ambiguous=True)  # a bare noun that the register does not have
_CLOSE = 0.5  # two actors this close are equally good


def actor_links(reading: Reading, tokens: Tokens, roll: Roll) -> tuple[ActorLink, ...]:
    """The actors that an article names, in the order of the text: one link for each wording, none inside another.

    `reading` may lack the actors alone; its places and those who speak and act in it count. `tokens` are those of its text, `roll` is
    the register. A state's name counts only where the state acts or is dealt with, an everyday word only with a cue. A link without
    `actor_id` is undecided: its candidates are equally good, or nothing speaks for any of them.
    """
    words = words_of(tokens)
    scene = Scene(reading, tokens, words, roll, wordings_in(tokens, words, roll), of_persons(reading, tokens))
    return tuple(_Linking(scene).links())


def outlet_actor(outlet: str, roll: Roll) -> str | None:
    """The key of the one actor of the register that an outlet's name means: a medium, or else any that it means in any context; None:
    no one, or several."""
    meant = roll.meant(form_of(outlet))
    media = [one for one in meant if one.actor.kind == "media"] or [one for one in meant if not one.wording.ambiguous]
    return media[0].actor.key if len(media) == 1 else None


class _Linking:
    """The links of one article in the order of its text, with what has been decided so far."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.begins = participants(scene.reading)
        self.persons = scene.persons
        self.called: dict[str, str] = {}  # first noun of a name (حركة): the actor that was last called so, or has it in its preferred name
        self.callable: dict[str, str] = {}  # the same of all its wordings
        self.decided: dict[str, str] = {}  # form: the actor that it meant last
        self.acting = -1  # the token after the last state that acts

    def links(self) -> Iterator[ActorLink]:
        """The links, in order."""
        for found in sorted((*self.scene.found, *_bare_nouns(self.scene, self.persons))):
            meant = self._possible(found)
            if not meant or not self._is_used(found, meant):
                continue
            link = self._link(found, meant)
            if link is None:
                continue
            if link.actor_id:
                self._remember(found, link.actor_id)
            yield link

    def _remember(self, found: Found, key: str) -> None:
        self.decided[found.form] = key
        heads = _heads(self.scene.roll, key)
        self.callable |= dict.fromkeys(heads.all, key)
        self.called |= dict.fromkeys(heads.preferred, key)
        if " " in found.form and (head := without_article(found.form.split()[0])) in heads.all:
            self.called[head] = key

    def _before(self, found: Found) -> str:
        """The key of the actor named before that a bare noun may stand for."""
        if found.last > found.first + 1 or not _is_bare(self.scene, found):
            return ""
        head = found.form[2:]
        return self.called.get(head) or self.callable.get(head, "")

    def _possible(self, found: Found) -> list[Meant]:
        """The actors that a wording may mean here: those of the country named with it, founded by then."""
        scene, meant = self.scene, list(self.scene.roll.meant(found.form))
        before = self.scene.roll.actor(self._before(found))
        if before and all(one.actor.key != before.key for one in meant):
            meant.append(Meant(before, _STAND_IN, scene.roll.countries(before)))
        if found.country:
            meant = [one for one in meant if one.actor.country == found.country]
        founded = [one for one in meant if not not_yet(one.actor, scene)]
        return founded or [above for one in meant if (above := self._above(one))]

    def _above(self, one: Meant) -> Meant | None:
        """What an actor that was founded later belongs to: تنظيم الدولة في سوريا of 2015 is not yet a province of its own."""
        above = self.scene.roll.actor(one.actor.parent)
        return one._replace(actor=above) if above and not not_yet(above, self.scene) else None

    def _is_used(self, found: Found, meant: list[Meant]) -> bool:
        """Whether the words name an actor here at all."""
        tokens, single = self.scene.tokens, found.last == found.first + 1
        if is_state_name(meant, found):
            joined = self.acting == found.first or (self.acting == found.first - 1 and tokens.folded[self.acting] in ("،", ","))
            acts = state_acts(tokens, found, self.begins, joined=joined)
            self.acting = found.last if acts else self.acting
            return acts
        if not all(one.wording.ambiguous for one in meant):
            return True
        if (
            found.last <= found.first + 2
            and not self.persons.isdisjoint(range(found.first, found.last))
            and meant[0].wording.sense != "role"
        ):
            return False
        if is_described_otherwise(tokens, found, self.scene.words):
            return False
        known_name = any(one.actor.key in self.scene.sure or one.actor.key in self.scene.outlet for one in meant) or bool(
            self._before(found)
        )
        if (not single or found.form in link_words().bodies) and not all(one.actor.kind == "media" for one in meant):
            return True
        start = tokens.start[found.first]
        return known_name or start in self.begins or start + found.cut in self.begins or is_introduced(tokens, found)

    def _link(self, found: Found, meant: list[Meant]) -> ActorLink | None:
        before, decided = self._before(found), self.decided.get(found.form, "")
        likely = self._likely(found, meant, before, decided)
        if not likely:
            return None
        alone = len(likely) == 1
        introduced = alone and is_introduced(self.scene.tokens, found)
        scored = [(score(Case(one, found, self.scene, before, decided, alone, introduced)), one) for one in likely]
        best = max(one.total for one, _ in scored)
        close = [(one, candidate) for one, candidate in scored if one.total > best - _CLOSE]
        the_score, the_one = close[0]
        if len(close) == 1 and (best >= _ENOUGH or not the_one.wording.ambiguous):
            return self._decided(found, the_one, the_score)
        if len(close) == 1:
            return None  # the register knows one actor of this wording; nothing says that it is meant
        sense = the_one.wording.sense if len({one.wording.sense for _, one in close}) == 1 else "neutral"
        why = "Nothing in the article speaks for one of them." if best < _ENOUGH else "These are equally good."
        return ActorLink(
            span=_span(self.scene.tokens, found),
            actor_id=None,
            name_ar="",
            name_en="",
            wording=the_one.wording.ar,
            sense=sense,  # type: ignore[arg-type]
            reasons=(why,),
            candidates=tuple(one.actor.key for _, one in close),
        )

    def _likely(self, found: Found, meant: list[Meant], before: str, decided: str) -> list[Meant]:
        """The candidates that may be meant where countries are spoken of: those of these countries, and those that no country has."""
        known = self.scene.known
        likely = [
            one
            for one in meant
            if not (one.wording.ambiguous and one.actor.country) or one.actor.country in known or one.actor.key in (before, decided)
        ]
        if not likely and len(meant) == 1 and is_introduced(self.scene.tokens, found):
            return meant
        return likely if known else meant

    def _decided(self, found: Found, one: Meant, the_score: Score) -> ActorLink:
        reasons = the_score.reasons
        stands_in = one.wording.ar == ""
        return ActorLink(
            span=_span(self.scene.tokens, found),
            actor_id=one.actor.key,
            name_ar=one.actor.name_ar,
            name_en=one.actor.name_en,
            wording=one.wording.ar,
            sense=one.wording.sense,  # type: ignore[arg-type]
            reasons=reasons if reasons or not stands_in else ("It stands for one named before.",),
        )


def _bare_nouns(scene: Scene, persons: frozenset[int]) -> Iterator[Found]:
    """The bare definite nouns outside the wordings that may stand for an actor named before: الحركة، التنظيم; not اللواء سامر."""
    covered = {at for found in scene.found for at in range(found.first, found.last)}
    for at in [at for at, word in enumerate(scene.words) if _bare_noun(word)]:
        for cut, form in _bare_noun(scene.words[at]) if at not in covered else ():
            found = Found(at, at + 1, cut, form, None)
            if _is_bare(scene, found) and found.last not in persons:
                yield found
                break


@remembered
def _bare_noun(word: str) -> tuple[tuple[int, str], ...]:
    return tuple((cut, form) for cut, form in bare_forms(word) if form[:2] == "ال" and form[2:] in _head_forms())


@lru_cache(maxsize=1)
def _head_forms() -> frozenset[str]:
    return frozenset(map(form_of, link_words().heads))


def _is_bare(scene: Scene, found: Found) -> bool:
    """Whether a definite noun stands alone: no adjective follows that would tell which one (الجبهة الشمالية)."""
    if found.form[:2] != "ال" or found.form[2:] not in _head_forms():
        return False
    after = scene.words[found.last : found.last + 1]
    if not after or after[0] in ("", "."):
        return True
    if found.form == _RANK:  # اللواء سامر الخطيب
        return is_verb(after[0]) or looks_like_verb(after[0]) or after[0] in phrase_words().stops
    return after[0][:2] != "ال" or after[0] in link_words().epithets


class _Heads(NamedTuple):
    """The first nouns of an actor's names of several words: by them it can be meant when it has been named."""

    all: frozenset[str]
    preferred: frozenset[str]  # that of the preferred name


@lru_cache(maxsize=1 << 12)
def _heads(roll: Roll, key: str) -> _Heads:
    actor = roll.actor(key)
    names = [form_of(name).split() for name in actor.names] if actor else []
    heads = [without_article(name[0]) if len(name) > 1 else "" for name in names]
    return _Heads(_head_forms() & set(heads), _head_forms() & set(heads[:1]))


def _span(tokens: Tokens, found: Found) -> Span:
    """The span of a wording without the letters attached in front, with the mark that closes what it opens."""
    start, end, cut = tokens.start[found.first], tokens.end[found.last - 1], found.cut
    while cut > 0:
        cut -= bool(folded(tokens.text[start]))
        start += 1
    opened = [tokens.folded[at] for at in range(found.first, found.last) if tokens.folded[at] in OPENERS]
    if len(opened) == 1 and tokens.folded[found.last : found.last + 1] == [OPENERS[opened[0]]]:
        end = tokens.end[found.last]
    return Span(start, end)
