"""The introductions of the demonstration: as people and time make them, between those who fit."""

from collections import Counter
from datetime import datetime, time, timedelta

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from network.accounts.models import Role
from network.demo import actions
from network.demo.past import since, stored
from network.directory.models import Link, Listing
from network.introductions import states, telling
from network.introductions.models import Introduction, Party
from network.introductions.queries import position_of
from network.matching.matcher import matcher
from tests.demo.conftest import TODAY

WRITTEN = since("introductions")["introduction"]


def introductions(session: Session) -> list[Introduction]:
    return list(session.scalars(select(Introduction).order_by(Introduction.id)))


def replayed(introduction: Introduction, parties: list[int], until: datetime) -> states.Position:
    """Where an introduction stands when the state machine alone goes through its steps."""
    asker = parties.index(introduction.asker_id) if introduction.asker_id else None
    position = states.begin(len(parties), asker, introduction.asked_at)
    story = next(one for one in WRITTEN if one["words"] == introduction.words)
    said = list(story.get("then", ()))
    for step in introduction.steps[1:]:
        while position.due and position.due <= step.at:
            position, _told = states.tick(position, position.due)
        if step.action not in ("expire", "close"):
            words = said.pop(0).get("says", "")
            position = states.step(position, step.action, parties.index(step.organization_id), step.at, words)
    assert not said
    while position.due and position.due <= until:
        position, _told = states.tick(position, position.due)
    return position


def test_introductions_are_in_every_state_with_every_outcome(demonstration: Session) -> None:
    made = introductions(demonstration)
    assert {one.state for one in made} == {"asked", "accepted", "declined", "withdrawn", "expired", "closed"}
    assert {party.outcome for one in made for party in one.parties} == {"", *states.OUTCOMES}
    assert {one.origin for one in made} == {"member", "exchange", "staff"}
    assert Counter(len(one.parties) for one in made)[3] == 1
    assert any(one.introducer_id for one in made)
    assert any(position_of(one).question is not None for one in made), "a question waits for its reply"
    assert max(one.asked_at for one in made) > datetime.combine(TODAY, time()) - timedelta(days=7)
    assert min(one.asked_at for one in made) > datetime.combine(TODAY, time()) - timedelta(days=310)


def test_each_introduction_stands_where_the_state_machine_puts_it(demonstration: Session) -> None:
    for one in introductions(demonstration):
        parties = [party.organization_id for party in one.parties]
        assert position_of(one) == replayed(one, parties, datetime.combine(TODAY, time.min)), one.words
        assert one.due_at == position_of(one).due
        assert [step.at for step in one.steps] == sorted(step.at for step in one.steps)


def test_nobody_sees_a_contact_before_everyone_agreed(demonstration: Session) -> None:
    seen = 0
    for one in introductions(demonstration):
        for party in one.parties:
            contacts = telling.contacts(demonstration, one, party)
            assert bool(contacts) == all(other.answer == "accepted" for other in one.parties), one.words
            assert all(address for _organization, _name, address in contacts)
            seen += len(contacts)
            assert bool(party.person_id) == (party.answer == "accepted")
            assert not party.token_hash
    assert seen > 10


def test_who_speaks_for_a_party_belongs_to_it_and_is_nobody_real(demonstration: Session) -> None:
    for party in demonstration.scalars(select(Party).where(Party.person_id.is_not(None))):
        role = select(Role).where(Role.person_id == party.person_id, Role.organization_id == party.organization_id)
        assert demonstration.scalars(role).one()
    for one in since("introductions")["person"]:
        assert one["email"].endswith(f"@{one['organization']}.example")


def test_what_was_agreed_and_met_is_seen_elsewhere(demonstration: Session) -> None:
    for one in introductions(demonstration):
        outcomes = {party.organization_id: party.outcome for party in one.parties}
        pair = (Link.from_id.in_(outcomes), Link.to_id.in_(outcomes), Link.type == "works_with")
        link = demonstration.scalars(select(Link).where(*pair)).first()
        if set(outcomes.values()) == {"together"}:
            assert link.shown
            assert one.asked_at.date() < link.confirmed_on < TODAY
        elif "together" in outcomes.values():
            assert link.confirmed_on is None, "the other side has not said so"
        if "met" in outcomes.values():
            listing = demonstration.get(Listing, one.listing_id)
            assert (listing.state, outcomes[listing.organization_id]) == ("met", "met")


def test_those_who_are_introduced_fit(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("load_introductions", "load_shown"):  # who knows each other is suggested no more
        monkeypatch.setattr(f"network.demo.since.{name}", lambda session, today: None)
    actions.load(session, TODAY)
    session.commit()
    unfit = []
    for one in WRITTEN:
        ids = [stored(session, slug).id for slug in one["between"]]
        pairs = zip(ids, ids[1:] + ids[:1], strict=True)
        unfit += [one["between"] for giver, taker in pairs if not matcher().explain(session(), taker, giver)]
    assert unfit == []


def test_one_whose_listing_is_open_no_more_is_left_out(fresh: Session) -> None:
    fresh.execute(delete(Introduction))
    listing = fresh.scalars(select(Listing).where(Listing.title == WRITTEN[-1]["about"])).one()
    listing.state = "paused"
    stored(fresh, "mangue-livre").standing = "ended"
    fresh.commit()
    actions.load(fresh, TODAY)
    words = {one.words for one in introductions(fresh)}
    assert WRITTEN[-1]["words"] not in words
    assert not any("mangue-livre" in one["between"] and one["words"] in words for one in WRITTEN)
    assert WRITTEN[-2]["words"] in words
