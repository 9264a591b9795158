"""What waits for one, and one introduction: the whole conversation, and the next step of whoever reads it."""

from flask import abort, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from network.accounts.forms import EmptyForm
from network.accounts.limits import here
from network.accounts.present import person_here
from network.directory.models import Listing
from network.directory.queries import cards
from network.extensions import db, limiter
from network.hats import Hat, Worn
from network.index import Hit
from network.introductions import actions, asked, naming, queries, states
from network.introductions.forms import DeclineForm, OutcomeForm, QuestionForm, ReplyForm
from network.introductions.models import Introduction
from network.introductions.views import blueprint, reading
from network.introductions.wording import ANSWERS, NEXT_AFTER, OUTCOMES, REASONS, REASONS_TOLD, STATES, done, refusal
from network.permissions import identity
from network.text import gettext as _
from network.text import lazy_gettext as _l
from network.web import render

FORMS: dict[str, type[FlaskForm]] = {
    "accept": EmptyForm,
    "decline": DeclineForm,
    "question": QuestionForm,
    "reply": ReplyForm,
    "withdraw": EmptyForm,
    "outcome": OutcomeForm,
}
SAID = {
    "decline": _l("Declined. They are told kindly, with your reason."),
    "question": _l("Your question is on its way. You are told when they reply."),
    "reply": _l("Your reply is on its way."),
    "withdraw": _l("Taken back. Nothing more happens."),
    "outcome": _l("Thank you: it helps us to suggest better."),
}
steps_limited = limiter.limit("60/hour;200/day", key_func=here, methods=["POST"])


@blueprint.get("/introductions/")
def index() -> ResponseReturnValue:
    """What waits for one's organisations, what they wait for, who is in contact, and what has ended."""
    worn = identity().worn
    own = {one.organization_id for one in worn if one.hat in reading.OWN and one.organization_id}
    networks = {one.organization_id for one in worn if one.hat == Hat.COORDINATOR and one.organization_id}
    staff = reading.staff()
    going_on = queries.going_on(db.session(), None if staff else networks) if staff or networks else []
    heaps = queries.heaps(db.session(), own)
    named = naming.named_in(db.session(), own) if own else []
    mentioned = [*going_on, *named, *(one for heap in heaps for pile in piles(heap).values() for one in pile)]
    return render(
        "introductions/index.html",
        heaps=[(heap.organization, piles(heap), Worn(Hat.ADMIN, heap.organization.id) in worn) for heap in heaps],
        named_in=named,
        asked_value=asked.asked_now(db.session(), own) if own else (),
        going_on=going_on if staff or networks else None,
        staff=staff,
        numbers=queries.numbers(db.session()) if staff else None,
        organizations=queries.organizations_of(db.session(), mentioned),
        named=reading.named,
        states=STATES,
    )


def piles(heap: queries.Heap) -> dict[str, list[Introduction]]:
    return {
        _("Waits for you"): heap.for_you,
        _("You wait for them"): heap.for_them,
        _("In contact"): heap.in_contact,
        _("Ended"): heap.ended,
    }


@blueprint.get("/introductions/<int:id>")
def show(id: int) -> ResponseReturnValue:
    """One introduction, for its parties, the coordinators of their networks and staff."""
    introduction, mine = seen(id)
    return page(introduction, mine, reading.chosen(mine, request.args.get("for", "")))


def seen(id: int, lock: bool = False) -> tuple[Introduction, list[reading.Part]]:
    """An introduction and the parties for which the reader may see it; 404 for everybody else."""
    introduction = queries.introduction_at(db.session(), id, lock) if id < 2**31 else None
    if introduction is None:
        abort(404)
    mine = reading.parts(introduction, queries.organizations_of(db.session(), [introduction]))
    if not mine and not reading.staff():
        abort(404)
    return introduction, mine


def page(
    introduction: Introduction,
    mine: list[reading.Part],
    part: reading.Part | None,
    form: FlaskForm | None = None,
    status: int = 200,
) -> tuple[str, int]:
    position = queries.position_of(introduction)
    organizations = queries.organizations_of(db.session(), [introduction])
    parties = [(party, organizations[party.organization_id]) for party in introduction.parties]
    theirs = [one for _party, one in parties if part is None or one is not part.organization]
    forms = {action: made(prefix=action) for action, made in FORMS.items()}
    if form:
        forms[action_here()] = form
    return render(
        "introductions/show.html",
        status=status,
        introduction=introduction,
        position=position,
        parties=parties,
        names={one.id: reading.named(one, part) for one in organizations.values()},
        introducer=organizations.get(introduction.introducer_id),
        listing=db.session.get(Listing, introduction.listing_id) if introduction.listing_id else None,
        cards=cards(db.session(), [Hit(one.id, None) for one in theirs if one.public], titles=3),
        theirs=theirs,
        part=part,
        switch=[one for one in mine if one is not part],
        declined=next((party.reason for party, _one in parties if party.reason), ""),
        decliner=next((one for party, one in parties if party.reason), None),
        doings=reading.doings(introduction, position, part),
        contacts=reading.contacts(introduction, position, part),
        forms_of=forms,
        refused=form is not None,
        words_of={
            "states": STATES,
            "answers": ANSWERS,
            "outcomes": OUTCOMES,
            "reasons": REASONS_TOLD,
            "own_reasons": REASONS,
            "next": NEXT_AFTER,
        },
        done=done,
        until=introduction.asked_at + states.UNANSWERED[-1],
    )


def action_here() -> str:
    return str((request.view_args or {})["action"])


@blueprint.post("/introductions/<int:id>/<any(accept,decline,question,reply,withdraw,outcome):action>")
@steps_limited
def act(id: int, action: str) -> ResponseReturnValue:
    """Do the next step for a party."""
    introduction, mine = seen(id, lock=True)
    party = request.form.get("for", "")
    part = next((one for one in mine if one.organization.slug == party), None)
    if part is None and not (action == "withdraw" and reading.proposed(introduction)):
        abort(403)
    if part and not part.may(action):
        abort(403)
    form = FORMS[action](prefix=action)
    if not form.validate_on_submit():
        return page(introduction, mine, part, form, 422)
    g.worn = part.worn if part else None
    typed = {name: str(field.data or "") for name, field in form._fields.items()}
    said = typed.get("reason") or typed.get("outcome") or ""
    organization = part.organization if part else None
    try:
        actions.act(
            db.session(), introduction, action, organization, person_here(), said=said, words=typed.get("words", "")
        )
        state = introduction.state
        db.session.commit()
    except states.Refused as refused:
        db.session.rollback()
        flash(refusal(refused))
    else:
        flash(said_of(action, state))
    return redirect(url_for("introductions.show", id=id, **({"for": party} if party else {})), 303)


def said_of(action: str, state: str) -> str:
    """What a reader is told once it is done."""
    if action != "accept":
        return str(SAID[action])
    if state == states.ACCEPTED:
        return _("You are in contact now. The addresses stand below, and went out by mail.")
    return _("You agreed. As soon as everyone did, all get the contacts.")
