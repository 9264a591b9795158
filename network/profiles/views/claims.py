"""The pages of claims: asking to look after a page, objecting, deciding."""

from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, ValidationError

from network.accounts.limits import here
from network.accounts.models import Person
from network.directory.models import Organization
from network.directory.queries import organization_at
from network.directory.texts import clean
from network.extensions import db, limiter
from network.permissions import identity
from network.profiles import claims
from network.profiles.blueprint import blueprint
from network.profiles.models import Claim
from network.text import gettext as _
from network.text import lazy_gettext as _l
from network.web import kept, render

LONGEST = 2000
ROOT = "/organizations/<slug>"
TOO_LONG = _l("That is more than anybody can read here: say it in 2,000 characters.")
TOLD_FIRST = _l("Somebody looks after this page by now. They were told, and may object for seven days.")
words_limited = limiter.limit("12/hour;40/day", key_func=here, methods=["POST"])


def words_field(label: Any, **more: Any) -> TextAreaField:
    """A few words of one's own."""
    return TextAreaField(label, [Length(max=LONGEST, message=TOO_LONG)], [lambda text: clean(text or "")], **more)


class ClaimForm(FlaskForm):
    """How somebody wants to show that they speak for an organisation."""

    way = RadioField(
        _l("How do you want to show it?"),
        [InputRequired(_l("Choose one of the two."))],
        choices=[],
    )
    reason = words_field(
        _l("What you do there, and how one can see that"),
        description=_l(
            "For a decision by the staff, such as: I lead the Tuesday group; my name stands on your website."
        ),
    )

    def validate_reason(self, field: TextAreaField) -> None:
        if self.way.data == claims.STAFF and not field.data:
            raise ValidationError(_l("Say in a sentence what you do there: somebody has to decide about it."))


class ObjectionForm(FlaskForm):
    """Why somebody should not look after a page."""

    words = words_field(_l("Why should this person not look after the page?"))

    def validate_words(self, field: TextAreaField) -> None:
        if not field.data:
            raise ValidationError(_l("Say in a sentence why: the staff decide about it."))


class DecisionForm(FlaskForm):
    """What the asker is told."""

    words = words_field(
        _l("Words to the person who asks"), description=_l("They go into the mail that tells the decision.")
    )


def organization_of(slug: str) -> Organization:
    found = organization_at(db.session(), slug)
    return found if found is not None else abort(404)


def person_here() -> Person:
    """Whoever is signed in."""
    found: Person = current_user.person
    return found


def asked_by(form: ClaimForm, organization: Organization) -> ClaimForm:
    """The form as it fits an organisation: without a published address one way is left."""
    staff = SelectChoice(claims.STAFF, _("The network's staff or its coordinator decide"))
    form.way.choices = [staff]
    if organization.email:
        mailed = _("A link is mailed to the published address, %(email)s", email=claims.masked(organization.email))
        form.way.choices = [SelectChoice(claims.ADDRESS, mailed), staff]
    if not form.is_submitted():
        form.way.data = claims.ADDRESS if organization.email else claims.STAFF
    return form


@blueprint.get(f"{ROOT}/claim")
def claim(slug: str) -> ResponseReturnValue:
    """How one shows that one speaks for an organisation, or the one button of a mailed link."""
    organization = organization_of(slug)
    if token := request.args.get("token", ""):
        found = claims.mailed_claim(db.session(), organization.id, token)
        return claim_page(organization, None, status=200 if found else 404, found=found, token=token)
    return claim_page(organization, asked_by(ClaimForm(), organization) if identity().signed_in else None)


def claim_page(organization: Organization, form: ClaimForm | None, status: int = 200, **more: Any) -> tuple[str, int]:
    mine = [worn for worn in identity().worn if worn.organization_id == organization.id]
    asker = identity().person_id
    found: Claim | None = more.get("found")
    return render(
        "profiles/claim.html",
        status=status,
        organization=organization,
        form=form,
        mine=bool(mine),
        own=claims.own_claim(db.session(), organization.id, asker) if asker else None,
        taken=claims.claimed(db.session(), organization.id),
        grantable=bool(found and claims.grantable(found)),
        asker=db.session.get(Person, found.person_id) if found else None,
        here=request.full_path.rstrip("?"),
        **more,
    )


@blueprint.post(f"{ROOT}/claim")
@words_limited
def ask_claim(slug: str) -> ResponseReturnValue:
    """Ask to look after a page."""
    if not identity().signed_in:
        return kept(401, signed_out=True)
    organization = organization_of(slug)
    form = asked_by(ClaimForm(), organization)
    if not form.validate_on_submit():
        return claim_page(organization, form, 422)
    try:
        made = claims.ask(db.session(), organization, person_here(), str(form.way.data), form.reason.data or "")
    except claims.Refused as refused:
        db.session.rollback()
        return back(slug, "claim", str(refused))
    db.session.commit()
    if made.way == claims.ADDRESS:
        return back(slug, "claim", _("A mail is on its way to the published address. Open the link in it."))
    return back(slug, "claim", _("Your claim is with those who decide. You get a mail when they did."))


