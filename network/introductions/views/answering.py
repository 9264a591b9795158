"""The page that asks twice a year what partnerships and programmes are worth: by a mailed link, and for admins."""

from flask import abort, flash, redirect, request
from flask.typing import ResponseReturnValue

from network.accounts.forms import EmptyForm
from network.directory.models import Organization
from network.directory.queries import organization_at
from network.extensions import db
from network.introductions import asked, checking
from network.introductions.asked import Asked
from network.introductions.models import ValueCheck
from network.introductions.value_forms import FIELDS, ValueForm
from network.introductions.views import blueprint
from network.introductions.views.conversation import steps_limited
from network.text import gettext as _
from network.web import render

ANSWER = "/introductions/value/answer"
OWN_ANSWER = "/organizations/<slug>/value/answer"
Questions = list[tuple[ValueCheck, Organization | None, ValueForm]]


def forms_of(asked_for: Asked) -> Questions:
    """The questions, each with its form as it was answered so far."""
    found = []
    for check, partner in asked_for:
        before = {name: getattr(check, name) for name in FIELDS}
        form = ValueForm(prefix=f"about-{check.id}", data=before)
        if partner is None:
            form.got.label.text = _("What did you get from our programmes in the last half-year?")
            form.gave.label.text = _("What did you give to them?")
            form.worth.label.text = _("Are they worth it?")
        found.append((check, partner, form))
    return found


@blueprint.get(ANSWER)
def value_answer() -> ResponseReturnValue:
    """Ask about each partner and our programmes, by a mailed link. Opening the page changes nothing."""
    return answer_page(forms_of(by_link()), by_link=True)


@blueprint.post(ANSWER)
@steps_limited
def give_value_answer() -> ResponseReturnValue:
    """Keep what was answered for the organisation that the link was sent to."""
    return keep(forms_of(by_link()), by_link=True)


@blueprint.get(OWN_ANSWER)
def own_value_answer(slug: str) -> ResponseReturnValue:
    """The same questions for an admin who is signed in, with or without a mail."""
    return answer_page(forms_of(on_page(slug)))


@blueprint.post(OWN_ANSWER)
@steps_limited
def give_own_value_answer(slug: str) -> ResponseReturnValue:
    """Keep what an admin answered."""
    return keep(forms_of(on_page(slug)))


def by_link() -> Asked:
    return asked.asked_by(db.session(), request.args.get("token", ""))


def on_page(slug: str) -> Asked:
    return asked.asked_of(db.session(), organization_at(db.session(), slug) or abort(404))


def answer_page(questions: Questions, status: int = 200, by_link: bool = False) -> tuple[str, int]:
    organization = db.session.get(Organization, questions[0][0].organization_id) if questions else None
    if organization is None:
        return render("introductions/value_answer.html", status=410, asked=())
    return render(
        "introductions/value_answer.html",
        status=status,
        organization=organization,
        asked=[(partner, form) for _check, partner, form in questions],
        by_link=by_link,
        here=request.full_path.rstrip("?"),
    )


def keep(questions: Questions, by_link: bool = False) -> ResponseReturnValue:
    wrong = [form for _check, _partner, form in questions if not form.validate()]
    if not questions or wrong or not EmptyForm().validate_on_submit():
        return answer_page(questions, 422, by_link)
    checking.answer(db.session(), [(check, form.said) for check, _partner, form in questions])
    db.session.commit()
    flash(_("Thank you. You can change it here for some weeks."))
    return redirect(request.full_path.rstrip("?"), 303)
