"""The pages of a merge: one of the staff asks, another decides, and it can be undone."""

import pytest

from network.directory.models import Organization
from network.merging import actions
from network.merging.models import Merge
from tests.merging.conftest import asked

PATH = "/organizations/weltladen-aachen"
ASK = f"{PATH}/merge?with=weltladen-ev"


@pytest.fixture
def asker(two, signed_in):
    return signed_in(two.asker)


@pytest.fixture
def decider(two, signed_in):
    return signed_in(two.decider)


def test_the_other_page_is_found_by_a_word_of_its_name(asker, two, organization):
    organization("Weltladen Hidden", slug="hidden", standing="desired")
    page = asker.get(f"{PATH}/merge?q=weltladen").text
    assert f"{PATH}/merge?with=weltladen-ev" in page
    assert f"{PATH}/merge?with=hidden" in page
    assert f"{PATH}/merge?with=weltladen-aachen" not in page
    assert "Try one word" in asker.get(f"{PATH}/merge?q=zzz").text


def test_both_pages_stand_side_by_side_with_a_choice_for_each_field(asker, planted):
    page = asker.get(ASK).text
    for words in ("A shop.", "A shop and a school.", "https://w.example.org", "1 contact person", "2 contact persons"):
        assert (words in page) == (words != "1 contact person")
    assert 'id="languages-both"' in page
    assert 'id="summary-both"' not in page
    assert "The other way round" in page


def test_one_asks_and_another_decides(asker, decider, two, session, letters):
    answer = asker.send(ASK, summary="goes", words="The same door.")
    merge = session.query(Merge).one()
    assert (answer.status_code, answer.location) == (303, f"{PATH}/merges/{merge.id}")
    assert (merge.state, merge.choices["summary"], merge.asked_by_id) == ("asked", "goes", two.asker.id)
    assert [one.address for one in letters("merge_asked")] == ["decider@example.org"]
    assert {one.address for one in letters("merge_wanted")} == {"admin@example.org", "rival@example.org"}
    page = asker.get(f"{PATH}/merges/{merge.id}").text
    assert "somebody else decides" in page
    assert "Merge the two" not in page
    assert decider.send(f"{PATH}/merges/{merge.id}", merge="1").status_code == 303
    assert session.query(Merge).one().state == "merged"
    assert two.stays.summary == "A shop and a school."
    told = {one.address for one in letters("merge_decided")}
    assert told == {"admin@example.org", "rival@example.org", "asker@example.org"}
    assert "Until " in decider.get(f"{PATH}/merges/{merge.id}").text


def test_whoever_asked_cannot_agree_but_may_take_it_back(asker, two, session):
    merge = asked(session, two)
    token = asker.get(f"{PATH}/merges/{merge.id}")
    assert token.status_code == 200
    asker.send(f"{PATH}/merges/{merge.id}", merge="1", decline=None, mark=f"{two.stays.version}-{two.goes.version}")
    session.refresh(merge)
    assert merge.state == "asked"
    asker.send(f"{PATH}/merges/{merge.id}", decline="1")
    session.refresh(merge)
    assert merge.state == "declined"


def test_a_second_person_declines_with_a_reason(decider, two, session, letters):
    merge = asked(session, two)
    decider.send(f"{PATH}/merges/{merge.id}", decline="1", reason="Two shops in two streets.")
    session.refresh(merge)
    assert (merge.state, merge.reason) == ("declined", "Two shops in two streets.")
    assert session.get(Organization, two.goes.id)
    assert "Two shops in two streets." in letters("merge_decided")[-1].text
    assert "Two shops in two streets." in decider.get(f"{PATH}/merges/{merge.id}").text


