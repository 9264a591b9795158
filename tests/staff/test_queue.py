"""The order of what waits, who sees it, and turning its pages."""

from datetime import timedelta

from network.clock import now
from network.directory.tasks import CLOSED, LOST, MENTIONED, SAID, STALE, UNKNOWN
from network.staff import queue
from network.staff.asked import Asked
from network.staff.models import Charge
from network.topics import words
from network.waiting import PATIENCE, sources


def keys(session, at, asked=None):
    desk, who = at
    return [card.said.key for card in queue.page(session, desk, asked or Asked(), who.person_id).cards]


def test_the_oldest_comes_first_and_what_harms_more_before_what_is_a_little_older(
    session, staff, claim, suggestion, task, lab, hill
):
    young, old = claim(lab), claim(hill, days=30)
    wrong, lost = suggestion(hill, days=3, summary="We climb"), task(lab, days=20)
    assert keys(session, staff) == [
        f"claim-{old.id}",
        f"place-{lost.id}",
        f"claim-{young.id}",
        f"suggestion-{wrong.id}",
    ]


def test_every_task_that_can_be_opened_stands_in_the_queue(session, staff, task, lab):
    website = {"website": lab.website, "to": "https://b.org", "since": "2026-11-01", "why": "time", "detail": ""}
    for key in (*SAID, "rule:offer"):
        topics = {"topics": ["basketry"]} if key == UNKNOWN else {}
        task(lab, key, **(website if key.startswith("website") else topics))
    words.gather(session, [lab.id])
    cards = queue.page(session, staff[0], Asked(), None).cards
    assert len(cards) == len(SAID) + 1
    kinds = {"place", "tie", "word", "rule", "stale", "closed", "mentioned", "website"}
    assert {card.row.kind for card in cards} == kinds
    assert {STALE, CLOSED, MENTIONED, UNKNOWN, LOST} <= set(SAID)


def test_the_card_of_a_task_says_what_it_is_about(session, staff, task, lab):
    task(lab, town="Xyzzyville", region="", country="GB")
    (card,) = queue.page(session, staff[0], Asked(), None).cards
    assert "Xyzzyville; GB" in card.said.sentence
    assert card.said.organization.name == "Harbour Lab"


def test_a_coordinator_sees_what_is_about_their_network_alone(
    session, coordinator, staff, claim, task, message, lab, hill
):
    mine, other = claim(lab), claim(hill)
    task(hill)
    message()
    bounced = message(lab)
    assert keys(session, coordinator) == [f"claim-{mine.id}", f"mail-{bounced.id}"]
    assert f"claim-{other.id}" in keys(session, staff)
    assert queue.one_row(session, coordinator[0], "claim", other.id) is None


def test_what_is_decided_or_done_waits_no_more(session, staff, claim, suggestion, task, lab):
    claim(lab, state="granted")
    suggestion(lab, summary="We sing").state = "decided"
    task(lab).done_at = now()
    session.commit()
    assert keys(session, staff) == []


def test_a_claim_by_mail_waits_for_its_link_until_somebody_objects(session, staff, claim, lab):
    mailed = claim(lab, way="address")
    assert keys(session, staff) == []
    mailed.objection = "I don't know this person"
    session.commit()
    assert keys(session, staff) == [f"claim-{mailed.id}"]


def test_what_is_missing_of_one_that_is_not_public_waits_for_nobody(session, staff, organization, task):
    task(organization("Quayside Trust", standing="desired"), "rule:offer")
    assert keys(session, staff) == []


def test_turning_the_pages_shows_every_card_once_and_in_order(session, staff, organization, task, claim, monkeypatch):
    monkeypatch.setattr(queue, "EACH", 4)
    then = now()
    for number in range(9):
        of = organization(f"Organisation {number}", category="member")
        task(of, ("place:far", "place:ambiguous", "link:not_found")[number % 3]).opened_at = then  # all at one moment
        claim(of, days=number % 2)
    session.commit()
    seen, asked = [], Asked()
    while True:
        found = queue.page(session, staff[0], asked, None)
        seen += found.cards
        if found.next is None:
            break
        asked = Asked(after=found.next)
    assert len(seen) == len({card.said.key for card in seen}) == 18
    assert [queue.mark_of(card.row) for card in seen] == sorted(queue.mark_of(card.row) for card in seen)


def test_one_can_ask_for_a_kind_an_owner_or_a_network(session, staff, claim, task, lab, hill, coast):
    mine, free, lost = claim(lab), claim(hill), task(lab)
    session.add(Charge(kind="claim", thing_id=mine.id, since=mine.asked_at, owner_id=staff[1].person_id))
    session.commit()
    assert keys(session, staff, Asked(kind="claim")) == [f"claim-{mine.id}", f"claim-{free.id}"]
    assert keys(session, staff, Asked(owner="me")) == [f"claim-{mine.id}"]
    assert keys(session, staff, Asked(owner="none")) == [f"claim-{free.id}", f"place-{lost.id}"]
    assert keys(session, staff, Asked(network=str(coast.id))) == [f"claim-{mine.id}", f"place-{lost.id}"]


def test_what_rests_is_shown_on_its_day_and_what_needs_nothing_never(session, staff, claim, lab, hill):
    resting, aside = claim(lab), claim(hill)
    tomorrow = now().date() + timedelta(days=1)
    charge = Charge(kind="claim", thing_id=resting.id, since=resting.asked_at, until=tomorrow)
    session.add_all([charge, Charge(kind="claim", thing_id=aside.id, since=aside.asked_at, aside_at=now())])
    session.commit()
    assert keys(session, staff) == []
    assert keys(session, staff, Asked(later=True)) == [f"claim-{resting.id}"]
    charge.until = now().date()
    session.commit()
    assert keys(session, staff) == [f"claim-{resting.id}"]


def test_what_waits_anew_is_shown_though_it_was_set_aside_before(session, staff, task, lab):
    stale = task(lab, STALE, days=40)
    session.add(Charge(kind="stale", thing_id=stale.id, since=stale.opened_at, aside_at=now()))
    session.commit()
    assert keys(session, staff) == []
    stale.opened_at = now()
    session.commit()
    assert keys(session, staff) == [f"stale-{stale.id}"]


def test_many_are_counted_up_to_a_limit(session, staff, claim, organization, monkeypatch):
    monkeypatch.setattr(queue, "COUNTED", 3)
    for number in range(6):
        claim(organization(f"Organisation {number}", category="member"))
    assert queue.counts(session, staff[0], Asked(), None)["claim"] == 4


def test_every_kind_says_how_long_it_may_wait_and_what_can_be_done(app):
    assert sources
    for kind, source in sources.items():
        assert source.kind == kind
        assert source.harm in PATIENCE
        assert all(key == act.key for key, act in source.acts.items())
