"""Partners that are looked for to fill a gap: beginning, who looks after it, what is next, and the end."""

from collections.abc import Collection
from datetime import date

from sqlalchemy.orm import Session

from network.clock import now
from network.directory.models import Organization
from network.directory.slugs import new_slug
from network.history import recording
from network.matching.desired import Looked, Wanted
from network.matching.models import Prospect, ProspectSeeker
from network.text import gettext as _

THING = "prospect"
TEXTS = {"prospect": ("next_step",)}
"""Where somebody may have written about somebody else, as `profiles.forgetting.FREE_TEXTS` has it."""
STANDINGS = ("desired", "in_conversation")
ATTACHED = 200


def look_for(
    session: Session,
    name: str,
    wanted: Wanted,
    seeks: Collection[int],
    owner_id: int | None,
    next_step: str,
    due_on: date | None,
    country: str = "",
    network_id: int | None = None,
) -> Prospect:
    """Make a desired organisation to be won, with the seeks that wait for it."""
    organization = Organization(
        name=name, slug=new_slug(session, name), category="partner", standing="desired", country=country
    )
    session.add(organization)
    session.flush()
    prospect = Prospect(organization_id=organization.id, kind=wanted.kind, topic_id=wanted.topic_id)
    prospect.region, prospect.network_id = wanted.region, network_id
    prospect.owner_id, prospect.next_step, prospect.due_on = owner_id, next_step, due_on
    session.add(prospect)
    session.flush()
    session.add_all(ProspectSeeker(prospect_id=prospect.id, listing_id=id) for id in sorted(seeks)[:ATTACHED])
    recording.happened(session, organization.id, "added", THING, prospect.id)
    return prospect


def change(
    session: Session,
    one: Looked,
    name: str,
    standing: str,
    owner_id: int | None,
    next_step: str,
    due_on: date | None,
) -> bool:
    """Write who looks after a prospect, and what is next; whether that is anything new.

    What it is called, and how far the talks are, is written only until everyone can see it.
    """
    prospect, organization = one.prospect, one.organization
    before = (prospect.owner_id, prospect.next_step, prospect.due_on)
    prospect.owner_id, prospect.next_step, prospect.due_on = owner_id, next_step, due_on
    renamed = False
    if organization.standing in STANDINGS:
        renamed = (name, standing) != (organization.name, organization.standing)
        if name != organization.name:
            organization.slug = new_slug(session, name)  # nobody outside knew the former one
        organization.name, organization.standing = name, standing
    if before != (owner_id, next_step, due_on):
        recording.happened(session, organization.id, "changed", THING, prospect.id)
        return True
    return renamed


def close(session: Session, one: Looked) -> None:
    """Look for it no more, whether it was won or not; the organisation stays as it is."""
    if one.prospect.closed_at is None:
        one.prospect.closed_at = now()
        recording.happened(session, one.organization.id, "closed", THING, one.prospect.id)


def reopen(session: Session, one: Looked) -> None:
    """Look for it again."""
    if one.prospect.closed_at is not None:
        one.prospect.closed_at = None
        recording.happened(session, one.organization.id, "reopened", THING, one.prospect.id)


def headline(action: str) -> str:
    """What the history of an organisation says of looking for it."""
    said = {
        "added": _("The network began to look for it as a partner"),
        "closed": _("The network looks for it no more"),
        "reopened": _("The network looks for it again"),
    }
    return said.get(action) or _("Changed who looks for it, or what is next")
