"""Two people edit the same profile: what only one changed goes through, what both changed is asked about."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from html import unescape

import pytest

from network.directory.models import Organization
from network.profiles.stale import Both, compare, mark, marks
from tests.markup import read
from tests.pages import controls as sent_by

BEFORE = {"name": "Lab", "summary": "We mend.", "languages": ("en",)}


def test_what_only_you_changed_is_written():
    compared = compare(marks(BEFORE), {**BEFORE, "summary": "We repair."}, BEFORE)
    assert (compared.changes, compared.conflicts) == ({"summary": "We repair."}, {})


def test_what_only_they_changed_stays():
    now = {**BEFORE, "summary": "Theirs."}
    compared = compare(marks(BEFORE), {**BEFORE, "name": "New"}, now)
    assert (compared.changes, compared.conflicts) == ({"name": "New"}, {})


def test_what_both_changed_is_a_conflict_unless_both_say_the_same():
    now = {**BEFORE, "summary": "Theirs."}
    assert compare(marks(BEFORE), {"summary": "Yours."}, now).conflicts == {"summary": Both("Theirs.", "Yours.")}
    assert compare(marks(BEFORE), {"summary": "Theirs."}, now).conflicts == {}


def test_what_carries_no_mark_is_never_written_over_something_else():
    assert compare("", {"summary": "Yours."}, BEFORE).conflicts == {"summary": Both("We mend.", "Yours.")}
    assert compare("", BEFORE, BEFORE).conflicts == {}


def test_a_field_in_which_yours_was_given_up_is_theirs():
    now = {**BEFORE, "summary": "Theirs."}
    compared = compare(marks(BEFORE), {"summary": "Yours."}, now, theirs={"summary"})
    assert (compared.changes, compared.conflicts) == ({}, {})


def test_a_mark_doesnt_mind_how_lines_end():
    assert mark("One\r\nTwo ") == mark("One\nTwo")
    assert mark("One\n\nTwo") != mark("One\nTwo")


@pytest.fixture
def lab(organization):
    return organization("Accra Open Lab", category="partner", summary="We mend.", phone="1")


@pytest.fixture
def two(person, signed_in, lab):
    """The browsers of two people who act for the lab."""
    return signed_in(person(admin=lab)), signed_in(person(representative=lab))


def address(lab: Organization, part: str = "") -> str:
    return f"/organizations/{lab.slug}/edit" + (f"/{part}" if part else "")


def controls(response, part: str) -> dict[str, list[str]]:
    """What the form for a part of the page sends."""
    page = read(response.text)[0]
    (form,) = [one for one in page.all("form") if (one.get("action") or "").partition("#")[0].endswith(f"/edit/{part}")]
    values: dict[str, list[str]] = {}
    for name, value in sent_by(form):
        values.setdefault(name, []).append(value)
    return values


def opened(browser, lab, part="about"):
    """The page as somebody sees it now, to be sent later."""
    return controls(browser.get(address(lab)), part)


def send(browser, lab, form, part="about", **typed):
    return browser.post(address(lab, part), data={**form, **typed})


def test_two_who_edit_different_fields_both_go_through(two, lab):
    first, second = two
    hers, his = opened(first, lab), opened(second, lab)
    assert send(first, lab, hers, summary="We repair.").status_code == 303
    assert send(second, lab, his, phone="2").status_code == 303
    assert (lab.summary, lab.phone) == ("We repair.", "2")


def test_two_who_edit_different_sections_both_go_through(two, lab):
    first, second = two
    hers, his = opened(first, lab), opened(second, lab, "meetings")
    assert send(first, lab, hers, summary="We repair.").status_code == 303
    assert send(second, lab, his, "meetings", meets="Tuesdays").status_code == 303
    assert (lab.summary, lab.meets) == ("We repair.", "Tuesdays")


@pytest.fixture
def stale(two, lab):
    """The page that the second person gets, who changed the same as the first and a phone number besides."""
    first, second = two
    hers, his = opened(first, lab), opened(second, lab)
    send(first, lab, hers, summary="We repair.")
    return second, send(second, lab, his, summary="We restore.", phone="2")


def test_a_stale_save_shows_both_texts_side_by_side_and_stores_nothing_yet(stale, lab):
    _second, response = stale
    assert response.status_code == 409
    assert "Somebody else changed this while you were writing." in response.text
    quoted = [one.text for one in read(response.text)[0].all("blockquote")]
    assert quoted == ["We repair.", "We restore."]
    assert (lab.summary, lab.phone) == ("We repair.", "1")


@pytest.mark.parametrize(
    ("choice", "typed", "summary"),
    [
        ("theirs", "We restore.", "We repair."),
        ("yours", "We restore.", "We restore."),
        ("anew", "We repair and restore.", "We repair and restore."),
    ],
)
def test_each_choice_is_carried_out_and_the_rest_of_the_form_too(stale, lab, choice, typed, summary):
    second, response = stale
    form = controls(response, "about")
    answer = send(second, lab, form, **{"choice-summary": choice, "summary": typed})
    assert answer.status_code == 303
    assert (lab.summary, lab.phone) == (summary, "2")


def test_choosing_nothing_asks_again_and_loses_nothing(stale, lab):
    second, response = stale
    answer = send(second, lab, controls(response, "about"))
    assert answer.status_code == 409
    assert "We restore." in answer.text
    assert lab.summary == "We repair."


def test_a_third_who_saves_while_one_decides_is_not_written_over(stale, two, lab):
    second, response = stale
    form = controls(response, "about")
    send(two[0], lab, opened(two[0], lab), summary="We recycle.")
    answer = send(second, lab, form, **{"choice-summary": "yours"})
    assert answer.status_code == 409
    assert [one.text for one in read(answer.text)[0].all("blockquote")] == ["We recycle.", "We restore."]


def test_lists_and_ticks_are_decided_on_too(two, lab):
    first, second = two
    hers, his = opened(first, lab), opened(second, lab)
    send(first, lab, hers, languages=["en", "fr"])
    response = send(second, lab, his, languages=["de"])
    assert response.status_code == 409
    assert [one.text for one in read(response.text)[0].all("blockquote")] == ["English, French", "German"]
    send(second, lab, controls(response, "about"), **{"choice-languages": "yours"})
    assert lab.languages == ("de",)


def test_two_who_change_the_same_offer_are_asked_and_other_offers_go_through(two, lab, listing):
    first, second = two
    room, talk = listing(lab, title="A room"), listing(lab, title="A talk")
    part = f"listings/{room.id}"
    hers, his, other = opened(first, lab, part), opened(second, lab, part), opened(second, lab, f"listings/{talk.id}")
    assert send(first, lab, hers, part, title="A big room").status_code == 303
    assert send(second, lab, other, f"listings/{talk.id}", title="A short talk").status_code == 303
    response = send(second, lab, his, part, title="A bright room", detail="With a projector.")
    assert response.status_code == 409
    send(second, lab, controls(response, part), part, **{"choice-title": "theirs"})
    assert (room.title, room.detail, talk.title) == ("A big room", "With a projector.", "A short talk")


def test_an_offer_that_somebody_took_away_can_be_added_again_with_what_was_typed(two, lab, listing):
    first, second = two
    part = f"listings/{listing(lab, title='A room').id}"
    his = opened(second, lab, part)
    where = address(lab, f"{part}/remove")
    assert first.send(where, where).status_code == 303
    response = send(second, lab, his, part, title="A bright room")
    assert response.status_code == 409
    assert "Somebody took this away in the meantime." in unescape(response.text)
    assert "A bright room" in controls(response, "listings")["title"]


def test_fifty_saves_of_one_version_let_exactly_one_through(app, session, two, lab):
    form, cookie = opened(two[0], lab), two[0].get_cookie("session").value
    slug, before = lab.slug, lab.version
    session.commit()  # which lets go of the database

    def save(number: int) -> tuple[int, str]:
        browser = app.test_client()
        browser.set_cookie("session", cookie)
        answer = browser.post(f"/organizations/{slug}/edit/about", data={**form, "summary": f"Number {number}."})
        return answer.status_code, answer.text

    with ThreadPoolExecutor(50) as pool:
        answers = list(pool.map(save, range(50)))
    assert Counter(status for status, _text in answers) == {303: 1, 409: 49}
    (winner,) = [number for number, (status, _text) in enumerate(answers) if status == 303]
    session.refresh(lab)
    assert lab.summary == f"Number {winner}."
    assert lab.version == before + 1
    for number, (status, text) in enumerate(answers):
        if status == 409:
            assert f"Number {number}." in text
            assert f"Number {winner}." in text
