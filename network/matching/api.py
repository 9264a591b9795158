"""An organisation's matches for programs: the same list with the same reasons, and their parts in numbers."""

from typing import Any

from flask import Blueprint, Response, abort, current_app, jsonify, request
from flask.typing import ResponseReturnValue

from network.directory.openapi import LIST, MORE, operation
from network.directory.queries import organization_at
from network.directory.vocabulary import KINDS
from network.extensions import db
from network.matching import finding
from network.matching.cards import Match, Need
from network.matching.narrowing import Narrowing
from network.matching.reasons import DIRECTIONS, STRENGTHS

blueprint = Blueprint("matching_api", __name__)
PAGE, MOST = 20, 100

Json = dict[str, Any]

TEXT: Json = {"type": "string"}
TEXTS: Json = {"type": "array", "items": TEXT}
NUMBER: Json = {"type": "number"}
MAYBE: Json = {"type": ["string", "null"]}
PAIR: Json = {
    "type": "object",
    "properties": {
        "seek": TEXT,
        "offer": MAYBE,
        "gets": {"type": "boolean", "description": "whether the organisation itself is the one who seeks"},
        "inferred": {"type": "boolean", "description": "the offer was inferred from what they did"},
        "points": {"type": "number", "description": "of 100; the sum of its parts"},
        "parts": {"type": "object", "additionalProperties": NUMBER},
        "shared": TEXTS,
    },
}
MATCH: Json = {
    "type": "object",
    "required": ["organization", "direction", "strength", "reasons", "pairs"],
    "properties": {
        "organization": {"type": "object"},
        "direction": {"enum": list(DIRECTIONS)},
        "strength": {"enum": list(STRENGTHS)},
        "distance_km": {"type": ["number", "null"]},
        "reasons": TEXTS,
        "missing": TEXTS,
        "pairs": {"type": "array", "items": PAIR},
        "factors": {"type": "object", "additionalProperties": NUMBER},
    },
}
ARGUMENTS: Json = {
    "kind": {"type": "array", "items": {"enum": list(KINDS.keys)}},
    **dict.fromkeys(("country", "language"), TEXTS),
    **dict.fromkeys(("near", "network", "cursor"), TEXT),
    "radius": {"type": "integer", "description": "kilometres"},
    "direction": {"enum": list(DIRECTIONS)},
    "limit": {"type": "integer", "maximum": MOST},
}
MATCHES: Json = {**LIST, "properties": {**LIST["properties"], "items": {"type": "array", "items": MATCH}}}
SLUG: Json = {"name": "slug", "in": "path", "required": True, "schema": TEXT}
MORE["/api/matches/{slug}"] = {
    "get": operation("Whom an organisation should meet; for its people, signed in", ARGUMENTS, MATCHES, [SLUG])
}


@blueprint.get("/api/matches/<slug>")
def index(slug: str) -> ResponseReturnValue:
    """Whom an organisation should meet, the best first; filters as on the page."""
    organization = organization_at(db.session(), slug) or abort(404)
    narrowing = Narrowing.parse(request.args)
    if narrowing.filter.problems:
        problems = [
            {"field": one.field, "typed": one.typed, "advice": str(one.advice)} for one in narrowing.filter.problems
        ]
        answer: Response = jsonify(error="unprocessable", status=422, problems=problems)
        return answer, 422
    limit, cursor = request.args.get("limit", PAGE, type=int), request.args.get("cursor", "1")
    if not 1 <= limit <= MOST or not cursor.isdecimal() or not 1 <= int(cursor) <= MOST:
        abort(422)
    found = finding.narrowed(db.session(), organization, narrowing)
    first, page = (int(cursor) - 1) * limit, int(cursor)
    more = first + limit < len(found)
    base_url = current_app.config["BASE_URL"].rstrip("/")
    items = [told(match, base_url) for match in found[first : first + limit]]
    return jsonify(items=items, total=len(found), next=str(page + 1) if more else None)


def told(match: Match, base_url: str) -> Json:
    """A match as JSON."""
    row = match.row
    return {
        "organization": {
            "slug": row.slug,
            "name": row.name,
            "category": row.category,
            "country": row.country,
            "confirmed_on": row.confirmed_on.isoformat() if row.confirmed_on else None,
            "url": f"{base_url}/organizations/{row.slug}",
        },
        "direction": match.direction,
        "strength": match.best.pair.strength,
        "distance_km": None if match.kilometres is None else round(match.kilometres, 2),
        "reasons": [sentence.striptags() for sentence in match.why],
        "missing": [sentence.striptags() for sentence in match.missing],
        "pairs": [paired(need) for need in match.needs],
        "factors": {one.name: round(one.value, 4) for one in match.suggestion.factors},
    }


def paired(need: Need) -> Json:
    """A seek and an offer that fit, with the parts of their points."""
    pair = need.pair
    parts = {name: round(getattr(pair, name), 3) for name in ("kind", "topic", "words")}
    return {
        "seek": need.sought,
        "offer": need.offered or None,
        "gets": need.gets,
        "inferred": pair.inferred,
        "points": round(sum(parts.values()), 3),
        "parts": parts,
        "shared": list(pair.shared),
    }
