"""The finder for programs, and chapters' calendars."""

from dataclasses import replace
from datetime import datetime

from flask import Blueprint, Response, abort, current_app, request
from flask.typing import ResponseReturnValue

from network.chapters.meetings import calendar
from network.directory import queries
from network.directory.api import answer_list, filter_of_request
from network.extensions import db, limiter

blueprint = Blueprint("chapters_api", __name__)


@blueprint.get("/api/chapters", defaults={"form": "json"})
@blueprint.get("/api/chapters.<any(geojson, csv):form>")
@limiter.limit("120/minute", exempt_when=lambda: request.path.endswith("chapters"))
def index(form: str) -> ResponseReturnValue:
    """Chapters, nearest first, without a cut-off."""
    filter = replace(filter_of_request(), category=("club",), radius=None)
    return answer_list(filter, form, "/api/chapters")


@blueprint.get("/api/chapters/<slug>.ics")
def meetings(slug: str) -> ResponseReturnValue:
    """A chapter's meetings, to subscribe to."""
    organization = queries.by_slug(db.session, slug)
    if organization is None:
        abort(410 if queries.formerly(db.session, slug)[1] else 404)
    url = f"{current_app.config['BASE_URL'].rstrip('/')}/organizations/{organization.slug}"
    body = calendar(organization, url, datetime.now())
    if body is None:
        abort(404)
    return Response(body, content_type="text/calendar; charset=utf-8")
