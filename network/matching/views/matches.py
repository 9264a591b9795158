"""The page of an organisation's matches: whom to meet and why, put aside and taken back, and what stands around it."""

from dataclasses import dataclass
from datetime import date
from functools import partial

from flask import Flask, abort, current_app, flash, g, make_response, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import DBAPIError

from network.accounts.limits import here
from network.directory.models import Listing, Organization
from network.directory.queries import organization_at
from network.extensions import db, limiter
from network.hats import Hat
from network.logs import log
from network.matching import actions, cards, finding, queries, reasons
from network.matching.blueprint import blueprint
from network.matching.cards import Alike, Match, Ring
from network.matching.forms import AsideForm
from network.matching.matcher import matcher
from network.matching.narrowing import WAYS, Narrowing, choices
from network.permissions import identity
from network.places import queries as places
from network.text import gettext as _
from network.web import render, wants_block

PATH = "/organizations/<slug>/matches"
FEW = 20
SEEKS = 8  # of one's own, of which others like them are looked for
OWN = (Hat.REPRESENTATIVE, Hat.ADMIN)
often_limited = limiter.limit("240/hour", key_func=here, methods=["POST"])


def organization_here(slug: str) -> Organization:
    return organization_at(db.session(), slug) or abort(404)


@dataclass(frozen=True)
class Around:
    """What stands below the list: met needs like one's own, exchanges of three, who else seeks the same."""

    met: list[Alike]
    rings: list[Ring]
    same: list[Alike]


@blueprint.get(PATH)
def index(slug: str) -> ResponseReturnValue:
    """Whom an organisation should meet, and why."""
    organization = organization_here(slug)
    found = shown(organization)
    last, place = request.args.get("aside", ""), request.args.get("at", 0, type=int)
    response = make_response(page(organization, found, last, place))
    if g.worn and g.worn.hat in OWN:
        ids = [match.row.id for match in found]
        if new := queries.not_noted(db.session(), organization.id, ids, date.today()):
            app = current_app._get_current_object()  # type: ignore[attr-defined]
            response.call_on_close(partial(note, app, organization.id, new))
    return response


def note(app: Flask, organization_id: int, others: list[int]) -> None:
    """Write down whom an organisation was shown, once its answer is on the way. Nothing depends on it."""
    try:
        with app.app_context(), db.engine.begin() as connection:
            actions.note_shown(connection, organization_id, others, date.today())
    except DBAPIError as error:
        log.warning("what organization %s was shown is not written down: %s", organization_id, error.orig)


def shown(organization: Organization) -> list[Match]:
    """The matches that the address asks for."""
    narrowing = Narrowing.parse(request.args)
    if narrowing:
        return finding.narrowed(db.session(), organization, narrowing)[:FEW]
    return finding.for_you(db.session(), organization)


def page(
    organization: Organization, found: list[Match], last: str = "", place: int = 0, said: str = ""
) -> tuple[str, int]:
    """The page of matches, or its list alone; `last` was put aside from a place in the list a moment ago."""
    narrowing = Narrowing.parse(request.args)
    path = f"/organizations/{organization.slug}/matches"
    near = narrowing.filter.near
    open_listings = queries.open_listings(organization)
    gone = queries.dismissed(db.session(), organization.id, date.today())
    return render(
        "matching/index.html",
        block="suggested",
        status=422 if narrowing.filter.problems else 200,
        organization=organization,
        path=path,
        narrowing=narrowing,
        problems={one.field: one for one in narrowing.filter.problems},
        unknown_place=bool(near) and places.find(near).place is None,
        matches=found,
        gone=gone,
        last=next((one for one in gone if one[1].slug == last), None),
        place=min(max(place, 0), len(found)),
        said=said,
        sides={one.side for one in open_listings},
        reasons=reasons.REASONS,
        directions=WAYS,
        ways=lambda: choices(finding.every(db.session(), organization), finding.networks(db.session(), organization)),
        around=lambda: around(organization, open_listings),
    )


def around(organization: Organization, listings: list[Listing]) -> Around:
    """What stands below the list."""
    session, asked = db.session(), matcher()
    aside = queries.aside(session, organization.id, date.today())
    seeks = [one for one in listings if one.side == "seek"][:SEEKS] if organization.public else []
    met = [(one, asked.had_it(session, one.id)) for one in seeks]
    same = [(one, asked.same_need(session, one.id)) for one in seeks]
    rings = asked.exchanges(session, organization.id) if organization.public else []
    return Around(
        cards.alike(session, organization.id, met, aside, "met"),
        cards.rings(session, organization, rings, aside),
        cards.alike(session, organization.id, same, aside, "open", least=2),
    )


@blueprint.post(f"{PATH}/aside")
@often_limited
def put_aside(slug: str) -> ResponseReturnValue:
    """Show an organisation to this one no more, or not for a while."""
    organization, form = organization_here(slug), AsideForm()
    other = organization_at(db.session(), form.other.data or "")
    if not form.validate_on_submit() or other is None or not other.public or other.id == organization.id:
        abort(422)
    by = identity().person_id
    actions.put_aside(db.session(), organization.id, other.id, form.reason.data or "", by, date.today())
    db.session.commit()
    return done(organization, other, last=True)


@blueprint.post(f"{PATH}/back")
@often_limited
def take_back(slug: str) -> ResponseReturnValue:
    """Show an organisation to this one again."""
    organization = organization_here(slug)
    other = organization_at(db.session(), request.form.get("other", ""))
    if other is None or not other.public:
        abort(422)
    actions.take_back(db.session(), organization.id, other.id)
    db.session.commit()
    said = _("%(name)s may be shown again.", name=other.name)
    return done(organization, other, said)


def done(organization: Organization, other: Organization, said: str = "", last: bool = False) -> ResponseReturnValue:
    """The list as it stands now, or without script the page at that place."""
    place = request.form.get("at", 0, type=int)
    if wants_block():
        return page(organization, shown(organization), other.slug if last else "", place, said)
    if said:
        flash(said)
    address = Narrowing.parse(request.args).address(f"/organizations/{organization.slug}/matches")
    if last:
        address += f"{'&' if '?' in address else '?'}aside={other.slug}&at={place}#match-{other.slug}"
    return redirect(address, 303)
