"""Looking at maps: the live one of an address, and those that somebody saved."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import abort, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from network.directory.saying import said
from network.extensions import db
from network.hats import VISITOR
from network.maps import crowds, keeping, making, remembering, tabled
from network.maps.asked import Asked
from network.maps.blueprint import blueprint
from network.maps.eyes import ANYBODY, eyes_of
from network.maps.making import Made
from network.maps.models import SavedMap
from network.maps.views import tiles
from network.matching.looking import desk
from network.permissions import identity
from network.web import part, render

PATH = "/maps/"


@blueprint.get(PATH)
def index() -> ResponseReturnValue:
    """The map of everything that the reader may see, narrowed as the directory is."""
    asked, eyes = Asked.parse(request.args), eyes_of(identity())
    if crowds.is_large(db.session(), asked, eyes):
        return tiles.page(asked, eyes, PATH)
    key = remembering.key(db.session(), asked, eyes)
    made = remembering.live(db.session(), asked, eyes, key)
    if asked.focus and not made.drawn.nodes:
        abort(404)
    table = remembering.shelf(
        db.session(), "map tables", (*key, asked.order, asked.filter.page), lambda: told(made, asked)
    )
    return page(made, asked, PATH, "scene", table, kept_maps=keeping.seen(db.session(), identity()))


@blueprint.get("/maps/<name>")
def show(name: str) -> ResponseReturnValue:
    """A map that somebody saved, as far as the reader may see what is on it."""
    one = keeping.map_here(db.session(), name, identity())
    asked = keeping.asked_of(one, request.args)
    made = making.saved(db.session(), one, asked, keeping.eyes_for(one, identity()))
    others = [other for other in keeping.seen(db.session(), identity()) if other.id != one.id]
    return page(made, asked, f"{PATH}{one.slug}", f"{one.slug}/scene", one=one, kept_maps=others)


@blueprint.get("/maps/<name>/embed")
def embed(name: str) -> ResponseReturnValue:
    """A map that everyone may see, for a frame in another page."""
    one = keeping.map_here(db.session(), name, VISITOR)
    asked = keeping.asked_of(one, request.args)
    made = making.saved(db.session(), one, asked, ANYBODY)
    return page(
        made, asked, f"{PATH}{one.slug}/embed", f"{one.slug}/scene", one=one, theme="auto", template="maps/embed.html"
    )


@dataclass(frozen=True)
class Table:
    """The text twin of a map: one page of its rows, or that page as it was written, and how many pages there are."""

    pages: int
    rows: Sequence[tabled.Row] = ()
    written: Markup | None = None


def twin(made: Made, asked: Asked) -> Table:
    rows = tabled.rows(made.scene, asked.order, date.today())
    return Table(max(1, -(-len(rows) // tabled.PAGE)), tabled.page_of(rows, asked.filter.page))


def told(made: Made, asked: Asked) -> Table:
    """The twin of the live map as it stands on its page, to be remembered."""
    found = twin(made, asked)
    known = {"asked": asked, "filter": asked.filter, "path": PATH, "rows": found.rows, "pages": found.pages}
    lines = filter(None, map(str.strip, part("maps/show.html", "nodes", **known).splitlines()))
    return Table(found.pages, written=Markup("\n".join(lines)))


def page(
    made: Made,
    asked: Asked,
    path: str,
    scene: str,
    table: Table | None = None,
    one: SavedMap | None = None,
    template: str = "maps/show.html",
    **more: Any,
) -> tuple[str, int]:
    """The page of a map: picture, legend and table, the table alone without script."""
    table = table or twin(made, asked)
    if asked.filter.page > table.pages:
        abort(404)
    return render(
        template,
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
        hidden=made.hidden,
        table=table.written,
        rows=table.rows,
        pages=table.pages,
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
