"""The side panel: what a map says of one organisation, and on the drawing table the forms that change it."""

from datetime import date
from typing import Any

from flask import abort, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from wtforms.fields.choices import SelectChoice

from network.directory.freshness import freshness
from network.directory.models import Organization
from network.extensions import db
from network.maps import keeping, panels
from network.maps.blueprint import blueprint
from network.maps.eyes import eyes_of
from network.maps.facts import FactsForm, StandingForm
from network.matching.looking import desk_here
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
    desk = desk_here()
    organization = db.session.get_one(Organization, id)
    prospect = db.session.scalars(select(Prospect).where(Prospect.organization_id == id)).first()
    looked_for = prospect if prospect is not None else Prospect(next_step="", owner_id=None, due_on=None)
    standing = StandingForm(
        "standing",
        standing=organization.standing,
        owner=str(looked_for.owner_id or ""),
        next_step=looked_for.next_step,
        due_on=looked_for.due_on,
    )
    standing.owner.choices = [SelectChoice(key, label) for key, label in (("", _("Nobody yet")), *owners(desk))]
    return {"table": one, "standing_form": standing, "facts_form": FactsForm("facts", obj=organization)}
