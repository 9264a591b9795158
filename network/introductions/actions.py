"""What can be done in an introduction. Each locks what it changes, writes a step and both histories, and tells."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from network.accounts.models import Person
from network.clock import now
from network.directory.models import Listing, Organization
from network.hats import Hat
from network.introductions import ending, naming, states, telling
from network.introductions.keeping import forget_links, note, put
from network.introductions.models import Introduction, Party
from network.introductions.openness import in_the_way, introducers
from network.introductions.queries import position_of
from network.introductions.states import Refused

OWN_PEOPLE = (Hat.REPRESENTATIVE, Hat.ADMIN)


def alone(session: Session, organizations: Sequence[Organization]) -> None:
    """Let nobody else ask or block these organisations until this transaction is over."""
    ids = sorted(one.id for one in organizations)
    query = select(Organization.id).where(Organization.id.in_(ids)).order_by(Organization.id)
    session.execute(query.with_for_update(key_share=True))


def ask(
    session: Session,
    organization: Organization,
    other: Organization,
    by: Person,
    words: str,
    hat: Hat = Hat.REPRESENTATIVE,
    listing: Listing | None = None,
    introducer: Organization | None = None,
) -> Introduction:
    """Ask to be introduced to another organisation; asked by staff or a coordinator, both have to consent."""
    alone(session, (organization, other))
    if listing and (listing.state != "open" or listing.organization_id not in (organization.id, other.id)):
        raise Refused("listing")
    if introducer and introducer not in introducers(session, organization, other):
        raise Refused("introducer")
    return begun(session, (organization, other), by, words, hat, listing, introducer)


def ask_all(
    session: Session, organizations: Sequence[Organization], by: Person, words: str, hat: Hat = Hat.REPRESENTATIVE
) -> Introduction:
    """Propose an exchange in which each gives to the next; `by` speaks for the first, unless staff or a coordinator."""
    alone(session, organizations)
    return begun(session, organizations, by, words, hat)


def begun(
    session: Session,
    organizations: Sequence[Organization],
    by: Person,
    words: str,
    hat: Hat,
    listing: Listing | None = None,
    introducer: Organization | None = None,
) -> Introduction:
    asker = organizations[0] if hat in OWN_PEOPLE else None
    why, name = in_the_way(session, organizations, asker)
    if why:
        raise Refused(why, name)
    position = states.begin(len(organizations), None if asker is None else 0, now())
    introduction = Introduction(
        origin="exchange" if len(organizations) > 2 else "member" if asker else "staff",
        asker_id=asker.id if asker else None,
        introducer_id=introducer.id if introducer else None,
        listing_id=listing.id if listing else None,
        person_id=by.id,
        words=words,
        asked_at=position.since,
    )
    for number, organization in enumerate(organizations):
        party = Party(organization_id=organization.id, position=number)
        if organization is asker:
            party.person_id, party.answered_at = by.id, position.since
        introduction.parties.append(party)
    session.add(introduction)
    put(introduction, position)
    session.flush()
    note(session, introduction, "asked" if asker else "proposed", asker.id if asker else None, by)
    telling.tell(session, introduction, "asked", telling.waiting(introduction))
    naming.tell_named(session, introduction)
    return introduction


def act(
    session: Session,
    introduction: Introduction,
    action: str,
    organization: Organization | None,
    by: Person | None,
    said: str = "",
    words: str = "",
) -> None:
    """Let a party do something in a locked introduction: accept, decline, question, reply, withdraw or outcome.

    `organization` None stands for whoever proposed it without being a party; `by` None for somebody with the link of
    a mail, who may only say what came of it. Raises Refused.
    """
    party = party_of(introduction, organization)
    number = introduction.parties.index(party) if party else None
    before = position_of(introduction)
    after = states.step(before, action, number, now(), said)
    if action == "accept":
        assert party is not None
        assert by is not None
        if spoke_for_another(introduction, party, by):
            raise Refused("own")
        if not all(session.get_one(Organization, one.organization_id).public for one in introduction.parties):
            raise Refused("not_public")
        party.person_id = by.id
    if party and action in ("accept", "decline"):
        party.answered_at, party.reason = now(), said
    if party and action == "outcome":
        party.outcome_at = now()
    put(introduction, after)
    note(session, introduction, action, organization.id if organization else None, by, words)
    tell(session, introduction, action, party, words)
    if party and action == "decline":
        ending.dismiss(session, introduction, party, by.id if by else None)
    if party and action == "outcome":
        ending.concluded(session, introduction, party, by.id if by else None)
    if after.state == states.CLOSED:
        forget_links(introduction)
    session.flush()


def party_of(introduction: Introduction, organization: Organization | None) -> Party | None:
    if organization is None:
        return None
    return next(one for one in introduction.parties if one.organization_id == organization.id)


def spoke_for_another(introduction: Introduction, party: Party, by: Person) -> bool:
    """Whether somebody proposed it to both, or consented for another side: nobody gives two consents."""
    proposed = introduction.asker_id is None and introduction.person_id == by.id
    return proposed or any(one.person_id == by.id for one in introduction.parties if one is not party)


def tell(session: Session, introduction: Introduction, action: str, party: Party | None, words: str) -> None:
    """The mails that follow from what was done."""
    theirs = telling.others(introduction, party)
    if action in ("question", "reply") and party:
        speaker = telling.name_of(session.get(Organization, party.organization_id))
        telling.tell(session, introduction, action, theirs, speaker=speaker, said=words)
    elif action == "decline" and party:
        telling.tell_declined(session, introduction, party)
    elif action == "withdraw":
        telling.tell(session, introduction, "withdrawn", theirs)
    elif action == "accept" and introduction.state == states.ACCEPTED:
        telling.tell_accepted(session, introduction)
