"""The pipeline: where relationships stand, as a board and as a table, and changing one of them."""

from datetime import date

from flask import abort, flash, redirect, request
from flask.typing import ResponseReturnValue

from network.extensions import db
from network.maps import pipeline, relations, standings
from network.maps.blueprint import blueprint
from network.maps.eyes import Eyes, eyes_of
from network.maps.forms import RelationForm
from network.maps.pipeline import Asked
from network.maps.relations import LATELY, Relation
from network.maps.steps import Refused
from network.matching.looking import Desk, desk_here
from network.matching.views.partners import owners
from network.permissions import identity
from network.text import gettext as _
from network.web import render

PIPELINE = "/maps/pipeline"


@blueprint.get(PIPELINE)
def relationships() -> ResponseReturnValue:
    """Where relationships stand: columns by standing, or a table; the next to be done first."""
    desk, asked, today = desk_here(), Asked.parse(request.args), date.today()
    every = relations.moving(db.session(), eyes_of(identity()))
    fits = pipeline.fitting(every, asked, today)
    pages = max(1, -(-len(fits) // pipeline.PAGE)) if asked.view == "table" else 1
    if asked.page > pages:
        abort(404)
    choices = owners(desk)
    people = dict(choices) | {str(one.owner_id): one.owner for one in every if one.owner_id}
    return render(
        "maps/pipeline.html",
        block="relations",
        asked=asked,
        path=PIPELINE,
        columns=pipeline.columns(fits),
        rows=fits[(asked.page - 1) * pipeline.PAGE : asked.page * pipeline.PAGE],
        total=len(fits),
        overdue=sum(one.overdue(today) for one in fits),
        pages=pages,
        people=sorted(people.items(), key=lambda one: one[1].casefold()),
        form_of=lambda one: RelationForm.of(one, choices),
        today=today,
        lately=LATELY,
    )


def relation_here(id: int, lock: bool = False) -> tuple[Desk, Eyes, Relation]:
    """A relationship that the reader looks after; 404 for every other."""
    desk, eyes = desk_here(), eyes_of(identity())
    found = relations.relation(db.session(), eyes, id, lock) if id < 2**31 else None
    return desk, eyes, found or abort(404)


def relation_page(one: Relation, form: RelationForm, status: int = 200, **more: object) -> tuple[str, int]:
    asked = Asked.parse(request.args)
    return render(
        "maps/relation.html",
        status=status,
        one=one,
        form=form,
        asked=asked,
        path=PIPELINE,
        action=asked.address(f"{PIPELINE}/{one.id}"),
        today=date.today(),
        **more,
    )


@blueprint.get(f"{PIPELINE}/<int:id>")
def relationship(id: int) -> ResponseReturnValue:
    """One relationship: where it stands, who looks after it, what is next."""
    desk, _eyes, one = relation_here(id)
    return relation_page(one, RelationForm.of(one, owners(desk)))


@blueprint.post(f"{PIPELINE}/<int:id>")
def change_relationship(id: int) -> ResponseReturnValue:
    """Write it. What somebody else wrote in the meantime is shown first; what makes public is asked about first."""
    desk, eyes, one = relation_here(id, lock=True)
    form = RelationForm.of(one, owners(desk), request.form)
    if not form.validate_on_submit():
        return relation_page(one, form, 422)
    if request.form.get("mark") != one.mark:
        return relation_page(one, form, 409, moved=True)
    try:
        found = standings.changeable(db.session(), identity(), eyes, id, "see_standing")
        standings.move(db.session(), eyes, found, form.said | {"sure": request.form.get("sure") == "1"})
    except Refused as why:
        db.session.rollback()
        return relation_page(one, form, 409 if "sure" in why.more else 422, why=str(why), ask="sure" in why.more)
    db.session.commit()
    flash(_("Saved."))
    return redirect(f"{Asked.parse(request.args).address(PIPELINE)}#organization-{id}", 303)
