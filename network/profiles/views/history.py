"""The pages of a profile's history: what was changed, and taking it back."""

from flask import abort, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from network.directory.queries import organization_at
from network.extensions import db
from network.hats import Hat
from network.history import queries
from network.history.undoing import WHOLE, Conflict, Refused, undo
from network.permissions import identity, may
from network.profiles.blueprint import blueprint
from network.profiles.contacts import looked
from network.profiles.editing import locked
from network.profiles.past import Sight, Telling
from network.profiles.wording import PROSE, field_name, value_words
from network.text import gettext as _
from network.web import render

CHOICE = "choice-"


@blueprint.get("/organizations/<slug>/history")
def history(slug: str) -> ResponseReturnValue:
    """What was changed of a profile, the newest first."""
    organization = organization_at(db.session(), slug) or abort(404)
    page, newest = number("page", 1), queries.newest(db.session(), organization.id)
    until = min(number("until", newest), newest)
    total, saves = queries.saves(db.session(), organization.id, until, page)
    pages = max(1, -(-total // queries.EACH))
    if page > pages:
        abort(404)
    if g.worn and g.worn.hat == Hat.STAFF and queries.about_persons(db.session(), saves):
        looked(identity(), g.subject)
    return render(
        "profiles/history.html",
        block="saves",
        organization=organization,
        told=Telling(db.session(), saves, sight()).told(),
        page=page,
        pages=pages,
        path=f"{url_for('profiles.history', slug=slug)}?until={until}",
    )


def number(name: str, otherwise: int) -> int:
    """A whole number of the address, from 1 on; 404 for what is none."""
    text = request.args.get(name) or str(otherwise)
    if not (text.isascii() and text.isdigit() and len(text) < 16):
        abort(404)
    return int(text)


def sight() -> Sight:
    """What whoever asks may see of a history."""
    hat = g.worn.hat if g.worn else Hat.REPRESENTATIVE
    return Sight(
        names=hat != Hat.REPRESENTATIVE,
        persons=hat in (Hat.ADMIN, Hat.STAFF),
        standing=may("see_standing", identity(), g.subject),
    )


@blueprint.post("/organizations/<slug>/history/<int:id>/undo")
def undo_edit(slug: str, id: int) -> ResponseReturnValue:
    """Take an edit back, or all that was saved with it; what was changed again since is asked about first."""
    organization = locked(db.session(), slug) or abort(404)
    edit = queries.edit_of(db.session(), organization.id, id) or abort(404)
    whole = "whole" in request.form
    chosen = {
        name.removeprefix(CHOICE): value == "back"
        for name, value in request.form.items()
        if name.startswith(CHOICE) and value in ("back", "keep")
    }
    there = url_for("profiles.history", slug=slug)
    try:
        undone = undo(db.session(), queries.saved_with(db.session(), edit) if whole else [edit], chosen)
        db.session.commit()
    except Refused as refused:
        db.session.rollback()
        flash(str(refused))
        return redirect(there, 303)
    if undone.conflicts:
        asked = [asking(conflict) for conflict in undone.conflicts]
        return render(
            "profiles/undo.html",
            status=409,
            organization=organization,
            id=id,
            whole=whole,
            conflicts=asked,
            sent=chosen,
        )
    flash(_("Taken back.") if undone.things else _("There was nothing to take back: it says so already."))
    return redirect(there, 303)


def asking(conflict: Conflict) -> dict[str, object]:
    """A conflict, as the page asks about it."""
    name = conflict.field
    return {
        "key": CHOICE + conflict.key,
        "name": field_name(name),
        "whole": name == WHOLE,
        "prose": name in PROSE,
        "now": value_words(name, conflict.now),
        "back": value_words(name, conflict.back),
    }
