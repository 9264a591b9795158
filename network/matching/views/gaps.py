"""The page of gaps: what is sought and hardly offered, for everyone; only counts and public seeks stand there."""

from dataclasses import replace

from flask import abort, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from network.directory.filter import Filter
from network.directory.models import Organization
from network.directory.queries import PUBLIC
from network.directory.saying import country, said
from network.directory.thesaurus import thesaurus
from network.directory.vocabulary import KINDS
from network.extensions import db
from network.hats import Hat
from network.locales import chosen
from network.matching import desired, looking
from network.matching.blueprint import blueprint
from network.matching.desired import Wanted
from network.matching.gap_words import told
from network.matching.matcher import matcher
from network.permissions import identity
from network.web import render

PATH = "/matching/gaps"
EACH = 25


def asked() -> Filter:
    """The gaps that the address asks for: a kind of help, a topic, a country."""
    found = Filter.parse(request.args)
    return Filter(
        kind=found.kind[:1],
        topic=found.topic[:1],
        country=found.country[:1],
        page=found.page,
        problems=tuple(one for one in found.problems if one.field in ("kind", "topic", "country", "page")),
    )


def wanted_of(filter: Filter) -> Wanted:
    """What an address names; 404 for a topic that there isn't."""
    concept = thesaurus(db.session()).by_slug.get(filter.topic[0]) if filter.topic else None
    if filter.topic and concept is None:
        abort(404)
    return Wanted("".join(filter.kind), concept.id if concept else None, "".join(filter.country))


@blueprint.get(PATH)
def gaps() -> ResponseReturnValue:
    """What is sought more than it is offered."""
    session, filter = db.session(), asked()
    wanted = wanted_of(filter)
    found = matcher().gaps(session, region=wanted.region, kind=wanted.kind, topic=wanted.topic_id)
    pages = max(1, -(-len(found) // EACH))
    if filter.page > pages:
        abort(404)
    here = looking.desk()
    looked_at = desired.gaps_looked_at(session, here.networks) if here else set()
    address = replace(filter, page=1).address(PATH)
    return render(
        "matching/gaps.html",
        block="gaps",
        status=422 if filter.problems else 200,
        filter=filter,
        problems={one.field: one for one in filter.problems},
        said=said(filter, PATH),
        total=len(found),
        gaps=told(session, found[(filter.page - 1) * EACH : filter.page * EACH], looked_at),
        own=own() if identity().signed_in else (),
        desk=here,
        choices=choices(filter),
        path=PATH,
        address=address,
        page=filter.page,
        pages=pages,
    )


def own() -> list[Organization]:
    """The public organisations that the reader speaks for."""
    hats = (Hat.REPRESENTATIVE, Hat.ADMIN)
    ids = {one.organization_id for one in identity().worn if one.hat in hats and one.organization_id}
    query = select(Organization).where(Organization.id.in_(ids), PUBLIC).order_by(Organization.name, Organization.id)
    return list(db.session.scalars(query)) if ids else []


def choices(filter: Filter) -> dict[str, list[tuple[str, str]]]:
    """What the gaps can be narrowed by: every kind, and the topics and countries that occur."""
    known, every = thesaurus(db.session()), matcher().gaps(db.session())
    topics = {known.concepts[gap.topic].slug: known.label(gap.topic, chosen()) for gap in every if gap.topic}
    topics |= {slug: known.label(known.by_slug[slug].id, chosen()) for slug in filter.topic if slug in known.by_slug}
    countries = {code: country(code) for code in {gap.region for gap in every} | set(filter.country) if code}
    return {
        "kind": [(term.key, str(term.label)) for term in KINDS],
        "topic": sorted(topics.items(), key=lambda one: one[1].casefold()),
        "country": sorted(countries.items(), key=lambda one: one[1].casefold()),
    }
