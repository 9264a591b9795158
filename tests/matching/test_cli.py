"""Suggestions on the command line: the same as on the page, with every part and factor."""

import json
import math
from datetime import date

import pytest

from tests.topics import load_topics


@pytest.fixture
def asked(app, organization, listing, session):
    """A function that asks what the command says of the lab, which a sponsor near it could help."""
    load_topics(session)
    fields = {"category": "partner", "country": "GH", "languages": ("en",), "confirmed_on": date.today()}
    lab = organization("Accra Open Lab", slug="lab", latitude=5.6, longitude=-0.2, **fields)
    sponsor = organization("Harbour Sponsors", slug="sponsor", latitude=5.7, longitude=-0.2, **fields)
    listing(lab, "seek", "A legal home for our small club", kind="legal")
    listing(sponsor, "offer", "Legal home for small groups", kind="legal")
    session.commit()

    def ask(*arguments):
        done = app.test_cli_runner().invoke(args=["matching", "suggest", *arguments])
        return done.exit_code, done.output

    return ask


def test_json_has_parts_that_add_up_and_factors_that_make_the_rank(asked):
    code, said = asked("lab", "--json")
    (one,) = json.loads(said)
    assert (code, one["slug"], one["direction"], one["given"]) == (0, "sponsor", "they_help", [])
    (pair,) = one["got"]
    assert one["gets"] == pytest.approx((pair["kind"] + pair["topic"] + pair["words"]) / 100, abs=1e-4)
    names = {factor["name"] for factor in one["factors"]}
    assert names == {"place", "language", "network", "path", "freshness", "shown"}
    product = math.prod(factor["value"] for factor in one["factors"])
    assert one["rank"] == pytest.approx(one["mutual"] * product)
    assert set(one) == {
        *("slug", "name", "organization", "gets", "gives", "mutual", "rank", "direction", "strength"),
        *("got", "given", "barred", "factors", "discovery"),
    }


def test_in_words_it_tells_the_same_and_what_moved_it(asked):
    code, said = asked("lab")
    assert code == 0
    assert "Harbour Sponsors (sponsor)" in said
    assert "place x1." in said


def test_an_address_that_nobody_has_is_said(asked):
    code, said = asked("nobody")
    assert code == 1
    assert "no organisation has the address nobody" in said
