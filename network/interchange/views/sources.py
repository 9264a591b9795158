"""Lists that refresh: where each comes from, how that goes, fetching one now, pausing it, taking it away."""

from typing import Any

from flask import abort, flash, redirect, request
from flask.typing import ResponseReturnValue

from network.accounts.forms import EmptyForm
from network.extensions import db
from network.interchange import source_words, sources, working
from network.interchange.blueprint import blueprint
from network.interchange.forms import RefreshForm
from network.interchange.models import ImportSource
from network.interchange.views.desk import LARGEST
from network.permissions import identity
from network.text import gettext as _
from network.web import render

PATH = "/interchange/sources"


def source_here(id: int) -> ImportSource:
    """A list that refreshes; 404 when there is none of that number."""
    found = db.session.get(ImportSource, id) if id < LARGEST else None
    return found or abort(404)


def work_on(source: ImportSource) -> str:
    return f"source-{source.id}"


@blueprint.get("/sources")
def sources_kept() -> ResponseReturnValue:
    """The lists that refresh, and a form for another."""
    return listed(RefreshForm())


def listed(form: RefreshForm, status: int = 200) -> tuple[str, int]:
    found = sources.all_of(db.session())
    return render(
        "interchange/sources.html",
        status=status,
        form=form,
        found=[(one, sources.draft_of(db.session(), one)) for one in found],
        path=PATH,
        words=source_words,
    )


@blueprint.post("/sources")
def add_source() -> ResponseReturnValue:
    """Keep another list, and fetch it for the first time."""
    form, session = RefreshForm(), db.session()
    if not form.validate_on_submit():
        return listed(form, 422)
    if sources.named(session, form.name.data):
        form.name.errors = [*form.name.errors, _("There is a list of that name already.")]
        return listed(form, 422)
    made = ImportSource(person_id=identity().person_id)
    made.name, made.address, made.every = form.name.data, form.address.data, form.every.data
    session.add(made)
    session.commit()
    return fetching(made)


def fetching(source: ImportSource) -> ResponseReturnValue:
    """Let a process of its own fetch a list: how long that takes is the other host's affair."""
    address = f"{PATH}/{source.id}"
    if not working.is_worked_on(work_on(source)):
        working.start(work_on(source), "refresh", source.id)
    return redirect(f"{address}?fetched=1", 303)


@blueprint.get("/sources/<int:id>")
def source(id: int) -> ResponseReturnValue:
    """Where a list comes from, when it was fetched and what came of it."""
    one = source_here(id)
    return source_page(one, RefreshForm(name=one.name, address=one.address, every=one.every))


def source_page(one: ImportSource, form: RefreshForm, status: int = 200) -> tuple[str, int]:
    return render(
        "interchange/source.html",
        block="source",
        status=status,
        one=one,
        form=form,
        draft=sources.draft_of(db.session(), one),
        problem=source_words.problem_of(one),
        path=f"{PATH}/{one.id}",
        words=source_words,
        at_work=working.is_worked_on(work_on(one)) or begins(one),
    )


def begins(one: ImportSource) -> bool:
    """Whether the first fetch was ordered so lately that its process may not have begun."""
    return one.asked_at is None and "fetched" in request.args and working.begins(one.created_at)


@blueprint.post("/sources/<int:id>")
def change_source(id: int) -> ResponseReturnValue:
    """Fetch a list from another address, or at other times. Its name stays: rows are known by it."""
    one, form = source_here(id), RefreshForm()
    form.name.data = one.name
    if not form.validate_on_submit():
        return source_page(one, form, 422)
    sources.change(one, form.address.data, form.every.data)
    return kept(one, _("Kept."))


@blueprint.post("/sources/<int:id>/fetch")
def fetch_source(id: int) -> ResponseReturnValue:
    """Fetch a list now, whether it has changed or not."""
    one = source_here(id)
    if not EmptyForm().validate_on_submit():
        return redirect(f"{PATH}/{id}", 303)
    draft = sources.draft_of(db.session(), one)
    if draft and draft.decisions:
        flash(_("You decided about rows of the last list: import that, or take it away, then fetch the next."))
        return redirect(f"{PATH}/{id}", 303)
    db.session.commit()
    return fetching(one)


@blueprint.post("/sources/<int:id>/pause")
def pause_source(id: int) -> ResponseReturnValue:
    """Let a list rest, or go on with one that rests."""
    one = source_here(id)
    if not EmptyForm().validate_on_submit():
        return redirect(f"{PATH}/{id}", 303)
    if request.form.get("what") == "resume":
        sources.resume(one)
        return kept(one, _("It is fetched again, beginning now."))
    sources.pause(one)
    return kept(one, _("It is fetched no more until you say so."))


def kept(one: ImportSource, words: Any) -> ResponseReturnValue:
    address = f"{PATH}/{one.id}"
    db.session.commit()
    flash(words)
    return redirect(address, 303)


@blueprint.post("/sources/<int:id>/remove")
def remove_source(id: int) -> ResponseReturnValue:
    """Fetch a list no more. What it brought stays."""
    one = source_here(id)
    if not EmptyForm().validate_on_submit():
        return redirect(f"{PATH}/{id}", 303)
    sources.remove(db.session(), one)
    db.session.commit()
    flash(_("The list is fetched no more. What it brought stays."))
    return redirect(PATH, 303)
