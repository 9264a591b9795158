"""Suggested corrections: anybody may make them, and nothing changes until somebody decides, field by field."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from network.clock import now
from network.directory.models import Task
from network.history.models import Edit
from network.profiles import suggestions
from network.profiles.models import Question, Suggestion


@pytest.fixture
def lab(organization):
    return organization(
        "Harbour Lab",
        summary="We mend radios",
        phone="0113 496 0000",
        town="Leeds",
        country="GB",
        languages=("en",),
        email="hello@harbour.example.org",
    )


def page(of, below="suggest") -> str:
    return f"/organizations/{of.slug}/{below}"


def test_only_what_differs_is_kept_and_nothing_changes_yet(session, client, lab):
    sent = client.send(page(lab), summary="We mend bicycles", languages="English, Welsh", note="I was there")
    assert sent.status_code == 303
    made = session.scalars(select(Suggestion)).one()
    assert made.fields == {
        "summary": {"before": "We mend radios", "after": "We mend bicycles"},
        "languages": {"before": ["en"], "after": ["en", "cy"]},
    }
    assert (lab.summary, made.state, made.note) == ("We mend radios", "waiting", "I was there")


def test_a_form_that_changes_nothing_is_answered_with_what_to_do(session, client, lab):
    answer = client.send(page(lab))
    assert answer.status_code == 422
    assert "Change what is wrong" in answer.text
    assert session.scalars(select(Suggestion)).all() == []


def test_what_cannot_be_stored_comes_back_with_everything_typed(client, lab):
    answer = client.send(page(lab), website="no address at all", name="Har\u202ebour", note="Seen on Tuesday")
    assert answer.status_code == 422
    assert "https://" in answer.text
    assert "U+202E" in answer.text
    assert "Seen on Tuesday" in answer.text
    assert "no address at all" in answer.text


def test_the_organisations_people_are_told_else_those_who_look_after_the_whole(
    session, client, lab, organization, person, letters
):
    person("staff@example.org", staff=True)
    client.send(page(lab), summary="We mend bicycles")
    assert [letter.address for letter in letters("suggestion_made")] == ["staff@example.org"]
    other = organization("Riverside Lab")
    person("admin@example.org", admin=other)
    client.send(page(other), summary="We mend bicycles")
    assert [letter.address for letter in letters("suggestion_made")][1:] == ["admin@example.org"]


def test_it_is_accepted_by_field_as_a_change_with_history(session, client, lab, person, signed_in, letters):
    client.send(page(lab), summary="We mend bicycles", phone="0113 496 9999", answer_to="visitor@example.org")
    browser = signed_in(person("rep@example.org", representative=lab))
    text = browser.get(page(lab, "suggestions")).text
    assert "We mend <del>radios</del><ins>bicycles</ins>" in text
    browser.send(page(lab, "suggestions"), accept=["summary"])
    made = session.scalars(select(Suggestion)).one()
    assert (lab.summary, lab.phone) == ("We mend bicycles", "0113 496 0000")
    assert (made.state, made.accepted, made.email) == ("decided", ["summary"], "")
    (told,) = letters("suggestion_decided")
    assert told.address == "visitor@example.org"
    edit = session.scalars(select(Edit).order_by(Edit.id.desc())).first()
    assert (edit.fields, edit.hat) == ("summary", "representative")
    assert "Nothing waits" in browser.get(page(lab, "suggestions")).text


def test_what_the_profile_says_by_now_is_shown_and_not_ticked(session, client, lab, person, signed_in):
    client.send(page(lab), phone="0113 496 9999")
    lab.phone = "0113 496 5555"
    session.commit()
    browser = signed_in(person(admin=lab))
    text = browser.get(page(lab, "suggestions")).text
    assert "It was changed since" in text
    assert "0113 496 5555" in text
    browser.send(page(lab, "suggestions"))
    assert lab.phone == "0113 496 5555"


def test_refusing_all_takes_nothing(session, client, lab, person, signed_in):
    client.send(page(lab), phone="0113 496 9999")
    signed_in(person(admin=lab)).send(page(lab, "suggestions"), refuse="1")
    assert lab.phone == "0113 496 0000"
    assert session.scalars(select(Suggestion)).one().accepted == []


def test_that_it_has_closed_hides_nothing_and_is_put_before_the_staff(session, client, lab, person, signed_in):
    client.send(page(lab), closed="1")
    signed_in(person(admin=lab)).send(page(lab, "suggestions"), accept=["closed"])
    assert lab.standing == "current"
    assert session.scalars(select(Task).where(Task.key == "closed", Task.done_at.is_(None))).one()


def test_a_new_town_is_looked_up(session, client, lab, person, signed_in):
    client.send(page(lab), town="Bradford")
    signed_in(person(admin=lab)).send(page(lab, "suggestions"))
    assert (lab.town, round(lab.latitude, 1)) == ("Bradford", 53.8)


def test_deciding_twice_decides_once(session, client, lab, person, signed_in):
    client.send(page(lab), phone="0113 496 9999", answer_to="visitor@example.org")
    browser = signed_in(person(admin=lab))
    action = page(lab, f"suggestions/{session.scalars(select(Suggestion.id)).one()}/decide")
    token = browser.get(page(lab, "suggestions")).text.partition('name="csrf_token" value="')[2].partition('"')[0]
    browser.post(action, data={"csrf_token": token, "refuse": "1"})
    browser.post(action, data={"csrf_token": token, "accept": "phone"})
    assert lab.phone == "0113 496 0000"


def test_the_same_suggestion_sent_twice_is_kept_once(session, client, lab):
    for _ in range(2):
        client.send(page(lab), phone="0113 496 9999")
    assert len(session.scalars(select(Suggestion)).all()) == 1


def test_a_page_takes_so_many_and_no_more(session, lab):
    for number in range(suggestions.MOST):
        suggestions.make(session(), lab, {}, f"note {number}", "", "en")
    with pytest.raises(suggestions.Refused):
        suggestions.make(session(), lab, {}, "one more", "", "en")


def test_others_decide_nothing(session, client, lab, organization, person, signed_in):
    client.send(page(lab), phone="0113 496 9999")
    rival = signed_in(person(admin=organization("Riverside Lab")))
    assert rival.get(page(lab, "suggestions")).status_code == 403
    assert client.get(page(lab, "suggestions")).status_code != 200


def test_a_suggestion_for_another_organisation_is_not_found(session, client, lab, organization, person, signed_in):
    other = organization("Riverside Lab")
    client.send(page(lab), phone="0113 496 9999")
    client.send(page(other), phone="0113 496 9999")
    first, second = session.scalars(select(Suggestion.id).order_by(Suggestion.id))
    browser = signed_in(person(admin=other))
    token = browser.get(page(other, "suggestions")).text.partition('name="csrf_token" value="')[2].partition('"')[0]
    for id, status in ((first, 404), (second, 303)):
        answer = browser.post(page(other, f"suggestions/{id}/decide"), data={"csrf_token": token, "accept": "phone"})
        assert answer.status_code == status
    assert lab.phone == "0113 496 0000"


def test_what_is_not_public_takes_no_suggestions(client, organization):
    assert client.get(page(organization("Harbour Lab", standing="desired"))).status_code == 404


def test_whoever_suggests_by_the_link_of_a_question_has_answered_it(session, client, lab):
    from network.accounts.present import hashed

    asked = Question(
        organization_id=lab.id,
        round=now().date(),
        number=0,
        email="hello@harbour.example.org",
        token_hash=hashed("secret"),
        expires_at=now() + timedelta(days=3),
    )
    session.add(asked)
    session.commit()
    client.send(f"{page(lab)}?token=secret", phone="0113 496 9999")
    assert asked.answered_at


def test_the_address_of_whoever_suggests_is_forgotten_when_nobody_decides_for_long(session, client, lab):
    client.send(page(lab), phone="1", answer_to="amara@example.org")
    made = session.scalars(select(Suggestion)).one()
    suggestions.forget_senders(session)
    session.refresh(made)
    assert made.email == "amara@example.org"
    made.at = now() - timedelta(days=91)
    session.flush()
    assert suggestions.forget_senders(session) == "1 addresses forgotten"
    session.refresh(made)
    assert (made.email, made.state) == ("", "waiting")
