"""The clubs that have gone quiet, those first of which nothing was heard for longest; nothing here changes anything."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Row, and_, func, or_, select
from sqlalchemy.orm import Session

from network.directory.models import Organization
from network.matching.looking import Desk
from network.staff.numbers import quiet_ones
from network.staff.queue import theirs

EACH = 50
EVER = date(1, 1, 1)  # stands for a day on which nobody ever confirmed it


@dataclass(frozen=True)
class After:
    """The club after which a page begins: when it was heard of last, and its number."""

    heard: date
    id: int

    def __str__(self) -> str:
        return f"{self.heard.isoformat()}_{self.id}"

    @classmethod
    def read(cls, text: str) -> "After | None":
        """That of an address; None for what is none."""
        day, _dash, id = text.partition("_")
        try:
            return cls(date.fromisoformat(day), int(id)) if id.isascii() and id.isdigit() and len(id) < 10 else None
        except ValueError:
            return None


def clubs(session: Session, desk: Desk, after: After | None) -> tuple[Sequence[Row], After | None]:
    """A page of them, and after which club the next begins."""
    heard = func.coalesce(Organization.confirmed_on, EVER)
    columns = (Organization.id, Organization.slug, Organization.name, Organization.town, Organization.region)
    more = (Organization.country, Organization.online, Organization.confirmed_on, Organization.email)
    query = select(*columns, *more).where(*quiet_ones(date.today()), *theirs(desk, Organization.id))
    if after:
        query = query.where(or_(heard > after.heard, and_(heard == after.heard, Organization.id > after.id)))
    found = session.execute(query.order_by(heard, Organization.id).limit(EACH + 1)).all()
    last = found[EACH - 1] if len(found) > EACH else None
    return found[:EACH], After(last.confirmed_on or EVER, last.id) if last else None
