"""The desk: the questions that the network asks of itself, what waits, and the clubs that have gone quiet."""

from dataclasses import replace

from flask import request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from network.directory.models import Organization
from network.extensions import db
from network.matching.looking import Desk, desk_here
from network.permissions import identity
from network.staff import queue, quiet
from network.staff.asked import Asked, number
from network.staff.blueprint import blueprint
from network.staff.questions import questions
from network.web import render


def own_networks(desk: Desk) -> list[tuple[str, str]]:
    """The networks of a coordinator, by name, as (address, name); none for the staff."""
    if desk.networks is None:
        return []
    query = select(Organization.slug, Organization.name).where(Organization.id.in_(desk.networks))
    return [(slug, name) for slug, name in db.session.execute(query.order_by(Organization.name))]


def chosen_network(desk: Desk) -> Desk:
    """A coordinator's desk for the network that the address asks for, if it is one of theirs; else for all of them."""
    asked = number(request.args.get("network", ""))
    return desk.narrowed(int(asked)) if asked else desk


def only(desk: Desk, whole: Desk) -> str:
    """The number of the network to which a desk was narrowed; none for the whole."""
    return str(desk.networks[0]) if desk.networks and desk != whole else ""


@blueprint.get("/staff/")
def index() -> ResponseReturnValue:
    """The eight questions with their answers; for a coordinator about their networks."""
    whole, session, me = desk_here(), db.session(), identity().person_id
    desk = chosen_network(whole)
    own, one = own_networks(desk), Asked(network=only(desk, whole))
    counted = queue.counts(session, desk, one, me)
    mine = queue.counts(session, desk, replace(one, owner="me"), me) if queue.charged(session, me) else {}
    return render(
        "staff/index.html",
        desk=desk,
        own=own,
        all_own=queue.networks_of(session, whole),
        asked=one,
        questions=questions(session, desk, [slug for slug, _name in own]),
        kinds=[(source, counted[source.kind]) for source in queue.seen_by(desk) if counted.get(source.kind)],
        mine=sum(mine.values()),
        most=queue.COUNTED,
    )


@blueprint.get("/staff/quiet")
def gone_quiet() -> ResponseReturnValue:
    """The clubs of which nobody said for a year that they are still there, the longest first."""
    whole, after = desk_here(), quiet.After.read(request.args.get("after", ""))
    desk = chosen_network(whole)
    found, more = quiet.clubs(db.session(), desk, after)
    only_one = only(desk, whole)
    return render("staff/quiet.html", block="clubs", desk=desk, found=found, after=after, more=more, only=only_one)
