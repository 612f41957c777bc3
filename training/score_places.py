"""Score the places of events.

    python -m training.score_places GOLD.jsonl PLACES.json READINGS.jsonl [--errors N]

GOLD and READINGS as in score.py; each event of a reading may carry "place_name", "latitude", "longitude" and "country" (ISO 3166, two
letters). PLACES: {article id: {event number: {"country", "country_alt"?, "latitude", "longitude", "tolerance_km", ...}}}; an entry without
coordinates counts for the country alone.
"""

import argparse
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from typing import Any

from training import score


@dataclass
class PlacesScored:
    """How many places of events were right, and a line for each that was not."""

    paired: int = 0  # events found with an annotated place
    with_country: int = 0
    right_country: int = 0
    with_coordinates: int = 0  # in the annotation
    resolved: int = 0
    near: int = 0  # within the annotation's tolerance
    errors: list[str] = field(default_factory=list)

    @property
    def rates(self) -> dict[str, float]:
        """The three figures that the gate holds."""
        return {
            "country right, of those with a country": self.right_country / max(1, self.with_country),
            "resolved, of those with coordinates": self.resolved / max(1, self.with_coordinates),
            "within tolerance, of those resolved": self.near / max(1, self.resolved),
        }

    def count(self, article: str, want: Mapping[str, Any], got: Mapping[str, Any]) -> None:
        """Count one event that was found."""
        self.paired += 1
        if got.get("country"):
            self.with_country += 1
            right = got["country"] == want["country"] or got["country"] in (want.get("country_alt") or ())
            self.right_country += right
            if not right:
                self.errors.append(f"{article} | {want['place']} | {want['country']} | {got.get('place_name')} {got['country']}")
        if want.get("latitude") is None:
            return
        self.with_coordinates += 1
        if got.get("latitude") is None:
            self.errors.append(f"{article} | {want['place']} | {want.get('name_en')} | not resolved")
            return
        self.resolved += 1
        off = distance_km((want["latitude"], want["longitude"]), (got["latitude"], got["longitude"]))
        self.near += off <= want["tolerance_km"]
        if off > want["tolerance_km"]:
            self.errors.append(f"{article} | {want['place']} | {want.get('name_en')} | {got.get('place_name')} {off:.0f} km off")


def distance_km(here: tuple[float, float], there: tuple[float, float]) -> float:
    """The distance of two points, each latitude and longitude, on a sphere."""
    (south, west), (north, east) = ((radians(x), radians(y)) for x, y in (here, there))
    return 12742 * asin(sqrt(sin((north - south) / 2) ** 2 + cos(south) * cos(north) * sin((east - west) / 2) ** 2))


def scored(gold: Iterable[dict[str, Any]], places: Mapping[str, Any], readings: Mapping[str, Any]) -> PlacesScored:
    """The places of the events that were found, held against the annotated ones."""
    done = PlacesScored()
    for article in gold:
        if article["id"] not in places:
            continue
        text, _, gold_events = score.gold_spans(article)
        events = readings.get(article["id"], {"events": []})["events"]

        def worth(wanted: dict[str, Any], found: dict[str, Any], text: str = text) -> int:
            touch = bool(score.overlap(wanted["trigger"], found["trigger"]))
            same = score.COARSE.get(wanted["type"]) == score.COARSE.get(found["type"])
            near_by = text.count("\n", 0, wanted["trigger"][0]) == text.count("\n", 0, found["trigger"][0])
            return 4 * touch + 2 * same + near_by if touch or (same and near_by) else 0

        for i, j in score.pair(gold_events, events, worth):
            if want := places[article["id"]].get(str(i)):
                done.count(article["id"], want, events[j])
    return done


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("places", type=Path)
    parser.add_argument("readings", type=Path)
    parser.add_argument("--errors", type=int, default=0)
    options = parser.parse_args()
    readings = {row["id"]: row for row in map(json.loads, options.readings.read_text("utf-8").splitlines())}
    gold = map(json.loads, options.gold.read_text("utf-8").splitlines())
    done = scored(gold, json.loads(options.places.read_text("utf-8")), readings)
    print(f"{done.paired} events found with an annotated place")
    for name, rate in done.rates.items():
        print(f"{name:40} {rate:.3f}")
    print("\n".join(done.errors[: options.errors]))


if __name__ == "__main__":
    main()
