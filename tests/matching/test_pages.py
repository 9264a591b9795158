"""The pages of matches as those who may see them: who stands there and why, what is put aside, and what never shows."""

import json
import logging
from datetime import date, timedelta
from urllib.parse import urlencode

import pytest
from sqlalchemy import select

from network.introductions.models import Introduction
from network.logs import JsonLines, TextLines
from network.matching import hooks
from network.matching.models import Dismissal, Shown
from tests.markup import read
from tests.pages import ASKED_BY_HTMX
from tests.topics import load_topics

HOME = "A legal home for our small club"
SPONSORING = "Fiscal sponsorship for small groups"
TODAY = date.today()


@pytest.fixture
def lab(organization, listing, session):
    """Who asks: it seeks a legal home and offers training."""
    load_topics(session)
    made = organization(
        "Accra Open Lab", category="partner", slug="lab", country="GH", latitude=5.6, longitude=-0.2,
        languages=("en", "fr"), confirmed_on=TODAY,
    )  # fmt: skip
    listing(made, "seek", HOME, kind="legal")
    listing(made, "offer", "Training for teachers in robotics", kind="training")
    return made


@pytest.fixture
def sponsor(organization, listing):
    """Who could help the lab."""
    made = organization(
        "Harbour Sponsors", category="partner", slug="sponsor", country="GH", latitude=5.7, longitude=-0.2,
        languages=("fr",), confirmed_on=TODAY,
    )  # fmt: skip
    listing(made, "offer", SPONSORING, kind="legal", languages=("fr", "en"))
    return made


@pytest.fixture
def school(organization, listing):
    """Whom the lab could help."""
    made = organization("Volta School", slug="school", country="TG", languages=("de",), confirmed_on=TODAY)
    listing(made, "seek", "Training for our teachers in robotics", kind="training")
    return made


@pytest.fixture
def amara(person, lab, signed_in):
    """The browser of the lab's representative."""
    return signed_in(person("amara@lab.example.org", name="Amara Mensah", representative=lab))


def names(answer) -> list[str]:
    """The names on the cards, in their order."""
    page = read(answer.text)[0]
    suggested = page.first(lambda element: element.get("id") == "suggested") or page
    return [heading.text for heading in suggested.all("h3")]


def seek_of(organization, side: str = "seek"):
    return next(one for one in organization.listings if one.side == side)


def form_of(browser, slug: str, query: str = "") -> tuple[str, dict[str, str]]:
    """Where the form on the card of an organisation leads, and what it sends."""
    page = read(browser.get(f"/organizations/lab/matches{query}").text)[0]
    form = next(one for one in page.all("form") if any(of.get("value") == slug for of in one.all("input")))
    return form.get("action"), {one.get("name"): one.get("value") for one in form.all("input")}


def put_aside(browser, slug: str, reason: str = "later", query: str = "", **more):
    action, fields = form_of(browser, slug, query)
    return browser.post(action, data={**fields, "reason": reason}, **more)


def test_both_directions_stand_in_one_list_and_say_why(amara, sponsor, school):
    answer = amara.get("/organizations/lab/matches")
    assert set(names(answer)) == {"Harbour Sponsors", "Volta School"}
    text = read(answer.text)[0].text
    assert "they could help you" in text
    assert "you could help them" in text
    assert f"You seek: {HOME}" in text
    assert f"They offer: {SPONSORING}" in text
    assert "in French and English" in text
    assert "They are only 11 km away." in text
    assert "confirmed today" in text
    assert "%" not in text
    assert f"/organizations/lab/introductions/new?to=sponsor&amp;listing={seek_of(sponsor, 'offer').id}" in answer.text


def test_the_parts_on_a_card_add_up(amara, sponsor, school):
    page = read(amara.get("/organizations/lab/matches").text)[0]
    tables = [one for one in page.all("table") if one.all("tfoot")]
    assert tables
    for table in tables:
        *parts, total = [int(cell.text) for cell in table.all("td")]
        assert len(parts) == 3
        assert sum(parts) == total


