"""What an answer or an outcome changes elsewhere: what is suggested, who is tied to whom, which listing is met."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from network.clock import now
from network.directory.models import Listing, Organization
from network.hats import Hat
from network.introductions.models import Introduction, Party
from network.introductions.states import PAUSES
from network.introductions.telling import others, tell
from network.matching.models import Dismissal
from network.profiles import ties
from network.profiles.listings import set_state

WAY = "out:works_with"


def dismiss(session: Session, introduction: Introduction, party: Party, person_id: int | None) -> None:
    """Suggest the other no more to whoever declined it for a reason that tells something about the fit.

    In an exchange of three the reason doesn't say which of the others it is about.
    """
    if not party.reason or party.reason in PAUSES or len(introduction.parties) != 2:
        return
    (other,) = others(introduction, party)
    same = (Dismissal.organization_id == party.organization_id, Dismissal.other_id == other.organization_id)
    found = session.scalars(select(Dismissal).where(*same)).first()
    if found is None:
        found = Dismissal(organization_id=party.organization_id, other_id=other.organization_id)
        session.add(found)
    found.reason, found.until, found.person_id, found.at = party.reason, None, person_id, now()


def concluded(session: Session, introduction: Introduction, party: Party, person_id: int | None) -> None:
    """What follows from what a party says came of it: a listing is met, or a tie proposed or confirmed."""
    organization = session.get_one(Organization, party.organization_id)
    if party.outcome == "met":
        meet(session, introduction, organization)
    if party.outcome == "together":
        for one in others(introduction, party):
            other = session.get_one(Organization, one.organization_id)
            if other.public and tie(session, organization, other, person_id):
                tell(session, introduction, "together", [party, one])


def meet(session: Session, introduction: Introduction, organization: Organization) -> None:
    """Close the listing in question, if it is the party's own."""
    listing = session.get(Listing, introduction.listing_id) if introduction.listing_id else None
    if listing and listing.organization_id == organization.id and listing.state != "met":
        set_state(organization, listing, "met")


def tie(session: Session, organization: Organization, other: Organization, person_id: int | None) -> bool:
    """Propose that two work together, or confirm what the other proposed; whether it is confirmed by that."""
    if ties.propose(session, organization, other, WAY, Hat.ADMIN) == "proposed":
        return False
    link = ties.standing(session, organization, other, "works_with")
    if link is None or not ties.answerable(session, organization, link, Hat.ADMIN, person_id):
        return False
    ties.confirm(organization, link, Hat.ADMIN)
    link.started_on = link.started_on or now().date()
    return True
