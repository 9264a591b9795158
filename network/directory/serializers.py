"""An organisation as JSON, as a GeoJSON feature and as schema.org JSON-LD: the one place where each is made."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from network.directory.profile import Profile, Shown, profiles

Json = dict[str, Any]


def organizations_json(session: Session, ids: Sequence[int], base_url: str) -> list[Json]:
    """The public organisations among `ids`, in that order, as the contract's JSON.

    Never a person, never a contact address.
    """
    return [organization_json(profile, base_url) for profile in profiles(session, ids)]


def organization_json(profile: Profile, base_url: str) -> Json:
    """One organisation."""
    row = profile.row
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
        "topics": list(profile.topics),
        "networks": [tie.slug for tie in profile.outward("member_of")],
        "hosted_by": next((tie.slug for tie in profile.outward("hosted_by")), None),
        "offers": [listing_json(one) for one in profile.offers],
        "seeks": [listing_json(one) for one in profile.seeks],
        "links": [tie_json(tie) for tie in profile.ties],
        "confirmed_on": row.confirmed_on and row.confirmed_on.isoformat(),
        "url": f"{base_url}/organizations/{row.slug}",
    }


def listing_json(listing: Shown) -> Json:
    """One offer or seek."""
    row = listing.row
    return {
        "title": row.title,
        "detail": row.detail,
        "kind": row.kind,
        "topics": list(listing.topics),
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


def tie_json(tie: Any) -> Json:
    """One tie, as the organisation tells it."""
    return {
        "type": tie.type,
        "direction": "out" if tie.out else "in",
        "organization": tie.slug,
        "name": tie.name,
        "since": tie.started_on and tie.started_on.isoformat(),
    }


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
