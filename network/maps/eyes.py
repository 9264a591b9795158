"""Whose eyes a map is drawn for: which organisations and ties may stand on it. Every view, file and step asks here."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, or_, select, true
from sqlalchemy.orm import aliased

from network.directory.documents import PUBLIC as PUBLIC_TOKEN
from network.directory.models import Link, Organization
from network.directory.queries import PUBLIC, SHOWN
from network.directory.search import Seen
from network.hats import Hat, Identity
from network.matching.models import Prospect


@dataclass(frozen=True)
class Eyes:
    """What somebody sees beside what is public: all when `networks` is None, else the members of those networks."""

    networks: tuple[int, ...] | None = ()

    @property
    def everyone(self) -> bool:
        """Whether these are anybody's."""
        return self.networks == ()

    @property
    def tokens(self) -> Seen:
        """The same for the index."""
        if self.networks is None:
            return ()
        return ((PUBLIC_TOKEN, *(f"n{id}" for id in self.networks)),)

    def sees(self) -> ColumnElement[bool]:
        """Whether they see an organisation, as a condition."""
        if self.networks is None:
            return true()
        return or_(PUBLIC, self.own(Organization.id)) if self.networks else PUBLIC

    def own(self, id: Any) -> ColumnElement[bool]:
        """Whether an organisation is one of their networks, a member of one, or looked for by one."""
        networks = self.networks or ()
        link = aliased(Link)
        member = select(link.from_id).where(
            link.to_id.in_(networks),
            link.type == "member_of",
            link.confirmed_on.is_not(None),
            link.ended_on.is_(None),
        )
        looked_for = select(Prospect.organization_id).where(Prospect.network_id.in_(networks))
        return or_(id.in_(networks), id.in_(member), id.in_(looked_for))

    def ties(self) -> tuple[ColumnElement[bool], ...]:
        """Which links they see: those that both sides stand by; who looks after an end of one also sees proposals."""
        if self.everyone:
            return SHOWN
        stands = Link.ended_on.is_(None)
        if self.networks is None:
            return (stands,)
        return stands, or_(Link.confirmed_on.is_not(None), self.own(Link.from_id), self.own(Link.to_id))

    def prospects(self) -> tuple[ColumnElement[bool], ...]:
        """Of which partners they know who looks after them and what is next: of those that they look for themselves."""
        return () if self.networks is None else (Prospect.network_id.in_(self.networks),)


ANYBODY = Eyes()


def eyes_of(identity: Identity) -> Eyes:
    """The eyes of who asks: staff see all, coordinators their networks, everyone else what is public."""
    if any(worn.hat == Hat.STAFF for worn in identity.worn):
        return Eyes(None)
    networks = dict.fromkeys(worn.organization_id for worn in identity.worn if worn.hat == Hat.COORDINATOR)
    return Eyes(tuple(id for id in networks if id))
