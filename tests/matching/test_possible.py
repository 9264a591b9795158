"""Which pairs are impossible: by the definition, in what is kept, in the index, and on the pages."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from sqlalchemy import select, update

from network import ticking
from network.matching import keeping, packing, reasons, renewing
from network.matching.asking import Terms
from network.matching.counting import counted
from network.matching.index import Index
from network.matching.limits import LETTERS, WIDTH, coded, distinct, spelled
from network.matching.matcher import matcher
from network.matching.models import MatchingProfile
from network.matching.possible import ELSEWHERE, FAR, LANGUAGE, bar, possible, reached
from network.matching.suggestions import Barred, Suggestion
from network.matching.values import INFERRED, Context, Item, Profile
from tests.matching.worlds import NEAR
from tests.topics import load_topics

LEEDS = Context(1, "GB", 53.8, -1.55)
YORK = Context(2, "GB", 53.96, -1.08)  # 36 km from Leeds
NANTES = Context(3, "FR", 47.2, -1.55)
NOWHERE = Context(4)
SEEK, OFFER = Item(10, 1, False), Item(20, 2, True)


@pytest.mark.parametrize(
    ("own", "other", "limit", "why"),
    [
        (LEEDS, YORK, {"reach_km": 30}, FAR),
        (LEEDS, YORK, {"reach_km": 40}, None),
        (LEEDS, NOWHERE, {"reach_km": 1}, None),
        (NOWHERE, LEEDS, {"reach_km": 1}, None),
        (LEEDS, NANTES, {"countries": ("GB",)}, ELSEWHERE),
        (LEEDS, NANTES, {"countries": ("GB", "FR")}, None),
        (LEEDS, NOWHERE, {"countries": ("GB",)}, None),
        (LEEDS, NANTES, {}, None),
    ],
)
def test_the_reach_of_either_side_rules_out_who_is_known_to_be_outside(own, other, limit, why):
    offer, seek = replace(OFFER, **limit), replace(SEEK, **limit)
    given, sought = bar(SEEK, other, offer, own), bar(seek, own, OFFER, other)
    assert (given and given.why, sought and sought.why) == (why, why)
    if given and sought:
        assert (given.by, sought.by) == (offer, seek)
    assert possible(SEEK, other, offer, own) is (why is None)


@pytest.mark.parametrize(
    ("sought", "offered", "why"),
    [
        (("en",), ("fr",), LANGUAGE),
        (("en", "fr"), ("fr",), None),
        (("pt-BR",), ("pt-PT", "es"), None),
        (("en",), (), None),
        ((), ("fr",), None),
    ],
)
def test_two_that_name_languages_need_one_in_common_wherever_it_is_spoken(sought, offered, why):
    found = bar(replace(SEEK, languages=sought), LEEDS, replace(OFFER, languages=offered), YORK)
    assert (found and found.why) == why


def test_what_was_inferred_has_no_limits_but_those_of_the_other_side():
    known = replace(OFFER, origin=INFERRED, reach_km=1, countries=("FR",), languages=("fr",))
    assert possible(replace(SEEK, languages=("en",)), LEEDS, known, NANTES)
    assert not possible(replace(SEEK, reach_km=20), LEEDS, known, NANTES)


@pytest.mark.parametrize(
    ("form", "kept"),
    [
        (("here", 25, (), "GB"), (25, ())),
        (("here", None, (), "GB"), (0, ())),
        (("country", 25, ("FR",), "GB"), (0, ("GB",))),
        (("country", None, (), ""), (0, ())),
        (("countries", None, ("FR", "BE", "FR"), "GB"), (0, ("FR", "BE"))),
        (("online", 25, ("FR",), "GB"), (0, ())),
        (("", 25, ("FR",), "GB"), (0, ())),
    ],
)
def test_a_reach_is_what_the_form_means_by_it(form, kept):
    assert reached(*form) == kept


def kept(**limits) -> Item:
    """An offer after it was packed and unpacked."""
    made = Profile(LEEDS, (replace(OFFER, organization=1, **limits),))
    return packing.settled(made).items[0]


def test_limits_are_kept_and_those_that_do_not_fit_are_none():
    found = kept(reach_km=20_038, countries=("GB", "FR"), languages=("pt-BR", "haw", "en-GB", "en"))
    assert (found.reach_km, found.countries, found.languages) == (20_038, ("GB", "FR"), ("pt", "haw", "en"))
    found = kept(reach_km=70_000, countries=("GB", "FR", "BE", "DE"), languages=("en", "fr", "de", "es", "pt"))
    assert (found.reach_km, found.countries, found.languages) == (0, (), ())
    found = kept(origin=INFERRED, reach_km=20, countries=("GB",), languages=("en",))
    assert (found.reach_km, found.countries, found.languages) == (0, (), ())
    assert kept(languages=("en", "x-klingon")).languages == ()


def test_every_code_has_a_number_of_its_own():
    letters = "abcdefghijklmnopqrstuvwxyz"
    codes = [one + two + three for one in letters for two in letters for three in ("", *letters)]
    assert [spelled(coded(code)) for code in codes] == codes
    assert max(map(coded, codes)) < 2**16
    assert [coded(code) for code in ("", "a", "a" * (LETTERS + 1), "é1", "ñ")] == [0] * 5


def test_the_different_limits_of_many_are_kept_once():
    said = np.array(
        [[0] * WIDTH, [5] + [0] * 7, [0] * 7 + [3], [5] + [0] * 7, [0] * WIDTH, [0, 2] + [0] * 6], np.uint16
    )
    table, places = distinct(said)
    assert len(table) == 4
    assert np.array_equal(table[places], said)
    assert not table[0].any()
    table, places = distinct(said[:0])
    assert (table.shape, len(places)) == ((1, WIDTH), 0)


def asked(seek: Item, offer: Item, own: Context | None, giver: Context, later: bool) -> Sequence[int]:
    """The offers that an index finds for a seek of `own`."""
    profiles = [Profile(giver, (replace(offer, organization=giver.id, kinds=((1, 1.0),)),))]
    index = Index.of(counted(profiles, NEAR), () if later else profiles)
    if later:
        index.put(profiles[0])
    found, barred = index.found([(replace(seek, kinds=((1, 1.0),)), seek.words)], (), Terms(1.0, own=own))
    assert sorted([*found.slots.tolist(), *barred.slots.tolist()]) == [0]
    return found.slots.tolist()


@pytest.mark.parametrize("later", [False, True])
def test_the_index_leaves_out_what_is_impossible_for_who_asks_and_nothing_for_a_visitor(later):
    near, french = replace(OFFER, reach_km=30), replace(OFFER, languages=("fr",))
    assert asked(SEEK, near, LEEDS, YORK, later) == []
    assert asked(SEEK, near, NOWHERE, YORK, later) == [0]
    assert asked(SEEK, near, None, YORK, later) == [0]
    assert asked(replace(SEEK, reach_km=30), OFFER, LEEDS, YORK, later) == []
    assert asked(replace(SEEK, countries=("GB",)), OFFER, LEEDS, NANTES, later) == []
    assert asked(replace(SEEK, countries=("GB",)), OFFER, LEEDS, NOWHERE, later) == [0]
    assert asked(replace(SEEK, languages=("en",)), french, LEEDS, YORK, later) == []
    assert asked(SEEK, french, LEEDS, YORK, later) == [0]


@pytest.fixture
def pair(organization, listing, session):
    """Somebody in Leeds who seeks a legal home, and somebody in York who gives one; a function that changes both."""
    load_topics(session)
    leeds, york = (
        organization(name, slug=name.lower(), country="GB", town=name, latitude=one.latitude, longitude=one.longitude)
        for name, one in (("Leeds", LEEDS), ("York", YORK))
    )
    seek = listing(leeds, "seek", "A legal home for our small club", kind="legal")
    offer = listing(york, "offer", "Fiscal sponsorship for small groups", kind="legal")
    listing(leeds, "offer", "Training for teachers in robotics", kind="training")
    listing(york, "seek", "Training for our teachers in robotics", kind="training")

    id = leeds.id

    def change(of=offer, **limits) -> Suggestion | None:
        for name, value in limits.items():
            setattr(of, name, value)
        session.commit()
        return next(iter(matcher().suggestions(session, id)), None)

    change.seek, change.offer, change.york = seek, offer, york
    return change


def test_what_is_impossible_is_no_match_and_every_edit_counts_at_once(pair, session):
    both = {"reach": "here", "reach_km": 30}
    assert pair().direction == "both"
    assert pair(**both).direction == "you_help"
    assert matcher().answers(session, pair.seek.id) == matcher().answers(session, pair.offer.id) == []
    assert pair(reach_km=40).direction == "both"
    assert pair(pair.seek, **both).direction == "you_help"
    assert pair(pair.seek, reach="online", languages=("en",)).direction == "both"
    assert pair(languages=("fr", "es")).direction == "you_help"
    assert pair(languages=()).direction == "both"
    assert pair(reach="countries", reach_countries=("FR",)).direction == "you_help"
    assert pair(reach="country").direction == "both"
    assert pair(pair.york, country="IE").direction == "you_help", (
        "this country is that of who offers, wherever it moves"
    )


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        ({"reach": "here", "reach_km": 30}, "In person, within 30 km of York: “Fiscal sponsorship for small groups”."),
        ({"reach": "countries", "reach_countries": ("FR", "BE")}, "Only in France and Belgium: “Fiscal sponsorship"),
        ({"languages": ("fr",)}, "Offered in French only: “Fiscal sponsorship for small groups”."),
    ],
)
def test_a_card_says_what_would_fit_and_is_impossible(limits, words, pair, person, signed_in):
    pair(pair.seek, languages=("en",))
    assert pair(**limits).barred
    leeds = pair.seek.organization
    amara = signed_in(person("amara@leeds.example.org", name="Amara Mensah", representative=leeds))
    assert words in amara.get("/organizations/leeds/matches").get_data(as_text=True)


def test_what_is_impossible_is_not_told_of_a_listing_that_is_closed(app):
    with app.test_request_context("/"):
        closed = reasons.Known(1, {}, {}, {}, {})
        assert list(reasons.of_barred([Barred(FAR, 20, 2, 30)], closed)) == []


def test_profiles_that_were_packed_otherwise_are_not_read_and_a_tick_writes_them_anew(pair, session):
    assert pair().direction == "both"
    session.execute(update(MatchingProfile).values(version=1, items=b"of another length"))
    session.commit()
    assert len(keeping.stored(session.connection()).organizations) == 0
    assert matcher().profiles(session, [pair.seek.organization_id]) == [], "not read"
    assert ticking.tick(lambda line: None) == []
    assert set(session.scalars(select(MatchingProfile.version))) == {packing.VERSION}
    assert renewing.outdated(session) == []
    assert pair().direction == "both"


def test_a_database_from_before_the_matcher_gets_profiles_with_the_first_tick(pair, session):
    session.query(MatchingProfile).delete()
    session.commit()
    assert len(renewing.outdated(session)) == 2
    renewing.renew(session)
    session.commit()
    assert session.query(MatchingProfile).count() == 2
    assert pair().direction == "both"


def test_profiles_of_a_large_import_are_written_by_the_next_tick(session, organization, listing, monkeypatch):
    monkeypatch.setattr(keeping, "AT_ONCE", 2)
    made = [organization(f"Club {number}") for number in range(3)]
    for one in made:
        listing(one, "seek", "A legal home for our small club", kind="legal")
    session.commit()
    ids = [one.id for one in made]
    keeping.keep(session, ids)
    assert sorted(renewing.outdated(session)) == sorted(ids)
    assert matcher().profiles(session, ids) == []
    renewing.renew(session)
    assert renewing.outdated(session) == []
    assert sorted(one.context.id for one in matcher().profiles(session, ids)) == sorted(ids)
