"""Where a row's organisation is: what it says checked against the gazetteer, and what it leaves out looked up there."""

from functools import lru_cache
from typing import Any

from network.directory.sites import town_of
from network.interchange.mapping import Mapping
from network.interchange.remarks import land, remark
from network.interchange.stating import Remark, Stated
from network.interchange.towns import Towns
from network.places import queries as places
from network.places.queries import PointCheck

SURE = ("name", "point")


class Sites:
    """Looks places up, remembering those it met; nothing can be looked up before the gazetteer is loaded."""

    def __init__(self) -> None:
        self.loaded = places.loaded()
        self.notes: dict[str, None] = {}
        self.find = lru_cache(20_000)(places.find)
        self.check = lru_cache(20_000)(Towns().check)

    def settle(self, row: Stated, mapping: Mapping) -> None:
        """Complete and check the place of a row. Our own exports say what they know: nothing is inferred for them."""
        facts = row.facts
        if "latitude" in facts and "longitude" in facts:
            if self.loaded:
                self.check_point(row, mapping)
            if "precision" not in facts:
                self.notes[remark("no_precision")] = None
                infer(row, precision="exact" if facts.get("address") else "town")
        elif row.slug or "precision" in facts:
            return
        elif facts.get("town") and not self.loaded:
            self.notes[remark("no_gazetteer")] = None
        elif facts.get("town"):
            self.find_town(row, mapping)
        elif facts.get("region") and facts.get("country"):
            infer(row, precision="region")
        elif facts.get("country"):
            infer(row, precision="country")
        elif facts.get("online"):
            infer(row, precision="online")

    def check_point(self, row: Stated, mapping: Mapping) -> None:
        """Whether the point is where the row says: swapped is an error, other doubts are for a person to look at.

        Without a country to go by, or in an export of our own, swapped is a doubt as well.
        """
        facts = row.facts
        country = facts.get("country")
        check = self.check(facts["latitude"], facts["longitude"], country)
        column, at = mapping.header_of("latitude"), f"{facts['latitude']}, {facts['longitude']}"
        if check.verdict == "swapped":
            sure = country and not row.slug
            remarks = row.errors if sure else row.warnings
            remarks.append(Remark(column, exchanged(check, at, country)))
            if not sure:
                row.tasks["place:far"] = {"point": at}
        elif check.verdict == "other country" and country:
            lies = land(check.country or "")
            row.warnings.append(Remark(column, remark("other_country", point=at, lies=lies, stated=land(country))))
            row.tasks["place:other_country"] = {"point": at, "stated": country, "lies_in": check.country}
        elif check.verdict == "far":
            row.warnings.append(Remark(column, remark("far", point=at)))
            row.tasks["place:far"] = {"point": at}
        elif not country and check.country and not row.slug and "country" not in row.facts:
            infer(row, country=check.country)
            text = remark("from_point", country=land(check.country))
            row.warnings.append(Remark(mapping.header_of("country"), text))

    def find_town(self, row: Stated, mapping: Mapping) -> None:
        """The coordinates of a town by its name; a guess is said, and what isn't found becomes a task."""
        facts = row.facts
        town, region = facts["town"], facts.get("region", "")
        column = mapping.header_of("town")
        found = self.find(", ".join(filter(None, (town, region))), facts.get("country"))
        spot = town_of(found, town)
        if spot is None:
            row.warnings.append(Remark(column, remark("no_town", value=repr(town))))
            row.tasks["place:town_not_found"] = {"town": town, "region": region, "country": facts.get("country", "")}
            if facts.get("country"):
                infer(row, precision="country")
            return
        kind = "region" if spot.kind == "region" else "town"
        infer(row, latitude=spot.latitude, longitude=spot.longitude, precision=kind)
        if not facts.get("country"):
            infer(row, country=spot.country)
        how = "town_found" if found.how in SURE else "town_read"
        row.warnings.append(Remark(column, remark(how, value=repr(town), meant=spot.label)))
        doubtful = [other.label for other in found.others if other.kind == spot.kind]
        if doubtful and not (region and facts.get("country")):
            row.warnings.append(Remark(column, remark("may_be", others="; ".join(doubtful))))
            row.tasks["place:ambiguous"] = {"town": town, "taken": spot.label, "others": doubtful}


def infer(row: Stated, **facts: Any) -> None:
    """Note what the row doesn't say itself."""
    row.facts |= facts
    row.inferred |= facts.keys()


def exchanged(check: PointCheck, point: str, country: str | None) -> str:
    """What the point is and would be."""
    town = check.town.label if check.town else land(check.country or "")
    if country:
        return remark("swapped_land", point=point, stated=land(country), town=town)
    return remark("swapped_sea", point=point, town=town)
