"""Which organisations are asked whether they are still right, whom, how often, and when staff are told."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from network.chapters.meetings import last_day
from network.clock import now
from network.directory.freshness import AGEING_DAYS, STALE_DAYS
from network.directory.models import Task
from network.mail import links
from network.mail.notices import refuse
from network.profiles import asking
from network.profiles.answering import answered, confirm
from network.profiles.asking import LATER, MOST, SOONEST, ask_everyone, is_over, question_of
from network.profiles.models import Question

TODAY = now().date()


def days_ago(days: int) -> date:
    return TODAY - timedelta(days)


@pytest.fixture
def ageing(organization):
    """A function that stores an organisation that nobody confirmed for nine months, with an address."""

    def store(name="Aire Valley Web Club", **fields):
        fields = {"email": "hello@example.org", "confirmed_on": days_ago(AGEING_DAYS + 1)} | fields
        return organization(name, **fields)

    return store


@pytest.fixture
def tick(session):
    """A function that does what a tick does, after so many days."""

    def run(later: timedelta = timedelta()) -> str:
        for question in session.scalars(select(Question)):
            question.asked_at -= later
            if question.answered_at:
                question.answered_at -= later
        session.commit()
        said = ask_everyone(session)
        session.commit()
        return said

    return run


def tasks(session) -> list[int]:
    return list(session.scalars(select(Task.organization_id).where(Task.key == "stale", Task.done_at.is_(None))))


@pytest.mark.parametrize(
    ("fields", "asked"),
    [
        ({}, True),
        ({"confirmed_on": days_ago(AGEING_DAYS - 1)}, False),
        ({"confirmed_on": None, "created_at": datetime.now() - timedelta(AGEING_DAYS + 2)}, True),
        ({"confirmed_on": None}, False),
        ({"standing": "paused"}, False),
        ({"standing": "desired"}, False),
        ({"standing": "ended"}, False),
        ({"email": ""}, False),
        ({"email": "not an address"}, False),
    ],
)
def test_who_is_current_and_was_not_confirmed_for_nine_months_is_asked(ageing, tick, letters, fields, asked):
    ageing(**fields)
    tick()
    assert len(letters("still_right")) == asked


def test_nobody_is_asked_twice(ageing, tick, letters):
    ageing()
    tick()
    tick()
    tick(LATER - timedelta(days=1))
    assert len(letters()) == 1


def test_its_own_people_are_asked_before_its_published_address_each_in_their_language(ageing, person, tick, letters):
    lab = ageing()
    person("amara@example.org", locale="fr", admin=lab)
    person("jonas@example.org", locale="de", representative=lab)
    person("rival@example.org", admin=ageing("Another", email=""))
    tick()
    asked = {(letter.address, letter.locale) for letter in letters() if letter.organization_id == lab.id}
    assert asked == {("amara@example.org", "fr"), ("jonas@example.org", "de")}


def test_who_plays_two_parts_is_asked_once(ageing, person, tick, letters):
    lab = ageing()
    person("amara@example.org", admin=lab, representative=lab)
    tick()
    assert len(letters()) == 1


def test_whoever_wants_no_mails_gets_none_and_the_published_address_is_asked(ageing, person, session, tick, letters):
    person("amara@example.org", admin=ageing()).mails = "never"
    tick()
    assert [letter.address for letter in letters()] == ["hello@example.org"]


def test_an_address_that_asked_for_no_more_is_left_alone(ageing, session, tick, letters):
    refuse(session, links.digest("Hello@Example.org"))
    ageing()
    tick()
    assert letters() == []


@pytest.mark.parametrize(("languages", "locale"), [(("pl", "pt-BR", "en"), "pt"), (("pl",), "en"), ((), "en")])
def test_a_published_address_is_written_to_in_the_first_language_that_we_speak(
    ageing, tick, letters, languages, locale
):
    ageing(languages=languages)
    tick()
    assert letters()[0].locale == locale


def test_the_mail_shows_the_public_profile(ageing, listing, tick, letters):
    club = ageing(
        summary="We take things apart",
        town="Leeds",
        country="GB",
        meets="Tuesdays at six",
        languages=("en", "pl"),
        website="https://aire.example.org/",
    )
    listing(club, "offer", "A room on Thursdays")
    listing(club, "seek", "Soldering irons")
    listing(club, "seek", "What nobody should see", state="paused")
    tick()
    (letter,) = letters()
    for text in (letter.text, letter.html):
        for words in (
            "Aire Valley Web Club",
            "We take things apart",
            "Leeds",
            "Tuesdays at six",
            "Polish",
            "Soldering",
        ):
            assert words in text
        assert "https://aire.example.org/" in text
        assert "/confirm?token=" in text
        assert "/suggest?token=" in text
        assert "nobody should see" not in text


def test_its_own_people_are_led_to_the_edit_page(ageing, person, tick, letters):
    club = ageing()
    person("amara@example.org", admin=club)
    tick()
    assert f"/organizations/{club.slug}/edit" in letters()[0].text


def test_two_reminders_follow_three_weeks_apart_and_then_staff_are_told(ageing, session, tick, letters):
    club = ageing()
    kinds = []
    for _ in range(6):
        tick(LATER)
        kinds.append([letter.kind for letter in letters()])
    assert kinds[0] == ["still_right"]
    assert kinds[1:3] == [["still_right", *["still_right_reminder"] * count] for count in (1, 2)]
    assert kinds[5] == kinds[2]
    assert "won't ask again" in letters()[-1].text
    assert "won't ask again" not in letters()[1].text
    assert tasks(session) == [club.id]


def test_a_reminder_brings_a_link_of_its_own_and_the_first_stays_good(ageing, session, tick, letters):
    ageing()
    tick()
    tick(LATER)
    tokens = [token_in(letter) for letter in letters()]
    assert len(set(tokens)) == 2
    assert all(question_of(session, token) for token in tokens)


def token_in(letter) -> str:
    return letter.text.split("/confirm?token=")[1].split()[0]


def test_once_it_was_confirmed_nobody_is_reminded_and_the_task_is_done(ageing, session, tick, letters):
    club = ageing()
    for _ in range(4):
        tick(LATER)
    assert tasks(session) == [club.id]
    confirm(session, club, ())
    session.commit()
    assert tasks(session) == []
    tick(LATER)
    assert len(letters()) == 3
    assert tasks(session) == []


def test_whoever_answered_with_a_suggestion_is_not_reminded(ageing, session, tick, letters):
    club = ageing()
    tick()
    answered(session, club.id)
    session.commit()
    tick(LATER)
    assert len(letters()) == 1
    assert tasks(session) == []
    tick(LATER * 2)
    assert tasks(session) == [club.id]


def test_who_was_confirmed_elsewhere_is_no_task_any_more(ageing, session, tick):
    club = ageing()
    for _ in range(4):
        tick(LATER)
    club.confirmed_on = TODAY
    session.commit()
    tick()
    assert tasks(session) == []


def test_nobody_to_ask_is_a_task_once_the_profile_fades(ageing, session, tick):
    ageing("Ageing", email="")
    faded = ageing("Faded", email="", confirmed_on=days_ago(STALE_DAYS + 1))
    tick()
    assert tasks(session) == [faded.id]


def test_an_address_whose_mail_came_back_is_not_written_to_again_and_staff_hear_of_it(ageing, session, tick, letters):
    club = ageing()
    tick()
    letters()[0].end("failed", now())
    for _ in range(5):
        tick(LATER)
    assert len(letters()) == 1
    assert tasks(session) == [club.id]


def test_a_tick_asks_a_limited_number(organization, ageing, session, tick, letters, monkeypatch):
    assert MOST <= 200
    monkeypatch.setattr(asking, "MOST", 2)
    for number in range(5):
        ageing(str(number))
    asked = []
    for _ in range(4):
        tick()
        asked.append(len(letters()))
    assert asked == [2, 4, 5, 5]


def test_a_club_whose_dates_have_all_passed_is_asked_at_once_and_then_not_for_three_months(
    ageing, session, tick, letters
):
    club = ageing(confirmed_on=days_ago(60), meets_rule=until(days_ago(3)))
    ageing("Goes on", confirmed_on=days_ago(60), meets_rule=until(TODAY + timedelta(30)))
    ageing("For ever", confirmed_on=days_ago(60), meets_rule="FREQ=WEEKLY;BYDAY=TU")
    tick()
    assert [letter.organization_id for letter in letters()] == [club.id]
    club.confirmed_on = days_ago(1)
    answered(session, club.id)
    tick()
    assert len(letters()) == 1
    club.confirmed_on = days_ago(91)
    tick(SOONEST)
    assert len(letters()) == 2


def until(day: date) -> str:
    return f"FREQ=DAILY;UNTIL={day:%Y%m%d}T235959Z"


def test_the_last_day_of_a_rule_is_that_of_its_last_meeting():
    assert last_day("FREQ=WEEKLY;BYDAY=TU;UNTIL=20260619") == date(2026, 6, 16)
    assert last_day("FREQ=WEEKLY;BYDAY=TU;UNTIL=20260616T180000Z") == date(2026, 6, 16)
    for rule in ("", "FREQ=WEEKLY;BYDAY=TU", "UNTIL=20261399", "every UNTIL=20260101", "FREQ=WEEKLY;COUNT=3"):
        assert last_day(rule) is None


def test_who_said_after_the_last_date_that_it_is_right_is_believed_for_three_months():
    rule, today = "FREQ=WEEKLY;BYDAY=TU;UNTIL=20260616", date(2026, 7, 1)
    assert is_over(rule, None, today)
    assert is_over(rule, date(2026, 6, 1), today)
    assert not is_over(rule, date(2026, 6, 20), today)
    assert is_over(rule, date(2026, 6, 20), date(2026, 9, 20))
    assert not is_over(rule, date(2026, 6, 1), date(2026, 6, 16))


def test_a_link_is_good_for_thirty_days(ageing, session, tick, letters):
    ageing()
    tick()
    token = token_in(letters()[0])
    question = question_of(session, token)
    assert question.expires_at - question.asked_at == timedelta(days=30)
    question.expires_at = now()
    session.commit()
    assert question_of(session, token) is None
    assert question_of(session, "") is None
