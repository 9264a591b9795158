"""What came of the demonstration since it began: as it really happens, once, and to be seen on the pages."""

from datetime import datetime, time, timedelta

from flask import Flask
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from network.accounts.models import Person
from network.accounts.queries import person_at
from network.demo import actions
from network.demo.past import since, stored
from network.demo.worth import round_before
from network.demo.written import written
from network.directory.models import Link, Listing, Organization
from network.extensions import Base, db
from network.history.models import Edit
from network.introductions import partnerships, value
from network.introductions.forms import ADDRESS, LONGEST
from network.introductions.models import Introduction, ValueCheck
from network.matching.actions import LATER
from network.matching.desired import prospects
from network.matching.matcher import matcher
from network.matching.models import Dismissal, Prospect, Shown, Work
from network.matching.reasons import REASONS
from tests.demo.conftest import TODAY
from tests.demo.test_introductions import WRITTEN, introductions

CLUB = "/organizations/kirkgate-tinker-club"


def everything(session: Session) -> dict[str, list[str]]:
    """Every row of every table."""
    return {
        name: sorted(map(repr, map(tuple, session.execute(select(*table.columns)))))
        for name, table in Base.metadata.tables.items()
    }


def test_all_of_it_is_loaded_without_a_mail(fresh: Session, letters) -> None:
    assert letters() == []
    assert [one.words for one in introductions(fresh)] == [one["words"] for one in WRITTEN]
    works = fresh.scalars(select(Work)).all()
    assert len(works) == len(since("works")["work"]) >= 25
    assert len({one.organization_id for one in works}) >= 12
    assert fresh.scalar(select(func.count()).select_from(Prospect)) == len(since("prospects")["prospect"]) >= 3
    shown = {(one["organization"], other) for one in since("shown")["shown"] for other in one["others"]}
    assert fresh.scalar(select(func.count()).select_from(Shown)) == len(shown)
    assert len(fresh.scalars(select(Dismissal)).all()) == len(since("shown")["dismissed"]) + 1, "one declined"
    told = sum(len(one.get("about", ())) for one in since("worth")["asked"])
    answered = select(func.count()).where(ValueCheck.answered_at.is_not(None))
    assert fresh.scalar(answered) == told


def test_nothing_happened_after_the_day_of_loading(demonstration: Session) -> None:
    about = select(func.max(Edit.at)).where(Edit.thing.in_(("introduction", "prospect", "value_check")))
    assert demonstration.scalar(about) < datetime.combine(TODAY, time.min)
    before = demonstration.scalars(select(Organization).where(Organization.confirmed_on.is_not(None)))
    assert [one.slug for one in before if one.changed_at.date() < one.confirmed_on] == []


def test_what_is_said_is_what_the_forms_take() -> None:
    for one in WRITTEN:
        texts = [
            one["words"],
            *(step["words"] for step in one.get("then", ()) if step["does"] in ("question", "reply")),
        ]
        assert all(10 <= len(text) <= LONGEST and not ADDRESS.search(text) for text in texts)
    for one in since("shown")["dismissed"]:
        assert one["reason"] in (*REASONS, LATER)
    for said in (check for one in since("worth")["asked"] for check in one.get("about", ())):
        assert {said["got"], said["gave"]} <= set(value.AMOUNTS)
        assert said["worth"] in value.WORTH
        assert len(said.get("words", "")) <= 500


def test_partners_are_asked_about_settled_partnerships_in_rounds_that_are_over(demonstration: Session) -> None:
    for check in demonstration.scalars(select(ValueCheck)):
        assert check.asked_on < value.begun(TODAY)
        assert check.token_hash == ""
        assert check.answered_at is None or check.answered_at.date() > check.asked_on
        if check.partner_id:
            found = partnerships.partnerships(demonstration, check.organization_id, TODAY)
            ties = next(one.ties for one in found if one.across(check.organization_id) == check.partner_id)
            assert min(tie.on for tie in ties) <= check.asked_on - value.SETTLED


def test_what_is_answered_was_asked_whatever_the_day_of_loading() -> None:
    for week in range(0, 370, 7):
        today = TODAY + timedelta(days=week)
        tied = [(tie.tied, tie.to, tie.started_on) for one in written(today) for tie in one.ties if not tie.proposed_by]
        for asked in since("worth")["asked"]:
            settled = round_before(today, asked["rounds_ago"]) - value.SETTLED - timedelta(days=9)
            for said in asked.get("about", ()):
                two = {asked["organization"], said.get("partner")}
                started = [on for one, other, on in tied if {one, other} == two]
                assert "partner" not in said or min(started) <= settled, (two, today)


def test_some_partnerships_are_one_sided_and_some_silent(demonstration: Session) -> None:
    found = partnerships.partnerships(demonstration, today=TODAY)
    givers = {demonstration.get(Organization, id).slug for one in found if (id := value.one_sided(one))}
    assert givers == {"rechenhaus-ehrenfeld", "table-bay-open-studio"}
    silent = {why for one in found for _side, why in value.silent(one, TODAY)}
    assert silent == {"checks", "quiet"}
    assert len(partnerships.programmes(demonstration)) >= 5