def test_what_was_changed_while_somebody_looked_is_shown_before_it_is_merged(decider, two, session):
    merge = asked(session, two)
    decider.get(f"{PATH}/merges/{merge.id}")
    mark = f"{two.stays.version}-{two.goes.version}"
    two.goes.summary = "A shop, a school and a bakery."
    session.commit()
    answer = decider.send(f"{PATH}/merges/{merge.id}", merge="1", mark=mark)
    assert answer.status_code == 409
    assert "was changed while you looked" in answer.text
    assert "a bakery" in answer.text
    session.refresh(merge)
    assert merge.state == "asked"


def test_why_has_to_be_said_and_what_was_chosen_is_kept(asker, two, session):
    answer = asker.send(ASK, words="", summary="goes")
    assert answer.status_code == 422
    assert 'id="summary-goes" name="summary" value="goes" checked' in answer.text
    assert session.query(Merge).count() == 0


def test_one_merge_at_a_time(asker, two, session):
    asked(session, two)
    assert "waits for a decision already" in asker.get(ASK).text
    asker.send(ASK, words="Again.")
    assert session.query(Merge).count() == 1


def test_decided_twice_is_decided_once(two, session, merged):
    merge = merged(two)
    with pytest.raises(actions.Refused):
        actions.carry_out(session, merge, "", two.decider.id)
    with pytest.raises(actions.Refused):
        actions.decline(session, merge, "", two.decider.id)
    assert merge.state == "merged"


def test_it_is_undone_on_a_page_of_its_own(decider, two, session, merged, letters):
    merge = merged(two)
    page = f"{PATH}/merges/{merge.id}"
    assert "says again what it said before" in decider.get(f"{page}/undo").text
    assert decider.send(f"{page}/undo").status_code == 303
    session.refresh(merge)
    assert merge.state == "undone"
    assert "there are two pages again" in decider.get(page).text
    assert decider.get("/organizations/weltladen-ev").status_code == 200
    assert "two pages again" in letters("merge_decided")[-1].subject
    assert decider.get(f"{page}/undo").status_code == 303


def test_what_could_not_be_put_back_is_said(decider, two, session, merged):
    merge = merged(two, summary="goes")
    two.stays.summary = "Something new."
    session.commit()
    decider.send(f"{PATH}/merges/{merge.id}/undo")
    assert "a field of the page: it was changed since" in decider.get(f"{PATH}/merges/{merge.id}").text


def test_the_list_tells_what_waits_and_what_was_decided(asker, decider, two, session, merged):
    merge = asked(session, two)
    assert "by you: somebody else decides" in asker.get("/merges/").text
    assert "by you" not in decider.get("/merges/").text
    decider.send(f"{PATH}/merges/{merge.id}", merge="1")
    page = decider.get("/merges/").text
    assert "None at the moment." in page
    assert "weltladen aachen e.V. into Weltladen Aachen" in page


def test_a_merge_stands_at_the_address_of_its_own_page_alone(asker, two, session):
    merge = asked(session, two)
    assert asker.get(f"/organizations/hill/merges/{merge.id}").status_code == 404
    assert asker.get(f"{PATH}/merges/{merge.id + 1}").status_code == 404
    assert asker.get(f"{PATH}/merge?with=weltladen-aachen").status_code == 404
    assert asker.get(f"{PATH}/merge?with=nobody").status_code == 404


def test_staff_find_the_way_on_a_profile_and_others_don_t(two, asker, signed_in, person):
    assert f"{PATH}/merge" in asker.get(PATH).text
    assert f"{PATH}/merge" not in signed_in(two.rival).get(PATH).text


def test_the_history_says_it_in_words(two, merged, session, decider):
    merge = merged(two, summary="goes")
    page = decider.get(f"{PATH}/history").text
    assert "Another page of the same organisation was merged into it" in page
    assert "weltladen aachen e.V." in page
    decider.send(f"{PATH}/merges/{merge.id}/undo")
    assert "A merge was undone" in decider.get(f"{PATH}/history").text
    assert "A merge was undone" in decider.get("/organizations/weltladen-ev/history").text
