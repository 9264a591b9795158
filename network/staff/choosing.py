"""Which organisations are meant, and what is to be changed of them, as it was asked for on the page."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from network import index
from network.accounts.queries import those_with
from network.directory.categories import CATEGORIES
from network.directory.documents import plain
from network.directory.filter import Filter
from network.directory.models import Organization
from network.directory.saying import number as said
from network.directory.saying import topic_name
from network.directory.search import Seen, search
from network.directory.thesaurus import topics_by_word
from network.directory.vocabulary import STANDINGS
from network.hats import Hat
from network.matching.looking import Desk
from network.staff import queue
from network.staff.asked import number
from network.staff.changing import Kind
from network.staff.hands import People, named
from network.staff.kinds import KINDS
from network.staff.together import MOST
from network.text import gettext as _

TICKED, ALL = "ticked", "all"
GATHERING = [key for key, category in CATEGORIES.items() if category.gathers]
NETWORKS = 500


class Unclear(Exception):
    """What can't be done as it was asked for: why, and what to do, in a sentence."""


@dataclass(frozen=True)
class Choice:
    """A change that was chosen: which, and to what."""

    kind: Kind
    to: str
    words: str


def seen(desk: Desk, standing: str) -> Seen:
    """What a desk sees of the directory, as tokens of the index: of one standing, or of all."""
    found: Seen = ((f"d{plain(standing)}",),) if standing else ()
    return found if desk.networks is None else (*found, tuple(f"n{id}" for id in desk.networks))


def standing_of(arguments: MultiDict[str, str]) -> str:
    """The standing that is asked for; none for what is none."""
    asked = arguments.get("standing", "")
    return asked if asked in STANDINGS else ""


def matched(session: Session, filter: Filter, seen: Seen) -> list[int]:
    """All organisations that fit a filter, by number. Raises Unclear for what can't be understood, or are too many."""
    results = search(session, filter.turned(1), 1, seen)
    if filter.problems or results.asked.unknown_place:
        raise Unclear(_("Part of the search can't be used: put it right first, so that none is changed by mistake."))
    return limited([] if results.asked.nothing else sorted(index.matching(session.connection(), results.asked.query)))


def limited(ids: list[int]) -> list[int]:
    """Some organisations, if they may be changed at once. Raises Unclear."""
    if not ids:
        raise Unclear(_("Tick the organisations that you mean, or choose all that match."))
    if len(ids) > MOST:
        raise Unclear(_("At most %(most)s can be changed at once: narrow the search down.", most=said(MOST)))
    return ids


def ticked(form: MultiDict[str, str]) -> list[int]:
    """Those that were ticked, or that a page before was about. Raises Unclear."""
    given = [*form.getlist("id"), *form.get("ids", "").split()]
    return limited(list(dict.fromkeys(int(one) for one in given if number(one))))


def marked(form: MultiDict[str, str]) -> dict[int, str]:
    """Those that were looked at, each with its mark. Raises Unclear."""
    given = {number(mark.partition(".")[0]): mark for mark in form.get("marks", "").split()}
    found = {int(id): mark for id, mark in given.items() if id}
    limited(list(found))
    return found


def choice(session: Session, desk: Desk, form: MultiDict[str, str]) -> Choice:
    """What is to be changed. Raises Unclear."""
    kind = KINDS.get(form.get("what", ""))
    if kind is None or (kind.staff and not desk.staff):
        raise Unclear(_("Choose what is to be changed."))
    typed = form.get(kind.key, "").strip()[:200]
    if "topic" in kind.key:
        slug = topics_by_word(session)(typed) if typed else None
        if slug is None:
            raise Unclear(_("We know no topic called %(words)s.", words=f"“{typed}”"))
        return Choice(kind, slug, topic_name(slug))
    listed = dict(choices(session, desk, networks(session, desk))[kind.key])
    if typed not in listed or not (typed or kind.key == "owner"):
        raise Unclear(_("Choose from the list what it is to be."))
    return Choice(kind, typed, listed[typed])


def choices(session: Session, desk: Desk, networks: People) -> dict[str, People]:
    """What can be chosen from a list, for each kind of change that has one."""
    first = ("", _("Choose"))
    return {
        "category": [first, *((key, str(one.label)) for key, one in CATEGORIES.items())],
        "standing": [first, *((term.key, str(term.label)) for term in STANDINGS)],
        "join": [first, *networks],
        "part": [first, *networks],
        "owner": [("", _("nobody")), *owners(session, desk)],
    }


def networks(session: Session, desk: Desk) -> People:
    """The networks that organisations can be members of, by name: all, or those that somebody coordinates."""
    known = desk.networks or tuple(int(id) for id, _name in queue.networks(session, desk))
    which = or_(Organization.id.in_(known), Organization.category.in_(GATHERING if desk.staff else ()))
    query = select(Organization.id, Organization.name).where(which, Organization.standing != "ended")
    return [(str(row.id), row.name) for row in session.execute(query.order_by(Organization.name).limit(NETWORKS))]


def owners(session: Session, desk: Desk) -> Sequence[tuple[str, str]]:
    """Who can look after relationships: the staff, or the coordinators of the same networks."""
    if desk.networks is None:
        return named(list(those_with(session, Hat.STAFF)))
    return named(list(those_with(session, Hat.COORDINATOR, desk.networks)))
