"""What waits for a person about merges: pages that look like one, and merges that a second person decides."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session, aliased

from network import waiting
from network.accounts.models import Person
from network.directory.alike import said_apart, say_apart, unpacked
from network.directory.duplicate_words import sentences
from network.directory.models import Alike, Apart, Organization
from network.merging.models import Merge
from network.merging.queries import ASKED
from network.permissions import identity
from network.text import gettext as _
from network.text import lazy_gettext as _l
from network.waiting import SOME, About, Act, Before, By, Refused, Row, Source, Stream, Waiting

EVIDENCE = 5  # sentences of a card, those that weigh most


def asked_between() -> ColumnElement[bool]:
    """Whether a merge of the two is asked for already."""
    pairs = (Merge.organization_id, Merge.gone_id), (Merge.gone_id, Merge.organization_id)
    both = or_(*(and_(one == Alike.one_id, other == Alike.other_id) for one, other in pairs))
    return exists().where(Merge.state == ASKED, both)


def undecided() -> tuple[ColumnElement[bool], ...]:
    return (~said_apart(Alike.one_id, Alike.other_id), ~asked_between())


def alike_streams() -> Sequence[Stream]:
    return [Stream(Alike.id, Alike.one_id, Alike.found_at, undecided())]


def alike_cards(session: Session, ids: Sequence[int]) -> list[Waiting]:
    one, other = aliased(Organization), aliased(Organization)
    query = (
        select(Alike, one, other)
        .join(one, one.id == Alike.one_id)
        .join(other, other.id == Alike.other_id)
        .where(Alike.id.in_(ids), *undecided())
    )
    return [
        Waiting(
            "alike",
            pair.id,
            pair.found_at,
            _("It may be the same as %(name)s", name=there.name),
            About(here.id, here.slug, here.name),
            acts=("two",),
            notes=tuple(sentences(unpacked(pair.evidence))[:EVIDENCE]),
            way=(_("Merge them"), f"/organizations/{here.slug}/merge?with={there.slug}"),
            links=((_("See the other page"), f"/organizations/{there.slug}"),),
        )
        for pair, here, there in session.execute(query)
    ]


def two(session: Session, row: Row, by: By) -> Before:
    """Say that they are two: the pair is never asked about again."""
    pair = session.get(Alike, row.id, with_for_update=True)
    if pair is None:
        raise Refused(_("They look alike no more: one of them was changed since, or is gone."))
    return {"apart": say_apart(session, pair.one_id, pair.other_id).id}


def one_again(session: Session, row: Row, before: Before, by: By) -> None:
    """Let it be asked again whether they are one."""
    apart = session.get(Apart, before["apart"], with_for_update=True)
    if apart is None or row.organization_id not in (apart.one_id, apart.other_id):
        raise Refused(_("One of the two is no longer there."))
    session.delete(apart)
    session.flush()


def merge_streams() -> Sequence[Stream]:
    return [Stream(Merge.id, Merge.organization_id, Merge.asked_at, (Merge.state == ASKED,))]


def merge_cards(session: Session, ids: Sequence[int]) -> list[Waiting]:
    query = (
        select(Merge, Organization, Person)
        .join(Organization, Organization.id == Merge.organization_id)
        .outerjoin(Person, Person.id == Merge.asked_by_id)
        .where(Merge.id.in_(ids), Merge.state == ASKED)
    )
    found = []
    for merge, of, person in session.execute(query):
        mine = person is not None and person.id == identity().person_id
        who = (person.name or person.email) if person else _("somebody who has left")
        found.append(
            Waiting(
                "merge",
                merge.id,
                merge.asked_at,
                _("%(who)s asks to merge %(name)s into it", who=who, name=merge.gone_name),
                About(of.id, of.slug, of.name),
                notes=(_("You asked for this yourself: somebody else decides."),) if mine else (),
                quotes=(merge.words,) if merge.words else (),
                way=(
                    _("See what was asked") if mine else _("Look at both, and decide"),
                    f"/organizations/{of.slug}/merges/{merge.id}",
                ),
            )
        )
    return found


TWO = Act("two", _l("They are two"), _l("They are two"), two, one_again, may="ask_merge", several=True)


def init_app() -> None:
    """Let the desk collect them."""
    acts = waiting.by_key(TWO)
    waiting.add(Source("alike", _l("Look-alikes"), SOME, alike_streams, alike_cards, acts, coordinators=False))
    waiting.add(Source("merge", _l("Merges"), SOME, merge_streams, merge_cards, coordinators=False))
