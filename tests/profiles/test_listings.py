"""Offers and seeks: adding them in one's own words, what is understood of those, ordering, pausing, removing."""

from html import unescape

import pytest
from sqlalchemy import select

from network.directory.models import Listing, Task
from network.directory.thesaurus import shipped
from network.profiles.listings import move, of_side
from network.profiles.understanding import chips, kind_of, meaning, settled
from tests.markup import read
from tests.pages import ASKED_BY_HTMX, controls
from tests.topics import load_topics

WORDS = shipped()
LEGAL_HOME = "legal home for small groups"


def test_what_words_mean_is_said_with_the_words_that_mean_it():
    found = meaning(WORDS, LEGAL_HOME)
    assert found.phrases["fiscal-sponsorship"] == "legal home"
    assert found.kind == "legal"
    (chip, *_rest) = chips(WORDS, found, (), (), "en")
    assert (chip.label, chip.phrase, chip.ticked) == ("fiscal sponsorship", "legal home", True)


def test_the_detail_counts_but_the_title_decides_the_kind():
    found = meaning(WORDS, "A room for workshops", "We also find you a legal home.")
    assert {"venue", "fiscal-sponsorship"} <= set(found.topics)
    assert found.kind == "venue"


def test_what_was_unticked_stays_out_and_what_is_newly_said_comes_in():
    found = meaning(WORDS, "legal home with a meeting room")
    assert settled(found, ticked=(), offered=("fiscal-sponsorship",)) == ("venue",)
    refused = chips(WORDS, found, ticked=(), offered=("fiscal-sponsorship",), locale="en")
    assert {chip.slug: chip.ticked for chip in refused}["fiscal-sponsorship"] is False


def test_a_kind_that_somebody_chose_stays_and_a_proposed_one_follows_the_words():
    found = meaning(WORDS, LEGAL_HOME)
    assert kind_of(found, chosen="", proposed="") == "legal"
    assert kind_of(found, chosen="venue", proposed="venue") == "legal"
    assert kind_of(found, chosen="funding", proposed="legal") == "funding"
    assert kind_of(meaning(WORDS, "Xyzzy"), chosen="venue", proposed="venue") == "venue"


@pytest.fixture
def lab(organization, session):
    load_topics(session)
    return organization("Accra Open Lab", category="partner", country="GH")


@pytest.fixture
def admin(person, signed_in, lab):
    """The browser of somebody who is an admin of the lab."""
    return signed_in(person("amara@example.org", admin=lab))


def address(lab, part: str = "") -> str:
    return f"/organizations/{lab.slug}/edit" + (f"/{part}" if part else "")


def add(admin, lab, title: str, side: str = "offer", **typed):
    return admin.send(address(lab), f"{address(lab, 'listings')}#listings", title=title, side=side, **typed)


def change(admin, lab, listing, **typed):
    part = f"listings/{listing.id}"
    return admin.send(address(lab), f"{address(lab, part)}#listing-{listing.id}", **typed)


def press(admin, lab, listing, what: str, **typed):
    anchor = f"{address(lab, f'listings/{listing.id}/{what}')}#listing-{listing.id}"
    return admin.send(address(lab), anchor, **typed)


def only(session) -> Listing:
    return session.scalars(select(Listing)).one()


def test_an_offer_needs_its_title_alone_and_is_understood_by_itself(admin, client, lab, session):
    response = add(admin, lab, LEGAL_HOME)
    offer = only(session)
    assert response.status_code == 303
    assert response.location.endswith(f"?saved=listings#listing-{offer.id}")
    assert (offer.kind, offer.state, offer.confirmed_on) == ("legal", "open", None)
    assert "fiscal-sponsorship" in [topic.slug for topic in offer.topics]
    assert LEGAL_HOME in client.get(f"/organizations/{lab.slug}").text
    page = unescape(admin.get(address(lab)).text)
    assert "from “legal home”" in page


def test_as_one_types_the_page_answers_what_it_understood(admin, lab):
    page = admin.get(address(lab, f"understood?side=offer&title={LEGAL_HOME.replace(' ', '+')}"))
    assert "fiscal sponsorship" in page.text
    assert "from “legal home”" in page.text
    fragment = admin.get(address(lab, "understood?title=legal+home"), headers=ASKED_BY_HTMX)
    assert "<html" not in fragment.text
    form = read(fragment.text)[0]
    ticked = [one.get("value") for one in form.all("input") if one.get("type") == "checkbox"]
    assert ticked == ["fiscal-sponsorship"]
    chosen = [one.get("value") for one in form.all("option") if one.get("selected") is not None]
    assert chosen == ["legal"]


def test_what_was_refused_while_typing_stays_refused(admin, lab, session):
    asked = "understood?title=legal+home+and+a+room&offered=fiscal-sponsorship"
    form = read(admin.get(address(lab, asked), headers=ASKED_BY_HTMX).text)[0]
    boxes = {one.get("value"): one.get("checked") is not None for one in form.all("input") if one.get("checked") != ""}
    assert boxes["fiscal-sponsorship"] is False
    add(admin, lab, "legal home and a room", topics=["venue"], offered=["fiscal-sponsorship", "venue"])
    assert [topic.slug for topic in only(session).topics] == ["venue"]


def test_unknown_words_go_to_the_topic_curators_until_they_are_known(admin, lab, session):
    add(admin, lab, "Tardigrades galore")
    task = session.scalars(select(Task).where(Task.key == "topic:unknown")).one()
    assert task.facts == {"topics": ["Tardigrades galore"]}
    change(admin, lab, only(session), title="Workshops on robotics and tardigrades", kind="training")
    session.refresh(task)
    assert task.facts == {"topics": ["tardigrades"]}
    change(admin, lab, only(session), title="Workshops on robotics", kind="training")
    session.refresh(task)
    assert task.done_at is not None


