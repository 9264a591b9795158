"""An organisation's offers and seeks: adding, changing, ordering, pausing and removing them."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from network.directory.models import Listing, Organization
from network.directory.sentences import not_understood
from network.directory.thesaurus import thesaurus
from network.profiles.editing import put, tell_curators, touch
from network.profiles.understanding import kind_of, meaning, settled


def listing_of(organization: Organization, id: int) -> Listing | None:
    """A listing of an organisation by its id."""
    return next((listing for listing in organization.listings if listing.id == id), None)


def of_side(organization: Organization, side: str) -> list[Listing]:
    """What an organisation offers, or seeks, in its order, whatever its state."""
    return [listing for listing in organization.listings if listing.side == side]


def completed(
    session: Session, typed: Mapping[str, Any], offered: Sequence[str], proposed: str
) -> tuple[dict[str, Any], list[str]]:
    """What is typed with the topics and the kind that its words mean, and phrases of the title that no topic covers.

    `offered` are the topics that the form showed, `proposed` the kind that it proposed.
    """
    known = thesaurus(session)
    understood = meaning(known, typed["title"], typed["detail"])
    topics = settled(understood, typed["topics"], offered)
    kind = kind_of(understood, typed["kind"], proposed)
    return {**typed, "topics": topics, "kind": kind}, not_understood(known, typed["title"])


def add(session: Session, organization: Organization, side: str, facts: Mapping[str, Any]) -> tuple[Listing, bool]:
    """Add a listing at the end of its side, and whether it is new: the same title twice is one listing."""
    for listing in of_side(organization, side):
        if listing.title.casefold() == facts["title"].casefold():
            return listing, False
    last = max((listing.position for listing in of_side(organization, side)), default=-1)
    listing = Listing(side=side, state="open", position=last + 1)
    with session.no_autoflush:
        put(session, listing, facts)
        organization.listings.append(listing)
        touch(organization)
    return listing, True


def change(session: Session, organization: Organization, listing: Listing, changes: Mapping[str, Any]) -> None:
    """Write fields of a listing."""
    if changes:
        with session.no_autoflush:
            put(session, listing, changes)
            touch(organization)


def move(organization: Organization, listing: Listing, place: int) -> int:
    """Put a listing at a place of its side, counted from 0, and give where it stands then."""
    listings = of_side(organization, listing.side)
    listings.remove(listing)
    place = max(0, min(place, len(listings)))
    listings.insert(place, listing)
    for position, one in enumerate(listings):
        one.position = position
    touch(organization)
    return place


def set_state(organization: Organization, listing: Listing, state: str) -> None:
    """Open, pause or close a listing."""
    if listing.state != state:
        listing.state = state
        touch(organization)


def remove(session: Session, organization: Organization, listing: Listing) -> None:
    """Take a listing away; the history keeps what it said."""
    organization.listings.remove(listing)
    touch(organization)
    tell_curators(session, organization, (), not_understood(thesaurus(session), listing.title))
