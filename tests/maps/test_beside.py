"""The pages beside the map: who sees them, what they never show, and changing a relationship from them."""

from datetime import date, timedelta

import pytest

from network.clock import now
from network.history.models import Edit
from network.maps import measuring, queries
from network.matching.models import Prospect, ProspectSeeker

PAST = date(2026, 3, 1)
DESK = ("/maps/reach", "/maps/pipeline", "/maps/pipeline?view=table", "/maps/reach?country=GB")


@pytest.fixture
def prospect(session, tents, staff):
    """The desired partner as something that somebody looks after, overdue."""
    made = Prospect(organization_id=tents["wanted"].id, owner_id=staff.id, next_step="Call back", due_on=PAST)
    made.kind = "venue"
    session.add(made)
    session.commit()
    return made


@pytest.fixture
def desk(staff, signed_in):
    return signed_in(staff)


@pytest.fixture
def coordinator(person, signed_in, tents):
    return signed_in(person("ines@coast.example", "Ines", coordinator=tents["network"]))


def path(tents, who="wanted", query=""):
    return f"/maps/pipeline/{tents[who].id}{query}"


@pytest.mark.parametrize("page", DESK)
def test_only_who_looks_after_the_network_sees_whom_it_would_like_to_win(
    page, client, person, signed_in, tents, prospect, desk
):
    representative = signed_in(person(admin=tents["lab"]))
    assert client.get(page).status_code == 303
    assert representative.get(page).status_code == 403
    assert desk.get(page).status_code == 200
    for nobody in (client, representative):
        assert nobody.get(path(tents)).status_code in (303, 403)
    if "country" not in page:
        assert "Quayside Trust" in desk.get(page).text


@pytest.mark.parametrize("page", DESK)
def test_coordinators_see_whom_their_own_network_looks_for_and_no_other(page, coordinator, session, tents, prospect):
    assert "Quayside Trust" not in coordinator.get(page).text
    assert coordinator.get(path(tents)).status_code == 404
    prospect.network_id, prospect.region = tents["network"].id, "GB"
    session.commit()
    assert "Quayside Trust" in coordinator.get(page).text
    assert coordinator.get(path(tents)).status_code == 200


def test_measures_and_profiles_tell_strangers_nothing_of_whom_the_network_would_like_to_win(
    client, person, signed_in, desk, tents, prospect, link
):
    link(tents["wanted"], to=tents["lab"], type="works_with", confirmed_on=PAST, confirmed_by="staff")
    link(tents["club"], to=tents["wanted"], type="works_with", confirmed_on=PAST, confirmed_by="staff")
    slug = tents["lab"].slug
    pages = ("/maps/measures", "/maps/measures?country=GB", f"/maps/measures?focus={slug}", f"/organizations/{slug}")
    for nobody in (client, signed_in(person(admin=tents["lab"]))):
        for page in (*pages, f"/maps/near/{slug}.svg"):
            answer = nobody.get(page)
            assert answer.status_code == 200
            assert "Quayside" not in answer.text
            assert tents["wanted"].slug not in answer.text
    assert client.get(f"/maps/near/{tents['wanted'].slug}.svg").status_code == 404
    assert "Quayside" not in desk.get(f"/maps/near/{slug}.svg").text
    assert "Quayside" in desk.get("/maps/measures").text


def test_who_waits_and_who_could_introduce_stand_beside_whom_to_reach(desk, session, tents, prospect, listing, link):
    seek = listing(of=tents["club"], side="seek", title="A hall for forty on Saturdays")
    met = listing(of=tents["club"], side="seek", title="A stage", state="met")
    session.add_all(ProspectSeeker(prospect_id=prospect.id, listing_id=one.id) for one in (seek, met))
    link(tents["lab"], to=tents["wanted"], type="works_with")
    text = desk.get("/maps/reach").text
    assert "It would serve 1 open seek." in text
    assert "A hall for forty on Saturdays" in text
    assert "A stage" not in text
    assert "Works with: Quayside Trust, proposed" in text
    assert f"/maps/?focus={tents['wanted'].slug}" in text
    assert "overdue since" in text


def test_where_nobody_is_to_be_won_yet_one_is_led_to_look_for_somebody(desk, tents):
    text = desk.get("/maps/reach?kind=funding&country=DE").text
    assert "Nobody is to be won for this yet." in text
    assert "/matching/gaps/partner?kind=funding&amp;country=DE" in text


def test_a_standing_is_changed_from_its_card(desk, session, tents, prospect, staff):
    answer = desk.send("/maps/pipeline?overdue=1", path(tents, query="?overdue=1"), standing="in_conversation")
    assert answer.status_code == 303
    assert answer.location == f"/maps/pipeline?overdue=1#organization-{tents['wanted'].id}"
    session.refresh(prospect)
    assert (tents["wanted"].standing, prospect.owner_id, prospect.next_step, prospect.due_on) == (
        "in_conversation",
        staff.id,
        "Call back",
        PAST,
    )


