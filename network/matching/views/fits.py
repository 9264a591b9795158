"""The pages of what fits: the best three for one listing, and the box for who has no account."""

import re

from flask import Flask, abort, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from network.accounts.limits import here
from network.directory.models import Listing, Organization
from network.directory.queries import organization_at
from network.extensions import db, limiter
from network.hats import Subject
from network.matching import fitting, queries
from network.matching.blueprint import blueprint
from network.matching.forms import together as form_of
from network.permissions import identity, may, providers
from network.web import Macros, render

PLACE = re.compile(r"<!-- listing (\d+) (offer|seek) -->")


def empty() -> bool:
    return not request.args.get("words", "").strip()


@blueprint.get("/organizations/<slug>/matches/<int:listing>")
def best(slug: str, listing: int) -> ResponseReturnValue:
    """The best three for one open offer or seek: a page, and a part of the pages on which that stands."""
    organization = organization_at(db.session(), slug) or abort(404)
    one = db.session.get(Listing, listing)
    if one is None or one.organization_id != organization.id:
        abort(404)
    stands = organization.public and one in queries.open_listings(organization)
    return render(
        "matching/listing.html",
        block="best",
        organization=organization,
        listing=one,
        stands=stands,
        fits=fitting.best(db.session(), one) if stands else [],
    )


@blueprint.get("/matching/together")
@limiter.limit("30/minute", key_func=here, exempt_when=empty)
def together() -> ResponseReturnValue:
    """What would you like to do together? A sentence in, the organisations that fit out."""
    form = form_of(request.args)
    asked = "words" in request.args
    fine = asked and form.validate()
    words = form.words.data or ""
    return render(
        "matching/together.html",
        status=422 if asked and not fine else 200,
        form=form,
        words=words if fine else "",
        found=fitting.sentence(db.session(), words, form.seeking) if fine else None,
    )


def init_app(app: Flask) -> None:
    """Let the public profile say beside each listing what answers it, to those who look after the profile."""
    macros = Macros(app, "matching/_link.html")

    @app.template_filter("beside_listings")
    def beside_listings(profile: Markup, organization: Organization) -> Markup:
        subject = providers.subject(organization.slug) if identity().signed_in else None
        if not isinstance(subject, Subject) or not may("see_matches", identity(), subject):
            return profile

        def link(found: re.Match[str]) -> str:
            return str(macros.answers(organization.slug, int(found[1]), found[2]))

        return Markup(PLACE.sub(link, str(profile)))
