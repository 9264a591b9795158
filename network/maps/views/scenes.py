"""What the browser asks for after the page: the scene in columns, the rest of the names, the places."""

from datetime import date

from flask import Response, json, request

from network.extensions import db
from network.maps import keeping, making, wire
from network.maps.asked import Asked
from network.maps.blueprint import blueprint
from network.maps.eyes import eyes_of
from network.maps.scene import Scene
from network.permissions import identity
from network.text import gettext as _


def live() -> Scene:
    return making.live(db.session(), Asked.parse(request.args), eyes_of(identity()), _("Partner map")).scene


def saved(name: str) -> Scene:
    one = keeping.map_here(db.session(), name, identity())
    asked = keeping.asked_of(one, request.args)
    return making.saved(db.session(), one, asked, keeping.eyes_for(one, identity())).scene


def answer(said: object) -> Response:
    response = Response(json.dumps(said, ensure_ascii=False, separators=(",", ":")), mimetype="application/json")
    response.cache_control.private = True
    response.cache_control.no_cache = True
    response.vary.update(("Accept-Language", "Cookie"))
    response.add_etag()
    return response.make_conditional(request)


@blueprint.get("/maps/scene.json")
def scene() -> Response:
    """The live map in columns."""
    return answer(wire.scene_json(live(), date.today()))


@blueprint.get("/maps/names.json")
def names() -> Response:
    """All names of the live map, in the order of its columns."""
    return answer(wire.names_json(live()))


@blueprint.get("/maps/places.json")
def places() -> Response:
    """Where on earth they are, in the order of the columns."""
    return answer(wire.places_json(live()))


@blueprint.get("/maps/<name>/scene.json")
def saved_scene(name: str) -> Response:
    """A saved map in columns."""
    return answer(wire.scene_json(saved(name), date.today()))


@blueprint.get("/maps/<name>/names.json")
def saved_names(name: str) -> Response:
    return answer(wire.names_json(saved(name)))


@blueprint.get("/maps/<name>/places.json")
def saved_places(name: str) -> Response:
    return answer(wire.places_json(saved(name)))
