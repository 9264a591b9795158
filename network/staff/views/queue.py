"""The queue: cards of everything that waits, and what is done about one of them, or about several at once."""

from datetime import timedelta
from secrets import token_hex

from flask import abort, flash, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from network.clock import now
from network.extensions import db
from network.matching.looking import Desk, desk_here
from network.permissions import identity
from network.staff import deciding, hands, queue
from network.staff.asked import Asked, number
from network.staff.blueprint import blueprint
from network.staff.charging import ACTS
from network.staff.queries import decisions_of, latest
from network.text import gettext as _
from network.text import ngettext
from network.waiting import Act, By, Refused, Row, sources
from network.web import render

PATH = "/staff/queue"
LONGEST = 2000  # characters of the words that go with a decision
AT_ONCE = 100
SOON = timedelta(days=7)


def asked_here() -> Asked:
    return Asked.parse(request.args, sources)


@blueprint.get(PATH)
def waits() -> ResponseReturnValue:
    """Everything that waits for a person, the oldest and most harmful first."""
    desk, asked, me = desk_here(), asked_here(), identity().person_id
    session = db.session()
    page = queue.page(session, desk, asked, me)
    numbers = queue.counts(session, desk, asked, me)
    organizations = {card.row.organization_id for card in page.cards if card.row.organization_id}
    return render(
        "staff/queue.html",
        block="cards",
        asked=asked,
        path=PATH,
        page=page,
        desk=desk,
        me=me,
        kinds=[(source, numbers.get(source.kind, 0)) for source in queue.seen_by(desk)],
        total=sum(numbers.values()) if not asked.kind else numbers.get(asked.kind, 0),
        most=queue.COUNTED,
        hands=hands.for_each(session, organizations),
        networks=queue.networks(session, desk),
        several=several_acts(asked.kind),
        soon=(now() + SOON).date(),
        tomorrow=(now() + timedelta(days=1)).date(),
        acts=ACTS,
        last=latest(session, me or 0),
    )


def several_acts(kind: str) -> list[Act]:
    """What can be done about several cards of a kind at once."""
    source = sources.get(kind)
    return [act for act in source.acts.values() if act.several] if source else []


def typed(act: str) -> By:
    """What was typed and ticked with a decision: whom it is handed to, the day, or the parts that are right."""
    field = {"hand": "owner", "later": "until"}.get(act, "choice")
    words = request.form.get("words", "").strip()[:LONGEST]
    return By(identity().person_id or 0, words, tuple(one for one in request.form.getlist(field) if one))


def back(anchor: str = "") -> Response:
    """Back to the queue as it was asked for, at the card after the one that was decided."""
    kind, _dash, id = anchor.rpartition("-")
    place = f"#{kind}-{id}" if kind in sources and number(id) else "#queue"
    return redirect(asked_here().address(PATH) + place, 303)


@blueprint.post(f"{PATH}/<kind>/<int:id>")
def decide(kind: str, id: int) -> ResponseReturnValue:
    """Do something about one card."""
    desk, act = desk_here(), request.form.get("act", "")
    row = found(desk, kind, id)
    if row is None:
        flash(_("This waits no more: somebody decided it, or it is right by now."))
        return back(request.form.get("then", ""))
    if deciding.act_of(kind, act) is None:
        abort(400)
    try:
        deciding.decide(db.session(), identity(), desk, row, act, typed(act))
    except Refused as refused:
        db.session.rollback()
        flash(str(refused))
        return back(f"{kind}-{id}")
    db.session.commit()
    return back(request.form.get("then", ""))


def found(desk: Desk, kind: str, id: int) -> Row | None:
    """A card that waits; 404 for what the desk never sees."""
    if kind not in {source.kind for source in queue.seen_by(desk)} or id >= 2**31:
        abort(404)
    return queue.one_row(db.session(), desk, kind, id)


@blueprint.post(f"{PATH}/several")
def decide_several() -> ResponseReturnValue:
    """Do the same about every ticked card: each that can be is done, and it is said why the others can't."""
    desk, act, together = desk_here(), request.form.get("act", ""), token_hex(8)
    done, why = 0, dict[str, None]()
    for key in request.form.getlist("card")[:AT_ONCE]:
        kind, _dash, id = key.rpartition("-")
        known = deciding.act_of(kind, act)
        if known is None or not known.several or not number(id):
            continue
        row = found(desk, kind, int(id))
        try:
            with db.session.begin_nested():
                if row is None:
                    raise Refused(_("This waits no more: somebody decided it, or it is right by now."))
                deciding.decide(db.session(), identity(), desk, row, act, typed(act), together)
        except Refused as refused:
            why[str(refused)] = None
        else:
            done += 1
    db.session.commit()
    if not done and not why:
        flash(_("Tick what you want to decide about."))
    elif done:
        flash(ngettext("%(num)s card: done.", "%(num)s cards: done.", done))
    for words in why:
        flash(words)
    return back()


@blueprint.get("/staff/decisions")
def decisions() -> ResponseReturnValue:
    """What was decided at the desk in the last thirty days, the newest first, to be taken back."""
    desk, session = desk_here(), db.session()
    before = number(request.args.get("before", ""))
    found, more = decisions_of(session, desk, int(before) if before else None)
    return render("staff/decisions.html", block="decisions", found=found, more=more, desk=desk, before=before)


@blueprint.post("/staff/decisions/<int:id>/undo")
def undo(id: int) -> ResponseReturnValue:
    """Take a decision back."""
    desk, session = desk_here(), db.session()
    made = next(iter(decisions_of(session, desk, only=id)[0]), None)
    if made is None or id >= 2**31:
        abort(404)
    try:
        said = deciding.take_back(session, identity(), desk, made.decision)
    except Refused as refused:
        db.session.rollback()
        flash(str(refused))
    else:
        db.session.commit()
        for words in said:
            flash(words)
    return redirect(f"{PATH}#queue" if request.form.get("from") == "queue" else "/staff/decisions", 303)