def test_only_those_who_look_after_it_see_its_matches(client, amara, lab, sponsor, person, signed_in):
    address = "/organizations/lab/matches"
    assert client.get(address).status_code == 303
    rival = signed_in(person(admin=sponsor))
    paths = (address, f"{address}/{seek_of(lab).id}", "/api/matches/lab")
    for path in paths:
        assert rival.get(path).status_code == 403
        assert amara.get(path).status_code == 200


def test_what_was_put_aside_is_one_line_and_comes_back_as_easily(amara, lab, sponsor, school, session):
    answer = put_aside(amara, "sponsor", "wrong_place")
    assert answer.status_code == 303
    assert answer.location.endswith("?aside=sponsor&at=1#match-sponsor")
    after = amara.get(answer.location)
    assert names(after) == ["Volta School"]
    assert "Harbour Sponsors: Too far away" in read(after.text)[0].text
    (row,) = session.scalars(select(Dismissal))
    assert (row.organization_id, row.other_id, row.reason, row.until) == (lab.id, sponsor.id, "wrong_place", None)
    amara.send("/organizations/lab/matches", "/organizations/lab/matches/back")
    assert set(names(amara.get("/organizations/lab/matches"))) == {"Harbour Sponsors", "Volta School"}
    assert not session.scalars(select(Dismissal)).all()


@pytest.mark.parametrize(("reason", "days"), [("later", 30), ("not_now", 90), ("no_capacity", 90), ("know_them", None)])
def test_a_reason_of_the_moment_holds_for_a_while_and_others_until_undone(reason, days, amara, sponsor, session):
    put_aside(amara, "sponsor", reason)
    (row,) = session.scalars(select(Dismissal))
    assert row.until == (TODAY + timedelta(days) if days else None)
    assert names(amara.get("/organizations/lab/matches")) == []


def test_what_was_put_aside_until_a_day_is_shown_after_it(amara, lab, sponsor, session):
    session.add(Dismissal(organization_id=lab.id, other_id=sponsor.id, until=TODAY - timedelta(1)))
    assert names(amara.get("/organizations/lab/matches")) == ["Harbour Sponsors"]


def test_putting_aside_again_changes_the_reason_alone(amara, lab, sponsor, session):
    action, fields = form_of(amara, "sponsor")
    for reason in ("later", "know_them"):
        assert amara.post(action, data={**fields, "reason": reason}).status_code == 303
    (row,) = session.scalars(select(Dismissal))
    assert (row.reason, row.until) == ("know_them", None)


def test_in_place_the_list_alone_is_answered(amara, sponsor, school):
    answer = put_aside(amara, "sponsor", "wrong_kind", headers=ASKED_BY_HTMX)
    assert answer.status_code == 200
    part = read(answer.text)[0]
    assert not part.all("h1")
    assert "Harbour Sponsors: Another kind of help" in part.text


@pytest.mark.parametrize("typed", [{"reason": "boredom"}, {"other": "nobody"}, {"other": "lab"}, {"other": ""}])
def test_only_somebody_else_can_be_put_aside_and_only_for_a_reason(typed, amara, lab, sponsor, session):
    action, fields = form_of(amara, "sponsor")
    assert amara.post(action, data={**fields, "reason": "later", **typed}).status_code == 422
    assert not session.scalars(select(Dismissal)).all()


def everywhere(browser, visitor, lab) -> str:
    """All that the pages of matches, their parts, the API and the box of the home page say."""
    words = urlencode({"words": "We look for fiscal sponsorship", "side": "seek"})
    own = ["/organizations/lab/matches", "/organizations/lab/matches?direction=they_help", "/api/matches/lab"]
    own += [f"/organizations/lab/matches/{one.id}" for one in lab.listings]
    told = [browser.get(path).text for path in own]
    told += [browser.get(path, headers=ASKED_BY_HTMX).text for path in own if not path.startswith("/api")]
    told += [browser.get("/organizations/lab").text]
    return "\n".join([*told, visitor.get(f"/matching/together?{words}").text])


@pytest.mark.parametrize("standing", ["desired", "in_conversation", "ended"])
def test_who_is_not_public_stands_nowhere(standing, amara, client, lab, sponsor, school, session):
    assert "Harbour Sponsors" in everywhere(amara, client, lab)
    sponsor.standing = standing
    session.commit()
    told = everywhere(amara, client, lab)
    assert "Harbour Sponsors" not in told
    assert SPONSORING not in told