def test_each_partner_that_is_looked_for_has_an_owner_a_next_step_and_seeks(demonstration: Session) -> None:
    found = prospects(demonstration, None)
    assert all(one.owner and one.prospect.next_step and one.seeks for one in found)
    assert all(one.organization.standing in ("desired", "in_conversation") for one in found)
    assert all(seek.kind == one.prospect.kind for one in found for seek in one.seeks)
    assert sum(one.prospect.due_on < TODAY for one in found) == 1


def test_loading_again_changes_none_of_it(fresh: Session) -> None:
    before = everything(fresh)
    actions.load(fresh, TODAY + timedelta(days=100))
    fresh.commit()
    assert everything(fresh) == before


def test_the_same_day_gives_the_same_network(session: Session, demonstrated: Flask) -> None:
    def said() -> tuple[list[object], ...]:
        met = [(one.words, one.state, one.asked_at, one.changed_at, one.due_at) for one in introductions(db.session())]
        return met, [(one.title, one.year, one.created_at) for one in db.session.scalars(select(Work))]

    with demonstrated.app_context():
        before = said()
        db.session.rollback()
    actions.load(session, TODAY)
    assert said() == before
    assert all(before)
    session.rollback()


def test_a_demonstration_from_before_gets_it_all(fresh: Session, letters) -> None:
    before = {one.words: (one.state, one.changed_at, one.due_at) for one in introductions(fresh)}
    for table in (Introduction, Work, ValueCheck, Prospect, Shown, Dismissal):
        fresh.execute(delete(table))
    fresh.execute(delete(Link).where(Link.type == "works_with", Link.from_id.in_(tied_since(fresh))))
    asked = [one["about"] for one in WRITTEN if "about" in one]
    for listing in fresh.scalars(select(Listing).where(Listing.title.in_(asked))):
        listing.state = "open"
    emails = [one["email"] for one in since("introductions")["person"]]
    fresh.execute(delete(Person).where(Person.email.in_(emails)))
    fresh.commit()
    assert actions.load(fresh, TODAY) == 0
    fresh.commit()
    after = {one.words: (one.state, one.changed_at, one.due_at) for one in introductions(fresh)}
    assert after == before
    test_all_of_it_is_loaded_without_a_mail(fresh, letters)


def tied_since(session: Session) -> list[int]:
    """Those whom introductions tied to somebody."""
    return [stored(session, slug).id for slug in ("portage-commun", "werkstatt-nachtfalter")]


def test_the_pages_of_staff_show_what_came_of_it(lately: Session, signed_in) -> None:
    staff = signed_in(person_at(lately, "farida@lantern-and-loom.example"))
    page = staff.get("/introductions/value")
    assert page.status_code == 200
    for name in ("Rechenhaus Ehrenfeld", "Threadbare", "Still mostly northern"):
        assert name in page.text
    looked = staff.get("/matching/prospects")
    assert looked.status_code == 200
    assert "Sunniva Katz" in looked.text
    for one in prospects(lately, None):
        assert one.organization.name in looked.text
        assert staff.get(f"/matching/prospects/{one.prospect.id}").status_code == 200
    for path in ("/matching/staff", "/matching/gaps", "/introductions/"):
        assert staff.get(path).status_code == 200
    for one in introductions(lately):
        assert staff.get(f"/introductions/{one.id}").status_code == 200, one.words


def test_something_of_each_kind_waits_for_the_staff(lately: Session, signed_in) -> None:
    for email, others in (("farida@lantern-and-loom.example", True), ("ines@lantern-and-loom.example", False)):
        page = signed_in(person_at(lately, email)).get("/staff/queue").text
        for said in (
            "Rosalind Achterberg",
            "sie fangen jetzt um drei an",
            "It has closed",
            "Nobody answers",
        ):
            assert said in page, (email, said)
        assert ("crystal radio" in page) == others  # topics are the staff's
        assert ("grants goes nowhere" in page) == others  # of a partner in no network


def test_the_pages_of_a_member_show_what_came_of_it(lately: Session, signed_in) -> None:
    browser = signed_in(person_at(lately, "tomasz@kirkgate-tinker-club.example"))
    page = browser.get("/introductions/")
    assert page.status_code == 200
    for name in ("Seacroft Story Machines", "Manningham Makers", "Dockside Digital"):
        assert name in page.text
    mine = {one.words: one.id for one in introductions(lately)}
    contact = browser.get(f"/introductions/{mine[WRITTEN[9]['words']]}").text
    assert "nasreen@manningham-makers-evening.example" in contact
    waiting = browser.get(f"/introductions/{mine[WRITTEN[12]['words']]}").text
    assert "marlene@seacroft-story-machines.example" not in waiting
    for path, said in ((f"{CLUB}/value", "Aire Street"), (f"{CLUB}/matches", "Kalesa"), (f"{CLUB}/history", "asked")):
        answer = browser.get(path)
        assert answer.status_code == 200
        assert said in answer.text, path


def test_what_was_published_speaks_for_those_who_published_it(lately: Session) -> None:
    inferred = {
        stored(lately, slug).id: matcher().suggestions(lately(), stored(lately, slug).id, 20)
        for slug in ("suva-seawall-school", "bruxelles-langues-vives", "barco-escola-igarape", "nadi-carthage")
    }
    assert any(pair.inferred for found in inferred.values() for one in found for pair in (*one.got, *one.given))
