"""The pages on which staff ask for a merge, decide about one, and undo it."""

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from network.accounts.forms import EmptyForm
from network.accounts.models import Person
from network.clock import now
from network.directory.models import Organization
from network.directory.queries import organization_at
from network.extensions import db
from network.merging import actions, queries
from network.merging.choosing import FIELDS
from network.merging.forms import AskForm, DecideForm
from network.merging.models import Merge
from network.merging.wording import beside
from network.permissions import identity
from network.text import gettext as _
from network.web import render

blueprint = Blueprint("merging", __name__)
PATH = "/organizations/<slug>/merge"
ONE = "/organizations/<slug>/merges/<int:id>"


@blueprint.get("/merges/")
def index() -> ResponseReturnValue:
    """The merges that wait for a second person, and those that were decided."""
    session = db.session()
    asked, decided = queries.waiting(session), queries.lately(session)
    return render("merging/index.html", asked=asked, decided=decided, me=identity().person_id)


@blueprint.get(PATH)
def compare(slug: str) -> ResponseReturnValue:
    """Find the other page of an organisation; then both side by side, with a choice for each field."""
    stays = organization_at(db.session(), slug) or abort(404)
    words = request.args.get("q", "").strip()[:120]
    if "with" not in request.args:
        found = queries.named(db.session(), words, stays.id) if words else ()
        return render("merging/find.html", organization=stays, q=words, found=found)
    return comparison(stays, other(stays), AskForm(formdata=None))


def other(stays: Organization) -> Organization:
    """The page that an address is compared with; 404 for none, or for itself."""
    found: Organization | None = organization_at(db.session(), request.args.get("with", ""))
    if found is None or found.id == stays.id:
        abort(404)
    return found


def comparison(stays: Organization, goes: Organization, form: AskForm, status: int = 200) -> ResponseReturnValue:
    session = db.session()
    return render(
        "merging/compare.html",
        status=status,
        stays=stays,
        goes=goes,
        form=form,
        fields=beside(stays, goes, request.form if request.method == "POST" else {}),
        moving=queries.moving(session, goes.id),
        open=queries.open_between(session, (stays.id, goes.id)),
    )


@blueprint.post(PATH)
def ask(slug: str) -> ResponseReturnValue:
    """Ask a second person."""
    stays = organization_at(db.session(), slug) or abort(404)
    goes, form = other(stays), AskForm()
    if not form.validate():
        return comparison(stays, goes, form, 422)
    chosen = {field.key: request.form.get(field.key, "") for field in FIELDS}
    try:
        merge = actions.ask(db.session(), stays, goes, chosen, form.words.data or "", identity().person_id)
        db.session.commit()
    except actions.Refused as refused:
        db.session.rollback()
        flash(str(refused))
        return redirect(url_for("merging.compare", slug=slug, **{"with": request.args["with"]}), 303)
    flash(_("Asked. Somebody else of the staff decides."))
    return redirect(url_for("merging.show", slug=slug, id=merge.id), 303)


def merge_here(slug: str, id: int, lock: bool = False) -> tuple[Merge, Organization]:
    """The merge of an address, with the organisation that stays; 404 for one of another page."""
    merge = queries.merge_of(db.session(), id, lock) or abort(404)
    stays = organization_at(db.session(), slug) or abort(404)
    if merge.organization_id != stays.id:
        abort(404)
    return merge, stays


@blueprint.get(ONE)
def show(slug: str, id: int) -> ResponseReturnValue:
    """A merge: what waits to be decided, or what became of it."""
    merge, stays = merge_here(slug, id)
    return page_of(merge, stays, DecideForm(formdata=None))


def page_of(merge: Merge, stays: Organization, form: DecideForm, status: int = 200, stale: bool = False):
    """The page of a merge."""
    session = db.session()
    goes = session.get(Organization, merge.gone_id) if merge.state in (queries.ASKED, queries.DECLINED) else None
    open_pair = merge.state == queries.ASKED and goes is not None
    return render(
        "merging/show.html",
        status=status,
        merge=merge,
        stays=stays,
        goes=goes,
        form=form,
        stale=stale,
        mine=merge.asked_by_id == identity().person_id,
        by={id: name_of(id) for id in (merge.asked_by_id, merge.decided_by_id, merge.undone_by_id)},
        fields=beside(stays, goes, merge.choices) if open_pair else (),
        moving=queries.moving(session, merge.gone_id) if open_pair else (),
        mark=actions.seen(stays, goes) if goes else "",
        undoable=queries.undoable(merge, now()),
        until=queries.until(merge),
        later=queries.later(session, merge) if merge.state == queries.DONE else None,
        left=[(queries.what_words(what), queries.why_words(why)) for what, why in merge.left],
    )


def name_of(id: int | None) -> str:
    """What somebody of the staff is called."""
    person = db.session.get(Person, id) if id else None
    return (person.name or person.email) if person else _("somebody who has left")


@blueprint.post(f"{ONE}/decide")
def decide(slug: str, id: int) -> ResponseReturnValue:
    """Merge the two, or decline it."""
    merge, stays = merge_here(slug, id, lock=True)
    form = DecideForm()
    if not form.validate():
        return page_of(merge, stays, form, 422)
    declined = "decline" in request.form
    try:
        if declined:
            actions.decline(db.session(), merge, form.reason.data or "", identity().person_id)
        else:
            actions.carry_out(db.session(), merge, form.mark.data or "", identity().person_id)
        db.session.commit()
    except actions.Stale:
        db.session.rollback()
        merge, stays = merge_here(slug, id)
        return page_of(merge, stays, form, 409, stale=True)
    except actions.Refused as refused:
        db.session.rollback()
        flash(str(refused))
        return redirect(url_for("merging.show", slug=slug, id=id), 303)
    flash(_("Declined. The two stay as they are.") if declined else _("Merged. For 30 days it can be undone."))
    return redirect(url_for("merging.show", slug=slug, id=id), 303)


@blueprint.route(f"{ONE}/undo", methods=["GET", "POST"])
def undo(slug: str, id: int) -> ResponseReturnValue:
    """Say what undoing does, then undo a merge."""
    merge, stays = merge_here(slug, id, lock=request.method == "POST")
    there = url_for("merging.show", slug=slug, id=id)
    form = EmptyForm()
    if form.validate_on_submit():
        try:
            actions.undo(db.session(), merge, identity().person_id)
            db.session.commit()
        except actions.Refused as refused:
            db.session.rollback()
            flash(str(refused))
        else:
            flash(_("Undone. There are two pages again."))
        return redirect(there, 303)
    if not queries.undoable(merge, now()) or queries.later(db.session(), merge):
        return redirect(there, 303)
    return render("merging/undo.html", merge=merge, stays=stays, form=form, until=queries.until(merge))
