"""The page behind "how did it go?": it works by the link of a mail, without signing in, and for that alone."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from network.directory.models import Organization
from network.extensions import db
from network.introductions import actions, queries, telling
from network.introductions.forms import OutcomeForm
from network.introductions.models import Party
from network.introductions.states import Refused
from network.introductions.views import blueprint
from network.introductions.views.conversation import steps_limited
from network.introductions.wording import refusal
from network.text import gettext as _
from network.web import render


@blueprint.get("/introductions/how")
def how() -> ResponseReturnValue:
    """Ask what came of it. Opening the page changes nothing."""
    party = queries.party_of_token(db.session(), request.args.get("token", ""))
    return page(party, OutcomeForm(outcome=party.outcome if party else ""))


def page(party: Party | None, form: OutcomeForm, status: int = 200) -> tuple[str, int]:
    if party is None:
        return render("introductions/how.html", status=410, party=None)
    organization = db.session.get_one(Organization, party.organization_id)
    theirs = [one.organization_id for one in telling.others(party.introduction, party)]
    return render(
        "introductions/how.html",
        status=status,
        party=party,
        form=form,
        organization=organization,
        others=telling.names(db.session.get(Organization, id) for id in theirs),
        token=request.args.get("token", ""),
    )


@blueprint.post("/introductions/how")
@steps_limited
def say_how() -> ResponseReturnValue:
    """Keep what came of it for the party that the link was sent to."""
    token = request.args.get("token", "")
    party = queries.party_of_token(db.session(), token)
    form = OutcomeForm()
    if party is None or not form.validate_on_submit():
        return page(party, form, 422)
    introduction = queries.introduction_at(db.session(), party.introduction_id, lock=True)
    organization = db.session.get_one(Organization, party.organization_id)
    try:
        assert introduction is not None
        actions.act(db.session(), introduction, "outcome", organization, None, said=form.outcome.data)
        over = introduction.state != "accepted"
        db.session.commit()
    except Refused as refused:
        db.session.rollback()
        return render("introductions/how.html", status=409, party=None, why=refusal(refused))
    if over:
        return render("introductions/how.html", party=None, thanks=True)
    flash(_("Thank you: it helps us to suggest better. You can change it here for some weeks."))
    return redirect(url_for("introductions.how", token=token), 303)
