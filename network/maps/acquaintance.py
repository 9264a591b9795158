"""Who is to be won, with who waits for them and who knows them: what the page of whom to reach next reads."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from network.directory.models import Link, Listing
from network.maps import queries, reaching, relations
from network.maps.eyes import Eyes
from network.maps.reaching import Candidate, Way
from network.maps.relations import Relation
from network.maps.scene import Node, Tie
from network.matching import gap_words
from network.matching.desired import Wanted
from network.matching.matcher import matcher
from network.matching.models import ProspectSeeker
from network.text import gettext as _
from network.text import ngettext

NAMED = 3  # of those who wait, and of those who could introduce
PAGE = 25


@dataclass(frozen=True)
class Reached:
    """Somebody to reach, as the page tells it: why, who waits, and who could introduce them, with who knows these."""

    relation: Relation
    candidate: Candidate
    reasons: Sequence[str]
    waiting: Sequence[Listing]
    ways: Sequence[tuple[Way, Node, Node | None, str]]  # by whom, through whom, and who of us looks after the first

    @property
    def more(self) -> int:
        return len(self.candidate.ways) - len(self.ways)


@dataclass(frozen=True)
class Found:
    """Everybody to reach for a question, the first of them told; how many open seeks the question is about."""

    told: Sequence[Reached]
    total: int
    seeks: int


def reach(session: Session, eyes: Eyes, asked: Wanted, page: int = 1) -> Found:
    """Whom to reach next for a gap or a country, or for everything that is sought."""
    cells = matcher().gaps(session, region=asked.region, kind=asked.kind, topic=asked.topic_id)
    people = {one.id: one for one in relations.desired(session, eyes)}
    kept = kept_with(session, [one.prospect for one in people.values() if one.prospect])
    narrow, chosen = asked != Wanted(), {}
    for one in people.values():
        seeks = reaching.serves(one.wanted, kept.get(one.prospect, ()), cells, narrow)
        if reaching.belongs(one.wanted, one.country, seeks, asked):
            chosen[one.id] = seeks
    nodes, ties = around(session, eyes, list(chosen))
    able = {id for id, node in nodes.items() if node.standing == "current"}
    candidates = reaching.ranked(
        Candidate(
            id,
            people[id].name,
            people[id].standing,
            seeks,
            reaching.ways(id, ties, able),
            people[id].due_on if people[id].open else None,
        )
        for id, seeks in chosen.items()
    )
    here = candidates[(page - 1) * PAGE : page * PAGE]
    waiting = gap_words.seeks(session, {id for one in here for id in sorted(one.seeks)[: 20 * NAMED]})
    owners = relations.owners_of(session, {way.by for one in here for way in one.ways[:NAMED]})
    told = [
        Reached(
            people[one.id],
            one,
            reasons(session, people[one.id], one, asked),
            first_of_each([waiting[id] for id in sorted(one.seeks) if id in waiting]),
            [
                (way, nodes[way.by], nodes[way.through] if way.through else None, owners.get(way.by, ""))
                for way in one.ways[:NAMED]
            ],
        )
        for one in here
    ]
    return Found(told, len(candidates), len({id for cell in cells for id in cell.seeks}))


def first_of_each(found: Sequence[Listing]) -> list[Listing]:
    """One listing of each organisation, of the first few."""
    return list({one.organization_id: one for one in reversed(found)}.values())[::-1][:NAMED]


def reasons(session: Session, one: Relation, candidate: Candidate, asked: Wanted) -> list[str]:
    """Why somebody stands where they stand, in sentences."""
    said = []
    if count := len(candidate.seeks):
        said.append(
            ngettext("It would serve %(count)s open seek.", "It would serve %(count)s open seeks.", count, count=count)
        )
    else:
        said.append(_("No open seek is known that it would serve."))
    if one.wanted != Wanted():
        said.append(_("It is looked for to fill this gap: %(gap)s.", gap=gap_words.gap_words(session, one.wanted)))
    if asked.region and one.country == asked.region:
        said.append(_("It is in %(country)s.", country=gap_words.place_words(one.country)))
    if one.standing == "in_conversation":
        said.append(_("You are in conversation with it already."))
    return said


def kept_with(session: Session, prospects: Collection[int]) -> dict[int, list[int]]:
    """The seeks that are kept with prospects and are still open, by prospect."""
    open_ones = (Listing.state == "open", or_(Listing.until.is_(None), Listing.until >= date.today()))
    query = select(ProspectSeeker.prospect_id, Listing.id).join(Listing, Listing.id == ProspectSeeker.listing_id)
    found: dict[int, list[int]] = {}
    for some in queries.batches(sorted(prospects)):
        rows = session.execute(query.where(ProspectSeeker.prospect_id.in_(some), Listing.side == "seek", *open_ones))
        for prospect, listing in rows:
            found.setdefault(prospect, []).append(listing)
    return found


def around(session: Session, eyes: Eyes, ids: Sequence[int]) -> tuple[dict[int, Node], dict[int, list[Tie]]]:
    """Who stands within two ties of some organisations, memberships of those between aside, and the ties by end."""
    near = ties_of(session, eyes, ids, ())
    between = {end for tie in near for end in (tie.source, tie.target)} - set(ids)
    far = ties_of(session, eyes, sorted(between), ("member_of",))
    ties = {tie.id: tie for tie in (*near, *far)}
    ends = {end for tie in ties.values() for end in (tie.source, tie.target)}
    nodes = {node.id: node for node in queries.nodes_of(session, ends, eyes)}
    return nodes, reaching.by_end(tie for tie in ties.values() if {tie.source, tie.target} <= nodes.keys())


def ties_of(session: Session, eyes: Eyes, ids: Sequence[int], without: Collection[str]) -> list[Tie]:
    """The ties that some organisations have, with whomever."""
    found = []
    for some in queries.batches(ids):
        query = queries.TIE.where(or_(Link.from_id.in_(some), Link.to_id.in_(some)), Link.type.not_in(without))
        for row in session.execute(query.where(*eyes.ties())):
            proposed = row.confirmed_on is None
            found.append(Tie(row.id, row.from_id, row.to_id, row.type, row.started_on, row.ended_on, proposed))
    return found