def test_what_is_paused_met_or_past_its_day_stands_nowhere(amara, client, lab, sponsor, session):
    offer = seek_of(sponsor, "offer")
    for change in ({"state": "paused"}, {"state": "met"}, {"until": TODAY - timedelta(1)}):
        before = {name: getattr(offer, name) for name in change}
        for name, value in change.items():
            setattr(offer, name, value)
        session.commit()
        assert SPONSORING not in read(amara.get("/organizations/lab/matches").text)[0].text
        assert SPONSORING not in client.get("/matching/together?words=fiscal+sponsorship").text
        for name, value in before.items():
            setattr(offer, name, value)
        session.commit()
    assert SPONSORING in amara.get("/organizations/lab/matches").text


def test_whom_another_feature_keeps_away_stands_nowhere_for_who_is_asked(amara, client, lab, sponsor, monkeypatch):
    monkeypatch.setattr(hooks, "aside", [*hooks.aside, lambda session, id: {sponsor.id} if id == lab.id else set()])
    for path in ("/organizations/lab/matches", f"/organizations/lab/matches/{seek_of(lab).id}", "/api/matches/lab"):
        assert "Harbour Sponsors" not in amara.get(path).text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("kind=legal", ["Harbour Sponsors"]),
        ("kind=training", ["Volta School"]),
        ("country=TG", ["Volta School"]),
        ("language=fr", ["Harbour Sponsors"]),
        ("direction=you_help", ["Volta School"]),
        ("direction=they_help", ["Harbour Sponsors"]),
        ("direction=both", []),
        ("network=coast", ["Harbour Sponsors"]),
        ("near=5.6,-0.2&radius=50", ["Harbour Sponsors"]),
        ("kind=legal&country=TG", []),
    ],
)
def test_filters_stand_in_the_address(query, found, amara, sponsor, school, organization, link):
    link(sponsor, organization("Coast Network", category="affiliate_network", slug="coast"), confirmed_on=TODAY)
    answer = amara.get(f"/organizations/lab/matches?{query}")
    assert names(answer) == found
    api = amara.get(f"/api/matches/lab?{query}").json
    assert [one["organization"]["name"] for one in api["items"]] == found
    assert api["total"] == len(found)


def test_a_filter_stays_when_something_is_put_aside(amara, sponsor, school):
    answer = put_aside(amara, "school", "not_now", query="?country=TG")
    assert answer.location.startswith("/organizations/lab/matches?country=TG&aside=school")
    assert "No match fits all of that." in amara.get(answer.location).text


def test_a_filter_that_cannot_be_used_says_what_to_do(amara, sponsor):
    answer = amara.get("/organizations/lab/matches?country=Atlantis")
    assert answer.status_code == 422
    assert "Atlantis" in answer.text
    assert amara.get("/api/matches/lab?country=Atlantis").status_code == 422


def test_that_somebody_was_shown_is_written_down_once_a_day(amara, lab, sponsor, session):
    for _ in range(2):
        amara.get("/organizations/lab/matches", buffered=True)
    (row,) = session.scalars(select(Shown))
    assert (row.organization_id, row.other_id, row.days, row.last_on) == (lab.id, sponsor.id, 1, TODAY)
    row.first_on = row.last_on = TODAY - timedelta(3)
    session.commit()
    amara.get("/organizations/lab/matches", buffered=True)
    (row,) = session.scalars(select(Shown))
    assert (row.days, row.first_on, row.last_on) == (2, TODAY - timedelta(3), TODAY)


def test_what_staff_look_at_was_not_shown_to_the_organization(lab, sponsor, person, signed_in, session):
    staff = signed_in(person(staff=True))
    assert names(staff.get("/organizations/lab/matches", buffered=True)) == ["Harbour Sponsors"]
    assert not session.scalars(select(Shown)).all()


