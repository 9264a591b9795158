"""Making many organisations members of a network at once, and ending that."""

from collections.abc import Sequence

from sqlalchemy import select

from network.clock import now
from network.directory.models import Link, Organization
from network.maps import standings
from network.profiles import editing, ties
from network.staff.changing import Doing, State, Unchanged, already
from network.text import gettext as _

TIE = ("proposed_by", "confirmed_by", "started_on", "confirmed_on", "ended_on")


def tie_to(doing: Doing, id: int) -> Link | None:
    """The membership of an organisation in the network that is meant."""
    which = (Link.from_id == id, Link.to_id == int(doing.to), Link.type == "member_of")
    return doing.session.scalars(select(Link).where(*which)).first()


def read_tie(doing: Doing, ids: Sequence[int]) -> dict[int, State]:
    found: dict[int, State] = dict.fromkeys(ids)
    which = (Link.from_id.in_(ids), Link.to_id == int(doing.to), Link.type == "member_of")
    for row in doing.session.execute(select(*Link.__table__.c).where(*which)):
        values = {name: getattr(row, name) for name in TIE}
        found[row.from_id] = {name: value and str(value) for name, value in values.items()}
    return found


def tied(state: State) -> bool:
    return state is not None and bool(state["confirmed_on"]) and not state["ended_on"]


def join(doing: Doing, organization: Organization, state: State) -> State:
    """Be a member from today. What coordinators tie is a proposal, unless the member proposed it itself."""
    if organization.id == int(doing.to):
        raise Unchanged(_("It is the network itself."))
    if tied(state):
        raise already()
    asked = state is not None and not state["ended_on"]
    if doing.desk.staff or (asked and state["proposed_by"] == "from"):
        by = "staff" if doing.desk.staff else "to"
        before = state if asked else {"proposed_by": by, "started_on": None}
        return before | {"confirmed_by": by, "confirmed_on": str(now().date()), "ended_on": None}
    if asked:
        raise Unchanged(_("It was asked already, and hasn't answered."))
    return dict.fromkeys(TIE) | {"proposed_by": "to", "confirmed_by": ""}


def part(doing: Doing, organization: Organization, state: State) -> State:
    """Be a member no more from today; a proposal that nobody confirmed is taken away."""
    if state is None or state["ended_on"]:
        raise already()
    return state | {"ended_on": str(now().date())} if state["confirmed_on"] else None


def write_tie(doing: Doing, organization: Organization, state: State) -> None:
    link = tie_to(doing, organization.id)
    if state is None:
        if link is not None:
            doing.session.delete(link)
    else:
        if link is None:
            link = Link(from_id=organization.id, to_id=int(doing.to), type="member_of")
            doing.session.add(link)
        for name, value in state.items():
            setattr(link, name, standings.day(value) if name.endswith("_on") else value or "")
        if not link.confirmed_on and not doing.desk.staff:
            ties.tell(doing.session, doing.session.get_one(Organization, int(doing.to)), organization)
    editing.touch(organization)


def said_tie(doing: Doing, state: State) -> str:
    if tied(state):
        return _("member")
    if state is None:
        return _("not a member")
    return _("a member no more") if state["ended_on"] else _("asked whether it is a member")
