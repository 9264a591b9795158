"""What is erased leaves maps too: groups, steps, snapshots."""

from datetime import timedelta

from network.clock import now
from network.maps import forgetting
from network.maps.models import MapGroup, MapStep, SavedMap
from network.profiles.forgetting import erase_organization


def test_an_organisation_that_is_erased_leaves_groups_steps_and_snapshots(session, tents, table):
    wanted, lab = tents["wanted"], tents["lab"]
    table.draw("group", group="g", name="Both", ids=[wanted.id, lab.id])
    table.draw("facts", id=wanted.id, fields={"name": "Quayside Trust and Friends"})
    table.draw("tie", source=lab.id, target=wanted.id, type="works_with")
    table.browser.send(f"/maps/{table.slug}", f"/maps/{table.slug}/snapshot")
    id = wanted.id
    erase_organization(session, wanted)
    session.commit()
    assert session.query(MapGroup).one().members == [lab.id]
    assert not [step for step in session.query(MapStep) if str(id) in str(step.said)]
    taken = session.query(SavedMap).filter(SavedMap.snapshot.is_not(None)).one()
    assert "Quayside" not in str(taken.snapshot)
    assert table.browser.get(f"/maps/{taken.slug}").status_code == 200


def test_steps_that_are_too_old_to_take_back_go(session, tents, table):
    table.draw("pin", ids=[tents["lab"].id], on=True)
    session.query(MapStep).update({"at": now() - timedelta(days=91)})
    assert forgetting.forget_steps(session) == "1 steps of drawing forgotten"
    session.commit()
    table.last = 0
    assert table.browser.get(f"/maps/{table.slug}/steps?after=0").json["again"]
