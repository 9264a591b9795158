"""An import that was made: what came of it, and taking it back."""

from flask import flash, redirect
from flask.typing import ResponseReturnValue

from network import clock
from network.accounts.forms import EmptyForm
from network.extensions import db
from network.interchange import drafts, queries, wording, working
from network.interchange.blueprint import blueprint
from network.interchange.models import Import
from network.interchange.views.desk import import_here
from network.text import gettext as _
from network.web import render


@blueprint.get("/imports/<int:id>")
def show(id: int) -> ResponseReturnValue:
    """What an import did, and whether it was taken back."""
    one = import_here(id)
    name = f"undo-{id}"
    at_work = bool(one.undo_ordered_at and not one.undone_at)
    begins = at_work and working.begins(one.undo_ordered_at)
    return render(
        "interchange/import.html",
        block="made",
        **about(one),
        at_work=at_work,
        done=working.progress_of(name).get("done", 0) if at_work else 0,
        alive=at_work and (begins or working.is_worked_on(name)),
    )


def about(one: Import) -> dict[str, object]:
    """What both pages say of an import."""
    return {
        "one": one,
        "path": f"/interchange/imports/{one.id}",
        "maker": queries.makers(db.session(), [one])[one.id],
        "draft": queries.draft_of(db.session(), one.id),
        "rows": queries.recorded_rows(db.session(), one.id),
        "fates": wording.FATE_WORDS,
        "left": wording.left(one.kept or ()),
    }


@blueprint.get("/imports/<int:id>/undo")
def ask_undo(id: int) -> ResponseReturnValue:
    """Ask whether an import is to be taken back, and say what that does."""
    one = import_here(id)
    if one.undone_at or one.undo_ordered_at:
        return redirect(f"/interchange/imports/{id}", 303)
    return render("interchange/undo.html", **about(one))


@blueprint.post("/imports/<int:id>/undo")
def undo(id: int) -> ResponseReturnValue:
    """Take an import back, or go on with that: what it made goes, what it changed returns; what was edited stays."""
    one = import_here(id, lock=True)
    address, name = f"/interchange/imports/{id}", f"undo-{id}"
    if one.undone_at or not EmptyForm().validate_on_submit():
        return redirect(address, 303)
    one.undo_ordered_at = one.undo_ordered_at or clock.now()
    rows = queries.recorded_rows(db.session(), id)
    db.session.commit()
    if rows > drafts.SMALL:
        if not working.is_worked_on(name):
            working.start(name, "run-undo", id)
        return redirect(address, 303)
    from network.interchange import running  # it takes megabytes that most processes never need

    running.run_undo(db.session(), id)
    flash(_("The import was taken back."))
    return redirect(address, 303)
