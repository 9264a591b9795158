"""Two pages of one organisation, and everything that can hang on one: something in every table that names it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from network.accounts.models import Invitation, Person
from network.clock import now
from network.directory import thesaurus
from network.directory.documents import reindex
from network.directory.models import (
    Alike,
    Apart,
    ExternalId,
    FormerSlug,
    Link,
    Listing,
    Organization,
    OrganizationTopic,
    Task,
    Topic,
)
from network.extensions import db
from network.history.models import Edit
from network.history.recording import encoded
from network.interchange.models import Import, ImportRow
from network.introductions.models import Block, Inbox, Introduction, Party, Step, ValueCheck
from network.mail.models import Message
from network.maps.models import MapGroup, MapPlace, MapStep, SavedMap
from network.matching.models import Dismissal, Prospect, ProspectSeeker, Shown, Work
from network.merging import actions
from network.merging.models import Merge
from network.profiles.models import Claim, ContactPerson, Departure, Question, Suggestion
from network.staff.models import Decision, DecisionPart
from network.websites.models import WebsiteCheck

BESIDE = (
    *("merge", "change", "message", "alembic_version", "alike", "comparing"),
    *("place", "place_name", "place_prefix", "place_sound"),
)
"""The record itself, what caches follow or is found anew, mails that tell of it, and what nothing of ours writes."""
LONG_AGO = datetime(2026, 3, 1, 9, 30)


@dataclass
class Two:
    """The organisation that stays, the one that goes, a third, and the staff: who asks and who decides."""

    stays: Organization
    goes: Organization
    third: Organization
    asker: Person
    decider: Person
    admin: Person  # of the one that goes
    rival: Person  # of the one that stays


@pytest.fixture
def two(session, organization, person) -> Two:
    """Two pages of one organisation that say different things, and nothing hangs on either."""
    stays = organization("Weltladen Aachen", slug="weltladen-aachen", category="member", town="Aachen", country="DE")
    goes = organization(
        "weltladen aachen e.V.",
        slug="weltladen-ev",
        category="member",
        website="https://w.example.org",
        languages=("de",),
    )
    stays.languages, stays.summary, goes.summary = ("de", "fr"), "A shop.", "A shop and a school."
    third = organization("Hill Club", slug="hill")
    return Two(
        stays,
        goes,
        third,
        person("asker@example.org", name="Ada Asker", staff=True),
        person("decider@example.org", name="Dan Decider", staff=True),
        person("admin@example.org", name="Gola Goes", admin=goes),
        person("rival@example.org", name="Sten Stays", admin=stays),
    )


@pytest.fixture
def planted(two, session) -> Two:
    """The same with something in every table, and with what would stand there twice."""
    stays, goes, third = two.stays.id, two.goes.id, two.third.id
    at, day = LONG_AGO, LONG_AGO.date()
    shop, school = Topic(slug="fair-trade", facet="topic"), Topic(slug="school", facet="topic")
    session.add_all([shop, school])
    session.flush()
    session.add_all(
        OrganizationTopic(organization_id=of, topic_id=topic.id)
        for of, topic in ((stays, shop), (goes, shop), (goes, school))
    )
    same = {"side": "offer", "kind": "venue", "title": "A room on Thursdays", "created_at": at}
    rooms = [Listing(organization_id=of, **same) for of in (stays, goes)]
    wish = Listing(organization_id=goes, side="seek", kind="time", title="Somebody who repairs scales", created_at=at)
    theirs = Listing(organization_id=third, side="seek", kind="venue", title="A room", created_at=at)
    rooms[1].topics = [shop]
    session.add_all([*rooms, wish, theirs])
    told = {"proposed_at": at, "proposed_by": "staff"}
    session.add_all(
        [
            Link(from_id=stays, to_id=third, type="works_with", **told),  # proposed here, and confirmed there
            Link(from_id=goes, to_id=third, type="works_with", confirmed_on=day, confirmed_by="staff", **told),
            Link(from_id=third, to_id=goes, type="hosted_by", confirmed_on=day, **told),
            Link(from_id=stays, to_id=goes, type="works_with", confirmed_on=day, **told),
        ]
    )
    session.commit()
    imported = Import(file_name="list.csv", sha256="0" * 64, format="csv", at=at)
    session.add(imported)
    session.flush()
    session.add_all(
        [
            ImportRow(import_id=imported.id, organization_id=stays, line=2, fate="new", said={"facts": {}}),
            ImportRow(import_id=imported.id, organization_id=goes, line=3, fate="new", said={"facts": {}}),
            ImportRow(
                import_id=imported.id,
                organization_id=third,
                line=4,
                fate="updated",
                after={"ties": [["hosted_by", goes]]},
            ),
            ExternalId(organization_id=goes, source="list", value="7"),
            FormerSlug(slug="weltladen-alt", organization_id=goes),
            Task(organization_id=stays, key="stale", opened_at=at),
            Task(organization_id=goes, key="stale", facts={"asked": 3}, opened_at=at),
            Task(organization_id=goes, key="topic:unknown", facts={"topics": ["scales"]}, opened_at=at),
        ]
    )
    fields = {"visible": "members", "agreed_at": at}
    session.add_all(
        [
            ContactPerson(organization_id=stays, name="Inge Eins", email="inge@example.org", visible="staff"),
            ContactPerson(organization_id=goes, name="Inge Eins", email="inge@example.org", **fields),
            ContactPerson(organization_id=goes, name="Zoe Zwei", email="zoe@example.org", **fields),
            decision := Decision(kind="claim", thing_id=1, since=at, organization_id=goes, act="decline", at=at),
            Claim(organization_id=goes, person_id=two.admin.id, way="staff", reason="It is mine.", asked_at=at),
            Suggestion(organization_id=goes, fields={"phone": {"before": "", "after": "0241"}}, at=at),
            Question(organization_id=goes, round=day, number=0, email="e@example.org", token_hash="q", expires_at=at),
            Departure(organization_id=goes, reason="A year off", standing="current", at=at, returned_at=at),
            Invitation(email="new@example.org", role="representative", organization_id=goes, expires_at=at),
            Message(
                organization_id=goes,
                kind="relay",
                address="x@example.org",
                locale="en",
                subject="S",
                text="T",
                html="H",
            ),
            Edit(
                organization_id=third,
                thing="organization",
                thing_id=third,
                action="confirmed",
                for_id=goes,
                save="s",
                at=at,
            ),
        ]
    )
    session.flush()
    session.add(DecisionPart(decision_id=decision.id, organization_id=goes, before="member", after="club"))
    two.rival.roles.append(type(two.rival.roles[0])(role="representative", organization_id=goes))
    two.rival.roles.append(type(two.rival.roles[0])(role="representative", organization_id=stays))
    between = Introduction(asker_id=goes, person_id=two.admin.id, words="Are we one?", asked_at=at, changed_at=at)
    between.parties = [Party(organization_id=goes, answer="accepted"), Party(organization_id=stays, position=1)]
    between.steps = [Step(organization_id=goes, person_id=two.admin.id, action="asked", words="Are we?", at=at)]
    outside = Introduction(asker_id=goes, listing_id=rooms[1].id, words="Hello", asked_at=at, changed_at=at)
    outside.parties = [Party(organization_id=goes, answer="accepted"), Party(organization_id=third, position=1)]
    by_them = Introduction(asker_id=third, introducer_id=goes, words="Hi", asked_at=at, changed_at=at)
    by_them.parties = [Party(organization_id=third), Party(organization_id=stays, position=1)]
    session.add_all([between, outside, by_them])
    pairs = ((stays, third), (goes, third), (third, goes), (goes, stays))
    for here, there in pairs:
        session.add(Dismissal(organization_id=here, other_id=there, at=at))
        session.add(Shown(organization_id=here, other_id=there, days=here, first_on=day, last_on=day))
        session.add(Block(organization_id=here, blocked_id=there, at=at))
        session.add(Apart(one_id=here, other_id=there, said_at=at))
        session.add(Alike(one_id=here, other_id=there, found_at=at))
        session.add(ValueCheck(organization_id=here, partner_id=there, asked_on=day, words="Good."))
    session.add_all([Inbox(organization_id=stays), Inbox(organization_id=goes, open=False, introduces=True)])
    session.add_all(
        WebsiteCheck(organization_id=one, website="https://w.example.org", asked_at=at, due_at=at, failures=one)
        for one in (goes, stays)
    )
    session.add_all([Work(organization_id=goes, title="Fair scales", created_at=at)])
    wanted = Prospect(organization_id=goes, owner_id=two.asker.id, next_step="Call", created_at=at)
    elsewhere = Prospect(organization_id=third, network_id=goes, created_at=at)
    session.add_all([wanted, elsewhere])
    session.flush()
    session.add_all([ProspectSeeker(prospect_id=wanted.id, listing_id=theirs.id)])
    session.add_all([ProspectSeeker(prospect_id=elsewhere.id, listing_id=one.id) for one in (*rooms, wish)])
    drawn = SavedMap(slug="quay", name="Quay", network_id=goes, asked="focus=weltladen-ev&degrees=3")
    session.add(drawn)
    session.flush()
    session.add_all(
        [
            MapPlace(map_id=drawn.id, organization_id=stays, x=1.5, y=2.25),
            MapPlace(map_id=drawn.id, organization_id=goes, x=-3.0, y=0.1, pinned=True),
            MapGroup(map_id=drawn.id, key="g", name="Shops", members=[goes, third, stays]),
            MapStep(map_id=drawn.id, number=1, key="k", kind="pin", said={"ids": [goes], "on": True}, before=[]),
        ]
    )
    session.commit()
    thesaurus.forget(db.session())  # it learns the new topics
    reindex(session)
    session.commit()
    return two


def everything(session) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table that a merge or its undo could reach; the matching profiles and the index with them."""
    found = {}
    for table in db.metadata.sorted_tables:
        if table.name not in BESIDE:
            columns = list(table.columns)
            rows = session.execute(select(*columns)).all()
            found[table.name] = sorted(tuple(str(encoded(value)) for value in row) for row in rows)
    session.rollback()
    return found


@pytest.fixture
def merged(session) -> Callable[..., Merge]:
    """A function that asks for a merge of two, and lets the second person agree."""

    def merge(two: Two, **choices: str) -> Merge:
        made = asked(session, two, **choices)
        actions.carry_out(session, made, actions.seen(two.stays, two.goes), two.decider.id)
        session.commit()
        return made

    return merge


def asked(session, two: Two, **choices: str) -> Merge:
    made = actions.ask(session, two.stays, two.goes, choices, "The same door.", two.asker.id)
    session.commit()
    return made


def undo(session, merge: Merge, two: Two) -> list[list[str]]:
    """Undo a merge; gives what could not be put back."""
    actions.undo(session, merge, two.decider.id)
    session.commit()
    return merge.left


def later(days: int) -> datetime:
    return now() + timedelta(days)


def today() -> date:
    return now().date()
