"""What partnerships give both sides: asked twice a year, answered by a link, listed for staff, and kept apart."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from network import clock
from network.clock import now
from network.directory.models import Organization
from network.history.models import Edit
from network.introductions import actions, allowing, checking, partnerships
from network.introductions.models import ValueCheck
from network.introductions.value import Check, Partnership, Tie, begun, counts, latest, one_sided, silent
from network.profiles import forgetting
from tests.introductions.conftest import WORDS
from tests.markup import read

LONG_AGO = date.today() - timedelta(100)
SPRING, AUTUMN, EARLIER = date(2026, 3, 4), date(2026, 9, 2), date(2025, 9, 2)


def between(mine=(), theirs=(), tie=SPRING, **seen) -> Partnership:
    return Partnership(
        1, 2, [Tie("works_with", True, tie)], {1: mine, 2: theirs}, {int(side[-1]): day for side, day in seen.items()}
    )


@pytest.mark.parametrize(
    ("day", "start"),
    [
        (date(2026, 2, 28), date(2025, 9, 1)),
        (date(2026, 3, 1), date(2026, 3, 1)),
        (date(2026, 8, 31), date(2026, 3, 1)),
        (date(2026, 9, 1), date(2026, 9, 1)),
        (date(2026, 12, 31), date(2026, 9, 1)),
    ],
)
def test_a_round_begins_in_march_and_in_september(day, start):
    assert begun(day) == start


def test_who_gives_much_and_gets_little_twice_is_in_a_one_sided_partnership():
    much = [Check(AUTUMN, "little", "much"), Check(SPRING, "nothing", "much")]
    assert one_sided(between(much)) == 1
    assert one_sided(between((), much)) == 2
    assert one_sided(between(much[:1])) is None
    assert one_sided(between([Check(AUTUMN, "much", "much"), much[1]])) is None
    assert one_sided(between([Check(AUTUMN), much[0], Check(EARLIER, "little", "much")])) == 1


def test_the_word_of_either_side_counts_in_the_same_round():
    gives = [Check(AUTUMN, "", "much"), Check(SPRING, "", "much")]
    gets_little = [Check(AUTUMN + timedelta(20), "nothing"), Check(SPRING, "little")]
    assert one_sided(between(gives, gets_little)) == 1
    assert one_sided(between(gives, [Check(AUTUMN, "much", "little"), Check(SPRING, "", "nothing")])) == 1
    assert one_sided(between(gives, [Check(AUTUMN, "much", "much"), Check(SPRING, "much", "much")])) is None
    assert [len([one for one in both if one]) for both in latest(between(gives, gets_little), 1)] == [2, 2]


def test_a_side_is_silent_after_two_checks_without_an_answer_or_a_year_without_a_sign():
    asked = [Check(AUTUMN), Check(SPRING)]
    today = date(2026, 11, 21)
    assert silent(between(asked), today) == [(1, "checks")]
    assert silent(between([Check(AUTUMN), Check(SPRING, worth="yes")]), today) == []
    old = date(2024, 1, 1)
    assert silent(between(tie=old), today) == [(1, "quiet"), (2, "quiet")]
    assert silent(between(tie=old, side1=AUTUMN), today) == [(2, "quiet")]
    assert silent(between([Check(SPRING, worth="no")], tie=old, side2=AUTUMN), today) == []


def test_answers_are_counted():
    said = [Check(AUTUMN, worth="yes"), Check(AUTUMN, worth="yes"), Check(AUTUMN, worth="no"), Check(AUTUMN)]
    assert counts(said) == {"yes": 2, "unsure": 0, "no": 1}


def settled(session, *organizations):
    for one in organizations:
        one.created_at = now() - timedelta(100)
    session.commit()


@pytest.fixture
def partners(session, link, lab, club, fund, kofi, bob, carla):
    """The fund funds the lab, the lab hosts the club; the club is no partner by itself."""
    settled(session, lab, club, fund)
    link(fund, lab, "funds", confirmed_on=LONG_AGO)
    link(club, lab, "hosted_by", confirmed_on=LONG_AGO)
    link(club, fund, "works_with")  # which nobody confirmed


def tick(session) -> str:
    said = checking.ask_everyone(session)
    session.commit()
    return said


def link_of(letters, address: str) -> str:
    letter = next(one for one in letters("value_check") if one.address == address)
    found = next(one for one in letter.text.split() if "/introductions/value/answer?token=" in one)
    return found[found.index("/introductions/") :]


def fields_of(session, organization) -> dict[str, str]:
    """How the fields about each partner begin, by its slug; "" for our programmes."""
    rows = session.execute(
        select(ValueCheck.id, Organization.slug)
        .outerjoin(Organization, Organization.id == ValueCheck.partner_id)
        .where(ValueCheck.organization_id == organization.id)
    )
    return {slug or "": f"about-{id}-" for id, slug in rows}


def test_each_partner_is_asked_once_in_a_round_in_one_mail_about_all(session, letters, partners, lab, fund, club):
    assert tick(session) == "3 mails to 3 organisations"
    assert tick(session) == "0 mails to 0 organisations"
    assert [one.address for one in letters("value_check")] == [
        "kofi@lab.example.org",
        "bob@club.example.org",
        "carla@fund.example.org",
    ]
    asked = {(one.organization_id, one.partner_id) for one in session.query(ValueCheck)}
    expected = {(lab.id, fund.id), (lab.id, club.id), (club.id, lab.id), (fund.id, lab.id)}
    assert asked == expected | {(one.id, None) for one in (lab, club, fund)}
    with clock.set_to(now() + timedelta(190)):
        assert tick(session) == "3 mails to 3 organisations"


def test_who_wants_no_mails_finds_the_questions_on_the_page(session, letters, partners, signed_in, person, carla, fund):
    carla.mails = "never"
    tick(session)
    assert carla.email not in [one.address for one in letters("value_check")]
    browser, path = signed_in(carla), "/organizations/fund/value/answer"
    assert path in browser.get("/introductions/").text
    assert path in browser.get("/organizations/fund/value").text
    about = fields_of(session, fund)
    assert "Accra Open Lab" in browser.get(path).text
    assert browser.send(path, **{about["lab"] + "worth": "yes"}).status_code == 303
    assert [one.worth for one in session.query(ValueCheck) if one.answered_at] == ["yes"]
    assert path not in browser.get("/introductions/").text
    assert session.query(Edit).filter_by(thing="value_check", person_id=carla.id).count() == 1
    for other in (person(representative=fund), person(staff=True)):
        assert signed_in(other).get(path).status_code == 403
    for one in session.query(ValueCheck):
        one.asked_on -= timedelta(61)
    session.commit()
    assert browser.get(path).status_code == 410


def test_staff_see_of_whom_nobody_can_be_asked(session, partners, signed_in, person, organization):
    settled(session, organization("Silent Partner", category="partner", slug="silent"))
    assert tick(session) == "3 mails to 3 organisations"
    page = signed_in(person(staff=True)).get("/introductions/value").text
    part = read(page)[0].first(lambda one: one.get("aria-labelledby") == "nobody").text
    assert "Silent Partner" in part
    assert "Harbour Fund" not in part


def test_who_left_or_began_yesterday_is_not_asked_and_who_wants_no_mails_gets_none(
    session, letters, partners, organization, person, link, lab, club, fund, carla, kofi
):
    carla.mails = "never"
    club.standing = "paused"
    new = organization("New Partner", category="partner")
    link(new, lab, "works_with", confirmed_on=date.today())
    person(admin=new)
    tick(session)
    assert [one.address for one in letters("value_check")] == ["kofi@lab.example.org"]
    asked = {(one.organization_id, one.partner_id) for one in session.query(ValueCheck)}
    assert asked == {(lab.id, fund.id), (lab.id, None), (fund.id, lab.id), (fund.id, None)}


def test_whom_one_blocked_is_not_asked_about(session, partners, lab, fund, club, carla):
    allowing.block(session, fund, lab, carla)
    tick(session)
    asked = {(one.organization_id, one.partner_id) for one in session.query(ValueCheck)}
    assert asked == {(lab.id, club.id), (club.id, lab.id), (lab.id, None), (club.id, None), (fund.id, None)}


def test_the_link_works_without_signing_in_and_opening_it_changes_nothing(
    client, session, letters, partners, lab, fund
):
    tick(session)
    path = link_of(letters, "kofi@lab.example.org")
    page = client.get(path).text
    for words in ("Harbour Fund", "Leeds Tinker Club", "Our programmes", "You answer for Accra Open Lab"):
        assert words in page
    assert session.query(ValueCheck).filter(ValueCheck.answered_at.is_not(None)).count() == 0
    about = fields_of(session, lab)
    typed = {about["fund"] + "got": "much", about["fund"] + "gave": "little", about["fund"] + "worth": "yes"}
    typed |= {about["fund"] + "words": "They believed in us.", about[""] + "worth": "unsure"}
    assert client.send(path, **typed).status_code == 303
    answered = {one.partner_id: one for one in session.query(ValueCheck) if one.answered_at}
    assert set(answered) == {fund.id, None}
    kept = answered[fund.id]
    assert (kept.got, kept.gave, kept.worth, kept.words) == ("much", "little", "yes", "They believed in us.")
    assert answered[None].worth == "unsure"
    assert session.query(Edit).filter_by(thing="value_check", organization_id=lab.id).count() == 1
    again = client.get(path).text
    assert "They believed in us." in again
    client.send(path, **{about["fund"] + "words": "They still do."})
    session.expire_all()
    assert (kept.words, kept.got) == ("They still do.", "much")


@pytest.mark.parametrize("wrong", [("got", "everything"), ("words", "x" * 501)])
def test_a_wrong_answer_is_said_and_the_rest_stays_typed(client, session, letters, partners, lab, wrong):
    tick(session)
    path, about = link_of(letters, "kofi@lab.example.org"), fields_of(session, lab)
    name, value = wrong
    answer = client.send(path, **{about["club"] + "words": "We like them.", about["fund"] + name: value})
    assert answer.status_code == 422
    assert "We like them." in answer.text
    assert session.query(ValueCheck).filter(ValueCheck.answered_at.is_not(None)).count() == 0


def test_an_old_a_wrong_and_a_replaced_link_open_nothing(client, session, letters, partners):
    assert client.get("/introductions/value/answer").status_code == 410
    assert client.get("/introductions/value/answer?token=nothing").status_code == 410
    tick(session)
    path = link_of(letters, "kofi@lab.example.org")
    checks = session.query(ValueCheck).all()
    for one in checks:
        one.asked_on -= timedelta(61)
    assert client.get(path).status_code == 410
    for one in checks:
        one.asked_on -= timedelta(129)
    session.commit()
    tick(session)
    for one in checks:
        one.asked_on = date.today()
    assert client.get(path).status_code == 410


def test_a_partner_that_left_is_not_asked_about_any_more(client, session, letters, partners, fund):
    tick(session)
    fund.standing = "ended"
    page = client.get(link_of(letters, "kofi@lab.example.org")).text
    assert "Harbour Fund" not in page
    assert "Leeds Tinker Club" in page


@pytest.fixture
def answered(session, partners, lab, fund):
    """Twice the fund gave much and got nothing; the lab says that it got much."""
    for days, words in ((0, "They never write."), (190, "")):
        day = date.today() - timedelta(days)
        session.add(ValueCheck(organization_id=fund.id, partner_id=lab.id, asked_on=day, got="nothing", gave="much"))
        session.add(ValueCheck(organization_id=lab.id, partner_id=fund.id, asked_on=day, got="much", gave="little"))
        session.flush()
        for one in session.query(ValueCheck).filter_by(asked_on=day):
            one.answered_at = now()
            one.words = words if one.organization_id == fund.id else "We are grateful."
    programmes = ValueCheck(organization_id=fund.id, asked_on=date.today(), worth="no", words="Too many meetings.")
    programmes.answered_at = now()
    session.add(programmes)
    session.commit()


def test_staff_see_one_sided_and_silent_partnerships_and_what_both_said(signed_in, session, person, answered):
    page = signed_in(person(staff=True)).get("/introductions/value").text
    whole = read(page)[0]
    one_sided_part = whole.first(lambda one: one.get("aria-labelledby") == "one-sided").text
    for words in ("Harbour Fund gives much", "They never write.", "We are grateful.", "funding"):
        assert words in one_sided_part
    assert "Leeds" not in one_sided_part
    silent_part = whole.first(lambda one: one.get("aria-labelledby") == "silent").text
    assert "None" in silent_part
    assert "0 yes, 0 not sure, 1 no" in page
    assert "Too many meetings." in page


def test_staff_see_who_is_silent(signed_in, session, person, partners, lab, club):
    for days in (10, 190):
        session.add(ValueCheck(organization_id=club.id, partner_id=lab.id, asked_on=date.today() - timedelta(days)))
    page = signed_in(person(staff=True)).get("/introductions/value").text
    assert "Leeds Tinker Club did not answer twice in a row." in page


def test_an_organization_reads_its_own_answers_and_never_the_others(
    client, signed_in, session, person, answered, organization, link, lab, fund, amara, carla
):
    coast = organization("Coast Network", category="affiliate_network")
    link(lab, coast, "member_of", confirmed_on=LONG_AGO)
    link(fund, coast, "works_with", confirmed_on=LONG_AGO)
    secrets = {"lab": ["We are grateful."], "fund": ["They never write.", "Too many meetings."]}
    everything = [words for several in secrets.values() for words in several]
    readers = {
        "lab": (amara, {"lab": secrets["lab"]}),
        "fund": (carla, {"fund": secrets["fund"]}),
        "coordinator": (person(coordinator=coast), {"lab": []}),
        "staff": (person(staff=True), {"lab": everything[:2], "fund": everything}),
        "stranger": (person(), {}),
        "representative": (person(representative=fund), {"fund": secrets["fund"]}),
    }
    for reader, readable in readers.values():
        browser = signed_in(reader)
        for slug in ("lab", "fund"):
            answer = browser.get(f"/organizations/{slug}/value")
            assert answer.status_code == (200 if slug in readable else 403)
            assert [words for words in everything if words in answer.text] == [
                words for words in everything if words in readable.get(slug, ())
            ]
        if reader is not readers["staff"][0]:
            assert browser.get("/introductions/value").status_code == 403
    assert client.get("/organizations/lab/value").status_code == 303
    assert client.get("/introductions/value").status_code == 303
    page = signed_in(amara).get("/organizations/lab/value").text
    assert "gets: funding" in page
    assert "gives: a home" in page


def test_what_came_of_an_introduction_is_a_partnership_for_a_year(session, lab, club, listing, amara, kofi, bob):
    room = listing(lab, "seek", "A room on Saturdays")
    made = actions.ask(session, lab, club, amara, WORDS, listing=room)
    session.flush()
    actions.act(session, made, "accept", club, bob)
    assert partnerships.partnerships(session) == []
    actions.act(session, made, "outcome", lab, amara, said="met")
    session.commit()
    (found,) = partnerships.partnerships(session)
    assert partnerships.flow(found, lab.id) == partnerships.Flow([], ["A room on Saturdays"])
    assert partnerships.flow(found, club.id) == partnerships.Flow(["A room on Saturdays"], [])
    later = date.today() + timedelta(400)
    assert partnerships.partnerships(session, today=later) == []
    assert partnerships.partnerships(session, bob.id + 1000) == []


def test_erasing_takes_what_was_said_and_by_whom(client, session, letters, answered, lab, fund, carla):
    tick(session)
    session.query(ValueCheck).filter_by(
        organization_id=lab.id, partner_id=fund.id
    ).first().words = "Carla Fonseca helps."
    session.commit()
    forgetting.erase_person(session, carla.email)
    session.commit()
    assert not [one for one in letters("value_check") if one.address == "carla@fund.example.org"]
    assert not [one for one in session.query(ValueCheck) if "Carla" in one.words]
    forgetting.erase_organization(session, fund)
    session.commit()
    assert not [one for one in session.query(ValueCheck) if fund.id in (one.organization_id, one.partner_id)]