def test_the_best_for_a_listing_are_a_page_and_a_part_of_others(amara, lab, sponsor):
    seek = seek_of(lab)
    address = f"/organizations/lab/matches/{seek.id}"
    page = amara.get(address)
    assert "Who could help?" in page.text
    assert "Harbour Sponsors" in page.text
    for path in ("/organizations/lab", "/organizations/lab/edit"):
        assert f'hx-get="{address}"' in amara.get(path).text
    assert amara.get(f"/organizations/lab/matches/{seek_of(sponsor, 'offer').id}").status_code == 404


def test_visitors_read_the_profile_without_links_to_matches(client, lab, sponsor, person, signed_in):
    assert "/matches" not in client.get("/organizations/lab").text
    assert "/matches" not in signed_in(person(admin=sponsor)).get("/organizations/lab").text


def test_a_listing_that_is_not_open_has_no_matches(amara, lab, sponsor, session):
    seek = seek_of(lab)
    seek.state = "paused"
    answer = amara.get(f"/organizations/lab/matches/{seek.id}")
    assert answer.status_code == 200
    assert "Harbour Sponsors" not in answer.text
    assert "It isn't open at the moment" in answer.text


def test_who_says_nothing_reads_what_to_do_next(person, signed_in, organization, session):
    load_topics(session)
    quiet = organization("Quiet Club", slug="quiet")
    browser = signed_in(person(admin=quiet))
    answer = browser.get("/organizations/quiet/matches")
    assert "/organizations/quiet/edit#add" in answer.text
    assert "/organizations/quiet/confirm" in answer.text
    quiet.standing = "in_conversation"
    assert "isn't public at the moment" in read(browser.get("/organizations/quiet/matches").text)[0].text


def test_whoever_had_the_same_need_met_is_named(amara, lab, organization, listing):
    earlier = organization("Tamale Club", slug="tamale", confirmed_on=TODAY)
    listing(earlier, "seek", "A legal home for a small club", kind="legal", state="met")
    text = read(amara.get("/organizations/lab/matches").text)[0].text
    assert "They had your problem" in text
    assert "Found: A legal home for a small club" in text


def test_three_who_seek_the_same_are_the_seed_of_a_consortium(amara, lab, organization, listing, session):
    for number in (1, 2):
        other = organization(f"Club {number}", slug=f"club-{number}", confirmed_on=TODAY)
        listing(other, "seek", HOME, kind="legal")
        text = read(amara.get("/organizations/lab/matches").text)[0].text
        assert ("Who else seeks this" in text) == (number == 2)


def test_an_exchange_of_three_says_who_gives_what_to_whom(amara, lab, sponsor, school, organization, listing, session):
    listing(school, "offer", "Translation from French into Ewe", kind="translation")
    listing(sponsor, "seek", "Translation from French into Ewe", kind="translation")
    answer = amara.get("/organizations/lab/matches")
    text = read(answer.text)[0].text
    assert "Three-way exchanges" in text
    assert "You give to Volta School:" in text
    assert "Volta School gives to Harbour Sponsors:" in text
    assert "Harbour Sponsors gives to you:" in text
    way = next(one for one in read(answer.text)[0].all("a") if "Ask in your own words" in one.text)
    assert way.get("href") == "/organizations/lab/introductions/new?to=school&with=sponsor"
    assert "Volta School" in amara.get(way.get("href")).text


def test_one_tap_asks_both(amara, lab, sponsor, school, organization, listing, session):
    listing(school, "offer", "Translation from French into Ewe", kind="translation")
    listing(sponsor, "seek", "Translation from French into Ewe", kind="translation")
    ways = [one for one in read(amara.get("/organizations/lab/matches").text)[0].all("form") if "Ask both" in one.text]
    action = ways[0].get("action")
    asked = amara.send("/organizations/lab/matches", action)
    assert asked.status_code == 303
    words = session.scalars(select(Introduction.words)).one()
    assert words.startswith("We could help each other in a circle.")
    assert "Volta School gives to Harbour Sponsors: Translation from French into Ewe." in words


def test_what_they_had_met_is_labelled_as_inferred(amara, lab, organization, listing):
    earlier = organization("Tamale Club", slug="tamale", confirmed_on=TODAY)
    listing(earlier, "seek", HOME, kind="legal", state="met")
    answer = amara.get("/organizations/lab/matches")
    assert names(answer) == ["Tamale Club"]
    text = read(answer.text)[0].text
    assert "Not an offer of theirs: we infer it from what they did." in text
    assert f"They sought the same once and found it: “{HOME}”." in text


