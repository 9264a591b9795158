"""What the browser asks for after the page: the scene in columns, the rest of the names, the places."""

import gzip
from collections.abc import Callable
from datetime import date
from typing import Any

from flask import Response, abort, json, request

from network.extensions import db
from network.maps import crowds, keeping, making, remembering, wire
from network.maps.asked import Asked
from network.maps.blueprint import blueprint
from network.maps.eyes import eyes_of
from network.maps.scene import Scene
from network.permissions import identity


def live(write: Callable[[Scene], Any]) -> Response:
    """A part of the live map, remembered as it was written until something changes; a large one has tiles instead."""
    session, asked, eyes = db.session(), Asked.parse(request.args), eyes_of(identity())
    if crowds.is_large(session, asked, eyes):
        abort(404)
    key = remembering.key(session, asked, eyes)

    def packed() -> bytes:
        return gzip.compress(written(write(remembering.live(session, asked, eyes, key).scene)).encode(), 9, mtime=0)

    return answer(remembering.shelf(session, "map scenes", (*key, write.__name__), packed))


def today_json(scene: Scene) -> Any:
    return wire.scene_json(scene, date.today())


def saved(name: str) -> Scene:
    one = keeping.map_here(db.session(), name, identity())
    asked = keeping.asked_of(one, request.args)
    return making.saved(db.session(), one, asked, keeping.eyes_for(one, identity())).scene


def written(said: object) -> str:
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def answer(said: object) -> Response:
    """An answer in JSON: from what is said, or from bytes that were written and compressed already."""
    response = Response(mimetype="application/json")
    if isinstance(said, bytes) and "gzip" in request.accept_encodings:
        response.data = said
        response.content_encoding = "gzip"
    else:
        response.data = gzip.decompress(said) if isinstance(said, bytes) else written(said).encode()
    response.vary.add("Accept-Encoding")
    response.cache_control.private = True
    response.cache_control.no_cache = True
    response.vary.update(("Accept-Language", "Cookie"))
    response.add_etag()
    return response.make_conditional(request)


@blueprint.get("/maps/scene.json")
def scene() -> Response:
    """The live map in columns."""
    return live(today_json)


@blueprint.get("/maps/names.json")
def names() -> Response:
    """All names of the live map, in the order of its columns."""
    return live(wire.names_json)


@blueprint.get("/maps/places.json")
def places() -> Response:
    """Where on earth they are, in the order of the columns."""
    return live(wire.places_json)


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
