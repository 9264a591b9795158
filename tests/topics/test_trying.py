"""Whose matches change is shown before a name is given, is what comes of it, and changes nothing."""

from network.directory.models import Listing
from network.directory.thesaurus import thesaurus
from network.matching import trying as tried
from network.matching.matcher import matcher
from network.topics import labelling
from network.topics.trying import preview


def best(session, of):
    return {one.organization for one in matcher().for_you(session, of.id)}


def seeker(organization, session):
    made = organization("Quay School", slug="quay", category="member", summary="A school.")
    made.listings = [Listing(side="seek", title="Zorbling lessons", state="open", kind="training")]
    session.commit()
    return made


def giver(organization, session):
    made = organization("Mast Works", slug="mast", category="member", summary="A workshop.")
    made.listings = [
        Listing(side="offer", title="Robotics in the evening and at weekends by candlelight", state="open")
    ]
    made.listings[0].kind, made.listings[0].detail = "training", "Bring a coat, a lamp and sandwiches."
    session.commit()
    return made


def test_the_preview_says_what_comes_of_it(session, topic, farida, organization):
    for number in range(6):
        made = organization(f"School {number}", category="member")
        made.listings = [Listing(side="offer", title="Lessons", state="open", kind="training")]
    school, works = seeker(organization, session), giver(organization, session)
    before = best(session, school), best(session, works)
    known = thesaurus(session)
    found = preview(session, known.by_slug["robotics"], "en", "zorbling")
    assert found.shifts.whole
    assert found.shifts.concerned == 1
    assert (best(session, school), best(session, works)) == before
    assert thesaurus(session) is known
    labelling.add(session, topic("robotics"), "en", "zorbling", farida.id)
    session.commit()
    after = best(session, school), best(session, works)
    said = {one.organization: (set(one.gains), set(one.loses)) for one in found.shifts.shifts}
    for of, old, new in zip((school, works), before, after, strict=True):
        assert said.get(of.id, (set(), set())) == (new - old, old - new)
    assert said  # something changed


def test_it_says_when_it_did_not_look_at_everybody(session, topic, organization, monkeypatch):
    monkeypatch.setattr(tried, "TRIED", 1)
    for name in ("Quay", "Dock"):
        made = organization(name, category="member")
        made.listings = [Listing(side="seek", title="Zorbling for all", state="open", kind="training")]
    session.commit()
    found = preview(session, thesaurus(session).by_slug["robotics"], "en", "zorbling")
    assert (found.shifts.concerned, found.shifts.tried, found.shifts.whole) == (2, 1, False)


def test_a_name_that_nobody_says_changes_nothing(session, lab):
    found = preview(session, thesaurus(session).by_slug["robotics"], "en", "zorbling")
    assert (found.number, found.shifts.concerned, found.shifts.whole) == (0, 0, True)
