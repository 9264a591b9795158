"""The pages of the directory: home, search, profile."""

import json
from datetime import date

from flask import Blueprint, Response, abort, current_app, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from network.directory import queries
from network.directory.categories import CATEGORIES
from network.directory.facets import facets
from network.directory.filter import DEEPEST, LIMIT, Filter
from network.directory.profile import profile_at
from network.directory.saying import said
from network.directory.search import search
from network.directory.serializers import json_ld, organization_json
from network.directory.thesaurus import thesaurus
from network.extensions import db
from network.permissions import moved
from network.shelved import shelved
from network.web import render

blueprint = Blueprint("directory", __name__)
PATH = "/organizations/"
MEMBERS = 60


@blueprint.get("/")
@shelved
def home() -> ResponseReturnValue:
    """What this network is, the finder's box, and the ways in."""
    counts = queries.category_counts(db.session)
    return render(
        "directory/home.html",
        counts=counts,
        total=sum(counts.values()),
        offered=queries.lately(db.session, "offer"),
        sought=queries.lately(db.session, "seek"),
    )


@blueprint.get("/about")
def about() -> ResponseReturnValue:
    """How this directory works, and where its facts come from."""
    return render("directory/about.html")


@blueprint.get(PATH)
@shelved
def index() -> ResponseReturnValue:
    """The directory, searched and narrowed."""
    filter = Filter.parse(request.args)
    results = search(db.session, filter)
    total = results.answer.total
    pages = min(DEEPEST, -(-total // LIMIT))
    if filter.page > max(1, pages):
        abort(404)
    return render(
        "directory/index.html",
        block="results",
        status=422 if filter.problems else 200,
        filter=filter,
        problems={problem.field: problem for problem in filter.problems},
        asked=results.asked,
        total=total,
        pages=pages,
        cards=queries.cards(db.session, results.answer.hits),
        facets=facets(filter, results.answer.facets, thesaurus(db.session), PATH),
        said=said(filter, PATH),
        path=PATH,
    )


@blueprint.get("/organizations/<slug>")
@shelved
def show(slug: str) -> ResponseReturnValue:
    """The public profile; an old address leads to today's, one that has left says so."""
    profile = profile_at(db.session, slug)
    if profile is None:
        today, known = queries.formerly(db.session, slug)
        if today:
            return moved(url_for("directory.show", slug=today))
        abort(410 if known else 404)
    page = Filter.parse(request.args).page
    row = profile.row
    gathers = CATEGORIES[row.category].gathers
    members, hits = queries.member_hits(db.session, row.id, MEMBERS, (page - 1) * MEMBERS) if gathers else (0, [])
    if page > max(1, -(-members // MEMBERS)):
        abort(404)
    base_url = current_app.config["BASE_URL"].rstrip("/")
    facts = organization_json(profile, base_url)
    return render(
        "directory/show.html",
        block="members",
        organization=row,
        profile=profile,
        members=members,
        member_cards=queries.cards(db.session, hits, titles=0),
        page=page,
        pages=-(-members // MEMBERS),
        json_ld=script_json(json_ld(facts, base_url)),
        url=facts["url"],
    )


@blueprint.get("/robots.txt")
def robots() -> Response:
    """What programs that read the web should leave alone: endless filters."""
    lines = ["User-agent: *", "Disallow: /organizations/?", "Disallow: /chapters/embed", "Disallow: /api/"]
    lines.append(f"Sitemap: {current_app.config['BASE_URL'].rstrip('/')}/sitemap.xml")
    return Response("\n".join(lines) + "\n", mimetype="text/plain")


@blueprint.get("/.well-known/security.txt")
def security() -> Response:
    """Whom to tell of a weakness (RFC 9116)."""
    base_url = current_app.config["BASE_URL"].rstrip("/")
    expires = date.today().replace(month=12, day=31).isoformat()
    lines = [
        f"Contact: {base_url}/about#security",
        f"Expires: {expires}T23:59:59Z",
        f"Canonical: {base_url}/.well-known/security.txt",
    ]
    return Response("\n".join(lines) + "\n", mimetype="text/plain")


def script_json(facts: dict) -> Markup:
    """JSON that can stand in a script element: nothing in it ends the element."""
    text = json.dumps(facts, ensure_ascii=False)
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))
