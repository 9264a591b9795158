"""The finder's pages."""

from dataclasses import replace

from flask import Blueprint, Response, abort, jsonify, request
from flask.typing import ResponseReturnValue

from network.chapters.colours import colours, stylesheet
from network.chapters.points import points
from network.chapters.queries import chapters
from network.directory.filter import DEEPEST, LIMIT, Filter
from network.directory.saying import said
from network.extensions import db
from network.places import queries as places
from network.shelved import shelved
from network.web import render

blueprint = Blueprint("chapters", __name__, url_prefix="/chapters")
PATH = "/chapters/"


@blueprint.get("/")
@shelved
def index() -> ResponseReturnValue:
    """Find a chapter: nearest first."""
    return finder("chapters/index.html", PATH)


@blueprint.get("/embed")
@shelved
def embed() -> ResponseReturnValue:
    """The same for a frame in a partner's page: its filter is locked, its colours come from the address."""
    return finder("chapters/embed.html", "/chapters/embed", **colours(request.args))


def finder(template: str, path: str, **more: object) -> ResponseReturnValue:
    filter = Filter.parse(request.args)
    found = chapters(db.session, filter)
    pages = min(DEEPEST, -(-found.near.total // LIMIT))
    if filter.page > max(1, pages):
        abort(404)
    return render(
        template,
        block="results",
        status=422 if filter.problems else 200,
        filter=filter,
        problems={problem.field: problem for problem in filter.problems},
        found=found,
        pages=pages,
        said=said(filter, path, silent=("near", "category")),
        path=path,
        **more,
    )


@blueprint.get("/embed.css")
def embed_colours() -> Response:
    """The colours that an embedded finder's address asks for, as a stylesheet: the page itself carries no style."""
    response = Response(stylesheet(**colours(request.args)), mimetype="text/css")
    response.cache_control.max_age = 86400
    return response


@blueprint.get("/points")
def points_drawn() -> Response:
    """What the map beside the list draws, for the same filter."""
    filter = replace(Filter.parse(request.args), category=("club",), radius=None, page=1)
    return jsonify(points(db.session, filter))


@blueprint.get("/places")
def places_suggested() -> Response:
    """Places whose name begins with what is typed, for the finder's box."""
    typed = request.args.get("q", "")[:100]
    spots = places.suggest(typed) if typed.strip() else ()
    response = jsonify(
        items=[{"label": spot.label, "latitude": spot.latitude, "longitude": spot.longitude} for spot in spots]
    )
    response.cache_control.max_age = 3600
    return response
