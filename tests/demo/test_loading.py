"""Loading the demonstration: all or nothing, once, and never beside another network."""

import re
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from network import index
from network.accounts.models import Person, Role
from network.demo import actions
from network.demo.generate import generate
from network.demo.persons import persons
from network.demo.written import written
from network.directory.models import Link, Listing, ListingTopic, Organization, Task, Topic
from network.directory.tasks import RULE
from network.extensions import Base
from network.hats import Hat
from network.introductions.models import Introduction
from network.places.queries import check_point
from tests.demo.conftest import TODAY

COUNTED = (Organization, Listing, Link, Topic, ListingTopic, Task)


def counts(session: Session) -> dict[str, int]:
    return {table.__name__: session.scalar(select(func.count()).select_from(table)) for table in COUNTED}


def rows(session: Session, table: type[Base], *without: str) -> list[str]:
    columns = [column for column in table.__table__.columns if column.name not in without]
    return sorted(repr(tuple(row)) for row in session.execute(select(*columns)))


def test_it_loads_whole_with_its_index(demonstration: Session) -> None:
    assert counts(demonstration)["Organization"] == len(written(TODAY))
    answer = index.ask(
        demonstration.connection(), index.Query(require=(("kclub",),), near=(53.7965, -1.5479), order="distance")
    )
    assert answer.total >= 40
    assert answer.hits[0].kilometres < 3
    assert index.check(demonstration.connection()) == []


def test_loading_it_twice_changes_nothing(fresh: Session) -> None:
    before = counts(fresh), rows(fresh, Organization)
    assert actions.load(fresh, date(2027, 8, 1)) == 0
    fresh.commit()
    assert (counts(fresh), rows(fresh, Organization)) == before


def test_every_listing_has_a_topic(demonstration: Session) -> None:
    without = select(func.count()).where(Listing.id.not_in(select(ListingTopic.listing_id)))
    assert demonstration.scalar(without) == 0


def test_points_lie_in_the_country_that_is_stated(demonstration: Session) -> None:
    found = demonstration.scalars(select(Organization).where(Organization.latitude.is_not(None)))
    elsewhere = [
        (one.slug, check.verdict, check.country)
        for one in found
        if (check := check_point(one.latitude, one.longitude, one.country)).country not in (one.country, None, "")
    ]
    assert elsewhere == []


def test_only_the_homeless_club_and_prospects_break_a_rule(demonstration: Session) -> None:
    asked = (
        select(Organization.slug)
        .join(Task, Task.organization_id == Organization.id)
        .where(Task.done_at.is_(None), Task.key.startswith(RULE), Organization.standing == "current")
    )
    assert demonstration.scalars(asked).all() == ["club-serra-sem-sinal"]


def test_each_kind_of_person_is_there_and_nobody_is_made_twice(fresh: Session) -> None:
    kinds = {role: fresh.scalars(select(Role).where(Role.role == role)).all() for role in Hat}
    assert all(kinds.values())
    assert len(kinds[Hat.STAFF]) >= 3, "two others have to vouch for one who lost her passkeys"
    assert (
        kinds[Hat.COORDINATOR][0].organization_id
        == fresh.scalars(select(Organization.id).where(Organization.category == "core_network")).one()
    )
    assert all(email.endswith(".example") for email in fresh.scalars(select(Person.email)))
    before = rows(fresh, Person)
    actions.load(fresh, TODAY)
    assert rows(fresh, Person) == before


def test_a_demonstration_from_before_gets_its_persons(fresh: Session) -> None:
    fresh.execute(delete(Person))
    fresh.expire_all()
    assert actions.load(fresh, TODAY) == 0
    assert fresh.scalar(select(func.count()).select_from(Role)) == len(persons())


def test_a_database_with_another_network_is_refused(session: Session, organization) -> None:
    organization("Somebody Real")
    with pytest.raises(actions.Occupied, match="needs an empty one"):
        actions.load(session, TODAY)
    with pytest.raises(actions.Occupied):
        generate(session, 50, 7, TODAY)


def test_the_command_refuses_in_one_line_and_exits_1(app: Flask, organization) -> None:
    organization("Somebody Real")
    result = app.test_cli_runner().invoke(args=["demo", "load"])
    assert result.exit_code == 1
    assert "needs an empty one" in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def test_the_command_says_what_it_added_and_then_that_nothing_changed(app: Flask, session: Session) -> None:
    runner = app.test_cli_runner()
    first, second = (runner.invoke(args=["demo", "load"]) for _ in range(2))
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert f"Loaded: {len(written(TODAY))} organisations, " in first.output
    assert "nothing changed" in second.output

    session.execute(delete(Introduction))
    session.commit()
    assert re.search(r"Loaded: \d+ introductions\.", runner.invoke(args=["demo", "load"]).output)


def test_the_same_seed_generates_the_same_network(session: Session) -> None:
    made = []
    for seed in (7, 7, 8):
        generate(session, 120, seed, TODAY)
        made.append((rows(session, Organization, "id"), rows(session, Listing, "id", "organization_id")))
        session.rollback()
    assert made[0] == made[1]
    assert made[0] != made[2]


def test_a_generated_network_has_the_shares_and_ties_of_a_real_one(session: Session) -> None:
    steps: list[int] = []
    assert generate(session, 400, 7, TODAY, steps.append) == 400
    session.commit()
    assert sum(steps) == 800
    by_category = select(Organization.category, func.count()).group_by(Organization.category)
    shares = dict(tuple(row) for row in session.execute(by_category))
    assert shares["partner"] == 48
    assert shares["club"] == 104
    assert shares["member"] == 240
    partners = select(Organization.id).where(Organization.category == "partner")
    generous = select(Listing.organization_id).where(Listing.side == "offer", Listing.in_return != "")
    assert set(session.scalars(partners)) <= set(session.scalars(generous))
    joined = select(func.count()).where(Link.type == "member_of").group_by(Link.to_id).order_by(func.count().desc())
    sizes = session.scalars(joined).all()
    assert sizes[0] > 5 * sizes[-1] > 0
    assert index.check(session.connection()) == []
    assert generate(session, 400, 7, TODAY) == 0


def test_what_comes_after_a_generated_network_gets_ids_of_its_own(session: Session) -> None:
    generate(session, 30, 7, TODAY)
    later = Organization(slug="later", name="Later", category="member", listings=[Listing(side="seek", title="Time")])
    session.add(later)
    session.commit()
    assert later.id > session.scalar(select(func.max(Organization.id)).where(Organization.slug != "later"))
