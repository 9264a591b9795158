"""The page on which anybody reports a page."""

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice

from network.directory.models import Organization
from network.directory.queries import organization_at
from network.extensions import db
from network.locales import chosen
from network.profiles import reporting
from network.profiles.blueprint import blueprint
from network.profiles.fields import Email, Prose
from network.profiles.forms import Part, at_most
from network.profiles.views.suggestions import ROOT, limited
from network.text import gettext as _
from network.text import lazy_gettext as _l
from network.web import render


class ReportForm(Part):
    reason = RadioField(
        _l("What is wrong?"),
        choices=[SelectChoice(key, words) for key, words in reporting.REASONS.items()],
        validate_choice=False,
    )
    note = Prose(_l("Tell us more"), [at_most(2000)], description=_l("If you like: what you saw, and how you know."))
    answer_to = Email(
        _l("Your e-mail address"),
        [at_most(254)],
        description=_l("Only if you want to hear what came of it; it is forgotten after that."),
    )

    def validate_reason(self, field: RadioField) -> None:
        if field.data not in reporting.REASONS:
            field.errors = (*field.errors, _("Choose what fits best."))


@blueprint.get(f"{ROOT}/report")
def report(slug: str) -> ResponseReturnValue:
    """A short form: what is wrong, and more if one likes."""
    return page_of(organization_of(slug), ReportForm("report"))


def organization_of(slug: str) -> Organization:
    found = organization_at(db.session(), slug)
    return found if found is not None else abort(404)


def page_of(organization: Organization, form: ReportForm, status: int = 200) -> tuple[str, int]:
    return render("profiles/report.html", status=status, organization=organization, form=form)


@blueprint.post(f"{ROOT}/report")
@limited
def send_report(slug: str) -> ResponseReturnValue:
    """Keep a report until somebody of the network looks at it."""
    organization, form = organization_of(slug), ReportForm("report", request.form)
    if not form.fits({}):
        return page_of(organization, form, 422)
    said = (form.reason.data, form.note.data or "", form.answer_to.data or "", chosen())
    reporting.report(db.session(), organization, *said)
    db.session.commit()
    flash(_("Thank you. Somebody of the network looks at it."))
    return redirect(url_for("directory.show", slug=slug), 303)
