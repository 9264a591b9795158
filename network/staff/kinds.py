"""What may be changed of many organisations at once, in one table."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from network.accounts.models import Person
from network.directory.categories import CATEGORIES
from network.directory.models import Organization, OrganizationTopic, Topic
from network.directory.saying import topic_name
from network.directory.vocabulary import STANDINGS
from network.maps import standings
from network.matching.models import Prospect
from network.matching.prospects import STANDINGS as LOOKED_FOR
from network.profiles import editing
from network.staff import memberships
from network.staff.changing import Doing, Kind, Lacks, State, Unchanged, already, column
from network.text import gettext as _
from network.text import lazy_gettext as _l


def new_category(doing: Doing, organization: Organization, state: State) -> State:
    if state == doing.to:
        raise already()
    category = CATEGORIES[doing.to]
    if (
        CATEGORIES[state].gathers
        and not category.gathers
        and any(link.type == "member_of" and link.shown for link in organization.links_in)
    ):
        raise Unchanged(_("It has members of its own, as only a network has."))
    missing = [str(rule.task) for rule in category.rules if not rule.met(organization)]
    if missing and not doing.also:
        raise Lacks("; ".join(missing))
    return doing.to


def write_category(doing: Doing, organization: Organization, state: State) -> None:
    organization.category = state


def read_standing(doing: Doing, ids: Sequence[int]) -> dict[int, State]:
    """The standing, whether it is looked for, and who looks after it, as far as whoever asks knows of that."""
    query = select(Prospect).where(Prospect.organization_id.in_(ids))
    looked = {one.organization_id: one for one in doing.session.scalars(query)}
    networks, found = doing.desk.networks, {}
    for id, standing in column("standing")(doing, ids).items():
        one = looked.get(id)
        mine = one is not None and (networks is None or one.network_id in networks)
        known = one if mine else None
        found[id] = {
            "standing": standing,
            "looked_for": known is not None and known.closed_at is None,
            "owner": known.owner_id if known else None,
            "others": one is not None and not mine,
        }
    return found


def new_standing(doing: Doing, organization: Organization, state: State) -> State:
    if state["standing"] == doing.to:
        raise already()
    return state | {"standing": doing.to, "looked_for": doing.to in LOOKED_FOR and not state["others"]}


def new_owner(doing: Doing, organization: Organization, state: State) -> State:
    owner = int(doing.to) if doing.to else None
    if state["others"]:
        raise Unchanged(_("Somebody else of the network looks after it."))
    if state["owner"] == owner:
        raise already()
    return state | {"owner": owner}


def write_standing(doing: Doing, organization: Organization, state: State) -> None:
    """Write it as the pipeline does; the next step and its day stay."""
    mine = Prospect.organization_id == organization.id, *doing.eyes.prospects()
    one = doing.session.scalars(select(Prospect).where(*mine)).first()
    known = {"next_step": one.next_step, "due_on": one.due_on} if one else {}
    standings.move(doing.session, doing.eyes, organization, known | state | {"sure": True})


def said_standing(doing: Doing, state: State) -> str:
    return str(STANDINGS[state["standing"]].label)


def said_owner(doing: Doing, state: State) -> str:
    person = doing.session.get(Person, state["owner"]) if state["owner"] else None
    return (person.name or person.email) if person else _("nobody")


def read_topics(doing: Doing, ids: Sequence[int]) -> dict[int, State]:
    found: dict[int, State] = {id: [] for id in ids}
    query = select(OrganizationTopic.organization_id, Topic.slug).join(Topic, Topic.id == OrganizationTopic.topic_id)
    for id, slug in doing.session.execute(query.where(OrganizationTopic.organization_id.in_(ids)).order_by(Topic.slug)):
        found[id].append(slug)
    return found


def more_topics(doing: Doing, organization: Organization, state: State) -> State:
    if doing.to in state:
        raise already()
    return sorted([*state, doing.to])


def fewer_topics(doing: Doing, organization: Organization, state: State) -> State:
    if doing.to not in state:
        raise already()
    return [slug for slug in state if slug != doing.to]


def write_topics(doing: Doing, organization: Organization, state: State) -> None:
    editing.write(doing.session, organization, {"topics": state})


def said_topics(doing: Doing, state: State) -> str:
    return ", ".join(map(topic_name, state)) or _("none")


KINDS: Mapping[str, Kind] = {
    kind.key: kind
    for kind in (
        Kind(
            "category",
            _l("Category"),
            _l("Category changed"),
            column("category"),
            new_category,
            write_category,
            lambda doing, state: str(CATEGORIES[state].label),
            staff=True,
        ),
        Kind(
            "standing",
            _l("Standing"),
            _l("Standing changed"),
            read_standing,
            new_standing,
            write_standing,
            said_standing,
        ),
        Kind(
            "topic",
            _l("Add a topic"),
            _l("Topic added"),
            read_topics,
            more_topics,
            write_topics,
            said_topics,
        ),
        Kind(
            "no_topic",
            _l("Take a topic away"),
            _l("Topic taken away"),
            read_topics,
            fewer_topics,
            write_topics,
            said_topics,
        ),
        Kind(
            "join",
            _l("Make them members of"),
            _l("Made members"),
            memberships.read_tie,
            memberships.join,
            memberships.write_tie,
            memberships.said_tie,
        ),
        Kind(
            "part",
            _l("End their membership in"),
            _l("Membership ended"),
            memberships.read_tie,
            memberships.part,
            memberships.write_tie,
            memberships.said_tie,
        ),
        Kind(
            "owner",
            _l("Who looks after them"),
            _l("Given to somebody to look after"),
            read_standing,
            new_owner,
            write_standing,
            said_owner,
        ),
    )
}
"""Every way to change them, in the order of the page."""
