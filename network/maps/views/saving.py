"""Keeping a map under a name: for oneself, for those who look after the network, for everyone."""

from typing import Any

from flask import abort, flash, redirect, request
from flask.typing import ResponseReturnValue
from wtforms.fields.choices import SelectChoice

from network.extensions import db
from network.maps import keeping, kept
from network.maps.asked import Asked
from network.maps.blueprint import blueprint
from network.maps.eyes import eyes_of
from network.maps.forms import MapForm
from network.maps.models import SavedMap
from network.maps.views.looking import PATH
from network.matching.looking import Desk, desk_here
from network.permissions import identity
from network.text import gettext as _
from network.web import render


def form_for(desk: Desk, one: SavedMap | None = None, **stands: Any) -> MapForm:
    """The form of a saved map, with the audiences that a desk may choose, and the one that the map has."""
    form = MapForm("map", **stands)
    none = "network" if desk.staff else "staff"
    form.audience.choices = [
        SelectChoice(key, label)
        for key, label in keeping.AUDIENCES.items()
        if key != none or (one and key == one.audience)
    ]
    return form


@blueprint.get("/maps/new")
def new() -> ResponseReturnValue:
    """Ask what the map of an address is to be called, and who may look at it."""
    desk = desk_here()
    return render(
        "maps/save.html", form=form_for(desk), asked=Asked.parse(request.args), action=request.full_path, one=None
    )


@blueprint.post("/maps/new")
def create() -> ResponseReturnValue:
    """Keep the map of an address."""
    desk, asked = desk_here(), Asked.parse(request.args)
    form = form_for(desk)
    form.process(request.form)
    if not form.validate_on_submit():
        return render("maps/save.html", status=422, form=form, action=request.full_path, one=None)
    network = None if desk.staff else (desk.networks or (None,))[0]
    name, description = form.name.data or "", form.description.data or ""
    one = kept.make(
        db.session(), identity(), name, description, form.audience.data, asked, eyes_of(identity()), network
    )
    slug = one.slug
    db.session.commit()
    return redirect(f"{PATH}{slug}", 303)


def mine(name: str) -> tuple[Desk, SavedMap]:
    """A map that the reader may rename or remove: whoever may draw on it may, snapshots included."""
    one = keeping.map_here(db.session(), name, identity())
    if not keeping.may_keep(one, identity()):
        abort(403)
    return desk_here(), one


@blueprint.get("/maps/<name>/edit")
def edit(name: str) -> ResponseReturnValue:
    """Ask what a saved map is to be called from now on, and who may look at it."""
    desk, one = mine(name)
    form = form_for(desk, one, name=one.name, description=one.description, audience=one.audience)
    return render("maps/save.html", form=form, one=one, action=request.path)


@blueprint.post("/maps/<name>/edit")
def save(name: str) -> ResponseReturnValue:
    """Write it."""
    desk, one = mine(name)
    form = form_for(desk, one)
    form.process(request.form)
    if not form.validate_on_submit():
        return render("maps/save.html", status=422, form=form, one=one, action=request.path)
    one.name, one.description, one.audience = form.name.data or "", form.description.data or "", form.audience.data
    if one.audience == "network" and not desk.staff:
        one.network_id = (desk.networks or (None,))[0]
    db.session.commit()
    flash(_("Saved."))
    return redirect(f"{PATH}{name}", 303)


@blueprint.get("/maps/<name>/remove")
def ask_to_remove(name: str) -> ResponseReturnValue:
    """Ask whether a saved map is to go."""
    _desk, one = mine(name)
    return render("maps/remove.html", one=one)


@blueprint.post("/maps/<name>/remove")
def remove(name: str) -> ResponseReturnValue:
    """Remove a saved map; the organisations on it stay what they are."""
    _desk, one = mine(name)
    db.session.delete(one)
    db.session.commit()
    flash(_("The map is gone. The organisations on it stay what they are."))
    return redirect(PATH, 303)
