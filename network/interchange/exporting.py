"""What is public, as a list that others can read and that we read back unchanged."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from network.directory.models import ExternalId, Organization, OrganizationTopic, Topic
from network.directory.queries import PUBLIC
from network.directory.serializers import Json, feature, json_ld, organizations_json
from network.directory.tables import csv_lines, organization_row
from network.directory.texts import clean
from network.interchange.states import comparable

FORMATS = ("csv", "geojson", "jsonld", "json")
BATCH = 500
FURTHER = ("address", "source", "source_url", "meets_rule", "meets_at")
"""What a list says beyond the API's answer, to be read back whole. Never a person or contact, never the standing."""


def export(session: Session, format: str, base_url: str, category: str = "") -> Iterator[str]:
    """The text of a list of all public organisations, or those of one category, by slug: a piece at a time."""
    organizations = exported(session, base_url, category)
    if format == "csv":
        yield from csv_lines(organization_row(one) for one in organizations)
    elif format == "geojson":
        yield from collection('{"type": "FeatureCollection", "features": [', map(feature, organizations), "]}\n")
    elif format == "jsonld":
        things = (without_context(json_ld(one, base_url)) for one in organizations)
        yield from collection('{"@context": "https://schema.org", "@graph": [', things, "]}\n")
    else:
        total = len(listed(session, category))
        yield from collection('{"items": [', organizations, f'], "total": {total}, "next": null}}\n')


def collection(before: str, items: Iterable[Json], after: str) -> Iterator[str]:
    """JSON with one item on each line."""
    yield before
    separator = "\n"
    for item in items:
        yield separator + json.dumps(item, ensure_ascii=False)
        separator = ",\n"
    yield "\n" + after


def listed(session: Session, category: str) -> list[int]:
    """The ids of what is exported, by slug: the same order on every engine, whatever the ids are."""
    query = select(Organization.slug, Organization.id).where(PUBLIC)
    if category:
        query = query.where(Organization.category == category)
    return [id for _slug, id in sorted((row.slug, row.id) for row in session.connection().execute(query))]


def exported(session: Session, base_url: str, category: str) -> Iterator[Json]:
    """Each organisation's public JSON with what a list says beyond it, in the form in which it would be read back."""
    ids = listed(session, category)
    for start in range(0, len(ids), BATCH):
        some = ids[start : start + BATCH]
        more = further(session, some)
        for one in organizations_json(session, some, base_url):
            yield canonical(one | more[one["slug"]])


def further(session: Session, ids: Sequence[int]) -> dict[str, Json]:
    """What a list says beyond the API's answer, by slug; `id` is what the organisation's own list calls it."""
    connection = session.connection()
    topics: defaultdict[int, list[str]] = defaultdict(list)
    own_topics = select(OrganizationTopic.organization_id, Topic.slug).join(
        Topic, Topic.id == OrganizationTopic.topic_id
    )
    for id, slug in connection.execute(
        own_topics.where(OrganizationTopic.organization_id.in_(ids)).order_by(Topic.slug)
    ):
        topics[id].append(slug)
    numbers: dict[tuple[int, str], str] = {}
    known = select(ExternalId.organization_id, ExternalId.source, ExternalId.value).order_by(ExternalId.value.desc())
    for id, source, value in connection.execute(known.where(ExternalId.organization_id.in_(ids))):
        numbers[id, source] = value
    columns = [getattr(Organization, name) for name in FURTHER]
    found = {}
    for row in connection.execute(select(Organization.id, Organization.slug, *columns).where(Organization.id.in_(ids))):
        said = {name: getattr(row, name) for name in FURTHER}
        own = {"id": numbers.get((row.id, row.source), row.slug), "topics": topics[row.id]}
        found[row.slug] = said | own
    return found


def canonical(organization: Json) -> Json:
    """The same in one order and one spelling, so that what says the same is the same text."""
    for name, value in organization.items():
        if isinstance(value, str) and name != "url":
            organization[name] = comparable(name, value)
    organization["reach"] = comparable("area_served", organization["reach"])
    organization["languages"] = comparable("languages", organization["languages"])
    organization["place"] = {name: comparable(name, value) for name, value in organization["place"].items()}
    organization["networks"].sort()
    organization["links"] = sorted(
        (link | {"name": clean(link["name"])} for link in organization["links"]),
        key=lambda link: (link["type"], link["direction"], link["organization"]),
    )
    for side in ("offers", "seeks"):
        for listing in organization[side]:
            listing["topics"] = sorted(listing["topics"])
            for name, value in listing.items():
                listing[name] = comparable(name, value)
    return organization


def without_context(thing: Json) -> Json:
    return {name: value for name, value in thing.items() if name != "@context"}
