"""The pages of suggested corrections: making one, and deciding about them."""

from collections.abc import Sequence
from typing import Any

from flask import abort, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField
from wtforms.validators import DataRequired
from wtforms.widgets import TextInput

from network.accounts.limits import here
from network.directory.models import Organization
from network.directory.queries import organization_at
from network.directory.spoken import language_named
from network.extensions import db, limiter
from network.hats import Hat
from network.locales import chosen
from network.permissions import identity
from network.places.countries import language_name
from network.profiles import suggestions
from network.profiles.answering import answered
from network.profiles.asking import question_of
from network.profiles.blueprint import blueprint
from network.profiles.editing import locked, tell_admins
from network.profiles.fields import Email, Line, Name, Picks, Prose, Website
from network.profiles.forms import LONGEST_PROSE, NO_LANGUAGE, PlaceForm, at_most
from network.text import gettext as _
from network.text import lazy_gettext as _l
from network.web import render

ROOT = "/organizations/<slug>"
limited = limiter.shared_limit("12/hour;40/day", scope="suggestions", key_func=here)
"""A view that takes something from anybody, for as long as their network doesn't send too much."""


class Spoken(Picks):
    """Languages, named in one line."""

    widget = TextInput()

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        if valuelist and valuelist[0] == named(self.object_data):
            self.data, self.unknown = self.object_data, ()  # whatever the names are, nobody changed them
        else:
            super().process_formdata(valuelist)

    def _value(self) -> str:
        return ", ".join(self.raw_data) if self.raw_data else named(self.data)


def named(codes: Sequence[str]) -> str:
    """Languages in the reader's own, as they are typed."""
    return ", ".join(language_name(code, chosen()) for code in codes or ())


class SuggestionForm(PlaceForm):
    """The public fields of a profile, as somebody would rather read them."""

    area_served: Any = None
    name = Name(_l("Name"), [DataRequired(_l("Write the organisation's name.")), at_most(200)])
    summary = Line(_l("In one sentence"), [at_most(400)])
    description = Prose(_l("Description"), [at_most(LONGEST_PROSE)])
    website = Website(_l("Website"), [at_most(500)])
    email = Email(_l("Its e-mail"), [at_most(254)])
    phone = Line(_l("Phone"), [at_most(60)])
    languages = Spoken(_l("Languages"), read=language_named, advice=NO_LANGUAGE)
    meets = Line(_l("When it meets"), [at_most(200)])
    newcomers = BooleanField(_l("Newcomers are welcome"))
    closed = BooleanField(_l("It has closed, or meets no more"))
    note = Prose(
        _l("What else is wrong, or how you know"),
        [at_most(2000)],
        description=_l("Such as: I was there on Tuesday, and they have moved."),
    )
    answer_to = Email(
        _l("Your e-mail address"),
        [at_most(254)],
        description=_l("Only if you want to hear what came of it; it is forgotten after that."),
    )

    def __init__(self, typed: Any, organization: Organization) -> None:
        said = {name: getattr(organization, name) for name in suggestions.FIELDS}
        super().__init__("suggest", typed, data=said | {"answer_to": ""})
        for name, words in (("town", _("Town")), ("online", _("One can take part online"))):
            self[name].label.text, self[name].description = words, ""
        self["address"].description = ""


def organization_of(slug: str) -> Organization:
    found = organization_at(db.session(), slug)
    return found if found is not None else abort(404)


@blueprint.get(f"{ROOT}/suggest")
def suggest(slug: str) -> ResponseReturnValue:
    """The public fields, to be put right by whoever knows better."""
    organization = organization_of(slug)
    return form_page(organization, SuggestionForm(None, organization))


def form_page(
    organization: Organization, form: SuggestionForm, status: int = 200, problem: str = ""
) -> tuple[str, int]:
    return render(
        "profiles/suggest.html",
        status=status,
        organization=organization,
        form=form,
        problem=problem,
        action=request.full_path.rstrip("?"),
    )


@blueprint.post(f"{ROOT}/suggest")
@limited
def send_suggestion(slug: str) -> ResponseReturnValue:
    """Keep a suggestion until somebody decides about it."""
    organization = organization_of(slug)
    form = SuggestionForm(request.form, organization)
    if not form.fits({name: getattr(organization, name) for name in suggestions.FIELDS}):
        return form_page(organization, form, 422)
    try:
        made = (form.values, form.note.data or "", form.answer_to.data or "", chosen())
        suggestions.make(db.session(), organization, *made)
    except suggestions.Refused as refused:
        db.session.rollback()
        return form_page(organization, form, 422, str(refused))
    question = question_of(db.session(), request.args.get("token", ""))
    if question and question.organization_id == organization.id:
        answered(db.session(), organization.id)
    db.session.commit()
    flash(_("Thank you. Those who look after this page read it, and take over what is right."))
    return redirect(url_for("directory.show", slug=slug), 303)


@blueprint.get(f"{ROOT}/suggestions")
def suggestions_made(slug: str) -> ResponseReturnValue:
    """What was suggested for a profile, beside what it says."""
    organization = organization_of(slug)
    made = suggestions.waiting(db.session(), organization.id)
    return render(
        "profiles/suggestions.html",
        organization=organization,
        made=[(one, suggestions.suggested(organization, one)) for one in made],
    )


@blueprint.post(f"{ROOT}/suggestions/<int:id>/decide")
def decide_suggestion(slug: str, id: int) -> ResponseReturnValue:
    """Take over the ticked fields of a suggestion, and refuse the others."""
    organization = locked(db.session(), slug) or abort(404)
    found = suggestions.suggestion_of(db.session(), organization.id, id) or abort(404)
    try:
        accepted = request.form.getlist("accept") if "refuse" not in request.form else []
        suggestions.decide(db.session(), organization, found, accepted, identity().person_id)
    except suggestions.Refused as refused:
        db.session.rollback()
        flash(str(refused))
    else:
        if found.accepted:
            tell_admins(db.session(), organization, g.worn.hat if g.worn else Hat.REPRESENTATIVE)
        db.session.commit()
        flash(_("Taken over.") if found.accepted else _("Nothing was taken over."))
    return redirect(url_for("profiles.suggestions_made", slug=slug), 303)
