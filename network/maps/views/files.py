"""Maps as files, from the same scene as the page: pictures, graphs, places, tables."""

from collections.abc import Callable

from flask import Response, abort, request

from network.extensions import db
from network.locales import reader
from network.maps import keeping, making
from network.maps.asked import Asked
from network.maps.blueprint import blueprint
from network.maps.exports import FORMATS
from network.maps.eyes import eyes_of
from network.maps.scene import Scene
from network.maps.svg import drawn
from network.permissions import identity
from network.text import gettext as _

PAPERS = ("a4", "a3")
KINDS = ", ".join(f'"{key}"' for key in FORMATS)


@blueprint.get(f"/maps/export.<any({KINDS}):kind>")
def export(kind: str) -> Response:
    """The live map as a file."""
    asked = Asked.parse(request.args)
    made = making.live(db.session(), asked, eyes_of(identity()), _("Partner map"))
    return file(made.scene, asked, kind, "partner-map")


@blueprint.get(f"/maps/<name>.<any({KINDS}):kind>")
def saved_export(name: str, kind: str) -> Response:
    """A saved map as a file."""
    one = keeping.map_here(db.session(), name, identity())
    asked = keeping.asked_of(one, request.args)
    return file(making.saved(db.session(), one, asked, keeping.eyes_for(one, identity())).scene, asked, kind, one.slug)


def file(scene: Scene, asked: Asked, kind: str, name: str) -> Response:
    """A scene as a file to keep; an SVG is drawn as it is looked at, on the paper that is asked for."""
    paper = request.args.get("paper", PAPERS[0])
    if paper not in PAPERS:
        abort(404)
    view = "geography" if asked.view == "geography" else "graph"
    writers: dict[str, Callable[[], bytes]] = {"svg": lambda: drawn(scene, view, paper, reader()).encode()}
    format = FORMATS[kind]
    body = writers.get(kind, lambda: format.write(scene))()
    response = Response(body, content_type=format.media_type)
    if scene.left:  # which a table has no other place to say
        name = f"{name}-first-{len(scene.nodes)}-of-{scene.total}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{format.extension}"'
    if kind == "svg" and request.args.get("inline") == "1":
        del response.headers["Content-Disposition"]
    response.cache_control.private = True
    response.vary.update(("Accept-Language", "Cookie"))
    return response
