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


def meanings(text: str, offer: bool = False) -> dict[str, float]:
    return {OURS.concepts[id].slug: weight for id, weight in understand(OURS, text, offer=offer).meanings.items()}


@pytest.mark.parametrize(
    ("text", "lacks"),
    [
        ("We have no meeting room", "venue"),
        ("No tenemos sala de reuniones", "venue"),
        ("Wir haben keinen Seminarraum", "venue"),
        ("Nous n'avons pas de comptable, qui peut nous aider ?", "accounting"),
    ],
)
def test_what_one_has_not_is_what_one_seeks(text: str, lacks: str) -> None:
    assert lacks in kinds(text)


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("We need money, not training", "training"),
        ("Nous cherchons une salle, pas besoin de comptabilité", "accounting"),
        ("Wir suchen Geld statt Schulungen", "training"),
    ],
)
def test_what_one_does_not_want_is_not_sought(text: str, refused: str) -> None:
    assert refused not in kinds(text)
    assert refused not in meanings(text)


def test_what_the_people_cannot_do_for_whom_something_is_offered_is_what_it_is_about() -> None:
    assert "reading" in meanings("Evening classes for adults who cannot read", offer=True)


@pytest.mark.parametrize("text", ["Volunteers wanted for our helpline", "Freiwillige gesucht"])
def test_what_is_wanted_is_not_what_is_offered(text: str) -> None:
    assert "volunteers" not in kinds(text, offer=True)


def test_a_text_means_what_it_says_in_every_language_about_the_same() -> None:
    here, there = meanings("Somebody who keeps our books"), meanings("Jemand, der uns die Buchhaltung macht")
    assert sum(weight * there.get(slug, 0) for slug, weight in here.items()) > 0.5
    assert 0.9 < sum(weight**2 for weight in here.values()) < 1.1


def test_the_longer_a_text_the_less_surely_it_means_something() -> None:
    title = "Somebody who keeps our books"
    sure, less, none = (
        understand(OURS, title, " ".join(["We meet on Mondays in the harbour."] * times), offer=False).meanings
        for times in (1, 5, 9)
    )
    assert sum(sure.values()) > sum(less.values()) > 0
    assert not none


def test_what_was_ticked_is_meant() -> None:
    robotics = OURS.by_slug["robotics"].id
    assert robotics in understand(OURS, "A room on Thursdays", offer=False, confirmed=[robotics]).meanings