def test_the_box_takes_a_sentence_from_anybody(client, lab, sponsor, school):
    assert 'action="/matching/together"' in client.get("/").text
    answer = client.get("/matching/together?words=A+legal+umbrella:+sponsorship+for+small+groups&side=seek")
    text = read(answer.text)[0].text
    assert "Harbour Sponsors" in text
    assert "Volta School" not in text
    assert "We understood" in text
    assert "from “legal umbrella”" in text
    assert "Ask for an introduction" not in text
    offer = {"words": "We train teachers in robotics", "side": "offer"}
    text = read(client.get(f"/matching/together?{urlencode(offer)}").text)[0].text
    assert "Volta School" in text
    assert "Harbour Sponsors" not in text


@pytest.mark.parametrize("words", ["", "   ", "room " * 120])
def test_the_box_says_what_to_do_with_too_little_or_too_much(words, client, lab):
    answer = client.get(f"/matching/together?{urlencode({'words': words})}")
    assert answer.status_code == 422
    assert words.strip() in answer.text
    assert client.get("/matching/together").status_code == 200


def test_a_sentence_that_fits_nobody_leads_on(client, lab):
    answer = client.get(f"/matching/together?{urlencode({'words': 'Xyzzy plugh <b>'})}")
    assert answer.status_code == 200
    assert "No match found." in answer.text
    assert "&lt;b&gt;" in answer.text


def test_what_is_typed_into_the_box_stands_in_the_address_and_in_no_log(client, lab, caplog, monkeypatch):
    monkeypatch.setattr(logging.getLogger("network"), "propagate", True)
    with caplog.at_level(logging.DEBUG), caplog.at_level(logging.DEBUG, "network"):
        client.get("/matching/together?words=a+legal+umbrella+for+quietly+founded+clubs")
    assert "endpoint=matching.together" in "\n".join(TextLines().format(one) for one in caplog.records)
    for form in (TextLines(), JsonLines()):
        assert not [one for one in caplog.records if "quietly" in form.format(one)]


def test_the_box_is_not_a_way_to_ask_without_end(client, lab):
    statuses = [client.fetch("/matching/together?words=room").status_code for _ in range(32)]
    assert statuses[:30] == [200] * 30
    assert statuses[-1] == 429
    assert client.fetch("/matching/together").status_code == 200


def test_the_api_tells_parts_that_add_up_and_turns_pages(amara, sponsor, school):
    whole = amara.get("/api/matches/lab").json
    assert whole["total"] == 2
    assert whole["next"] is None
    for match in whole["items"]:
        assert match["reasons"]
        assert match["strength"] in ("strong", "good", "possible")
        for pair in match["pairs"]:
            assert pair["points"] == pytest.approx(sum(pair["parts"].values()))
    first = amara.get("/api/matches/lab?limit=1").json
    second = amara.get(f"/api/matches/lab?limit=1&cursor={first['next']}").json
    assert [*first["items"], *second["items"]] == whole["items"]
    assert second["next"] is None
    assert amara.get("/api/matches/lab?limit=0").status_code == 422
    assert "<em>" not in json.dumps(whole)


def test_the_api_of_matches_is_described(client):
    assert "/api/matches/{slug}" in client.get("/api/openapi.json").json["paths"]


def test_long_and_foreign_names_are_no_markup_and_keep_their_own_way(amara, organization, listing):
    for name in ("B" * 200, "نادي السلّم <script>"):
        other = organization(name, confirmed_on=TODAY)
        listing(other, "offer", f"{SPONSORING} {name}"[:200], kind="legal")
    answer = amara.get("/organizations/lab/matches")
    assert {"B" * 200, "نادي السلّم <script>"} <= set(names(answer))
    assert "<script>" not in answer.text.split("<main", 1)[1]


def test_the_ways_of_an_own_organization_lead_to_its_matches(amara, lab):
    assert 'href="/organizations/lab/matches"' in amara.get("/organizations/lab").text
    assert 'href="/organizations/lab/matches"' in amara.get("/organizations/lab/edit").text
