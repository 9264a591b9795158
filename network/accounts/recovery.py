"""Staff and coordinators who lost their passkeys: two other staff vouch for a link as good as one."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from network.accounts.models import Person, Recovery
from network.clock import now

WAITS = timedelta(days=3)  # for two to vouch
HOURS = 24
LASTS = timedelta(hours=HOURS)  # of the link: nobody knows when the second will vouch


def ask(session: Session, person: Person, browser: str) -> tuple[Recovery, bool]:
    """Ask for recovery, and whether that is new; one that still waits goes on, from another browser it begins anew."""
    waiting = (Recovery.person_id == person.id, Recovery.done_at.is_(None), Recovery.asked_at > now() - WAITS)
    recovery = session.scalars(select(Recovery).where(*waiting)).first()
    if recovery is not None:
        if recovery.browser_hash != browser:
            recovery.browser_hash, recovery.first_id = browser, None
        return recovery, False
    recovery = Recovery(person_id=person.id, browser_hash=browser)
    session.add(recovery)
    session.flush()
    return recovery, True


def waiting(session: Session, id: int) -> Recovery | None:
    """A recovery that still waits, held until the transaction ends so that two cannot vouch at once."""
    open = (Recovery.id == id, Recovery.done_at.is_(None), Recovery.asked_at > now() - WAITS)
    return session.scalars(select(Recovery).where(*open).with_for_update()).first()


def may_vouch(recovery: Recovery, staff: int) -> bool:
    """Whether somebody of the staff may vouch: not for themselves, and not twice."""
    return staff not in (recovery.person_id, recovery.first_id)


def vouch(recovery: Recovery, staff: int) -> bool:
    """Vouch for whoever asked, and whether that was the second who did."""
    if not may_vouch(recovery, staff):
        raise ValueError("nobody vouches for themselves, or twice")
    if recovery.first_id is None:
        recovery.first_id = staff
        return False
    recovery.second_id, recovery.done_at = staff, now()
    return True
