"""The pages of contact persons: a section of a profile's editing, and the form by which anybody writes to them."""

from typing import Any

from flask import Flask, abort, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from limits import parse

from network import mail
from network.accounts import present
from network.accounts.forms import EmptyForm
from network.accounts.limits import here
from network.accounts.models import Person
from network.accounts.present import hashed
from network.accounts.queries import locale_of
from network.directory.models import Organization
from network.directory.queries import organization_at, subject
from network.extensions import db, limiter
from network.hats import Subject
from network.permissions import identity
from network.profiles import contacts, entering, stale
from network.profiles.blueprint import blueprint
from network.profiles.contact_forms import ContactForm, WriteForm
from network.profiles.contacts import Seen
from network.profiles.models import ContactPerson
from network.text import gettext as _
from network.web import render

PATH = "/organizations/<slug>/contacts"
OF_A_NETWORK = parse("5/hour")
TO_ONE = parse("20/day")


def organization_here() -> Organization:
    """The organisation that this request is about."""
    return organization_at(db.session(), (request.view_args or {})["slug"]) or abort(404)


def person_asking() -> Person | None:
    """The person who is signed in."""
    signed_in = present.here()
    return signed_in.person if signed_in else None


def edited() -> list[ContactPerson]:
    """The contact persons that whoever asks may change, for the section of the page that edits a profile."""
    return contacts.edited_by(db.session(), identity(), g.subject)


def contact_here(id: int) -> ContactPerson:
    return next((one for one in edited() if one.id == id), None) or abort(404)


def back(slug: str) -> ResponseReturnValue:
    return redirect(f"/organizations/{slug}/edit#contacts", 303)


@blueprint.get(PATH)
def contact_persons(slug: str) -> ResponseReturnValue:
    """The section alone."""
    return render("profiles/contacts.html", organization=organization_here())


@blueprint.route(f"{PATH}/add", methods=["GET", "POST"])
def add_contact(slug: str) -> ResponseReturnValue:
    """Enter a contact person."""
    organization, form = organization_here(), ContactForm()
    if form.validate_on_submit() and not refused(form, organization):
        contact = entering.enter(db.session(), organization, person_asking(), **typed(form))
        db.session.commit()
        flash(entered(contact))
        return back(slug)
    return render("profiles/contact.html", status=422 if form.errors else 200, form=form, organization=organization)


@blueprint.route(f"{PATH}/<int:id>", methods=["GET", "POST"])
def edit_contact(slug: str, id: int) -> ResponseReturnValue:
    """Change a contact person."""
    organization, contact = organization_here(), contact_here(id)
    form = ContactForm(obj=contact)
    now = {name: getattr(contact, name) for name in entering.FIELDS}
    status = 200
    if form.validate_on_submit() and not refused(form, organization, contact):
        compared = stale.compare(request.form.get("marks", ""), typed(form), now)
        if not compared.conflicts:
            before = contact.email
            entering.change(db.session(), organization, contact, person_asking(), **compared.changes)
            db.session.commit()
            flash(entered(contact) if contact.email != before else _("Saved."))
            return back(slug)
        for name, both in compared.conflicts.items():
            said = contacts.VISIBLE.get(both.theirs, both.theirs) if name == "visible" else both.theirs
            form[name].errors = [
                _("Somebody changed this in the meantime to “%(now)s”. Save again to keep yours.", now=said)
            ]
        status = 409
    page: dict[str, Any] = {"form": form, "organization": organization, "contact": contact, "marks": stale.marks(now)}
    return render("profiles/contact.html", status=422 if form.errors and status == 200 else status, **page)


@blueprint.route(f"{PATH}/<int:id>/remove", methods=["GET", "POST"])
def remove_contact(slug: str, id: int) -> ResponseReturnValue:
    """Ask, then take a contact person out."""
    organization, contact = organization_here(), contact_here(id)
    form = EmptyForm()
    if form.validate_on_submit():
        entering.take_out(db.session(), contact)
        db.session.commit()
        flash(_("Taken out."))
        return back(slug)
    return render("profiles/remove_contact.html", form=form, organization=organization, contact=contact)


