"""Whether the project's towns lie where the reference lists have them, and whether looking names up costs what it may.

The reference lists lie beside the project and are no part of it: OCHA's communities of Syria, and GeoNames' places of the Middle East
and North Africa. A settlement (a point, not a line or an area) whose name and governorate are in a list lies within 10 km of one of its
entries; so does every entry that names a GeoNames id of the list.
"""

import csv
import subprocess
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from riwaya.knowledge.index import form_of
from riwaya.knowledge.place_lists import places_in
from riwaya.knowledge.places import Place, distance_km
from tests.gates.measure import PROJECT, SHARED

LISTS = PROJECT / "src" / "riwaya" / "knowledge" / "places"
OCHA = SHARED / "data" / "places" / "syria_ocha" / "communities.csv"
GEONAMES = SHARED / "data" / "places" / "geonames_mena.csv"
FARTHEST_KM = 10.0
MOST_SECONDS, MOST_MEGABYTES = 0.3, 150.0
OTHERS = {  # entries that are known to be another place than the list's, or where the list is known to be off
    "sy-mansurah-aleppo": "stands west of Aleppo near Khan al-Asal; OCHA's Mansura lies 50 km south of it, near Tall ed-Daman",
    "sy-hammam-al-turkman": "stands on the Balikh in the district of Tell Abyad; OCHA's lies in that of Raqqa",
    "sy-kishkiyah": "stands between Abu Hamam and Gharanij, which OCHA has where we have them; its Kishkiyeh lies below Hajin",
}
SETTLEMENTS = ("city", "town", "village")


@dataclass
class Checked:
    """How many entries could be compared, and those too far away."""

    compared: int = 0
    wrong: list[str] = field(default_factory=list)

    def compare(self, place: Place, references: list[Place], reference: str) -> None:
        """Count one entry against what a list has under its name."""
        if references:
            nearest = min(distance_km(place, other) for other in references)
            self.compared += 1
            if nearest > FARTHEST_KM:
                self.wrong.append(f"{place.key} «{place.name_ar}» is {nearest:.0f} km from where {reference} has it ({place.origin})")


def entries() -> dict[str, Place]:
    """The places of the project's lists by key."""
    found = [one for file in sorted(LISTS.glob("*.tsv")) for one in places_in(file.read_text("utf-8").splitlines(), file.name)]
    return {one[1].key: one[1] for one in found if isinstance(one[1], Place)}


def governorate_of(place: Place, known: dict[str, Place]) -> str:
    """The key of the governorate that an entry lies in, or ""."""
    while place.kind != "governorate" and place.within in known:
        place = known[place.within]
    return place.key if place.kind == "governorate" else ""


def at(latitude: str, longitude: str) -> Place:
    """A bare position of a reference list."""
    return Place(
        key="", name_ar="", name_en="", kind="village", within="", latitude=float(latitude), longitude=float(longitude), radius_km=1,
        shape="point", origin="", country="",
    )  # fmt: skip


def table(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def points(known: dict[str, Place]) -> list[Place]:
    return [place for place in known.values() if place.kind in SETTLEMENTS and place.shape == "point" and place.key not in OTHERS]


@pytest.fixture(scope="module")
def known() -> dict[str, Place]:
    if not OCHA.exists() or not GEONAMES.exists():
        pytest.skip("the reference lists of places are not beside the project; coordinates were not checked in this run")
    return entries()


@pytest.mark.gate
def test_syrian_settlements_lie_where_ocha_has_them(known: dict[str, Place]) -> None:
    by_name = defaultdict(list)
    for row in table(OCHA):
        by_name[form_of(row["ADMIN1_ARA"].removeprefix("مدينة ")), form_of(row["NAME_ARA"])].append(at(row["LATITUDE"], row["LONGITUDE"]))
    checked = Checked()
    for place in points(known):
        if place.country == "SY" and (governorate := governorate_of(place, known)):
            name = form_of(known[governorate].name_ar)
            checked.compare(place, [one for other in place.names for one in by_name[name, form_of(other)]], "OCHA")
    print(f"{checked.compared} settlements of Syria compared with OCHA, {len(checked.wrong)} wrong")
    assert not checked.wrong, "\n".join(checked.wrong)
    assert checked.compared >= 200


@pytest.mark.gate
def test_entries_lie_where_geonames_has_them(known: dict[str, Place]) -> None:
    rows = table(GEONAMES)
    by_id = {f"geonames:{row['geonameid']}": row for row in rows}
    votes: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)  # which governorate is meant by a code of GeoNames
    for place in known.values():
        if row := by_id.get(place.origin):
            votes[row["country"], row["admin1"]][governorate_of(place, known)] += 1
    governorates = {code: votes[code].most_common(1)[0][0] for code in votes}
    by_name = defaultdict(list)
    for row in rows:
        for name in {form_of(name) for name in row["arabic_names"].split("|")}:
            by_name[governorates.get((row["country"], row["admin1"]), ""), name].append(at(row["lat"], row["lon"]))
    by_key, named = Checked(), Checked()
    for place in known.values():
        if place.shape == "point" and place.origin in by_id:
            row = by_id[place.origin]
            by_key.compare(place, [at(row["lat"], row["lon"])], "GeoNames")
    for place in points(known):
        if governorate := governorate_of(place, known):
            named.compare(place, by_name[governorate, form_of(place.name_ar)], "GeoNames")
    print(f"{by_key.compared} entries compared with GeoNames by id, {named.compared} settlements by name and governorate")
    assert not by_key.wrong + named.wrong, "\n".join(by_key.wrong + named.wrong)
    assert by_key.compared >= 500


@pytest.mark.gate
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is measured by what Linux tells of a process")
def test_looking_up_a_name_is_cheap() -> None:
    program = (
        "import pathlib, re, time\n"
        "from riwaya.knowledge.actors import Register\n"
        "from riwaya.knowledge.places import Gazetteer\n"
        "assert Gazetteer.open().candidates('درعا') and Register.open().find('قوات النظام')\n"
        "status = pathlib.Path('/proc/self/status').read_text()\n"  # getrusage would count the test run that started this, too
        "print(time.process_time(), int(re.search(r'VmHWM:\\s+(\\d+)', status)[1]) / 1024)\n"
    )
    runs = [subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split() for _ in range(3)]
    seconds, megabytes = min(float(run[0]) for run in runs), max(float(run[1]) for run in runs)
    print(f"from nothing to the first place and actor: {seconds:.2f} s of processor time, {megabytes:.0f} MB")
    assert seconds < MOST_SECONDS
    assert megabytes < MOST_MEGABYTES
