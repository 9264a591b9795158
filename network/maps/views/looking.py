"""Looking at maps: the live one of an address, and those that somebody saved."""

from collections import Counter
from datetime import date
from typing import Any

from flask import abort, request
from flask.typing import ResponseReturnValue

from network.directory.saying import said
from network.extensions import db
from network.maps import keeping, making, tabled
from network.maps.asked import Asked
from network.maps.blueprint import blueprint
from network.maps.eyes import eyes_of
from network.maps.making import Made
from network.maps.models import SavedMap
from network.matching.looking import desk
from network.permissions import identity
from network.text import gettext as _
from network.web import render

PATH = "/maps/"


@blueprint.get(PATH)
def index() -> ResponseReturnValue:
    """The map of everything that the reader may see, narrowed as the directory is."""
    asked, eyes = Asked.parse(request.args), eyes_of(identity())
    made = making.live(db.session(), asked, eyes, _("Partner map"))
    if asked.focus and not made.drawn.nodes:
        abort(404)
    return page(made, asked, PATH, "scene", kept_maps=keeping.seen(db.session(), identity()))


@blueprint.get("/maps/<name>")
def show(name: str) -> ResponseReturnValue:
    """A map that somebody saved, as far as the reader may see what is on it."""
    one = keeping.map_here(db.session(), name, identity())
    asked = keeping.asked_of(one, request.args)
    made = making.saved(db.session(), one, asked, keeping.eyes_for(one, identity()))
    return page(made, asked, f"{PATH}{one.slug}", f"{one.slug}/scene", one=one)


def page(made: Made, asked: Asked, path: str, scene: str, one: SavedMap | None = None, **more: Any) -> tuple[str, int]:
    """The page of a map: picture, legend and table, the table alone without script."""
    rows = tabled.rows(made.scene, asked.order, date.today())
    pages = max(1, -(-len(rows) // tabled.PAGE))
    if asked.filter.page > pages:
        abort(404)
    return render(
        "maps/show.html",
        block="nodes",
        status=422 if asked.filter.problems else 200,
        asked=asked,
        filter=asked.filter,
        problems={
            problem.field: problem
            for problem in asked.filter.problems
            if not one or problem.field in request.args  # what a saved map asks for may not be the reader's to know
        },
        scene=made.scene,
        drawn=made.drawn,
        rows=tabled.page_of(rows, asked.filter.page),
        pages=pages,
        said=() if one else said(asked.filter, path),
        path=path,
        sources={part: asked.turned(1).address(source(scene, part)) for part in PARTS},
        export=lambda kind: asked.turned(1).address(f"{PATH}{one.slug if one else 'export'}.{kind}"),
        one=one,
        focus=next((node for node in made.scene.nodes if node.slug == asked.focus), None),
        desk=desk(),
        counts=counted(made),
        may_draw=lambda one: keeping.may_draw(one, identity()),
        may_keep=lambda one: keeping.may_keep(one, identity()),
        AUDIENCES=keeping.AUDIENCES,
        **more,
    )


PARTS = ("scene", "names", "places")


def source(scene: str, part: str) -> str:
    """Where a part of a map's data is, beside its scene."""
    stem = f"{scene}/" if scene.endswith("/drawing") else scene.removesuffix("scene")
    return f"{PATH}{scene if part == 'scene' else stem + part}.json"


def counted(made: Made) -> dict[str, Counter[str]]:
    """How many of each there are on the map, as its legend says."""
    return {
        "category": Counter(node.category for node in made.scene.nodes),
        "standing": Counter(node.standing for node in made.scene.nodes),
        "type": Counter(tie.type for tie in made.scene.ties),
    }