@blueprint.post(f"{PATH}/<int:id>/move")
def move_contact(slug: str, id: int) -> ResponseReturnValue:
    """Move a contact person one up or down."""
    contact_here(id)
    entering.move(edited(), id, -1 if request.form.get("way") == "up" else 1)
    db.session.commit()
    return back(slug)


def typed(form: ContactForm) -> dict[str, str]:
    return {name: form[name].data or "" for name in entering.FIELDS}


def refused(form: ContactForm, organization: Organization, contact: ContactPerson | None = None) -> bool:
    """Whether an address stands there already, or the person asked not to be shown; the form says so."""
    same = [one for one in contacts.contacts_of(db.session(), organization.id) if one is not contact]
    if contact is None and len(same) >= contacts.MOST:
        form.name.errors = [_("There are %(count)s contact persons: take one out first.", count=len(same))]
        return True
    found = next((one for one in same if one.email == entering.folded(form.email.data or "")), None)
    if found is None:
        return False
    withdrawn = found.visible == contacts.NOBODY
    form.email.errors = [
        _("This person asked not to be named here.") if withdrawn else _("This address stands here already.")
    ]
    return True


def entered(contact: ContactPerson) -> str:
    if contact.agreed_at:
        return _("Saved.")
    return _("Saved. %(name)s gets a mail, and decides about being shown to everyone or to members.", name=contact.name)


@blueprint.route("/organizations/<slug>/write", methods=["GET", "POST"])
def write(slug: str) -> ResponseReturnValue:
    """Write to a contact person, or to the address that an organisation publishes. No address is on the page."""
    organization = organization_here()
    to, email = recipient(organization)
    form = WriteForm(obj=person_asking())
    status = 200
    if form.validate_on_submit():
        if allowed(email):
            locale = locale_of(db.session(), email, entering.spoken_by(organization))
            mail.post(
                db.session(),
                "relay",
                email,
                locale,
                organization_id=organization.id,
                reply_to=form.email.data,
                organization=organization.name,
                name=to.name if to else "",
                sender=form.name.data,
                address=form.email.data,
                message=form.message.data,
            )
            db.session.commit()
            flash(_("Your message is on its way. The answer comes to %(address)s.", address=form.email.data))
            return redirect(
                url_for("directory.show" if organization.public else "profiles.contact_persons", slug=slug), 303
            )
        form.message.errors = [
            _("Too many messages were sent today, from your network or to this address. Keep your text and try later.")
        ]
        status = 429
    return render(
        "profiles/write.html",
        status=422 if form.errors and status == 200 else status,
        form=form,
        organization=organization,
        to=to,
    )


def recipient(organization: Organization) -> tuple[Seen | None, str]:
    """Whom a message goes to, and where: the contact person of the address, if whoever asks may see them."""
    shown = contacts.seen(db.session(), identity(), g.subject)
    asked = request.args.get("to", "")
    if not asked and organization.email:
        return None, organization.email
    to = next((one for one in shown if not asked or str(one.id) == asked), None) or abort(404)
    return to, db.session.get_one(ContactPerson, to.id).email


def allowed(email: str) -> bool:
    """Whether one more message may go out: from this network, and to this address."""
    limit = limiter.limiter
    asked = ((OF_A_NETWORK, "relay", here()), (TO_ONE, "relayed", hashed(email)))
    return all(limit.test(*one) for one in asked) and all(limit.hit(*one) for one in asked)


def shown(organization_id: int, slug: str) -> list[Seen]:
    """The contact persons of a public profile, as whoever reads it sees them."""
    asker = identity()
    known = subject(db.session(), slug) if asker.worn else None
    return contacts.seen(db.session(), asker, known if isinstance(known, Subject) else Subject(organization_id, True))


def init_app(app: Flask) -> None:
    """Let templates ask whom to show."""
    app.jinja_env.globals["contact_persons"] = shown
    app.jinja_env.globals["contact_persons_edited"] = edited
    app.jinja_env.globals["VISIBLE"] = contacts.VISIBLE
