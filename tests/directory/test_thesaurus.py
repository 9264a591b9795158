"""What words mean."""

from collections import defaultdict
from time import perf_counter

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from network.directory.concepts import Concept, Thesaurus
from network.directory.models import Topic, TopicLabel, TopicRelation
from network.directory.thesaurus import LANGUAGES, load_topics, shipped, shipped_concepts, thesaurus
from network.directory.vocabulary import KINDS
from network.places.folding import fold

SHIPPED = shipped_concepts()
OURS = shipped()


def understood(text: str) -> list[tuple[str, str]]:
    return [(one.phrase, one.concept.slug) for one in OURS.understand(text)]


@pytest.mark.parametrize(
    ("text", "phrase", "slug"),
    [
        ("legal home", "legal home", "fiscal-sponsorship"),
        ("We need a Legal Home for our club", "Legal Home", "fiscal-sponsorship"),
        ("personería jurídica para un colectivo", "personería jurídica", "fiscal-sponsorship"),
        ("structure porteuse", "structure porteuse", "fiscal-sponsorship"),
        ("conta bancária", "conta bancária", "fiscal-sponsorship"),
        ("Ein Trägerverein", "Trägerverein", "fiscal-sponsorship"),
    ],
)
def test_a_phrase_is_understood_as_it_was_typed_in_every_language(text: str, phrase: str, slug: str) -> None:
    assert (phrase, slug) in understood(text)


def test_the_longest_phrase_wins() -> None:
    assert understood("training venue") == [("training venue", "venue")]
    assert understood("fiscal sponsor") == [("fiscal sponsor", "fiscal-sponsorship")]


def test_one_and_many_are_the_same() -> None:
    for one, many in [
        ("taller", "talleres"),
        ("Schulung", "Schulungen"),
        ("formação", "formações"),
        ("joven", "jóvenes"),
    ]:
        assert OURS.understand(one)[0].concept is OURS.understand(many)[0].concept


def test_accents_and_capitals_do_not_matter() -> None:
    assert OURS.mentions("FORMACAO") == OURS.mentions("formação") != set()


def test_a_two_letter_abbreviation_counts_in_capitals_or_in_a_short_question() -> None:
    assert understood("AI") == understood("AI") != []
    assert understood("ai") == [("ai", "ai")]
    assert "ai" in {slug for _, slug in understood("a course about AI for the teachers of our town")}
    assert "ai" not in {slug for _, slug in understood("hier j'ai vu le maire de notre petite ville")}


def test_a_text_mentions_the_broader_concept_too() -> None:
    slugs = {OURS.concepts[id].slug for id in OURS.mentions("we look for an interpreter")}
    assert slugs == {"interpretation", "translation"}


def test_a_label_falls_back_to_its_language_then_english_then_the_slug() -> None:
    words = Thesaurus(
        [Concept(1, "venue", "kind", "venue", {"en": ("venue",), "pt": ("espaço",)}), Concept(2, "bare", "topic")]
    )
    assert words.label(1, "pt_BR") == "espaço"
    assert words.label(1, "fr") == "venue"
    assert words.label(2, "fr") == "bare"
    assert words.label(3, "fr") == ""


def test_no_phrase_names_two_concepts_in_one_language() -> None:
    for language in LANGUAGES:
        named = defaultdict(set)
        for slug, concept in SHIPPED.items():
            for label in concept["labels"][language]:
                named[fold(label)].add(slug)
        assert {phrase: slugs for phrase, slugs in named.items() if len(slugs) > 1} == {}, language


def test_there_are_many_concepts_and_each_has_labels_in_every_language() -> None:
    assert len(SHIPPED) >= 250
    for slug, concept in SHIPPED.items():
        for language in LANGUAGES:
            assert len(concept["labels"][language]) >= 3, (slug, language)
            assert all(0 < len(label) <= 120 for label in concept["labels"][language])


def test_every_concept_of_help_belongs_to_a_kind_and_no_other_does() -> None:
    for slug, concept in SHIPPED.items():
        assert (concept.get("kind") in KINDS) == (concept["facet"] == "kind"), slug
    assert {concept.get("kind") for concept in SHIPPED.values()} >= set(KINDS.keys)


def test_relations_hold_both_ways_and_lead_somewhere() -> None:
    for slug, concept in SHIPPED.items():
        assert concept["broader"] is None or concept["broader"] in SHIPPED
        for related, weight in concept["related"].items():
            assert 0 < weight <= 1
            assert SHIPPED[related]["related"][slug] == weight, (slug, related)


def test_mentions_are_found_fast_enough_to_index_a_hundred_thousand_texts() -> None:
    text = "young people and their parents repair laptops, learn some coding and look for a training venue " * 4
    OURS.mentions(text)
    started = perf_counter()
    for _ in range(200):
        OURS.mentions(text[:400])
    assert (perf_counter() - started) / 200 < 0.001  # a tenth of that on a quiet machine


def counts(session: Session) -> list[int]:
    return [session.scalar(select(func.count()).select_from(table)) for table in (Topic, TopicLabel, TopicRelation)]


def test_loading_twice_changes_nothing(session: Session) -> None:
    assert load_topics(session) > 2000
    first = counts(session)
    assert load_topics(session) == 0
    assert counts(session) == first


def test_loading_keeps_what_staff_added_and_mends_what_was_moved(session: Session) -> None:
    load_topics(session)
    venue = session.scalar(select(Topic).where(Topic.slug == "venue"))
    session.add(TopicLabel(topic_id=venue.id, locale="en", label="village green", position=500))
    session.add(Topic(slug="beekeepers", facet="audience"))
    venue.kind = ""
    session.flush()
    assert load_topics(session) == 1
    session.refresh(venue)
    assert venue.kind == "venue"
    assert session.scalar(select(func.count()).where(TopicLabel.label == "village green")) == 1
    assert session.scalar(select(func.count()).where(Topic.slug == "beekeepers")) == 1


def test_the_thesaurus_of_a_database_is_kept_until_a_topic_changes(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_topics(session)
    first = thesaurus(session)
    assert thesaurus(session) is first
    assert [one.concept.slug for one in first.understand("legal home")] == ["fiscal-sponsorship"]
    monkeypatch.setattr("network.directory.thesaurus.CHECKED_EVERY", 0)
    assert thesaurus(session) is first
    venue = first.by_slug["venue"]
    session.add(TopicLabel(topic_id=venue.id, locale="en", label="village green", position=500))
    session.flush()
    assert [one.concept.slug for one in thesaurus(session).understand("the village green")] == ["venue"]
