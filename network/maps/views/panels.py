"""The side panel: what a map says of one organisation, and on the drawing table the forms that change it."""

from datetime import date
from typing import Any

from flask import abort, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from network.directory.freshness import freshness
from network.directory.models import Organization
from network.extensions import db
from network.maps import changing, keeping, panels
from network.maps.blueprint import blueprint
from network.maps.eyes import Eyes, eyes_of
from network.maps.facts import FactsForm, StandingForm
from network.maps.steps import Hand, Refused
from network.matching.looking import Desk, desk_here
from network.matching.models import Prospect
from network.matching.views.partners import owners
from network.permissions import identity
from network.text import gettext as _
from network.web import render


@blueprint.get("/maps/organizations/<int:id>")
def panel(id: int) -> ResponseReturnValue:
    """One organisation of the map, with its ties: a page, or the part that stands beside the picture."""
    found = panels.panel(db.session(), id, eyes_of(identity())) if id < 2**31 else None
    if found is None:
        abort(404)
    fresh = freshness(found.node.confirmed_on, date.today())
    return render("maps/panel.html", block="panel", found=found, fresh=fresh, **at_the_table(id))


def at_the_table(id: int) -> dict[str, Any]:
    """The forms of an organisation on the drawing table that the address names, if the reader may draw there."""
    if not (name := request.args.get("view", "")):
        return {"table": None}
    one = keeping.map_here(db.session(), name, identity())
    if not keeping.may_draw(one, identity()):
        return {"table": None}
    desk, eyes = desk_here(), keeping.drawing_eyes(one, identity())
    hand = Hand(db.session(), one, identity(), eyes)
    forms: dict[str, Any] = {"standing_form": None, "facts_form": None}
    if allowed(hand, id, "edit"):
        forms["facts_form"] = FactsForm("facts", obj=db.session.get_one(Organization, id))
    if allowed(hand, id, "see_standing"):
        forms["standing_form"] = standing_form(desk, eyes, id)
    return {"table": one, **forms}


def allowed(hand: Hand, id: int, action: str) -> bool:
    """Whether whoever draws may do something to an organisation."""
    try:
        changing.organization(hand, id, action)
    except Refused:
        return False
    return True


def standing_form(desk: Desk, eyes: Eyes, id: int) -> StandingForm:
    """Where the relationship is, as its form; who looks after it and what is next only to those who look for it."""
    organization = db.session.get_one(Organization, id)
    known = select(Prospect).where(Prospect.organization_id == id, *eyes.prospects())
    looked_for = db.session.scalars(known).first() or Prospect(next_step="", owner_id=None, due_on=None)
    standing = StandingForm(
        "standing",
        standing=organization.standing,
        owner=str(looked_for.owner_id or ""),
        next_step=looked_for.next_step,
        due_on=looked_for.due_on,
    )
    standing.owner.choices = [("", _("Nobody yet")), *owners(desk)]
    return standing
