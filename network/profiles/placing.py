"""Where an organisation says it is, looked up in the gazetteer; what isn't found becomes a task and hides nothing."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from network.directory.models import Organization
from network.directory.sites import PLACE_TASKS, town_of
from network.directory.tasks import settle_task
from network.places import queries as places
from network.places.folding import fold
from network.places.queries import Found, Spot

NAMED = ("town", "region", "country")


@dataclass(frozen=True)
class Sited:
    """What the place of an organisation was taken for: none when it isn't known; `others` may be meant as well."""

    spot: Spot | None = None
    others: tuple[Spot, ...] = ()
    sure: bool = True


def asked(town: str, region: str, country: str) -> Found:
    return places.find(", ".join(filter(None, (town, region))), country or None)


def picked(typed: dict[str, Any]) -> dict[str, Any]:
    """The same place, where a whole suggestion stands in the town's box: "Leeds, England, United Kingdom"."""
    if "," not in typed["town"]:
        return typed
    found = places.find(typed["town"])
    spot = found.place
    if spot is None or spot.kind != "town" or fold(spot.label) != fold(typed["town"]):
        return typed
    return typed | {"town": spot.name, "region": spot.region, "country": spot.country}


def sited(organization: Organization) -> Sited | None:
    """What the town of an organisation is taken for; None when it names none, or its point is its own."""
    if not organization.town or organization.precision in ("exact", "street"):
        return None
    found = asked(organization.town, organization.region, organization.country)
    spot = town_of(found, organization.town)
    alike = tuple(other for other in found.others if spot and other.kind == spot.kind)
    whole = bool(organization.region and organization.country)
    return Sited(spot, () if whole and found.how == "name" else alike, found.how == "name")


def locate(session: Session, organization: Organization) -> None:
    """Find the point of an organisation from its town, region and country anew."""
    organization.latitude = organization.longitude = None
    missing: dict[str, Any] | None = None
    spot: Spot | None = None
    if organization.town and places.loaded():
        found = asked(organization.town, organization.region, organization.country)
        spot = town_of(found, organization.town)
        if spot:
            organization.latitude, organization.longitude = spot.latitude, spot.longitude
            organization.country = organization.country or spot.country
            organization.region = organization.region or spot.region
        else:
            names = (organization.town, organization.region, organization.country)
            missing = dict(zip(NAMED, names, strict=True))
    organization.precision = precision(organization, spot)
    for key in PLACE_TASKS:
        settle_task(session, organization.id, key, missing if key == "place:town_not_found" else None)


def precision(organization: Organization, spot: Spot | None) -> str:
    """How exactly a place is known that was looked up."""
    if spot:
        return "region" if spot.kind == "region" else "town"
    if organization.country:
        return "region" if organization.region and not organization.town else "country"
    return "online" if organization.online else "unknown"
