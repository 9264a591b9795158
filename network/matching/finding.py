"""The matches of an organisation that a page or a program asks for: the ten for you, or all that fit a narrower one."""

from datetime import date

from flask import g
from sqlalchemy.orm import Session

from network.directory.models import Organization
from network.matching import cards, queries
from network.matching.cards import Match
from network.matching.matcher import matcher
from network.matching.narrowing import Narrowing, Networks
from network.places import queries as places

MANY = 100  # suggestions that filters choose among


def for_you(session: Session, organization: Organization) -> list[Match]:
    """Nine of the best, and one to discover."""
    aside = queries.aside(session, organization.id, date.today())
    return cards.matches(session, organization.id, matcher().for_you(session, organization.id), aside)


def every(session: Session, organization: Organization) -> list[Match]:
    """All matches that filters may choose among, the best first; looked for once a request."""
    if "matches" not in g:
        aside = queries.aside(session, organization.id, date.today())
        found = matcher().suggestions(session, organization.id, MANY)
        g.matches = cards.matches(session, organization.id, found, aside)
    matches: list[Match] = g.matches
    return matches


def networks(session: Session, organization: Organization) -> Networks:
    """The networks of those who are among all matches."""
    return queries.networks_of(session, [match.row.id for match in every(session, organization)])


def narrowed(session: Session, organization: Organization, narrowing: Narrowing) -> list[Match]:
    """Those of all matches that fit a narrower question."""
    of = networks(session, organization)
    spot = places.find(narrowing.filter.near).place if narrowing.filter.near else None
    return [match for match in every(session, organization) if narrowing.lets(match, of, spot)]
