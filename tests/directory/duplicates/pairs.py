"""Pairs of organisations that are one, or two: names made up for the purpose, in towns that exist.

A line of `pairs.tsv` has for each side a name, a place and facts. A place is a town of `towns.tsv`, "Leeds 0.4" a point
0.4 km north of it, "Leeds ?" the town without a point, "=KE" a country only, "-" unknown. Facts: "web", "mail", "tel",
"was" (former names), "with" (ids of members), "crowd" (how many organisations state the website).
"""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from zlib import crc32

from network.directory.addressing import home_of
from network.directory.duplicates import Crowds, Entry, Score, score

HERE = Path(__file__).parent
KM_PER_DEGREE = 111.195
TUNED, KEPT = "tuned", "kept"


@dataclass(frozen=True)
class Pair:
    id: str
    kind: str
    same: bool
    one: Entry
    other: Entry
    crowds: Crowds

    @property
    def half(self) -> str:
        """On which half the weights were set, and which was kept apart: by the id alone."""
        return KEPT if crc32(self.id.encode()) % 2 else TUNED

    def scored(self) -> Score:
        return score(self.one, self.other, self.crowds)


def rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def towns() -> dict[str, tuple[str, float, float]]:
    return {row["town"]: (row["country"], float(row["latitude"]), float(row["longitude"])) for row in rows("towns.tsv")}


def facts_of(text: str) -> dict[str, str]:
    return dict(one.split("=", 1) for one in text.split(";") if one)


def entry(id: int, name: str, place: str, told: str) -> Entry:
    town, country, latitude, longitude, precision = "", "", None, None, "unknown"
    if place.startswith("="):
        country = place[1:]
    elif place != "-":
        town, _, more = (place, "", "") if place in towns() else place.rpartition(" ")
        country, latitude, longitude = towns()[town]
        precision = "exact"
        if more == "?":
            latitude, longitude, precision = None, None, "town"
        elif more:
            latitude += float(more) / KM_PER_DEGREE
    facts = facts_of(told)
    return Entry(
        id,
        name,
        former=tuple(facts["was"].split("/")) if "was" in facts else (),
        website=facts.get("web", ""),
        email=facts.get("mail", ""),
        phone=facts.get("tel", ""),
        town=town,
        country=country,
        latitude=latitude,
        longitude=longitude,
        precision=precision,
        members=frozenset(map(int, facts.get("with", "").split())),
    )


@cache
def pairs() -> tuple[Pair, ...]:
    found = []
    for number, row in enumerate(rows("pairs.tsv")):
        one = entry(2 * number, row["name"], row["place"], row["facts"])
        other = entry(2 * number + 1, row["other_name"], row["other_place"], row["other_facts"])
        crowd = facts_of(row["facts"]).get("crowd", "")
        crowds = Crowds({home_of(one.website): int(crowd)} if crowd else {})
        found.append(Pair(row["pair"], row["class"], row["same"] == "yes", one, other, crowds))
    return tuple(found)
