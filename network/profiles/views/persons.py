"""One's own: what is stored about oneself, by a mailed link without an account, or signed in."""

from typing import Any

from flask import abort, flash, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from limits import parse

from network.accounts import present
from network.accounts.forms import EmptyForm
from network.accounts.limits import here
from network.accounts.present import hashed
from network.extensions import db, limiter
from network.locales import chosen
from network.permissions import identity, providers
from network.profiles import entering, forgetting, persons
from network.profiles.blueprint import blueprint
from network.profiles.contact_forms import ErasePersonForm, FindForm, OwnForm
from network.profiles.models import ContactPerson
from network.profiles.persons import Opened
from network.text import gettext as _
from network.web import render

OF_A_NETWORK = parse("10/hour")
TO_ONE = parse("3/hour")


@blueprint.route("/contact/find", methods=["GET", "POST"])
def find_own() -> ResponseReturnValue:
    """Ask for a mail with the way to everything that is stored about an address; every address gets the same answer."""
    form = FindForm()
    if form.validate_on_submit():
        address, limit = form.email.data or "", limiter.limiter
        if not limit.hit(OF_A_NETWORK, "own", here()):
            abort(429)
        if limit.hit(TO_ONE, "own", hashed(entering.folded(address))):
            persons.send_link(db.session(), address, chosen())
            db.session.commit()
        return render("profiles/asked.html", address=address)
    return render("profiles/find.html", status=422 if form.errors else 200, form=form)


def opened_here() -> Opened | None:
    return persons.opened(db.session(), request.values.get("token", ""))


def gone() -> ResponseReturnValue:
    """What is said where a link opens nothing any more."""
    return render("profiles/spent.html", status=404)


def entry(opened: Opened) -> ContactPerson:
    """The contact entry that a form is about: the one that was opened, or one of the same address."""
    if opened.contact:
        return opened.contact
    id = request.form.get("entry", "")
    contact = db.session.get(ContactPerson, int(id)) if id.isdecimal() and len(id) < 10 else None
    return contact if contact and contact.email == opened.email else abort(404)


def own_form(contact: ContactPerson, filled: bool) -> OwnForm:
    """The form about one entry among several: as it stands, or as it was filled in."""
    prefix = f"entry-{contact.id}-"
    return OwnForm(prefix=prefix) if filled else OwnForm(None, obj=contact, prefix=prefix)


@blueprint.get("/contact")
def own() -> ResponseReturnValue:
    """What a mailed link opens: what is stored, and what can be done about it."""
    opened = opened_here()
    return own_page(opened) if opened else gone()


def own_page(opened: Opened, form: OwnForm | None = None, about: int = 0) -> ResponseReturnValue:
    """The page; `form` is one about the entry `about` that could not be taken."""
    stored = persons.stored_about(db.session(), opened.email)
    if opened.contact:
        rows = [(row, organization) for row, organization in stored.contacts if row is opened.contact]
    else:
        rows = list(stored.contacts)
    entries = [
        (row, organization, form if row.id == about else own_form(row, filled=False)) for row, organization in rows
    ]
    return render(
        "profiles/own.html",
        status=422 if form else 200,
        stored=stored,
        opened=opened,
        entries=entries,
        token=request.values.get("token", ""),
        sure=ErasePersonForm(None),
    )


def again(opened: Opened) -> ResponseReturnValue:
    """Back to the page, by the same link."""
    return redirect(url_for("profiles.own", token=request.values.get("token", "")), 303)


@blueprint.post("/contact/change")
def change_own() -> ResponseReturnValue:
    """Say oneself how one is shown."""
    opened = opened_here()
    if opened is None:
        return gone()
    contact = entry(opened)
    form = own_form(contact, filled=True)
    if not form.validate_on_submit():
        return own_page(opened, form, contact.id)
    entering.agree(contact, **{name: form[name].data or "" for name in ("name", "title", "phone", "visible")})
    db.session.commit()
    flash(_("Saved. You are shown as you said."))
    return again(opened)


@blueprint.post("/contact/withdraw")
def withdraw_own() -> ResponseReturnValue:
    """Be shown to nobody any more."""
    opened = opened_here()
    if opened is None:
        return gone()
    if EmptyForm().validate_on_submit():
        entering.withdraw(entry(opened))
        db.session.commit()
        flash(_("You are shown to nobody any more, and cannot be entered there again."))
    return again(opened)


@blueprint.route("/contact/erase", methods=["GET", "POST"])
def erase_own() -> ResponseReturnValue:
    """Ask on a page of its own, then erase one entry, or everything about an address."""
    opened = opened_here()
    if opened is None:
        return gone()
    form = ErasePersonForm()
    stored = persons.stored_about(db.session(), opened.email)
    if form.validate_on_submit():
        contact = opened.contact
        if contact:
            words = forgetting.erase_entry(db.session(), contact)
        else:
            words = forgetting.erase_person(db.session(), opened.email, bool(form.published.data))
        db.session.commit()
        forgetting.leave_no_trace(db.session(), words)
        return render("profiles/erased.html")
    token = request.values.get("token", "")
    page: dict[str, Any] = {"form": form, "stored": stored, "opened": opened, "token": token}
    return render("profiles/erase_person.html", status=422 if form.errors else 200, **page)


@blueprint.get("/contact/export.json")
def export_by_link() -> ResponseReturnValue:
    """The same as a file, for a link that opens everything."""
    opened = opened_here()
    if opened is None or opened.contact:
        return gone()
    return as_file(persons.exported(persons.stored_about(db.session(), opened.email)))


@blueprint.get("/persons/export.json")
def export_person() -> ResponseReturnValue:
    """Everything that is stored about whoever is signed in, as a file."""
    if not identity().recent:
        return providers.sign_in(True)
    return as_file(persons.exported(persons.stored_about(db.session(), present.person_here().email)))


@blueprint.route("/persons/erase", methods=["GET", "POST"])
def erase_person() -> ResponseReturnValue:
    """Ask on a page of its own, then erase whoever is signed in."""
    if not identity().recent:
        return providers.sign_in(True)
    person, form = present.person_here(), ErasePersonForm()
    stored = persons.stored_about(db.session(), person.email)
    if form.validate_on_submit():
        email = person.email
        present.sign_out()
        words = forgetting.erase_person(db.session(), email, bool(form.published.data))
        db.session.commit()
        forgetting.leave_no_trace(db.session(), words)
        return render("profiles/erased.html")
    page: dict[str, Any] = {"form": form, "stored": stored, "opened": Opened(person.email), "token": ""}
    return render("profiles/erase_person.html", status=422 if form.errors else 200, **page)


def as_file(facts: dict) -> ResponseReturnValue:
    response = jsonify(facts)
    response.headers["Content-Disposition"] = 'attachment; filename="about-me.json"'
    response.cache_control.no_store = True
    return response
