"""What of a profile is kept in its history."""

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from network.directory.models import Link, Listing, Organization
from network.history.recording import track
from network.profiles.models import ContactPerson
from network.text import gettext as _

ABOUT = "name slug category standing summary description website email phone languages founded coordinator".split()
MEETINGS = "meets meets_rule meets_at newcomers online".split()
PLACE = "address town region country latitude longitude precision area_served".split()
SOURCE = ["source", "source_url"]
SAID = (
    "side title detail kind area delivery stage languages reach reach_km reach_countries in_return until state position"
)
TIE = "from_id to_id type started_on ended_on proposed_by confirmed_by confirmed_on"
STAFFS = ("slug", "category", "standing", *SOURCE)
"""What an organisation's own people don't change of it: undoing must not be a way around that."""


def start() -> None:
    """Keep the history of profiles from now on."""
    track(
        Organization,
        "organization",
        ("id",),
        (*ABOUT, *MEETINGS, *PLACE, *SOURCE),
        fixed=STAFFS,
        joined={"topics": "slug"},
        confirmed="confirmed_on",
    )
    track(Listing, "listing", ("organization_id",), SAID.split(), joined={"topics": "slug"}, confirmed="confirmed_on")
    track(Link, "link", ("from_id", "to_id"), TIE.split(), settle=settle_tie)
    track(
        ContactPerson,
        "contact_person",
        ("organization_id",),
        ("name", "title", "email", "phone", "visible"),
        personal=("name", "title", "email", "phone"),
        undoable=False,  # they decide themselves whether they are named
    )


def settle_tie(session: Session, link: Link, organization_id: int) -> str:
    """A tie that is put back waits for the other side again: its word can't be given for it."""
    with session.no_autoflush:
        ends = {session.get(Organization, id) for id in (link.from_id, link.to_id)}
        same = (
            Link.from_id == link.from_id,
            Link.to_id == link.to_id,
            Link.type == link.type,
            Link.id != (link.id or 0),
        )
        if None in ends:
            return _("The organisation at the other end has left the directory.")
        if session.scalar(select(Link.id).where(*same)):
            return _("The two are tied in this way again already.")
    state = inspect(link)
    stood = state.persistent and not any(
        state.attrs[name].history.has_changes() for name in ("type", "ended_on", "confirmed_on", "from_id", "to_id")
    )
    if link.confirmed_on and not link.ended_on and not stood:
        link.confirmed_on, link.confirmed_by = None, ""
        link.proposed_by = "from" if link.from_id == organization_id else "to"
    return ""