def test_nobody_becomes_public_before_the_question_is_answered(desk, client, session, tents, prospect):
    asked = desk.send(path(tents), standing="current")
    assert asked.status_code == 409
    assert "Everyone will see Quayside Trust then. Is that meant?" in asked.text
    assert tents["wanted"].standing == "desired"
    assert client.get(f"/organizations/{tents['wanted'].slug}").status_code == 404
    sure = {"sure": "1", "standing": "current", "owner": "", "next_step": "", "due_on": ""}
    assert desk.send(path(tents), **sure).status_code == 303
    assert client.get(f"/organizations/{tents['wanted'].slug}").status_code == 200
    session.refresh(prospect)
    assert prospect.closed_at


def test_what_somebody_else_wrote_meanwhile_is_shown_first(desk, session, tents, prospect):
    answer = desk.send(path(tents), mark="of before", next_step="Write to them")
    assert answer.status_code == 409
    assert "Call back" in answer.text
    assert "Write to them" in answer.text
    assert prospect.next_step == "Call back"


@pytest.mark.parametrize(
    "typed", [{"standing": "lost"}, {"owner": "999999"}, {"due_on": "soon"}, {"next_step": "x" * 301}]
)
def test_what_makes_no_sense_is_asked_again_with_what_was_typed(typed, desk, tents, prospect):
    answer = desk.send(path(tents), **typed)
    assert answer.status_code == 422
    assert prospect.next_step == "Call back"


def test_a_relationship_is_given_to_nobody_who_does_not_look_after_the_network(table, tents, person):
    stranger = person("stranger@example.org", "Stranger")
    refused = table.draw("standing", id=tents["wanted"].id, standing="desired", owner=stranger.id)["refused"]
    assert refused[0]["why"] == "Choose who looks after it from the list."


def test_coordinators_change_their_members_and_not_who_is_merely_public(coordinator, tents, organization, session):
    other = organization("Elsewhere")
    assert coordinator.get(f"/maps/pipeline/{other.id}").status_code == 404
    assert coordinator.send(path(tents, "club"), standing="paused").status_code == 303
    assert tents["club"].standing == "paused"


def test_the_board_keeps_settled_ones_only_for_a_while_after_they_changed(desk, session, tents):
    assert "Aire Valley Web Club" not in desk.get("/maps/pipeline").text
    desk.send(path(tents, "club"), standing="paused")
    assert "Aire Valley Web Club" in desk.get("/maps/pipeline").text
    for edit in session.query(Edit).filter_by(organization_id=tents["club"].id):
        edit.at = now() - timedelta(days=90)
    session.commit()
    assert "Aire Valley Web Club" not in desk.get("/maps/pipeline").text


def test_the_same_rule_moves_on_the_map_and_in_the_pipeline(table, desk, session, tents, prospect):
    table.draw("standing", id=tents["wanted"].id, standing="ended", owner=prospect.owner_id)
    session.refresh(prospect)
    assert prospect.closed_at
    assert [edit.action for edit in session.query(Edit).filter_by(thing="prospect")] == ["closed"]
    table.draw("undo")
    session.refresh(prospect)
    assert (prospect.closed_at, prospect.next_step, tents["wanted"].standing) == (None, "Call back", "desired")


def test_measures_are_sentences_with_links_and_names_stay_text(client, session, organization, tents):
    tents["network"].name = "Coast <b>& co</b>"
    organization("Alone <i>here</i>")
    text = client.get("/maps/measures").text
    assert f'If <a href="/organizations/{tents["network"].slug}">Coast &lt;b&gt;&amp; co&lt;/b&gt;</a> left' in text
    assert "<b>" not in text
    assert "1 organisation has no tie to another here." in text
    assert "Alone &lt;i&gt;here&lt;/i&gt;" in text


def test_measures_are_counted_once_until_something_is_written(client, tents, link, monkeypatch):
    counted = []
    count = measuring.counted
    monkeypatch.setattr(measuring, "counted", lambda *asked: counted.append(1) or count(*asked))
    for _time in range(3):
        client.get("/maps/measures")
    assert len(counted) == 1
    link(tents["lab"], to=tents["club"], type="works_with", confirmed_on=PAST, confirmed_by="staff")
    client.get("/maps/measures")
    assert len(counted) == 2


def test_too_large_a_network_is_not_computed_and_can_be_narrowed_down(client, tents, monkeypatch):
    monkeypatch.setattr(queries, "MOST", 2)
    text = client.get("/maps/measures").text
    assert "This is not computed for more than 2 organisations." in text
    assert 'name="country"' in text
    assert "Who stands alone" not in text


def test_a_profile_leads_to_the_map_only_when_it_is_tied_to_somebody(client, organization, tents):
    picture = f"/maps/near/{tents['lab'].slug}.svg"
    assert picture in client.get(f"/organizations/{tents['lab'].slug}").text
    assert client.get(picture).mimetype == "image/svg+xml"
    alone = organization("Alone")
    assert "/maps/?focus" not in client.get(f"/organizations/{alone.slug}").text
    assert client.get(f"/maps/near/{alone.slug}.svg").status_code == 404
