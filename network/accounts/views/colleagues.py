"""Who acts for an organisation: the page, inviting, changing roles, removing, leaving."""

from flask import abort, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from network.accounts import colleagues as acting
from network.accounts import present, queries
from network.accounts.addresses import folded
from network.accounts.forms import EmptyForm, InviteForm
from network.accounts.hats import MEANINGS, NAMES
from network.accounts.models import Invitation, Role
from network.accounts.views import blueprint
from network.accounts.views.coming import asked_to_sign_in, recent
from network.clock import now
from network.directory.models import Organization
from network.directory.queries import organization_at
from network.extensions import db, limiter
from network.hats import Hat
from network.permissions import identity, may
from network.text import gettext as _
from network.web import render

OFTEN = "20/hour;60/day"


def asker() -> str:
    """Whom mails to colleagues are counted for."""
    return str(identity().person_id)


def organization_here(slug: str) -> Organization:
    found = organization_at(db.session, slug)
    if found is None:
        abort(404)
    return found


def offered(organization: Organization) -> tuple[Hat, ...]:
    """The roles that whoever asks may invite to, or ask the admins to invite to."""
    if g.worn.hat == Hat.REPRESENTATIVE:
        return (Hat.REPRESENTATIVE,)
    has_admin = bool(queries.admins_of(db.session, organization.id))
    return acting.inviting(g.worn.hat, organization, has_admin)


def invite_form(organization: Organization) -> InviteForm:
    form = InviteForm()
    hats = offered(organization)
    form.role.choices = [(str(hat), f"{NAMES[hat]}: {MEANINGS[hat]}") for hat in hats]
    if not form.role.data and hats:
        form.role.data = str(hats[0])
    return form


@blueprint.get("/organizations/<slug>/colleagues")
def colleagues(slug: str) -> ResponseReturnValue:
    """Who acts for an organisation, in which role, since when; and who is invited."""
    organization = organization_here(slug)
    return listed(organization, invite_form(organization))


def listed(organization: Organization, form: InviteForm, status: int = 200, last: Role | None = None):
    """The page; `last` is the role of an admin who can't leave yet."""
    roles = queries.colleagues(db.session, organization.id)
    return render(
        "accounts/colleagues.html",
        status=status,
        organization=organization,
        subject=g.subject,
        worn=g.worn,
        roles=roles,
        changeable={one.id for one in roles if may_change(one)},
        invited=queries.invitations_of(db.session, organization.id, now()),
        form=form,
        empty=EmptyForm(),
        last=last,
        me=present.person_here(),
        names=NAMES,
    )


def may_change(role: Role) -> bool:
    """Whether whoever asks may take a role or change it: a coordinator's is for staff to take."""
    if not may("remove_colleague", identity(), g.subject):
        return False
    return role.role != Hat.COORDINATOR or g.worn.hat == Hat.STAFF


@blueprint.post("/organizations/<slug>/colleagues/invite")
@limiter.limit(OFTEN, key_func=asker)
def invite_colleague(slug: str) -> ResponseReturnValue:
    """Invite somebody by mail, to accept within seven days."""
    organization = organization_here(slug)
    form = invite_form(organization)
    if not form.validate():
        return listed(organization, form, 422)
    email, hat = folded(form.email.data), Hat(form.role.data)
    if has_role(organization, email, hat):
        form.email.errors = [_("They act for it in this role already.")]
        return listed(organization, form, 422)
    me = present.person_here()
    acting.invite(db.session, organization, email, hat, me, me.locale)
    db.session.commit()
    flash(_("Invited: %(email)s. The invitation is good for seven days.", email=email))
    return back(slug)


def has_role(organization: Organization, email: str, hat: Hat) -> bool:
    as_good = (hat, Hat.ADMIN) if hat == Hat.REPRESENTATIVE else (hat,)
    roles = queries.colleagues(db.session, organization.id)
    return any(one.person.email == email and one.role in as_good for one in roles)


@blueprint.post("/organizations/<slug>/colleagues/ask")
@limiter.limit(OFTEN, key_func=asker)
def ask_for_colleague(slug: str) -> ResponseReturnValue:
    """A representative asks those who decide to invite somebody."""
    organization = organization_here(slug)
    form = invite_form(organization)
    if not form.validate():
        return listed(organization, form, 422)
    me, networks = present.person_here(), tuple(g.subject.networks)
    email, hat = folded(form.email.data), Hat(form.role.data)
    told = acting.ask_admins(db.session, organization, networks, email, hat, me)
    db.session.commit()
    flash(_("Asked. An admin decides, and invites them.") if told else _("There is nobody yet who could decide."))
    return back(slug)


@blueprint.post("/organizations/<slug>/colleagues/invitations/<int:id>/withdraw")
def withdraw_invitation(slug: str, id: int) -> ResponseReturnValue:
    """Take an invitation back that nobody has accepted yet."""
    organization = organization_here(slug)
    found = db.session.get(Invitation, id)
    if found is None or found.organization_id != organization.id or found.accepted_at:
        abort(404)
    if Hat(found.role) not in (*offered(organization), Hat.REPRESENTATIVE):
        abort(403)
    db.session.delete(found)
    db.session.commit()
    flash(_("The invitation is taken back."))
    return back(slug)


@blueprint.post("/organizations/<slug>/colleagues/<int:id>/remove")
def remove_colleague(slug: str, id: int) -> ResponseReturnValue:
    """Take a role from somebody."""
    organization = organization_here(slug)
    role = role_here(organization, id)
    if not may_change(role):
        abort(403)
    return gone(organization, role, _("%(name)s no longer acts for it.", name=role.person.name or role.person.email))


@blueprint.post("/organizations/<slug>/colleagues/<int:id>/leave")
def leave(slug: str, id: int) -> ResponseReturnValue:
    """Give up a role of one's own."""
    if not recent():
        return asked_to_sign_in(True)
    organization = organization_here(slug)
    role = role_here(organization, id)
    if role.person_id != identity().person_id:
        abort(403)
    return gone(organization, role, _("You no longer act for %(name)s in this role.", name=organization.name))


def gone(organization: Organization, role: Role, said: str) -> ResponseReturnValue:
    """The role is taken, or, when it is the last admin's, what to do first."""
    mine = role.person_id == identity().person_id
    try:
        acting.remove(db.session, organization, role, present.person_here())
    except acting.LastAdmin:
        return listed(organization, invite_form(organization), 422, role)
    db.session.commit()
    flash(said)
    return redirect(url_for("accounts.index"), 303) if mine else back(organization.slug)


@blueprint.post("/organizations/<slug>/colleagues/<int:id>/role")
def change_role(slug: str, id: int) -> ResponseReturnValue:
    """Make a representative an admin, or an admin a representative."""
    organization = organization_here(slug)
    role, wanted = role_here(organization, id), request.form.get("role")
    if wanted not in (Hat.ADMIN, Hat.REPRESENTATIVE) or role.role == Hat.COORDINATOR:
        abort(400)
    try:
        acting.change(db.session, organization, role, Hat(wanted), present.person_here())
    except acting.LastAdmin:
        return listed(organization, invite_form(organization), 422, role)
    db.session.commit()
    flash(_("Changed."))
    return back(slug)


def role_here(organization: Organization, id: int) -> Role:
    """A role in the organisation of the address; its admins are held until the transaction ends."""
    role = acting.role_of(db.session, organization.id, id)
    if role is None:
        abort(404)
    return role


def back(slug: str) -> ResponseReturnValue:
    return redirect(url_for("accounts.colleagues", slug=slug), 303)
