"""Changing many organisations at once: choosing them, seeing what would change, and doing it."""

from typing import Any

from flask import abort, flash, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from network.directory import queries
from network.directory.filter import DEEPEST, Filter
from network.directory.models import Organization
from network.directory.saying import said
from network.directory.search import search
from network.directory.thesaurus import thesaurus
from network.directory.vocabulary import PUBLIC_STANDINGS, STANDINGS
from network.extensions import NOT_WAITING, db
from network.locales import chosen
from network.maps.steps import Refused
from network.matching.looking import desk_here
from network.permissions import identity
from network.staff import choosing, together
from network.staff.blueprint import blueprint
from network.staff.changing import Doing
from network.staff.choosing import Choice, Unclear
from network.staff.kinds import KINDS
from network.text import ngettext
from network.web import render

PATH = "/staff/organizations"
EACH = 50
SHOWN, NAMED = 50, 20
NOT_WAITING.add("staff.what_would_change")


def address(filter: Filter, path: str = PATH) -> str:
    """The address of a page about what a filter finds, of the standing that is asked for."""
    standing = choosing.standing_of(request.args)
    whole = filter.address(path)
    return f"{whole}{'&' if '?' in whole else '?'}standing={standing}" if standing else whole


@blueprint.get(PATH)
def organizations() -> ResponseReturnValue:
    """The directory as staff see it, of every standing, to choose from."""
    return listed()


def listed(problem: str = "") -> ResponseReturnValue:
    desk, session, filter = desk_here(), db.session(), Filter.parse(request.args)
    standing = choosing.standing_of(request.args)
    results = search(session, filter, EACH, choosing.seen(desk, standing))
    total = results.answer.total
    pages = min(DEEPEST, -(-total // EACH))
    if filter.page > max(1, pages):
        abort(404)
    cards = queries.cards(session, results.answer.hits, titles=0)
    wanted = select(Organization.id, Organization.standing).where(Organization.id.in_([one.row.id for one in cards]))
    topics, networks = thesaurus(session), choosing.networks(session, desk)
    return render(
        "staff/many.html",
        status=422 if problem or filter.problems else 200,
        desk=desk,
        filter=filter,
        problem=problem or next((str(one.advice) for one in filter.problems), ""),
        standing=standing,
        standings=STANDINGS,
        asked=results.asked,
        cards=cards,
        standing_of={id: STANDINGS[key].label for id, key in session.execute(wanted)},
        total=total,
        most=together.MOST,
        pages=pages,
        turned=lambda page: address(filter.turned(page)),
        pieces=[
            one | {"undo": address(filter.without(one["field"], value))}
            for one, (_field, value) in zip(said(filter, PATH), filter.pieces(), strict=True)
            if one["field"] not in ("q", "category")
        ],
        action=address(filter.turned(1), f"{PATH}/change"),
        kinds=[kind for kind in KINDS.values() if desk.staff or not kind.staff],
        networks=networks,
        choices=choosing.choices(session, desk, networks),
        topics=sorted(topics.label(id, chosen()) for id in topics.concepts),
        typed=request.form,
        ticked=set(request.form.getlist("id")),
    )


@blueprint.route(f"{PATH}/change", methods=["GET", "POST"])
def what_would_change() -> ResponseReturnValue:
    """What a change would make of each organisation, before anything is done."""
    filter = Filter.parse(request.args)
    if request.method == "GET":
        return redirect(address(filter), 303)
    desk, session, form = desk_here(), db.session(), request.form
    try:
        choice = choosing.choice(session, desk, form)
        everyone = form.get("which") == choosing.ALL
        seen = choosing.seen(desk, choosing.standing_of(request.args))
        ids = choosing.matched(session, filter, seen) if everyone else choosing.ticked(form)
    except Unclear as unclear:
        return listed(str(unclear))
    return preview(choice, ids)


def preview(choice: Choice, ids: list[int], moved: together.Moved | None = None) -> ResponseReturnValue:
    """The page that says what would change: the first of them, and those that can't be changed, by why."""
    filter, kind = Filter.parse(request.args), choice.kind
    doing = Doing(db.session(), desk_here(), choice.to, "also" in request.form)
    plan = together.plan(doing, kind, ids)
    why: dict[str, list[together.Left]] = {}
    for left in plan.left:
        why.setdefault(left.why, []).append(left)
    return render(
        "staff/change.html",
        status=409 if moved else 200,
        kind=kind,
        choice=choice,
        doing=doing,
        plan=plan,
        steps=[(step, kind.said(doing, step.before), kind.said(doing, step.after)) for step in plan.steps[:SHOWN]],
        why=why,
        named=NAMED,
        lacking=sum(one.lacks for one in plan.left),
        ids=" ".join(map(str, ids)),
        moved=moved,
        seen=change_of_publicity(plan) if kind.key == "standing" else (0, 0),
        back=address(filter.turned(1)),
        change=address(filter.turned(1), f"{PATH}/change"),
        action=address(filter.turned(1), f"{PATH}/changed"),
    )


def change_of_publicity(plan: together.Plan) -> tuple[int, int]:
    """How many become public, and how many are public no more."""
    moves = [tuple(state["standing"] in PUBLIC_STANDINGS for state in (one.before, one.after)) for one in plan.steps]
    return moves.count((False, True)), moves.count((True, False))


@blueprint.post(f"{PATH}/changed")
def change_many() -> ResponseReturnValue:
    """Change them as they were seen, all or none."""
    desk, session, form = desk_here(), db.session(), request.form
    try:
        choice = choosing.choice(session, desk, form)
        marks = choosing.marked(form)
    except Unclear as unclear:
        return listed(str(unclear))
    doing: Any = Doing(session, desk, choice.to, "also" in form)
    try:
        together.carry_out(doing, choice.kind, marks, identity().person_id)
        session.commit()
    except together.Moved as moved:
        session.rollback()
        return preview(choice, list(marks), moved)
    except Refused as refused:
        session.rollback()
        flash(str(refused))
        return redirect(address(Filter.parse(request.args)), 303)
    flash(ngettext("%(num)s organisation changed.", "%(num)s organisations changed.", len(marks)))
    return redirect("/staff/decisions", 303)
