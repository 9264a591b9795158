"""Complete enough? And the one thing to add next."""

from network.directory.models import Listing, Organization, Topic
from network.profiles.completeness import STEPS, completeness


def organization(category: str = "member", **fields) -> Organization:
    return Organization(name="Lab", category=category, online=False, **fields)


def test_the_most_useful_thing_comes_first():
    bare = completeness(organization())
    assert bare.share == 0
    assert not bare.enough
    assert bare.next.key == "summary"
    assert completeness(organization(summary="We mend.")).next.key == "place"


def test_a_club_says_first_when_it_meets_and_only_a_club_is_asked():
    said = {"summary": "We mend.", "latitude": 5.6, "email": "hello@example.org"}
    assert completeness(organization("club", **said)).next.key == "meets"
    asked = {step.key for step in STEPS if step.categories == ("club",)}
    assert asked == {"meets", "rule"}
    assert completeness(organization("member", **said)).next.key == "offer"


def test_a_partner_says_what_it_wants_in_return():
    lab = organization("partner", summary="We mend.", latitude=5.6, website="https://example.org")
    lab.listings.append(Listing(side="offer", title="A room", state="open"))
    assert completeness(lab).next.key == "in_return"


def test_what_is_complete_has_nothing_next():
    lab = organization(summary="x", latitude=1.0, phone="1", languages=("en",), description="x")
    lab.topics.append(Topic(slug="robotics"))
    lab.listings += [Listing(side=side, title="x", state="open") for side in ("offer", "seek")]
    whole = completeness(lab)
    assert (whole.share, whole.next, whole.enough) == (1, None, True)


def test_a_paused_offer_counts_as_none():
    lab = organization(summary="x", latitude=1.0, phone="1")
    lab.listings.append(Listing(side="offer", title="x", state="paused"))
    assert completeness(lab).next.key == "offer"
