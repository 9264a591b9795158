"""A map on several days: snapshots, what lies between two, and how the network grew month by month."""

from datetime import date
from typing import Any

from flask import abort, flash, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import format_date

from network.extensions import db
from network.locales import reader
from network.maps import comparing, comparing_words, keeping, kept, making, queries, timeline
from network.maps.asked import Asked
from network.maps.blueprint import blueprint
from network.maps.eyes import eyes_of
from network.maps.making import Made
from network.maps.views.files import file
from network.maps.views.looking import PATH
from network.maps.views.saving import mine
from network.permissions import identity
from network.text import gettext as _
from network.web import render


@blueprint.post("/maps/<name>/snapshot")
def snapshot(name: str) -> ResponseReturnValue:
    """Keep the map as it is today, under the same audience."""
    _desk, one = mine(name)
    made = making.saved(db.session(), one, keeping.asked_of(one, {}), keeping.eyes_for(one, identity()))
    taken = kept.snapshot(db.session(), one, made.scene, identity(), format_date(date.today(), "long"))
    slug = taken.slug
    db.session.commit()
    flash(_("Kept as it is today."))
    return redirect(f"{PATH}{slug}", 303)


@blueprint.get("/maps/compare")
def compare() -> ResponseReturnValue:
    """What changed between two snapshots, or between one and today."""
    session, who = db.session(), identity()
    found = [keeping.map_here(session, request.args.get(name, ""), who) for name in ("before", "after")]
    scenes = [making.saved(session, one, keeping.asked_of(one, {}), keeping.eyes_for(one, who)).scene for one in found]
    between = comparing.compared(*scenes)
    return render(
        "maps/compare.html",
        before=found[0],
        after=found[1],
        between=between,
        summary=comparing_words.summary(between, reader()),
        sentences=comparing_words.sentences(between, reader()),
    )


def month_here(months: timeline.Months) -> timeline.Month | None:
    """The month that the address names; the last one when it names none."""
    asked = request.args.get("month", "")
    if not asked:
        return months[-1] if months else None
    return next((one for one in months if f"{one.day:%Y-%m}" == asked), None) or abort(404)


def growing() -> tuple[Asked, Made, Any]:
    asked = Asked.parse(request.args)
    made = making.live(db.session(), asked, eyes_of(identity()), _("How the network grew"))
    return asked, made, queries.begun(db.session(), [node.id for node in made.scene.nodes])


@blueprint.get("/maps/growth")
def growth() -> ResponseReturnValue:
    """How the network grew: its map month by month, to be stepped through or played."""
    asked, made, since = growing()
    months = timeline.months(made.scene, since)
    here = month_here(months)
    at = months.index(here) if here else 0
    query = asked.turned(1).address("").removeprefix("?")
    return render(
        "maps/growth.html",
        block="month",
        scene=made.scene,
        months=months,
        here=here,
        before=months[at - 1] if here and at else None,
        after=months[at + 1] if here and at + 1 < len(months) else None,
        address=lambda month, path=f"{PATH}growth": f"{path}?{query}{'&' if query else ''}month={month.day:%Y-%m}",
    )


@blueprint.get("/maps/growth.svg")
def growth_drawn() -> ResponseReturnValue:
    """The map as it was at the end of a month; everything stands where it stands today."""
    asked, made, since = growing()
    here = month_here(timeline.months(made.scene, since))
    scene = timeline.as_of(made.scene, here.day, since) if here else made.scene
    return file(scene, asked, "svg", "growth")
