"""What nobody may see stands in no byte of any answer: planted words, looked for in everything that maps give out."""

import re
from datetime import date
from urllib.parse import quote

import pytest

from network.directory.models import Organization
from network.extensions import db
from network.hats import Hat, Identity, Worn
from network.maps import crowds, kept
from network.maps.asked import Asked
from network.maps.exports import FORMATS
from network.maps.eyes import Eyes
from network.maps.models import MapGroup, MapNote, MapPlace, MapStep, SavedMap
from network.matching.models import Prospect
from network.profiles import forgetting

STAFFS = {
    "xylopharm": "the name of a desired partner",
    "summarixo": "its summary",
    "slugofxylo": "its address",
    "townofxylo": "its town",
    "offerxylon": "what it offers",
    "stepuranix": "its next step",
    "ownerthuli": "who looks after it",
    "yttrimaxon": "the name of somebody one is in conversation with",
    "zephyrexon": "the name of a partner whose time has ended",
    "gadolinium": "the name of a network that nobody may see",
    "1871": "the year of a tie that is only proposed",
    "wolframite": "a note for staff",
    "vanadigrou": "a group of which nobody may be seen",
    "hafniumhil": "whom the coordinator of the hill looks for",
    "cobaltstep": "what she will do next",
}
COASTS = {"niobiumown": "whom the coast looks for itself", "tantalumqu": "a member of the coast that is not public"}
EVERYTHING = STAFFS | COASTS
TABLE = ("draw", "steps", "organizations")
PARTS = ("scene", "names", "places", "drawing", "drawing/places", "drawing/names")
ASKED = ("", "?view=geography&colour=standing&size=offers", "?view=table&order=standing", "?standing=desired")


@pytest.fixture
def planted(session, organization, link, listing, person, at_once):
    """A network with a word of its own in everything that is hidden, and who looks after it."""
    with at_once():
        coast = organization("Coast network", category="affiliate_network", slug="coast")
        hill = organization("Hill network", category="core_network", slug="hill")
        lab = organization("Harbour Lab", category="partner", country="GB", latitude=53.8, longitude=-1.5, slug="lab")
        club, rival = organization("Aire Valley Web Club", slug="club"), organization("Rival Works", slug="rival")
        wanted = organization(
            "Xylopharm", slug="slugofxylo", summary="Summarixo", town="Townofxylo", country="IS",
            latitude=64.1, longitude=-21.9, category="partner", standing="desired",
        )  # fmt: skip
        talks = organization("Yttrimaxon", standing="in_conversation")
        ended = organization("Zephyrexon", standing="ended")
        secret = organization(
            "Gadolinium", category="affiliate_network", standing="in_conversation", slug="unseen-network"
        )
        hills, own = organization("Hafniumhil", standing="desired"), organization("Niobiumown", standing="desired")
        quiet = organization("Tantalumqu", standing="in_conversation")
        for member, network in (
            (lab, coast),
            (club, coast),
            (quiet, coast),
            (rival, hill),
            (lab, secret),
            (club, secret),
        ):
            link(member, to=network, confirmed_on=date(2026, 3, 1), confirmed_by="staff")
        link(rival, to=organization("Lone Works"), type="fiscal_sponsor_of", started_on=date(1871, 3, 14))
        link(wanted, to=lab, type="funds", confirmed_on=date(2026, 3, 1), confirmed_by="staff")
        listing(wanted, title="Offerxylon")
        farida = person("farida@lantern-and-loom.example", "Farida", staff=True)
        owner = person("thuli@lantern-and-loom.example", "Ownerthuli", staff=True)
        session.add(
            Prospect(organization_id=wanted.id, owner_id=owner.id, next_step="Stepuranix", due_on=date(2026, 12, 1))
        )
        session.add(Prospect(organization_id=hills.id, network_id=hill.id, next_step="Cobaltstep"))
        session.add(Prospect(organization_id=own.id, network_id=coast.id))
    return {name: one for name, one in locals().items() if isinstance(one, Organization)} | {
        "farida": farida,
        "representative": person(admin=lab),
        "competitor": person(admin=rival),
        "coordinator": person(coordinator=coast),
        "other": person(coordinator=hill),
    }


