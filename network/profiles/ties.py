"""Ties of an organisation to others: proposed by one side, answered by the other, ended by either."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import current_app
from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from network.accounts.queries import admins_of
from network.clock import now
from network.directory.categories import CATEGORIES
from network.directory.filter import Filter
from network.directory.models import Link, Organization
from network.directory.queries import PUBLIC
from network.directory.search import search
from network.hats import Hat
from network.history.models import Edit
from network.mail import notice
from network.profiles.editing import touch
from network.text import lazy_gettext as _l

FOUND = 8
WAYS = {
    "out:member_of": _l("We are a member of it"),
    "out:hosted_by": _l("It hosts us"),
    "in:hosted_by": _l("We host it"),
    "out:works_with": _l("We work with each other"),
    "out:funds": _l("We fund it"),
    "in:funds": _l("It funds us"),
    "out:fiscal_sponsor_of": _l("We are its fiscal sponsor"),
    "in:fiscal_sponsor_of": _l("It is our fiscal sponsor"),
    "in:member_of": _l("It is a member of ours"),
}
"""How one may be tied to another: which end of the link one is, and the type."""


@dataclass(frozen=True)
class Tie:
    """A link as one of its two ends sees it. `state`: shown, asked (they wait for us), waiting (we for them), ended."""

    link: Link
    out: bool
    state: str
    answerable: bool = False

    @property
    def other(self) -> Organization:
        return self.link.to_organization if self.out else self.link.from_organization


def side_of(organization: Organization, link: Link) -> str:
    """Which end of a link an organisation is, as `proposed_by` says it."""
    return "from" if link.from_id == organization.id else "to"


def proposer(session: Session, link: Link) -> int | None:
    """Who proposed a link, from the history."""
    which = (Edit.thing == "link", Edit.thing_id == link.id, Edit.action == "added")
    return session.scalar(select(Edit.person_id).where(*which).order_by(Edit.id.desc()).limit(1))


def answerable(session: Session, organization: Organization, link: Link, hat: Hat, person_id: int | None) -> bool:
    """Whether somebody may confirm or decline a link for an organisation: never a proposal of their own.

    Staff answer for either side, everyone else for their own side only.
    """
    if link.confirmed_on or link.ended_on or (person_id and proposer(session, link) == person_id):
        return False
    return hat == Hat.STAFF or link.proposed_by != side_of(organization, link)


def ties(session: Session, organization: Organization, hat: Hat, person_id: int | None) -> list[Tie]:
    """The ties of an organisation to public ones, those that wait for it first.

    The members of a network stand in the directory: only those that aren't confirmed are among them.
    """
    own = or_(
        Link.from_id == organization.id,
        (Link.to_id == organization.id) & ((Link.type != "member_of") | Link.confirmed_on.is_(None)),
    )
    ends = (joinedload(Link.from_organization), joinedload(Link.to_organization))
    found = []
    for link in session.scalars(select(Link).where(own).options(*ends).order_by(Link.type, Link.id)):
        may = answerable(session, organization, link, hat, person_id)
        tie = Tie(link, link.from_id == organization.id, state_of(organization, link), may)
        if tie.other.public:
            found.append(tie)
    order = ("asked", "waiting", "shown", "ended")
    return sorted(found, key=lambda tie: order.index(tie.state))


def state_of(organization: Organization, link: Link) -> str:
    if link.ended_on:
        return "ended"
    if link.confirmed_on:
        return "shown"
    return "waiting" if link.proposed_by == side_of(organization, link) else "asked"


def tie_of(session: Session, organization: Organization, id: int) -> Link | None:
    """A link of an organisation by its id."""
    ends = or_(Link.from_id == organization.id, Link.to_id == organization.id)
    return session.scalar(select(Link).where(Link.id == id, ends))


def ways(organization: Organization, hat: Hat) -> dict[str, str]:
    """How an organisation may propose to be tied to another; coordinators propose memberships alone."""
    gathers = CATEGORIES[organization.category].gathers
    return {
        way: words
        for way, words in WAYS.items()
        if (hat != Hat.COORDINATOR or way.endswith("member_of")) and (gathers or way != "in:member_of")
    }


def others(session: Session, organization: Organization, typed: str) -> Sequence[Organization]:
    """The public organisations that a name most likely means, but for the one itself."""
    if not typed.strip():
        return ()
    hits = search(session, Filter(q=typed.strip()[:200])).answer.hits
    ids = [hit.id for hit in hits if hit.id != organization.id][:FOUND]
    by_id = {one.id: one for one in session.scalars(select(Organization).where(Organization.id.in_(ids)))}
    named = select(Organization).where(Organization.name == typed.strip(), Organization.id != organization.id, PUBLIC)
    exact = {one.id: one for one in session.scalars(named.limit(FOUND))}
    return list({**exact, **{id: by_id[id] for id in ids if id in by_id}}.values())


def propose(session: Session, organization: Organization, other: Organization, way: str, hat: Hat) -> str:
    """Propose a tie. Gives what came of it: proposed, asked (they did so before, and wait), or there (it stands)."""
    direction, _colon, type = way.partition(":")
    ends = (organization, other) if direction == "out" else (other, organization)
    known = standing(session, *ends, type)
    if known and known.shown:
        return "there"
    if known and not known.ended_on:
        if known.proposed_by in ("from", "to") and known.proposed_by != side_of(organization, known):
            return "asked"
        return "there"
    if known:
        session.delete(known)  # what ended may begin again, and is then asked about again
        session.flush()
    side = "staff" if hat == Hat.STAFF else "from" if direction == "out" else "to"
    session.add(Link(from_organization=ends[0], to_organization=ends[1], type=type, proposed_by=side))
    touch(organization)
    tell(session, organization, other)
    return "proposed"


def standing(session: Session, start: Organization, end: Organization, type: str) -> Link | None:
    """The link between two that is there already; working together goes both ways."""
    both = [(start.id, end.id), *([(end.id, start.id)] if type == "works_with" else [])]
    pairs = or_(*((Link.from_id == one) & (Link.to_id == another) for one, another in both))
    return session.scalars(select(Link).where(Link.type == type, pairs).order_by(Link.id)).first()


def tell(session: Session, organization: Organization, other: Organization) -> None:
    """Tell the other side's admins that a tie waits for their word."""
    base = current_app.config["BASE_URL"].rstrip("/")
    for admin in admins_of(session, other.id):
        notice(
            session,
            admin,
            "tie_proposed",
            organization_id=other.id,
            name=other.name,
            by=organization.name,
            page=f"{base}/organizations/{other.slug}/edit#ties",
        )


def confirm(organization: Organization, link: Link, hat: Hat) -> None:
    """Say yes to a link that was proposed: from now on it is shown."""
    link.confirmed_on = now().date()
    link.confirmed_by = "staff" if hat == Hat.STAFF else side_of(organization, link)
    touch(organization)


def end(session: Session, organization: Organization, link: Link) -> None:
    """End a tie that stands; take away one that nobody confirmed yet, whoever proposed it."""
    if link.confirmed_on:
        link.ended_on = now().date()
    else:
        session.delete(link)
    touch(organization)
