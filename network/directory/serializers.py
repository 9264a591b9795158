"""An organisation as JSON, as a GeoJSON feature and as schema.org JSON-LD: the one place where each is made."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from network.directory.models import Link, Listing, ListingTopic, Organization, Topic
from network.directory.queries import PUBLIC, SHOWN
from network.directory.vocabulary import PUBLIC_STANDINGS

Json = dict[str, Any]
SIDES = {"offer": "offers", "seek": "seeks"}


def organizations_json(session: Session, ids: Sequence[int], base_url: str) -> list[Json]:
    """The public organisations among `ids`, in that order, as the contract's JSON.

    Never a person, never a contact address.
    """
    connection = session.connection()
    found = {
        row.id: organization_json(row, base_url)
        for row in connection.execute(select(*Organization.__table__.c).where(Organization.id.in_(ids), PUBLIC))
    }
    topics: dict[int, list[str]] = defaultdict(list)
    for listing_id, slug in connection.execute(
        select(ListingTopic.listing_id, Topic.slug)
        .join(Topic, Topic.id == ListingTopic.topic_id)
        .join(Listing, Listing.id == ListingTopic.listing_id)
        .where(Listing.organization_id.in_(ids))
        .order_by(Topic.id)
    ):
        topics[listing_id].append(slug)
    listed = select(*Listing.__table__.c).where(Listing.organization_id.in_(ids), Listing.state == "open")
    for row in connection.execute(listed.order_by(Listing.position, Listing.id)):
        if row.organization_id in found:
            found[row.organization_id][SIDES[row.side]].append(listing_json(row, topics[row.id]))
    for this, link in links_of(session, ids):
        if this in found:
            add_link(found[this], link)
    return [found[id] for id in ids if id in found]


def organization_json(row: Any, base_url: str) -> Json:
    """One organisation's own facts, its listings and ties still empty."""
    return {
        "slug": row.slug,
        "name": row.name,
        "category": row.category,
        "summary": row.summary,
        "description": row.description,
        "website": row.website,
        "languages": list(row.languages),
        "place": {
            "town": row.town,
            "region": row.region,
            "country": row.country,
            "latitude": row.latitude,
            "longitude": row.longitude,
            "precision": row.precision,
        },
        "reach": row.area_served,
        "online": row.online,
        "newcomers": row.newcomers,
        "meets": row.meets,
        "founded": row.founded,
        "networks": [],
        "hosted_by": None,
        "offers": [],
        "seeks": [],
        "links": [],
        "confirmed_on": row.confirmed_on and row.confirmed_on.isoformat(),
        "url": f"{base_url}/organizations/{row.slug}",
    }


def listing_json(row: Any, topics: list[str]) -> Json:
    """One offer or seek."""
    return {
        "title": row.title,
        "detail": row.detail,
        "kind": row.kind,
        "topics": topics,
        "area": row.area,
        "delivery": row.delivery,
        "stage": row.stage,
        "languages": list(row.languages),
        "reach": row.reach,
        "reach_km": row.reach_km,
        "reach_countries": list(row.reach_countries),
        "in_return": row.in_return,
        "until": row.until and row.until.isoformat(),
        "confirmed_on": row.confirmed_on and row.confirmed_on.isoformat(),
    }


def links_of(session: Session, ids: Sequence[int]) -> list[tuple[int, Any]]:
    """The shown links of organisations to public ones, each with the id of the one it is told of."""
    other = aliased(Organization)
    found = []
    for here, there, out in ((Link.from_id, Link.to_id, True), (Link.to_id, Link.from_id, False)):
        query = (
            select(here.label("this"), Link.type, Link.started_on, other.slug, other.name)
            .join(other, other.id == there)
            .where(here.in_(ids), *SHOWN, other.standing.in_(PUBLIC_STANDINGS))
            .order_by(Link.type, other.name, Link.id)
        )
        if not out:
            query = query.where(Link.type != "member_of")  # a network's members are asked for with ?network=
        found += [(row.this, (row, out)) for row in session.connection().execute(query)]
    return found


def add_link(organization: Json, link: tuple[Any, bool]) -> None:
    row, out = link
    if out and row.type == "member_of":
        organization["networks"].append(row.slug)
    if out and row.type == "hosted_by":
        organization["hosted_by"] = row.slug
    organization["links"].append(
        {
            "type": row.type,
            "direction": "out" if out else "in",
            "organization": row.slug,
            "name": row.name,
            "since": row.started_on and row.started_on.isoformat(),
        }
    )


def feature(organization: Json) -> Json:
    """A GeoJSON feature; online or unknown places have no geometry."""
    place = organization["place"]
    point = place["latitude"] is not None and place["longitude"] is not None
    return {
        "type": "Feature",
        "id": organization["url"],
        "geometry": {"type": "Point", "coordinates": [place["longitude"], place["latitude"]]} if point else None,
        "properties": {key: value for key, value in organization.items() if key != "place"}
        | {
            "town": place["town"],
            "region": place["region"],
            "country": place["country"],
            "precision": place["precision"],
        },
    }


def feature_collection(organizations: Sequence[Json]) -> Json:
    return {"type": "FeatureCollection", "features": [feature(one) for one in organizations]}


def json_ld(organization: Json, base_url: str) -> Json:
    """schema.org's view, as search engines read it; Offer and Demand say what is offered and sought."""
    place = organization["place"]
    kind = "Consortium" if organization["category"].endswith("_network") else "Organization"
    answer: Json = {
        "@context": "https://schema.org",
        "@type": kind,
        "@id": organization["url"] + "#org",
        "additionalType": f"{base_url}/organizations/?category={organization['category']}",
        "name": organization["name"],
        "description": organization["summary"] or organization["description"],
        "url": organization["website"] or organization["url"],
        "mainEntityOfPage": {
            "@type": "WebPage",
            "@id": organization["url"],
            "lastReviewed": organization["confirmed_on"],
        },
        "foundingDate": organization["founded"],
        "knowsLanguage": organization["languages"],
        "areaServed": organization["reach"],
        "memberOf": [{"@id": f"{base_url}/organizations/{slug}#org"} for slug in organization["networks"]],
        "parentOrganization": organization["hosted_by"]
        and {"@id": f"{base_url}/organizations/{organization['hosted_by']}#org"},
        "makesOffer": [demand(one, "Offer") for one in organization["offers"]],
        "seeks": [demand(one, "Demand") for one in organization["seeks"]],
    }
    if place["country"]:
        address = {
            "addressLocality": place["town"],
            "addressRegion": place["region"],
            "addressCountry": place["country"],
        }
        answer["location"] = {"@type": "Place", "address": {"@type": "PostalAddress", **present(address)}}
        if place["latitude"] is not None:
            answer["location"]["geo"] = {
                "@type": "GeoCoordinates",
                "latitude": place["latitude"],
                "longitude": place["longitude"],
            }
    answer["mainEntityOfPage"] = present(answer["mainEntityOfPage"])
    return present(answer)


def demand(listing: Json, kind: str) -> Json:
    service = {
        "@type": "Service",
        "name": listing["title"],
        "description": listing["detail"],
        "serviceType": listing["kind"],
    }
    return present({"@type": kind, "itemOffered": present(service), "validThrough": listing["until"]})


def present(facts: Json) -> Json:
    """The facts that say something."""
    return {key: value for key, value in facts.items() if value not in (None, "", [], {})}