@pytest.fixture
def maps(session, planted, signed_in):
    """Maps that staff drew, with everything hidden on them: for everyone, and for themselves; snapshots of both."""
    browser = signed_in(planted["farida"])
    who = Identity(planted["farida"].id, (Worn(Hat.STAFF),), True)
    made = {
        audience: kept.make(session, who, f"Map for {audience}", "", audience, Asked(), Eyes(None))
        for audience in ("public", "staff")
    }
    hidden = [planted[name].id for name in ("wanted", "talks", "ended")]
    for one in made.values():
        session.add(MapGroup(map_id=one.id, key="vanadigrou", name="Vanadigrou", members=hidden))
        session.add(MapNote(map_id=one.id, text="Wolframite", x=1, y=2, staff_only=True))
        session.add(MapNote(map_id=one.id, text="The coast", x=1, y=2, staff_only=False))
        for row in session.query(MapPlace).filter(MapPlace.map_id == one.id, MapPlace.organization_id.in_(hidden)):
            row.pinned = True
    session.commit()
    for name in ("public", "staff"):
        answer = browser.send(f"/maps/{made[name].slug}/edit", name=made[name].name)  # its form carries the token
        token = (
            browser.get(f"/maps/{made[name].slug}/edit")
            .text.partition('name="csrf_token" value="')[2]
            .partition('"')[0]
        )
        answer = browser.post(f"/maps/{made[name].slug}/snapshot", data={"csrf_token": token})
        assert answer.status_code == 303, answer
        slug = answer.location.rpartition("/")[2]
        made[f"snapshot of {name}"] = session.query(SavedMap).filter_by(slug=slug).one()
    made["snapshot of staff"].audience = "public"
    session.commit()
    return made


def addresses(maps, planted):
    """Everything that can be asked of maps without changing anything."""
    slugs = [one.slug for one in maps.values()]
    ids = [one.id for one in planted.values() if isinstance(one, Organization)]
    networks = [f"?network={slug}" for slug in ("coast", "unseen-network")]
    found = [f"/maps/{query}" for query in (*ASKED, *networks, "?focus=lab&degrees=3", "?q=partner")]
    found += [f"/maps/{name}.json{query}" for name in ("scene", "names", "places") for query in ("", "?focus=lab")]
    found += [f"/maps/export.{kind}{query}" for kind in FORMATS for query in ("", "?focus=lab&degrees=4")]
    found += ["/maps/growth", "/maps/growth?network=coast", "/maps/growth.svg", "/maps/draw", "/maps/new"]
    found += [
        f"/maps/{name}" for name in ("measures", "measures?network=coast", "reach", "reach?country=IS", "pipeline")
    ]
    found += [
        f"/maps/tiles/{view}/0/0/0.json{query}" for view in ("graph", "geography") for query in ("", "?network=coast")
    ]
    found += [f"/maps/near/{slug}.svg" for slug in ("lab", "club", "rival", "coast")]
    found += [f"/maps/pipeline/{id}" for id in ids]
    for slug in slugs:
        found += [f"/maps/{slug}{query}" for query in (*ASKED, "?focus=lab&degrees=3")]
        found += [f"/maps/{slug}/{name}.json" for name in PARTS]
        found += [f"/maps/{slug}.{kind}" for kind in FORMATS]
        found += [
            f"/maps/{slug}/{name}" for name in ("draw", "edit", "remove", "embed", "steps?after=0", "steps?since=0")
        ]
        found += [f"/maps/compare?before={slug}&after={other}" for other in slugs if other != slug]
    return found + [f"/maps/organizations/{id}{query}" for id in ids for query in ("", f"?view={quote(slugs[0])}")]


def said(browser, maps, planted):
    """What each address answers, in small letters, with what it calls a file and where it leads."""
    found = {}
    for address in addresses(maps, planted):
        answer = browser.fetch(address)
        assert answer.status_code < 500, address
        named = answer.headers.get("Content-Disposition"), answer.headers.get("Location")
        found[address] = f"{named}{answer.get_data(as_text=True)}".lower()
    return found


def leaks(told, words):
    """Where words stand by themselves: not as a piece of a token or a number."""
    alone = {word: re.compile(rf"(?<![\w.]){word}(?![\w.])" if word.isdecimal() else word) for word in words}
    return [f"{address}: {words[word]}" for address, text in told.items() for word in words if alone[word].search(text)]


def test_everything_that_maps_answer_is_looked_through(app, maps, planted):
    urls = app.url_map.bind("localhost")
    asked = {urls.match(address.partition("?")[0])[0] for address in addresses(maps, planted)}
    known = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in rule.methods}
    left = {endpoint for endpoint in known if endpoint.startswith("maps.")} - asked
    assert left == set(), f"add addresses of {sorted(left)}"


def test_every_planted_word_can_be_seen_by_who_may(maps, planted, signed_in):
    """Else the other tests would find nothing because nothing is there."""
    told = said(signed_in(planted["farida"]), maps, planted)
    assert [why for word, why in EVERYTHING.items() if not any(word in text for text in told.values())] == []


@pytest.mark.parametrize("who", ["stranger", "representative", "competitor"])
def test_nothing_hidden_stands_in_any_byte(maps, planted, signed_in, client, who):
    browser = client if who == "stranger" else signed_in(planted[who])
    told = said(browser, maps, planted)
    assert leaks(told, EVERYTHING) == []
    for name in ("Harbour Lab", "The coast"):
        assert name.lower() in told[f"/maps/{maps['public'].slug}/scene.json"]
        assert name.lower() in told[f"/maps/{maps['snapshot of staff'].slug}.svg"]


