"""Steps that change the network itself, from its map: partners that are desired, ties, facts, standings."""

from collections.abc import Mapping
from typing import Any

from flask import g
from rapidfuzz import fuzz, process
from sqlalchemy import select
from sqlalchemy.orm import Session

from network.clock import now
from network.directory.categories import CATEGORIES
from network.directory.models import Link, Organization
from network.directory.slugs import new_slug
from network.directory.texts import hidden_in, one_line
from network.directory.vocabulary import LINK_TYPES
from network.hats import Hat
from network.maps import making, standings
from network.maps.eyes import Eyes
from network.maps.facts import FactsForm
from network.maps.models import MapPlace
from network.maps.moving import point_of
from network.maps.steps import Done, Hand, Refused, Said, kind
from network.matching.models import Prospect
from network.places.countries import is_country
from network.places.folding import fold
from network.places.nearby import town_near
from network.profiles import editing, ties
from network.text import gettext as _

ALIKE = 84  # of 100: names that resemble each other as much are shown before a new organisation is made
SHOWN = 5


def organization(hand: Hand, id: Any, action: str) -> Organization:
    """An organisation that whoever draws may do something to. Raises Refused."""
    return standings.changeable(hand.session, hand.who, hand.eyes, id, action)


def alike(session: Session, name: str, eyes: Eyes) -> list[Organization]:
    """The organisations whose names resemble one, the likest first."""
    rows = session.execute(select(Organization.id, Organization.name).where(eyes.sees())).all()
    folded = {row.id: fold(row.name) for row in rows}
    found = process.extract(fold(name), folded, scorer=fuzz.token_set_ratio, limit=SHOWN, score_cutoff=ALIKE)
    ids = [id for _name, _score, id in found]
    by_id = {one.id: one for one in session.scalars(select(Organization).where(Organization.id.in_(ids)))}
    return [by_id[id] for id in ids]


@kind("add")
def add(hand: Hand, said: Said) -> Done:
    """Add a desired partner where somebody clicked, or where there is room; what it resembles is shown first."""
    name, category = one_line(str(said.get("name") or ""))[:200], said.get("category", "partner")
    if not name or hidden_in(name):
        raise Refused(_("Write the organisation's name."))
    if category not in CATEGORIES:
        raise Refused(_("Choose a category from the list."))
    at = point_of(said["at"]) if said.get("at") else None
    country = str(said.get("country") or "").upper()
    if not said.get("anyway") and not said.get("redo") and (found := alike(hand.session, name, hand.eyes)):
        like = [{"id": one.id, "name": one.name, "category": one.category, "town": one.town} for one in found]
        raise Refused(_("Something like it is there already. Is it one of these?"), like=like)
    made = Organization(name=name, slug=new_slug(hand.session, name), category=category, standing="desired")
    made.country = country if is_country(country) else ""
    if said.get("where"):
        settle(made, said["where"])
    if said.get("redo") and hand.session.get(Organization, said["id"]) is None:
        made.id = said["id"]
    hand.session.add(made)
    hand.session.flush()
    network = (hand.eyes.networks or (None,))[0]
    hand.session.add(Prospect(organization_id=made.id, owner_id=hand.who.person_id, network_id=network))
    place = MapPlace(map_id=hand.map.id, organization_id=made.id, pinned=True, hidden=False)
    hand.session.add(place)
    hand.session.flush()
    place.x, place.y = at or making.room_for(hand.session, hand.map, made.id, hand.eyes)
    hand.session.flush()
    kept = {"id": made.id, "name": name, "category": category, "country": made.country, "at": [place.x, place.y]}
    kept["where"] = said.get("where")
    return Done(kept, [{"kind": "unadd", "id": made.id}])


