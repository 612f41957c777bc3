"""A small gazetteer and register of an invented country, as lists and as index files."""

from pathlib import Path

from riwaya.knowledge.actors import Actor, actors_in
from riwaya.knowledge.index import Index, put_entries
from riwaya.knowledge.place_lists import COLUMNS, places_in
from riwaya.knowledge.places import Gazetteer, Place

PLACES = [
    "xa\tبرقاء\tBarqa Land\tجمهورية برقاء\tcountry\t\t10.0\t40.0\t300\tarea\trough",
    "xa-sahl-governorate\tالسهل\tSahl Governorate\t\tgovernorate\txa\t10.0\t40.0\t60\tarea\trough",
    "xa-sahl\tالسهل\tSahl\t\tcity\txa-sahl-governorate\t10.02\t40.03\t5\tpoint\tgeonames:11",
    "xa-sahl-rummana\tالرمانة\tRummana\tالرمّانة القديمة\tquarter\txa-sahl\t10.03\t40.03\t1\tpoint\trough",
    "xa-jabal-governorate\tالجبل\tJabal Governorate\t\tgovernorate\txa\t12.0\t41.0\t60\tarea\trough",
    "xa-jabal\tالجبل\tJabal\t\tcity\txa-jabal-governorate\t12.02\t41.03\t5\tpoint\tgeonames:12",
    "xa-jabal-rummana\tالرمانة\tRummana\t\tquarter\txa-jabal\t12.03\t41.03\t1\tpoint\trough",
    "xa-rummana\tالرمانة\tRummana\t\tvillage\txa-jabal-governorate\t12.4\t41.2\t3\tpoint\trough",
    "xa-nahda-camp\tمخيم النهضة\tNahda Camp\tالنهضة\tcamp\txa-sahl\t10.05\t40.0\t1\tpoint\trough",
    "xa-lubna\tلبنة\tLubna\t\tvillage\txa-sahl-governorate\t10.2\t40.1\t3\tpoint\trough",
]
ACTORS = """
[[actor]]
key = "xa-state"
name_ar = "برقاء"
name_en = "Barqa Land"
kind = "state"
sector = "GOV"
country = "XA"
parent = ""
from = ""
to = ""
wordings = [{ ar = "السلطات البرقاوية", sense = "neutral", by = "" }]
ambiguous = ["السهل"]

[[actor]]
key = "xa-army"
name_ar = "جيش برقاء الوطني"
name_en = "Barqa National Army"
kind = "state forces"
sector = "MIL"
country = "XA"
parent = "xa-state"
from = "1960"
to = ""
wordings = [
  { ar = "القوات الحكومية البرقاوية", sense = "neutral", by = "وكالات دولية" },
  { ar = "عصابات السهل", sense = "hostile", by = "المعارضة" },
]
ambiguous = ["الجيش"]
roles = ["قائد جيش برقاء"]

[[actor]]
key = "xa-front"
name_ar = "جبهة الجبل"
name_en = "Jabal Front"
kind = "rebel group"
sector = "REB"
country = "XA"
parent = ""
from = "2001-05"
to = ""
wordings = [{ ar = "مسلحو الجبل", sense = "hostile", by = "الإعلام الرسمي" }]
ambiguous = ["الجيش"]
"""


def place_lines(*more: str) -> list[str]:
    """The list with its header, and more lines."""
    return ["\t".join(COLUMNS), *PLACES, *more]


def gazetteer(folder: Path, own: Path | None = None) -> Gazetteer:
    """The invented gazetteer, with a library's own index."""
    file = folder / "shipped.sqlite"
    if not file.exists():
        put_entries(file, [one[1] for one in places_in(place_lines(), "xa.tsv") if isinstance(one[1], Place)])
    return Gazetteer(Index(file, Place), Index(own, Place) if own else None)


def register_index(folder: Path) -> Index[Actor]:
    """The invented register."""
    file = folder / "actors.sqlite"
    put_entries(file, [one[1] for one in actors_in(ACTORS, "xa.toml") if isinstance(one[1], Actor)])
    return Index(file, Actor)
