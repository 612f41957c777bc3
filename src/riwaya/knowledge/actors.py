"""The register of actors: which actors a wording may mean, and what the one who uses it says by it. It never picks one of equals.

ميليشيات الأسد, الجيش العربي السوري and القوات الحكومية السورية are one actor; the wording that was chosen is kept with its sense.
"""

import re
import tomllib
from collections import defaultdict
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field, replace
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple, Self

from riwaya.arabic.clitics import bare_forms
from riwaya.errors import KnowledgeError
from riwaya.knowledge.complaints import Complaint
from riwaya.knowledge.index import Index, form_of
from riwaya.knowledge.nationalities import country_of

OWN_FILE = "actors.toml"  # a library's own actors
KINDS = (  # up to rioters those of ACLED
    "state forces", "rebel group", "political militia", "identity militia", "external forces", "civilians", "protesters", "rioters",
    "state", "government body", "party", "coalition", "international body", "rights group", "media", "company", "religious body",
    "union", "other",
)  # fmt: skip
SECTORS = (  # those of PLOVER
    "COP", "GOV", "JUD", "LEG", "MIL", "PRM", "PTY", "REB", "SPY", "UAF", "UNK", "AGR", "BUS", "CRM", "CVL", "EDU", "ELI", "JRN",
    "LAB", "MED", "REF", "OPP", "PRE", "REL", "SOC", "IGO", "NGO",
)  # fmt: skip
SENSES = ("neutral", "self-name", "friendly", "hostile")
_TEXTS = ("key", "name_ar", "name_en", "kind", "sector", "country", "parent", "from", "to")
_DOMESTIC = ("state forces", "government body")  # kinds of which every country has its own
_BARE = (  # single words that news uses of a country's own without naming it
    "السلطات", "الحكومة", "الجيش", "الشرطة", "البرلمان", "الرئاسة", "الخارجية", "الداخلية", "النيابة", "المخابرات",
    "الاستخبارات", "المعارضة", "الدرك", "الجمارك", "المتظاهرون", "المتظاهرين", "المحتجون", "المحتجين",
)  # fmt: skip
_KEY_LINE = re.compile(r'^key\s*=\s*"([^"]*)"')
_TIME = re.compile(r"(\d{4}(-\d\d)?)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """One way an actor is called."""

    ar: str
    sense: str  # one of SENSES; or role: an office that speaks for it
    by: str = ""  # who uses it; "" if many do
    ambiguous: bool = False  # it means this actor only where the context says so


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """An organisation, armed group, state or public body, with all the wordings it goes by."""

    key: str
    name_ar: str
    name_en: str
    kind: str  # one of KINDS
    sector: str  # one of SECTORS, "" if none
    country: str  # ISO 3166, two letters; "" if none
    parent: str  # key of what it belongs to; "" if none
    since: str  # year or YYYY-MM; "" if not known
    until: str
    wordings: tuple[Wording, ...] = field(default=())

    @property
    def names(self) -> tuple[str, ...]:
        """All that it goes by."""
        return self.name_ar, self.name_en, *(wording.ar for wording in self.wordings)


class ActorCandidate(NamedTuple):
    """An actor that a wording may mean, the wording as the register has it, and why."""

    actor: Actor
    wording: Wording
    reasons: tuple[str, ...]


class Register:
    """The actors that ship with riwaya and those of a library's own file, which win. Close it when done."""

    def __init__(self, shipped: Index[Actor], own: Mapping[str, Actor] | None = None) -> None:
        self._shipped = shipped
        self._own = dict(own or {})
        self._own_forms: defaultdict[str, list[Actor]] = defaultdict(list)
        for actor in self._own.values():
            for form in {form_of(name) for name in actor.names}:
                self._own_forms[form].append(actor)

    @classmethod
    def open(cls, own: Path | None = None) -> Self:
        """The shipped register with the actors of a TOML file of the same form, if it is there. Raises KnowledgeError."""
        shipped = Path(str(files("riwaya.knowledge") / "actors.sqlite"))
        if not shipped.exists():
            raise KnowledgeError("The register of actors has not been built: run make knowledge, or install riwaya again.")
        return cls(Index(shipped, Actor), _own_actors(own) if own and own.exists() else None)

    def close(self) -> None:
        """Let go of the file."""
        self._shipped.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def actor(self, key: str) -> Actor | None:
        """The actor with this key."""
        return self._own.get(key) or self._shipped.with_key(key)

    def forms(self) -> set[str]:
        """All forms (`form_of`) by which an actor can be found."""
        return self._shipped.forms() | self._own_forms.keys()

    def named(self, form: str) -> list[tuple[Actor, Wording]]:
        """The actors that have a wording of this form (`form_of`), in the order of their keys, each with that wording; a form that the
        library's own file has is looked up there alone."""
        found = self._own_forms.get(form) or [actor for actor in self._shipped.named(form) if actor.key not in self._own]
        return [(actor, _wording_of(actor, form)) for actor in found]

    def find(self, wording: str) -> tuple[ActorCandidate, ...]:
        """The actors that a wording may mean, those it means in any context first. The wording is taken as it stands, then without
        what is attached in front; a wording that the library's own file has is looked up there alone."""
        words = form_of(wording).split()
        for cut, first in bare_forms(words[0]) if words else ():
            form = " ".join((first, *words[1:]))
            candidates = [self._candidate(*named, words[0][:cut]) for named in self.named(form)]
            if candidates:
                return tuple(sorted(candidates, key=lambda one: (one.wording.ambiguous, one.actor.key)))
        return ()

    def _candidate(self, actor: Actor, wording: Wording, cut: str) -> ActorCandidate:
        reasons = [_which_wording(actor, wording)]
        if cut:
            reasons.append(f"without «{cut}» attached in front")
        if wording.ambiguous:
            reasons.append("ambiguous: it means this actor only where the context says so")
        above = self.actor(actor.parent)
        reasons.append(f"{actor.kind}{f', belongs to {above.name_ar}' if above else ''}")
        if actor.key in self._own:
            reasons.append("from this library's own file")
        return ActorCandidate(actor, wording, tuple(reasons))


def actors_in(text: str, file: str) -> Iterator[tuple[int, Actor] | Complaint]:
    """The actors of one TOML list with the number of the line of their key, and a complaint for each that is none."""
    try:
        tables = tomllib.loads(text).get("actor", [])
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        yield Complaint(file, int(line[1]) if line else 1, f"is no TOML: {error}")
        return
    lines = [number for number, line in enumerate(text.splitlines(), 1) if _KEY_LINE.match(line)]
    for at, table in enumerate(tables):
        line_number = lines[at] if at < len(lines) else 1
        found = _why_no_actor(table) or _actor(table)
        yield Complaint(file, line_number, found) if isinstance(found, str) else (line_number, found)


def _why_no_actor(table: Mapping[str, Any]) -> str | None:
    if wrong := [name for name in _TEXTS if not isinstance(table.get(name), str)]:
        return f"{', '.join(wrong)}: missing or no text"
    if unknown := set(table) - {*_TEXTS, "wordings", "ambiguous", "roles"}:
        return f"there is no field {', '.join(sorted(unknown))}"
    for name in ("key", "name_ar", "name_en"):
        if not table[name] or table[name] != table[name].strip():
            return f"{name} is empty or begins or ends with a blank"
    for name, known in (("kind", KINDS), ("sector", (*SECTORS, ""))):
        if table[name] not in known:
            return f"{table['key']}: there is no {name} {table[name]!r}"
    if not (table["country"] == "" or (len(table["country"]) == 2 and table["country"].isupper())):
        return f"{table['key']}: the country {table['country']!r} is no two capital letters"
    for name in ("from", "to"):
        if not _TIME.fullmatch(table[name]):
            return f"{table['key']}: {name} {table[name]!r} is neither a year nor YYYY-MM"
    return _why_no_wordings(table)


def _why_no_wordings(table: Mapping[str, Any]) -> str | None:
    key = table["key"]
    for wording in table.get("wordings", []):
        if set(wording) != {"ar", "sense", "by"} or not all(isinstance(value, str) for value in wording.values()):
            return f"{key}: a wording has ar, sense and by, not {', '.join(wording)}"
        if wording["sense"] not in SENSES:
            return f"{key}: there is no sense {wording['sense']!r}"
    texts = [*(one["ar"] for one in table.get("wordings", [])), *table.get("ambiguous", []), *table.get("roles", [])]
    if bad := next((text for text in texts if not isinstance(text, str) or not text or text != text.strip()), None):
        return f"{key}: the wording {bad!r} is empty or begins or ends with a blank"
    return None


def _actor(table: Mapping[str, Any]) -> Actor:
    ambiguous = {form_of(text): text for text in table.get("ambiguous", [])}
    wordings = [Wording(**wording, ambiguous=form_of(wording["ar"]) in ambiguous) for wording in table.get("wordings", [])]
    known = {form_of(one.ar) for one in wordings}
    wordings += [Wording(ar=text, sense="neutral", ambiguous=True) for form, text in ambiguous.items() if form not in known]
    known |= ambiguous.keys()
    wordings += [Wording(ar=text, sense="role") for text in table.get("roles", []) if form_of(text) not in known]
    return Actor(
        **{name: table[name] for name in _TEXTS if name not in ("from", "to")},
        since=table["from"],
        until=table["to"],
        wordings=tuple(wordings),
    )


def at_home(actor: Actor, taken: Container[str] = ()) -> Actor:
    """The actor with what its wordings are in its own country, ambiguous: وزير الخارجية beside وزير الخارجية السوري, but for forms
    that are `taken`. A short wording that a public body has already becomes ambiguous: every country has a وزارة السياحة."""
    if not actor.country:
        return actor
    known = {form_of(wording.ar): wording for wording in actor.wordings}
    short: dict[str, Wording] = {}
    for wording in (Wording(ar=actor.name_ar, sense="neutral"), *actor.wordings):
        form, _, last = form_of(wording.ar).rpartition(" ")
        if (
            last[:2] != "ال"
            or country_of(last) != actor.country
            or form.endswith(" في")
            or (" " not in form and form not in map(form_of, _BARE))
        ):
            continue
        if form in known and actor.kind in _DOMESTIC:
            short[form] = replace(known[form], ambiguous=True)
        elif form not in known and form not in taken:
            short.setdefault(form, replace(wording, ar=wording.ar.rpartition(" ")[0], ambiguous=True))
    kept = (wording for wording in actor.wordings if form_of(wording.ar) not in short)
    return replace(actor, wordings=(*kept, *short.values()))


def _wording_of(actor: Actor, form: str) -> Wording:
    found = next((one for one in actor.wordings if form_of(one.ar) == form), None)
    return found or Wording(ar=actor.name_ar if form_of(actor.name_ar) == form else actor.name_en, sense="neutral")


def _own_actors(file: Path) -> dict[str, Actor]:
    try:
        text = file.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise KnowledgeError(f"{file} is not UTF-8.") from error
    except OSError as error:
        raise KnowledgeError(f"{file} cannot be read: {error.strerror}.") from error
    actors = {}
    for found in actors_in(text, str(file)):
        if isinstance(found, Complaint):
            raise KnowledgeError(str(found))
        actors[found[1].key] = at_home(found[1])
    return actors


def _which_wording(actor: Actor, wording: Wording) -> str:
    if wording.sense == "role":
        return f"«{wording.ar}» is an office that speaks for it"
    which = "preferred name" if wording.ar == actor.name_ar else "wording"
    return f"{which} «{wording.ar}»: {wording.sense}{f', used by {wording.by}' if wording.by else ''}"