def test_a_public_map_shows_staff_themselves_what_everyone_sees(maps, planted, signed_in):
    looked = {
        address: text
        for address, text in said(signed_in(planted["farida"]), {"public": maps["public"]}, planted).items()
        if maps["public"].slug in address
        and not any(f"/{one}" in address for one in ("draw", "steps", "organizations"))
    }
    assert leaks(looked, EVERYTHING) == []


def test_coordinators_see_what_is_hidden_of_their_own_network_alone(maps, planted, signed_in):
    told = said(signed_in(planted["coordinator"]), maps, planted)
    assert leaks(told, STAFFS) == []
    live = told["/maps/scene.json"]
    assert [why for word, why in COASTS.items() if word not in live] == []
    assert leaks(said(signed_in(planted["other"]), maps, planted), COASTS) == []


@pytest.mark.parametrize("who", ["stranger", "representative", "coordinator"])
def test_a_map_too_large_for_one_scene_hides_the_same(maps, planted, signed_in, client, monkeypatch, who):
    monkeypatch.setattr(crowds, "is_large", lambda *_asked: True)
    told = said(client if who == "stranger" else signed_in(planted[who]), maps, planted)
    assert leaks(told, STAFFS if who == "coordinator" else EVERYTHING) == []
    assert "harbour lab" in told["/maps/tiles/graph/0/0/0.json"]
    assert "tiles/graph" in told["/maps/"]


def test_a_prospect_of_others_is_not_told_with_the_standing_of_a_member(maps, planted, session, signed_in):
    """A member of the coast for whom staff have a next step: the coordinator sees the member, and not the step."""
    session.add(Prospect(organization_id=planted["quiet"].id, next_step="Ask Ownerthuli: stepuranix"))  # of the staff
    who = Identity(planted["coordinator"].id, (Worn(Hat.COORDINATOR, planted["coast"].id),), True)
    asked, eyes = Asked(), Eyes((planted["coast"].id,))
    own = kept.make(session, who, "Ours", "", "network", asked, eyes, planted["coast"].id)
    session.commit()
    panel = signed_in(planted["coordinator"]).get(f"/maps/organizations/{planted['quiet'].id}?view={own.slug}").text
    assert "tantalumqu" in panel.lower()
    assert leaks({"the panel": panel.lower()}, STAFFS) == []


def test_a_hidden_organisation_is_no_more_there_than_one_that_never_was(planted, client):
    for path in ("near/{}.svg", "?focus={}"):
        answers = [client.fetch(f"/maps/{path.format(slug)}") for slug in ("slugofxylo", "nobodyatal")]
        assert [one.status_code for one in answers] == [404, 404]
        texts = [one.get_data(as_text=True) for one in answers]
        assert texts[0].replace("slugofxylo", "nobodyatal") == texts[1]


@pytest.mark.parametrize("asked", ["focus=slugofxylo", "network=unseen-network", "q=Xylopharm", "near=Townofxylo"])
def test_what_a_public_map_asks_for_names_nobody_hidden(maps, planted, session, client, asked):
    maps["public"].asked = asked
    session.commit()
    for path in ("", "?view=table", "/scene.json", ".svg"):
        text = client.fetch(f"/maps/{maps['public'].slug}{path}").get_data(as_text=True).lower()
        assert leaks({path: text}, EVERYTHING) == []


def test_who_is_made_current_appears_and_who_is_hidden_or_erased_goes(maps, planted, session, client):
    planted["wanted"].standing = "current"
    session.commit()
    told = said(client, maps, planted)
    assert "xylopharm" in told["/maps/scene.json"]
    assert "xylopharm" in told[f"/maps/{maps['public'].slug}/scene.json"]
    assert "xylopharm" not in told[f"/maps/{maps['snapshot of staff'].slug}/scene.json"], "nobody saw it on that day"
    planted["club"].standing = "ended"
    forgetting.erase_organization(session(), planted["rival"])
    session.commit()
    told = said(client, maps, {name: one for name, one in planted.items() if name != "rival"})
    assert leaks(told, {"aire valley web club": "who has left", "rival works": "who was erased"}) == []


def test_what_is_erased_stands_in_no_step_and_no_snapshot(maps, planted, session):
    one, wanted = maps["staff"], planted["wanted"]
    step = {"id": wanted.id, "name": wanted.name, "category": "partner", "country": "", "at": [0, 0]}
    session.add(
        MapStep(map_id=one.id, number=1, key="a", kind="add", said=step, before=[{"kind": "unadd", "id": wanted.id}])
    )
    session.commit()
    forgetting.erase_organization(session(), wanted)
    session.commit()
    kept_ones = [repr(row.said) + repr(row.before) for row in session.query(MapStep)]
    kept_ones += [repr(row.snapshot) for row in session.query(SavedMap)] + [
        repr(row.members) for row in session.query(MapGroup)
    ]
    assert [text for text in kept_ones if "Xylopharm" in text or "slugofxylo" in text] == []
    assert db.session.get(SavedMap, maps["snapshot of staff"].id).snapshot["nodes"]
