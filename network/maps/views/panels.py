"""The side panel: what a map says of one organisation."""

from datetime import date

from flask import abort, request
from flask.typing import ResponseReturnValue

from network.directory.freshness import freshness
from network.extensions import db
from network.maps import panels, relations
from network.maps.blueprint import blueprint
from network.maps.eyes import eyes_of
from network.matching.looking import desk
from network.permissions import identity
from network.web import render


def followed(id: int) -> bool:
    """Whether the reader looks after the relationship with an organisation."""
    return bool(desk()) and relations.relation(db.session(), eyes_of(identity()), id) is not None


@blueprint.get("/maps/organizations/<int:id>")
def panel(id: int) -> ResponseReturnValue:
    """One organisation of the map, with its ties: a page, or the part that stands beside the picture."""
    found = panels.panel(db.session(), id, eyes_of(identity())) if id < 2**31 else None
    if found is None:
        abort(404)
    return render(
        "maps/panel.html",
        block="panel",
        found=found,
        fresh=freshness(found.node.confirmed_on, date.today()),
        back=request.args.get("view", ""),
        desk=followed(id),
    )
