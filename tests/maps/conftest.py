"""A small network to draw, a desk, and hands that draw."""

from datetime import date
from uuid import uuid4

import pytest

from network.hats import Hat, Identity, Worn
from network.maps import kept
from network.maps.asked import Asked
from network.maps.eyes import Eyes
from tests.markup import read


@pytest.fixture
def tents(organization, link, at_once):
    """Three public organisations, one of them a network with the others as members, and a desired partner."""
    with at_once():
        network = organization("Coast network", slug="coast-network", category="affiliate_network")
        lab = organization(
            "Harbour Lab", slug="harbour-lab", category="partner", country="GB", latitude=53.8, longitude=-1.5
        )
        club = organization("Aire Valley Web Club", slug="aire-valley", category="club", country="GB")
        link(lab, to=network, confirmed_on=date(2026, 3, 1), confirmed_by="staff")
        link(club, to=network, confirmed_on=date(2026, 3, 1), confirmed_by="staff")
        wanted = organization("Quayside Trust", slug="quayside-trust", category="partner", standing="desired")
    return {"network": network, "lab": lab, "club": club, "wanted": wanted}


@pytest.fixture
def staff(person):
    return person("farida@lantern-and-loom.example", "Farida", staff=True)


@pytest.fixture
def table(session, tents, staff, signed_in):
    """A map that staff draw together, the browser of one of them, and a way to send steps from it."""
    who = Identity(staff.id, (Worn(Hat.STAFF),), True)
    one = kept.make(session, who, "Partner map", "", "staff", Asked(), Eyes(None))
    session.commit()
    return Table(one.slug, signed_in(staff))


class Table:
    """A drawing table as a browser has it: it sends steps, and knows the number of the last one that it saw."""

    def __init__(self, slug, browser):
        self.slug, self.browser, self.last = slug, browser, 0
        page = read(browser.get(f"/maps/{slug}/draw").text)[0]
        self.token = next(one.get("data-map-token") for one in page.all("section") if one.get("data-map-token"))

    def draw(self, kind, key="", **said):
        """Send one step; gives the answer."""
        step = {"key": key or uuid4().hex, "kind": kind, **said}
        answer = self.browser.post(
            f"/maps/{self.slug}/steps",
            json={"after": self.last, "steps": [step]},
            headers={"X-CSRFToken": self.token},
        )
        assert answer.status_code == 200, answer.get_data(as_text=True)
        self.last = answer.json["last"]
        return answer.json

    def scene(self):
        """The bytes of the map as it is drawn, apart from how far its browser has followed."""
        said = self.browser.get(f"/maps/{self.slug}/drawing.json").json
        self.since = said.pop("since")
        said.pop("last")
        return said