def settle(made: Organization, where: Any) -> None:
    """Have a partner be in the town by which people name a point on earth, and not more exactly. Raises Refused."""
    if not (isinstance(where, list) and len(where) == 2 and all(isinstance(one, int | float) for one in where)):
        raise Refused(_("That is no place on the map."))
    latitude, longitude = where
    town = town_near(latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None
    if town is None:
        raise Refused(_("No town is near that place. Click nearer to one."))
    made.town, made.region, made.country = town.name, town.region, town.country
    made.latitude, made.longitude, made.precision = town.latitude, town.longitude, "town"


@kind("unadd")
def unadd(hand: Hand, said: Said) -> Done:
    """Take away a desired partner that was just added, as long as nobody did more with it."""
    found = hand.session.get(Organization, said["id"])
    if found is None:
        return Done({"ids": [said["id"]]}, [])
    tied = select(Link.id).where((Link.from_id == found.id) | (Link.to_id == found.id))
    if found.standing != "desired" or found.listings or hand.session.scalar(tied.limit(1)):
        raise Refused(_("Somebody has gone on with %(name)s since. Change its standing instead.", name=found.name))
    hand.session.delete(found)
    hand.session.flush()
    return Done({"ids": [said["id"]]}, [])


@kind("tie")
def tie(hand: Hand, said: Said) -> Done:
    """Draw a link between two: a proposal, until a side confirms it."""
    start = organization(hand, said.get("source"), "propose_link")
    seen = select(Organization).where(Organization.id == said.get("target"), hand.eyes.sees())
    end, type = hand.session.scalars(seen).first(), str(said.get("type"))
    if end is None or start.id == end.id:
        raise Refused(_("A tie needs two organisations."))
    if type not in LINK_TYPES:
        raise Refused(_("Choose how the two are tied."))
    if g.worn.hat == Hat.COORDINATOR and (type != "member_of" or end.id not in (hand.eyes.networks or ())):
        raise Refused(_("Coordinators propose members of their own network."))
    there = ties.standing(hand.session, start, end, type)
    if there and not there.ended_on:
        raise Refused(_("The two are tied in this way already."))
    if there:
        hand.session.delete(there)
        hand.session.flush()
    side = "staff" if g.worn.hat == Hat.STAFF else "from"
    link = Link(from_id=start.id, to_id=end.id, type=type, proposed_by=side)
    if said.get("redo") and said.get("tie") and hand.session.get(Link, said["tie"]) is None:
        link.id = said["tie"]
    hand.session.add(link)
    hand.session.flush()
    if start.public and end.public:
        ties.tell(hand.session, start, end)
    kept = {"tie": link.id, "source": start.id, "target": end.id, "type": type}
    return Done(kept, [{"kind": "untie", "tie": link.id}])


@kind("untie")
def untie(hand: Hand, said: Said) -> Done:
    """End a tie that stands; take away one that nobody confirmed yet."""
    link = hand.session.get(Link, said["tie"]) if isinstance(said.get("tie"), int) else None
    if link is None or link.ended_on:
        raise Refused(_("That tie is gone already."))
    organization(hand, link.from_id, "confirm_link")
    ends = {"tie": link.id, "source": link.from_id, "target": link.to_id, "type": link.type}
    if link.confirmed_on:
        link.ended_on = now().date()
        back: Said = {"kind": "retie", **ends}
    else:
        hand.session.delete(link)
        back = {"kind": "tie", "redo": True, **ends}
    hand.session.flush()
    return Done(ends, [back])


@kind("retie")
def retie(hand: Hand, said: Said) -> Done:
    """Let a tie stand again that was ended on the map."""
    link = hand.session.get(Link, said["tie"])
    if link is None:
        raise Refused(_("That tie is gone already."))
    organization(hand, link.from_id, "confirm_link")
    link.ended_on = None
    hand.session.flush()
    return Done({name: said[name] for name in ("tie", "source", "target", "type")}, [{"kind": "untie", "tie": link.id}])


@kind("facts")
def facts(hand: Hand, said: Said) -> Done:
    """Write facts of an organisation: what the form of the side panel holds."""
    found = organization(hand, said.get("id"), "edit")
    given = said.get("fields")
    form = FactsForm.of(given if isinstance(given, Mapping) else {})
    names = [name for name in form.values if isinstance(given, Mapping) and name in given]
    before = {name: getattr(found, name) for name in names}
    if not form.fits(before):
        wrong = {name: [str(one) for one in form[name].errors] for name in form.errors_left}
        raise Refused(_("Not saved yet: something needs another look."), fields=wrong)
    changes = {name: form.values[name] for name in names if form.values[name] != before[name]}
    editing.write(hand.session, found, changes)
    if found.public:
        editing.tell_admins(hand.session, found, g.worn.hat)
    hand.session.flush()
    back = {"kind": "facts", "id": found.id, "fields": {name: before[name] for name in changes}}
    return Done({"id": found.id, "fields": changes}, [back] if changes else [])


@kind("standing")
def standing(hand: Hand, said: Said) -> Done:
    """Say where the relationship is, who looks after it, and what is next. Making it public is asked about first."""
    found = organization(hand, said.get("id"), "see_standing")
    before = standings.move(hand.session, hand.eyes, found, said)
    names = ("standing", "owner", "next_step", "due_on")
    back = {"kind": "standing", "id": found.id, "sure": True, **before}
    return Done({"id": found.id, **{name: said.get(name) for name in names}, "sure": True}, [back])
