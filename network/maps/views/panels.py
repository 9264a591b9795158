"""The side panel: what a map says of one organisation, and on the drawing table the forms that change it."""

from datetime import date
from typing import Any

from flask import abort, request
from flask.typing import ResponseReturnValue

from network.directory.freshness import freshness
from network.directory.models import Organization
from network.extensions import db
from network.maps import changing, keeping, panels, relations
from network.maps.blueprint import blueprint
from network.maps.eyes import eyes_of
from network.maps.facts import FactsForm
from network.maps.forms import RelationForm
from network.maps.steps import Hand, Refused
from network.matching.looking import desk, desk_here
from network.matching.views.partners import owners
from network.permissions import identity
from network.web import render


@blueprint.get("/maps/organizations/<int:id>")
def panel(id: int) -> ResponseReturnValue:
    """One organisation of the map, with its ties: a page, or the part that stands beside the picture."""
    found = panels.panel(db.session(), id, eyes_of(identity())) if id < 2**31 else None
    if found is None:
        abort(404)
    relation = relations.relation(db.session(), eyes_of(identity()), id) if desk() else None
    fresh = freshness(found.node.confirmed_on, date.today())
    return render(
        "maps/panel.html", block="panel", found=found, fresh=fresh, relation=relation, **at_the_table(id, relation)
    )


def at_the_table(id: int, relation: relations.Relation | None) -> dict[str, Any]:
    """The forms of an organisation on the drawing table that the address names, if the reader may draw there."""
    if not (name := request.args.get("view", "")):
        return {"table": None}
    one = keeping.map_here(db.session(), name, identity())
    if not keeping.may_draw(one, identity()):
        return {"table": None}
    hand = Hand(db.session(), one, identity(), eyes_of(identity()))
    shown: dict[str, Any] = {"standing_form": None, "facts_form": None}
    if allowed(hand, id, "edit"):
        shown["facts_form"] = FactsForm("facts", obj=db.session.get_one(Organization, id))
    if relation and allowed(hand, id, "see_standing"):
        shown["standing_form"] = RelationForm.of(relation, owners(desk_here()))
    return {"table": one, **shown}


def allowed(hand: Hand, id: int, action: str) -> bool:
    """Whether whoever draws may do something to an organisation."""
    try:
        changing.organization(hand, id, action)
    except Refused:
        return False
    return True
