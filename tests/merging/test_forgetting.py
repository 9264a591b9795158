"""Erasing finds what merges keep."""

import pytest

from network.directory.models import FormerSlug
from network.extensions import db
from network.history import ledger
from network.history.models import Erasure
from network.maps.models import MapStep
from network.merging import actions
from network.merging.models import Merge
from network.profiles import forgetting
from tests.merging.conftest import asked
from tests.profiles.test_erasing import EMAIL, NAME, found_in_rows


@pytest.fixture
def instance(app, tmp_path, monkeypatch):
    monkeypatch.setattr(app, "instance_path", str(tmp_path))


@pytest.fixture
def kept(planted, session, merged, instance, person) -> Merge:
    """A merge whose journal holds somebody: what the page that went published, and what they wrote."""
    somebody = person(EMAIL, name=NAME)
    planted.goes.email, planted.goes.coordinator = EMAIL, NAME
    merge = asked(session, planted)
    merge.words, merge.reason = f"{NAME} says so", f"Ask {EMAIL}"
    session.commit()
    planted.admin.name = "Gola"
    from network.introductions.models import Introduction

    between = session.query(Introduction).filter(Introduction.words == "Are we one?").one()
    between.person_id, between.words = somebody.id, "Nothing that names me."
    session.commit()
    actions.carry_out(session, merge, actions.seen(planted.stays, planted.goes), planted.decider.id)
    session.commit()
    return merge


def test_the_search_finds_somebody_in_a_journal(kept, session):
    assert {"merge.words", "merge.reason", "merge.moved"} <= set(found_in_rows(session))


def test_erasing_a_person_leaves_nothing_of_them_in_merges(kept, session):
    forgetting.erase_person(session, EMAIL, published=True)
    session.commit()
    assert [where for where in found_in_rows(session) if where.startswith("merge")] == []
    session.refresh(kept)
    assert "Nothing that names me." not in str(kept.moved)


def test_what_was_merged_can_still_be_undone_after_that(kept, session, planted):
    forgetting.erase_person(session, EMAIL, published=True)
    session.commit()
    actions.undo(session, kept, planted.decider.id)
    session.commit()
    assert found_in_rows(session) == []
    back = session.get(type(planted.stays), kept.gone_id)
    assert (back.name, back.email) == ("weltladen aachen e.V.", "")


def test_with_an_organization_goes_all_that_was_merged_into_it(kept, session, planted):
    gone = kept.gone_id
    forgetting.erase_organization(session, planted.stays)
    session.commit()
    assert session.query(Merge).count() == 0
    assert session.query(MapStep).count() == 0
    known = {one.digest for one in session.query(Erasure)}
    for slug in ("weltladen-aachen", "weltladen-ev"):
        assert ledger.digest(ledger.ORGANIZATION, slug) in known
        assert session.get(FormerSlug, slug).organization_id is None
    assert gone not in session.scalars(db.select(type(planted.third).id)).all()


def test_an_ask_goes_with_either_organization(two, session, instance):
    asked(session, two)
    forgetting.erase_organization(session, two.goes)
    session.commit()
    assert session.query(Merge).count() == 0
