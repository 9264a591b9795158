"""The drawing table: the page, the steps that are sent from it, and those of others."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

from flask import abort, flash, redirect, request, session
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup

from network import index
from network.extensions import db
from network.maps import elsewhere, keeping, kept, making, steps, telling, wire
from network.maps.blueprint import blueprint
from network.maps.eyes import Eyes, eyes_of
from network.maps.making import Made
from network.maps.models import SavedMap
from network.maps.steps import Hand
from network.maps.views.looking import PATH, page
from network.maps.views.scenes import answer
from network.matching.looking import desk_here
from network.matching.views.partners import owners
from network.permissions import identity
from network.places.folding import fold
from network.text import gettext as _
from network.web import render

WHOLE = 400  # steps; whoever missed more loads the map anew


@blueprint.get("/maps/draw")
def draw() -> ResponseReturnValue:
    """The map that the reader's desk draws together; where there is none yet, how to begin it."""
    one = kept.common(db.session(), desk_here())
    if one:
        return redirect(f"{PATH}{one.slug}/draw", 302)
    return render("maps/begin.html")


@blueprint.post("/maps/draw")
def begin() -> ResponseReturnValue:
    """Begin the map that the reader's desk draws together."""
    desk = desk_here()
    one = kept.common(db.session(), desk) or kept.begin(db.session(), desk, identity())
    slug = one.slug
    db.session.commit()
    return redirect(f"{PATH}{slug}/draw", 303)


def table(name: str, lock: bool = False) -> tuple[SavedMap, Eyes]:
    """A map that the reader may draw on; 404 for one that they may not see, 403 for one that they may only look at."""
    one = keeping.map_here(db.session(), name, identity())
    if not keeping.may_draw(one, identity()):
        abort(403)
    desk_here()
    if lock:
        one = steps.locked(db.session(), name) or abort(404)
    return one, eyes_of(identity())


@blueprint.get("/maps/<name>/draw")
def drawing(name: str) -> ResponseReturnValue:
    """The drawing table of a map: everything by mouse, touch and keyboard, and by forms without script."""
    one, eyes = table(name)
    asked = keeping.asked_of(one, request.args)
    made = making.saved(db.session(), one, asked, eyes, drawing=True)
    hand = Hand(db.session(), one, identity(), eyes)
    return page(
        made,
        asked,
        f"{PATH}{one.slug}/draw",
        f"{one.slug}/drawing",
        one=one,
        at_table=True,
        token=generate_csrf(),
        possible=steps.possible(hand),
        last=one.last,
        typed=session.pop("drawn", {}),
        owners=owners(desk_here()),
        networks=eyes.networks,
        choose=lambda chosen: choices(made, chosen),
    )


def choices(made: Made, chosen: str | None) -> Markup:
    """The organisations of a map to choose one from, by name."""
    option = Markup('<option value="{}"{}>{}</option>')
    nodes = sorted(made.scene.nodes, key=lambda node: fold(node.name))
    selected = Markup(" selected")
    return Markup("").join(option.format(one.id, selected if str(one.id) == chosen else "", one.name) for one in nodes)


@blueprint.get("/maps/<name>/drawing.json")
def drawing_scene(name: str) -> ResponseReturnValue:
    """The map as it is being drawn, hidden ones included, with the number of its last step."""
    one, eyes = table(name)
    since = index.sequence(db.session.connection())  # before anything is read: rather told twice than never
    made = making.saved(db.session(), one, keeping.asked_of(one, request.args), eyes, drawing=True)
    return answer(wire.scene_json(made.scene, date.today(), made.hidden, one.last) | {"since": since})


@blueprint.get("/maps/<name>/drawing/<any(names, places):part>.json")
def drawing_part(name: str, part: str) -> ResponseReturnValue:
    """The names that its scene left out, or where on earth they are; with ids, since the map goes on being drawn."""
    one, eyes = table(name)
    scene = making.saved(db.session(), one, keeping.asked_of(one, request.args), eyes, drawing=True).scene
    columns = wire.places_json(scene) if part == "places" else {"names": wire.names_json(scene)}
    return answer(wire.with_ids(scene, **columns))


@blueprint.get("/maps/<name>/steps")
def steps_since(name: str) -> ResponseReturnValue:
    """What was drawn after a step, by everyone, and what was written since elsewhere."""
    one, eyes = table(name)
    return answer(latest(Hand(db.session(), one, identity(), eyes), Seen.of(request.args)))


@blueprint.post("/maps/<name>/steps")
def take_steps(name: str) -> ResponseReturnValue:
    """Draw: from the page's script as JSON, or from one of its forms."""
    one, eyes = table(name, lock=True)
    hand = Hand(db.session(), one, identity(), eyes)
    sent = request.get_json(silent=True) if request.is_json else None
    if request.is_json and not (isinstance(sent, dict) and isinstance(sent.get("steps"), list)):
        return answer({"refused": [{"key": None, "why": _("That could not be read.")}]}), 400
    if sent is not None:
        seen = Seen.of(sent)
        twice = steps.known(hand, sent["steps"], seen.after)
        refused = steps.take(hand, sent["steps"])
        db.session.commit()  # so that what is told of the network holds these steps, too
        return answer(latest(hand, seen, twice) | {"refused": refused})
    said = kept.typed(request.form)
    refused = steps.take(hand, [{"key": uuid4().hex, **said}])
    if refused:
        db.session.rollback()
        session["drawn"] = {"why": refused[0]["why"], "like": refused[0].get("like"), **request.form.to_dict()}
        session["drawn"].pop("csrf_token", None)
    else:
        db.session.commit()
        flash(_("Drawn."))
    return redirect(f"{PATH}{name}/draw?view=table#drawing", 303)


@dataclass(frozen=True)
class Seen:
    """How far a browser has followed: its last step, and the last change elsewhere, if it asks for these."""

    after: int
    since: int | None

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> "Seen":
        return cls(number(said.get("after")), number(said["since"]) if "since" in said else None)


def latest(hand: Hand, seen: Seen, again: bool = False) -> dict[str, Any]:
    """What was drawn and written after what a browser has seen; whoever missed too much loads the map again."""
    one, after = hand.map, seen.after
    whole = again or one.last - after > WHOLE or (after < one.last and after + 1 < steps.oldest(hand.session, one))
    asked = keeping.asked_of(one, request.args)
    changed = elsewhere.told(hand, asked, seen.since) if seen.since is not None and not whole else {}
    whole = whole or changed is None
    found = [] if whole else steps.since(hand.session, one, after)
    told = telling.told(hand, found, lambda: elsewhere.present(hand, asked))
    possible = steps.possible(hand)
    return {"last": one.last, "steps": told, "again": whole, "possible": possible, "elsewhere": changed or None}


def number(typed: Any) -> int:
    """A number as it was sent; 0 for anything else."""
    return int(typed) if str(typed).isdecimal() and len(str(typed)) < 17 else 0
