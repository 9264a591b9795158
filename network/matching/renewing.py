"""What a timer does for the matcher: profiles are written as they are packed now, and counted anew when it is time."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from network import index
from network.directory.models import Organization
from network.matching import keeping, packing
from network.matching.models import MatchingEpoch, MatchingProfile

GROWN = 0.2  # a new epoch is due when the items became so much more, or fewer


def renew(session: Session) -> str:
    """Write outdated profiles anew; a new epoch when there is none, or the network grew or shrank by a fifth."""
    old = outdated(session)
    for start in range(0, len(old), keeping.AT_ONCE):
        some = old[start : start + keeping.AT_ONCE]
        keeping.keep(session, some)
        index.note(session.connection(), "organization", some)  # which every process follows
        session.commit()  # a tick that is stopped goes on there the next time
    items = session.scalar(select(MatchingEpoch.items).order_by(MatchingEpoch.id.desc()).limit(1))
    sizes = session.execute(select(func.sum(func.length(MatchingProfile.items)), func.count())).one()
    present = (sizes[0] or 0) // packing.ITEM.itemsize - (sizes[1] or 0)
    if items is not None and abs(present - items) <= GROWN * max(items, 20):
        return f"{items} offers and seeks are weighed as before"
    return f"{keeping.begin_epoch(session)} offers and seeks counted anew"


def outdated(session: Session) -> list[int]:
    """Organisations whose profile was packed otherwise than now; everyone when no profile was ever written."""
    profiles = select(MatchingProfile.organization_id)
    if found := list(session.scalars(profiles.where(MatchingProfile.version != packing.VERSION))):
        return found
    if keeping.epoch(session) or session.scalar(profiles.limit(1)):
        return []
    return list(session.scalars(select(Organization.id).where(Organization.standing == keeping.MATCHED)))
