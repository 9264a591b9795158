"""The categories of organisation, in one table: a sixth is one more entry here and one shape in the icon sheet."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from network.text import lazy_gettext as _l

if TYPE_CHECKING:
    from network.directory.models import Organization


@dataclass(frozen=True)
class Rule:
    """What an organisation of a category should have; `met` decides, `task` tells staff what is missing."""

    key: str
    task: str
    met: Callable[["Organization"], bool]


@dataclass(frozen=True)
class Category:
    """A category; `colour` names a token of the stylesheet and `shape` a symbol of the icon sheet."""

    key: str
    label: str
    plural: str
    meaning: str
    colour: str
    shape: str
    rules: tuple[Rule, ...] = field(default=())
    gathers: bool = False  # whether it has members of its own


def has_place(organization: "Organization") -> bool:
    return organization.online or organization.latitude is not None


def has_contact(organization: "Organization") -> bool:
    return bool(organization.email or organization.phone or organization.website)


def offers_something(organization: "Organization") -> bool:
    return any(listing.side == "offer" for listing in organization.listings)


def says_what_in_return(organization: "Organization") -> bool:
    return any(listing.side == "offer" and listing.in_return for listing in organization.listings)


def has_members(organization: "Organization") -> bool:
    return any(link.type == "member_of" and link.shown for link in organization.links_in)


def has_coordinator(organization: "Organization") -> bool:
    return bool(organization.coordinator)


PLACE = Rule("place", _l("Add the place where it meets, or say that it is online"), has_place)
MEETS = Rule("meets", _l("Add when it meets"), lambda organization: bool(organization.meets))
CONTACT = Rule("contact", _l("Add a way to get in touch"), has_contact)
OFFER = Rule("offer", _l("Add at least one thing that it offers"), offers_something)
IN_RETURN = Rule("in_return", _l("Ask what it wants in return for its offers"), says_what_in_return)
MEMBERS = Rule("members", _l("Link its member organisations"), has_members)
COORDINATOR = Rule("coordinator", _l("Name its coordinator"), has_coordinator)

CATEGORIES: dict[str, Category] = {
    category.key: category
    for category in (
        Category(
            "member",
            _l("Member"),
            _l("Members"),
            _l("An organisation that takes part in the network."),
            "member",
            "circle",
        ),
        Category(
            "partner",
            _l("Partner"),
            _l("Partners"),
            _l("An organisation that contributes to the network and says what it wants in return."),
            "partner",
            "square",
            (OFFER, IN_RETURN),
        ),
        Category(
            "club",
            _l("Club"),
            _l("Clubs"),
            _l("A local chapter, run by the people of the place."),
            "club",
            "tent",
            (PLACE, MEETS, CONTACT),
        ),
        Category(
            "affiliate_network",
            _l("Affiliate network"),
            _l("Affiliate networks"),
            _l("A group of organisations that is aligned with the network."),
            "affiliate",
            "hexagon",
            (MEMBERS,),
            gathers=True,
        ),
        Category(
            "core_network",
            _l("Core network"),
            _l("Core networks"),
            _l("A group of organisations that the network's staff coordinate."),
            "core",
            "star",
            (MEMBERS, COORDINATOR),
            gathers=True,
        ),
    )
}
