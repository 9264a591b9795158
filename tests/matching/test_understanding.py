"""What a sentence offers or seeks."""

import pytest

from network.directory.thesaurus import shipped
from network.matching.understanding import understand

OURS = shipped()


def kinds(text: str, offer: bool = False) -> dict[str, float]:
    return {OURS.concepts[id].slug: weight for id, weight in understand(OURS, text, offer=offer).kinds}


@pytest.mark.parametrize(
    "text",
    [
        "We can train others in bookkeeping; what we lack is a meeting room",
        "Wir können Buchhaltung unterrichten, uns fehlt ein Seminarraum",
        "Podemos enseñar contabilidad; nos falta una sala de reuniones",
    ],
)
def test_a_clause_about_what_one_can_do_is_not_what_one_seeks(text: str) -> None:
    assert max(found := kinds(text), key=lambda slug: found[slug]) == "venue"
    assert "accounting" not in found


def test_what_one_can_do_is_what_one_offers() -> None:
    assert "accounting" in kinds("We can do your bookkeeping", offer=True)


def test_a_thing_that_one_can_use_is_still_sought() -> None:
    assert "venue" in kinds("A meeting room we can use on Mondays")


@pytest.mark.parametrize("text", ["Volunteers to translate leaflets", "Freiwillige zum Übersetzen"])
def test_what_people_give_their_time_for_is_sought_too(text: str) -> None:
    assert kinds(text)["translation"] >= 0.6


def test_to_teach_volunteers_is_no_offer_of_their_time() -> None:
    found = kinds("We train volunteers", offer=True)
    assert found.get("volunteers", 0) < found["training"]


def test_a_kind_that_is_named_weighs_less_where_much_speaks_for_another() -> None:
    sure, doubted = kinds("Printing")["printing"], kinds("Somebody who runs our website and keeps it printing pages")
    assert doubted.get("printing", 0) < sure
