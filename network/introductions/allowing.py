"""What an organisation allows: being asked, being named, and by whom nothing more."""

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from network.accounts.models import Person
from network.directory.models import Organization
from network.introductions import states
from network.introductions.actions import act, alone
from network.introductions.models import Block, Inbox, Introduction, Party


def block(session: Session, organization: Organization, other: Organization, by: Person) -> None:
    """Want nothing more from another: what is asked between the two ends, and neither is suggested to the other."""
    alone(session, (organization, other))
    same = (Block.organization_id == organization.id, Block.blocked_id == other.id)
    if session.scalar(select(Block.id).where(*same)) is None:
        session.add(Block(organization_id=organization.id, blocked_id=other.id))
    both = (organization.id, other.id)
    asked = select(Introduction).where(Introduction.state == states.ASKED).with_for_update()
    for id in both:
        asked = asked.where(Introduction.id.in_(select(Party.introduction_id).where(Party.organization_id == id)))
    for introduction in session.scalars(asked.execution_options(populate_existing=True)):
        mine = introduction.asker_id == organization.id
        act(session, introduction, "withdraw" if mine else "decline", organization, by)
    session.flush()


def unblock(session: Session, organization: Organization, other: Organization) -> None:
    """Let another ask again."""
    mine = (Block.organization_id == organization.id, Block.blocked_id == other.id)
    session.execute(delete(Block).where(*mine))


def settle_inbox(session: Session, organization: Organization, open: bool, introduces: bool) -> None:
    """Say whether an organisation can be asked for introductions, and whether it may be named as one who introduces."""
    found = session.get(Inbox, organization.id)
    if found is None:
        found = Inbox(organization_id=organization.id)
        session.add(found)
    found.open, found.introduces = open, introduces
