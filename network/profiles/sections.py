"""The parts of a profile that its own people edit, and what each says today."""

from dataclasses import dataclass
from typing import Any

from network.directory.models import Listing, Organization
from network.text import lazy_gettext as _l


@dataclass(frozen=True)
class Section:
    """A part of the edit page; `columns` are what its form writes, with `topics` for the topics."""

    key: str
    title: str
    columns: tuple[str, ...]


SECTIONS = {
    section.key: section
    for section in (
        Section(
            "about",
            _l("About"),
            ("name", "summary", "description", "website", "email", "phone", "languages", "founded", "topics"),
        ),
        Section("place", _l("Place"), ("address", "town", "region", "country", "online", "area_served")),
        Section("meetings", _l("Meetings"), ("meets", "meets_rule", "meets_at", "newcomers")),
    )
}
LISTED = (
    *("title", "detail", "kind", "topics", "area", "delivery", "stage", "languages"),
    *("reach", "reach_km", "reach_countries", "in_return", "until"),
)
"""What the form of a listing writes, its side apart."""


def values(organization: Organization, section: str) -> dict[str, Any]:
    """What a section says today."""
    return {name: value(organization, name) for name in SECTIONS[section].columns}


def listed(listing: Listing) -> dict[str, Any]:
    """What a listing says today."""
    return {name: value(listing, name) for name in LISTED}


def value(thing: Organization | Listing, name: str) -> Any:
    if name == "topics":
        return tuple(topic.slug for topic in thing.topics)
    return getattr(thing, name)
