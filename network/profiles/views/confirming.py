"""The page behind "is this still right?": one button, for whoever has the mailed link or may look after the profile."""

from flask import abort, flash, g, redirect, request
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import HiddenField

from network.directory import queries
from network.directory.profile import Profile, profile_at
from network.extensions import db
from network.permissions import On, check, identity, may, subject_of
from network.profiles.answering import confirm
from network.profiles.asking import question_of
from network.profiles.blueprint import blueprint
from network.profiles.models import Question
from network.text import lazy_gettext as _l
from network.web import render

THANKS = _l("Thank you. Everyone now reads that this was confirmed today.")


class ConfirmForm(FlaskForm):
    """What was looked at: the version of the profile, and its listings."""

    version = HiddenField()
    listings = HiddenField()

    def seen(self) -> set[int]:
        return {int(id) for id in (self.listings.data or "").split() if id.isdigit()}


@blueprint.get("/organizations/<slug>/confirm")
def confirmation(slug: str) -> ResponseReturnValue:
    """The profile as everyone sees it, and one button that says it is right. Opening it changes nothing."""
    today, known = queries.formerly(db.session(), slug)
    if today:
        return redirect(f"/organizations/{today}/confirm?{request.query_string.decode()}", 301)
    question, refused = let_in(slug)
    return refused or shown(slug, question)


@blueprint.post("/organizations/<slug>/confirm")
def confirmed(slug: str) -> ResponseReturnValue:
    """Note that it is right today."""
    question, refused = let_in(slug)
    if refused:
        return refused
    organization = queries.organization_at(db.session(), slug)
    if organization is None:
        abort(404)
    if question and question.answered_at:
        return shown(slug, question)
    if question is None and "version" not in request.form:  # from the edit page, which shows everything as it stands
        confirm(db.session(), organization, {listing.id for listing in organization.listings})
        db.session.commit()
        flash(str(THANKS))
        return redirect(f"/organizations/{slug}/edit", 303)
    form = ConfirmForm()
    if form.version.data != str(organization.version):
        return shown(slug, question, changed=True)
    confirm(db.session(), organization, form.seen())
    db.session.commit()
    flash(str(THANKS))
    return redirect(f"/organizations/{slug}", 303)


def let_in(slug: str) -> tuple[Question | None, ResponseReturnValue | None]:
    """The question whose link somebody comes by, if they do; then what they get instead of the page, if anything."""
    subject = subject_of(slug)
    token = request.args.get("token", "")
    question = question_of(db.session(), token)
    if question and question.organization_id == subject.id and subject.public:
        return question, None
    if token and subject.public and not may("confirm", identity(), subject):
        return None, render("profiles/confirmed.html", status=410, profile=profile_at(db.session(), slug), over=True)
    return None, check(On("confirm"), slug)


def shown(slug: str, question: Question | None, changed: bool = False) -> ResponseReturnValue:
    """The page with the button; once the question was answered, one that says so."""
    profile = profile_at(db.session(), slug)
    if profile is None:
        return redirect(f"/organizations/{slug}/edit", 303)  # not public: there its people see it
    if question and question.answered_at:
        return render("profiles/confirmed.html", profile=profile, over=False, change=way_to_change(profile, question))
    listings = " ".join(str(one.row.id) for one in (*profile.offers, *profile.seeks))
    form = ConfirmForm(formdata=None, version=str(profile.row.version), listings=listings)
    return render(
        "profiles/confirm.html",
        status=409 if changed else 200,
        profile=profile,
        form=form,
        changed=changed,
        action=request.full_path.rstrip("?"),
        change=way_to_change(profile, question),
    )


def way_to_change(profile: Profile, question: Question | None) -> str:
    """Where it can be put right: on the edit page, or for who comes by the link as a suggestion."""
    place = f"/organizations/{profile.row.slug}"
    if g.get("worn"):
        return f"{place}/edit"
    return f"{place}/suggest?token={request.args.get('token', '')}" if question else f"{place}/suggest"