def test_everything_about_a_listing_can_be_said(admin, lab, session):
    more = {
        "detail": "Ten groups a year.",
        "kind": "legal",
        "area": "governance",
        "delivery": "direct",
        "stage": "launch",
        "languages": "English, Français",
        "reach": "countries",
        "reach_countries": "Kenya; UG",
        "in_return": "A mention",
        "until": "2031-05-01",
    }
    add(admin, lab, LEGAL_HOME, **more)
    offer = only(session)
    assert (offer.area, offer.delivery, offer.stage) == ("governance", "direct", "launch")
    assert (offer.languages, offer.reach_countries) == (("en", "fr"), ("KE", "UG"))
    assert (offer.in_return, offer.until.isoformat()) == ("A mention", "2031-05-01")
    change(admin, lab, offer, reach="here", reach_km="25")
    assert (offer.reach, offer.reach_km, offer.reach_countries) == ("here", 25, ())


@pytest.mark.parametrize(
    ("typed", "advice"),
    [
        ({"title": ""}, "Say in one line what it is."),
        ({"title": "A \u202eroom"}, "RIGHT-TO-LEFT OVERRIDE"),
        ({"reach": "here", "reach_km": "far"}, "Write a whole number of kilometres, such as 25."),
        ({"reach": "countries"}, "Name the countries, such as Kenya, Uganda."),
        ({"reach_countries": "Narnia"}, "We know no country called Narnia."),
        ({"until": "soon"}, "Write the day as year-month-day"),
    ],
)
def test_what_cannot_be_taken_says_what_to_do_and_keeps_everything_typed(admin, lab, listing, typed, advice):
    typed = {"detail": "With a view of the sea.", "title": "A room", **typed}
    added = admin.send(address(lab), f"{address(lab, 'listings')}#listings", **typed)
    offer = listing(lab, title="Before")
    changed = change(admin, lab, offer, **typed)
    for response in (added, changed):
        assert response.status_code == 422
        assert advice in unescape(response.text)
        assert "With a view of the sea." in response.text
    assert len(lab.listings) == 1
    assert offer.title == "Before"


def test_the_same_title_twice_is_one_offer(admin, lab, session):
    add(admin, lab, "A room")
    add(admin, lab, "A ROOM")
    add(admin, lab, "A room", side="seek")
    assert [(one.side, one.title) for one in lab.listings] == [("offer", "A room"), ("seek", "A room")]


def test_listings_keep_the_order_that_is_given_to_them(admin, client, lab, listing):
    one, two, three = (listing(lab, title=title) for title in ("One", "Two", "Three"))
    listing(lab, side="seek", title="Wish")
    press(admin, lab, three, "move", place="0")
    assert [offer.title for offer in of_side(lab, "offer")] == ["Three", "One", "Two"]
    press(admin, lab, one, "move", place="2")
    assert [offer.title for offer in of_side(lab, "offer")] == ["Three", "Two", "One"]
    text = client.get(f"/organizations/{lab.slug}").text
    assert text.index("Three") < text.index("Two") < text.index("One")
    assert move(lab, two, 99) == 2
    assert move(lab, two, -1) == 0


def test_a_paused_or_met_listing_is_not_shown_and_can_be_opened_again(admin, client, lab, listing):
    offer = listing(lab, title="A room on Thursdays")
    for state in ("paused", "met"):
        press(admin, lab, offer, "state", state=state)
        assert offer.state == state
        assert "A room on Thursdays" not in client.get(f"/organizations/{lab.slug}").text
        press(admin, lab, offer, "state", state="open")
    assert "A room on Thursdays" in client.get(f"/organizations/{lab.slug}").text


def test_a_listing_is_removed_on_a_page_of_its_own(admin, lab, listing):
    offer = listing(lab, title="A room")
    where = address(lab, f"listings/{offer.id}/remove")
    assert admin.get(where).status_code == 200
    assert len(lab.listings) == 1
    assert admin.send(where, where).location.endswith("?saved=listings#listings")
    assert lab.listings == []


def test_the_listings_of_others_are_out_of_reach(admin, lab, listing, organization):
    own, other = listing(lab), listing(organization())
    page = read(admin.get(address(lab)).text)[0]
    form = next(one for one in page.all("form") if (one.get("action") or "").endswith(f"#listing-{own.id}"))
    sent = dict(controls(form))
    for part in (f"listings/{other.id}/move", f"listings/{other.id}/state"):
        data = sent | {"place": "0", "state": "met"}
        assert admin.post(address(lab, part), data=data).status_code == 404
    assert admin.post(address(lab, f"listings/{other.id}"), data=sent).status_code == 409
    assert admin.get(address(lab, f"listings/{other.id}/remove")).status_code == 404
    admin.post(address(lab, f"listings/{other.id}/remove"), data=sent)
    assert other.state == "open"


@pytest.mark.parametrize(("part", "typed"), [("move", {"place": "first"}), ("state", {"state": "gone"})])
def test_what_no_button_sends_is_refused(admin, lab, listing, part, typed):
    assert press(admin, lab, listing(lab), part, **typed).status_code == 422


def test_a_saved_offer_doesnt_count_as_confirmed(admin, lab, listing):
    offer = listing(lab)
    change(admin, lab, offer, title="A bigger room")
    assert (offer.confirmed_on, lab.confirmed_on) == (None, None)