def back(slug: str, page: str, words: str) -> Response:
    """Go on to a page of the profile that says what happened."""
    flash(words)
    return redirect(url_for(f"profiles.{page}", slug=slug), 303)


@blueprint.post(f"{ROOT}/claim/open")
@words_limited
def open_claim(slug: str) -> ResponseReturnValue:
    """Use a mailed link: its holder becomes an admin."""
    if not identity().signed_in:
        return kept(401, signed_out=True)
    organization = organization_of(slug)
    token = request.form.get("token", "")
    found = claims.mailed_claim(db.session(), organization.id, token)
    if found is None:
        return claim_page(organization, None, status=404, found=None, token=token)
    try:
        granted = claims.redeem(db.session(), organization, found, person_here())
    except claims.Refused as refused:
        db.session.rollback()
        return back(slug, "claim", str(refused))
    db.session.commit()
    if not granted:
        return back(slug, "claim", str(TOLD_FIRST))
    flash(_("You look after this page now."))
    return redirect(f"/organizations/{slug}/edit", 303)


@blueprint.post(f"{ROOT}/claim/withdraw")
def withdraw_claim(slug: str) -> ResponseReturnValue:
    """Take back what one asked."""
    if not identity().signed_in:
        return kept(401, signed_out=True)
    organization = organization_of(slug)
    found = claims.own_claim(db.session(), organization.id, identity().person_id or 0)
    if found:
        claims.withdraw(db.session(), organization, found)
        db.session.commit()
    return back(slug, "claim", _("You don't ask for this page any more."))


@blueprint.get(f"{ROOT}/claims")
def claims_asked(slug: str) -> ResponseReturnValue:
    """The claims that wait for a decision."""
    return claims_page(organization_of(slug), DecisionForm())


def claims_page(organization: Organization, form: DecisionForm, status: int = 200, about: int = 0) -> tuple[str, int]:
    return render(
        "profiles/claims.html",
        status=status,
        organization=organization,
        form=form,
        about=about,
        asked=claims.open_claims(db.session(), organization.id),
        grantable=claims.grantable,
        taken=claims.claimed(db.session(), organization.id),
    )


@blueprint.post(f"{ROOT}/claims/<int:id>/decide")
def decide_claim(slug: str, id: int) -> ResponseReturnValue:
    """Grant or refuse a claim."""
    organization = organization_of(slug)
    found = claims.claim_of(db.session(), organization.id, id) or abort(404)
    form = DecisionForm()
    if not form.validate_on_submit():
        return claims_page(organization, form, 422, id)
    granted = request.form.get("decision") == "grant"
    if not granted and request.form.get("decision") != "refuse":
        abort(400)
    try:
        done = claims.decide(db.session(), organization, found, person_here(), granted, form.words.data or "")
    except claims.Refused as refused:
        db.session.rollback()
        return back(slug, "claims_asked", str(refused))
    db.session.commit()
    if not done:
        return back(slug, "claims_asked", str(TOLD_FIRST))
    return back(slug, "claims_asked", _("Granted, and told by mail.") if granted else _("Refused, and told by mail."))


@blueprint.get(f"{ROOT}/claims/<int:id>/object")
def objection(slug: str, id: int) -> ResponseReturnValue:
    """Ask a present admin for their objection to a claim."""
    organization = organization_of(slug)
    return objection_page(
        organization, claims.claim_of(db.session(), organization.id, id) or abort(404), ObjectionForm()
    )


def objection_page(organization: Organization, found: Claim, form: ObjectionForm, status: int = 200) -> tuple[str, int]:
    return render(
        "profiles/objection.html",
        status=status,
        organization=organization,
        claim=found,
        form=form,
        over=found.state not in claims.OPEN or claims.grantable(found),
        asker=claims.asker_words(db.session.get_one(Person, found.person_id)),
    )


@blueprint.post(f"{ROOT}/claims/<int:id>/object")
def object_to_claim(slug: str, id: int) -> ResponseReturnValue:
    """Object to a claim."""
    organization = organization_of(slug)
    found = claims.claim_of(db.session(), organization.id, id) or abort(404)
    form = ObjectionForm()
    if not form.validate_on_submit():
        return objection_page(organization, found, form, 422)
    try:
        claims.object_to(db.session(), organization, found, form.words.data or "")
    except claims.Refused as refused:
        db.session.rollback()
        flash(str(refused))
    else:
        db.session.commit()
        flash(_("Your objection is with the network's staff."))
    return redirect(url_for("profiles.objection", slug=slug, id=id), 303)
