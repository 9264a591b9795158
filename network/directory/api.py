"""The directory for programs: the same filter, the same answers, as JSON, GeoJSON and CSV."""

import json
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, current_app, jsonify, request, url_for
from flask.typing import ResponseReturnValue

from network.directory import queries
from network.directory.filter import Filter
from network.directory.openapi import specification
from network.directory.search import Results, search
from network.directory.serializers import Json, feature, feature_collection, organizations_json
from network.directory.sitemap import sitemap_index, sitemap_part
from network.directory.tables import csv_text, organization_row
from network.extensions import db, limiter
from network.permissions import moved

blueprint = Blueprint("directory_api", __name__)
PAGE = 50
MOST = 200
WHOLE = 10_000


def filter_of_request() -> Filter:
    """The filter of this request; one that cannot be used is refused with what to do."""
    filter = Filter.parse(request.args)
    if filter.problems:
        problems = [{"field": one.field, "typed": one.typed, "advice": str(one.advice)} for one in filter.problems]
        abort(
            Response(
                json.dumps({"error": "unprocessable", "status": 422, "problems": problems}),
                422,
                mimetype="application/json",
            )
        )
    return filter


def organizations(results: Results) -> list[Json]:
    """The organisations of an answer, each with its distance when one was asked for."""
    hits = results.answer.hits
    found = organizations_json(db.session, [hit.id for hit in hits], current_app.config["BASE_URL"].rstrip("/"))
    if any(hit.kilometres is not None for hit in hits):
        for organization, hit in zip(found, hits, strict=False):
            organization["distance_km"] = None if hit.kilometres is None else round(hit.kilometres, 2)
    return found


def page_of_request() -> tuple[int, int]:
    """How many items a page has, and which page the cursor names."""
    limit = request.args.get("limit", PAGE, type=int)
    cursor = request.args.get("cursor", "1")
    if not 1 <= limit <= MOST or not cursor.isdecimal() or not 1 <= int(cursor) <= WHOLE:
        abort(422)
    return limit, int(cursor)


@blueprint.get("/api/organizations", defaults={"form": "json"})
@blueprint.get("/api/organizations.<any(geojson, csv):form>")
@limiter.limit("120/minute", exempt_when=lambda: request.path.endswith("organizations"))
def index(form: str) -> ResponseReturnValue:
    """A page of the directory, or all of it (up to 10,000) as GeoJSON or CSV."""
    return answer_list(filter_of_request(), form, "/api/organizations")


def answer_list(filter: Filter, form: str, path: str) -> ResponseReturnValue:
    """The answer to a filter in one of the forms."""
    if form != "json":
        return whole_list(filter, form)
    limit, page = page_of_request()
    results = search(db.session, filter.turned(page), limit)
    more = page * limit < results.answer.total
    following = [*filter.turned(1).arguments(), ("limit", str(limit)), ("cursor", str(page + 1))]
    return jsonify(
        items=organizations(results),
        total=results.answer.total,
        next=str(page + 1) if more else None,
        next_url=f"{path}?{urlencode(following)}" if more else None,
    )


def whole_list(filter: Filter, form: str) -> Response:
    """Everything that fits, in one file."""
    found = organizations(search(db.session, filter.turned(1), WHOLE))
    if form == "geojson":
        return Response(json.dumps(feature_collection(found), ensure_ascii=False), mimetype="application/geo+json")
    text = csv_text([organization_row(one) for one in found])
    return Response(
        text,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": "attachment; filename=organizations.csv"},
    )


@blueprint.get("/api/organizations/<slug>")
@blueprint.get("/api/organizations/<slug>.<any(geojson):form>")
def show(slug: str, form: str = "json") -> ResponseReturnValue:
    """One organisation; an old address leads to today's."""
    organization = queries.by_slug(db.session, slug)
    if organization is None:
        today, known = queries.formerly(db.session, slug)
        if today:
            return moved(url_for("directory_api.show", slug=today) + ("" if form == "json" else f".{form}"))
        abort(410 if known else 404)
    found = organizations_json(db.session, [organization.id], current_app.config["BASE_URL"].rstrip("/"))[0]
    if form == "geojson":
        return Response(json.dumps(feature(found), ensure_ascii=False), mimetype="application/geo+json")
    return jsonify(found)


@blueprint.get("/api/openapi.json")
def openapi() -> Response:
    """What this API answers, as OpenAPI 3.1."""
    return jsonify(specification(current_app.config["BASE_URL"].rstrip("/")))


@blueprint.get("/sitemap.xml")
def sitemap() -> Response:
    """Every public profile, for search engines; in parts once there are many."""
    base_url = current_app.config["BASE_URL"].rstrip("/")
    part = request.args.get("part", type=int)
    body = sitemap_index(db.session, base_url) if part is None else sitemap_part(db.session, base_url, part)
    return Response(body, mimetype="application/xml")
