"""What a text is probably about that names no concept: which of what was learnt is asked, and what it says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from network.directory.learning import Label, Learnt, learnt_of, told
from network.directory.likeness import Likely, Likeness

if TYPE_CHECKING:
    from network.directory.concepts import Concept, Further

PHRASE = 5  # words that say something; a text of more is a sentence


class Teaching(NamedTuple):
    """Where likeness was learnt: the labels of a language, by slug, and what was learnt of phrases, or of sentences."""

    labels: Further
    learnt: Callable[[bool], Learnt]


class Meant(NamedTuple):
    """What a text is probably about: kinds of help and topics, the likeliest first, and all of it as one vector."""

    helps: list[Likely]
    topics: list[Likely]
    meanings: dict[int, float]


class Guessing:
    """Guesses at some concepts, by their slugs; without `teaching` by what is learnt from their `labels`."""

    def __init__(
        self, concepts: Mapping[str, Concept], labels: Callable[[], Iterable[Label]], teaching: Teaching | None
    ) -> None:
        self.concepts, self.labels, self.teaching = concepts, labels, teaching
        self.groups: dict[str, tuple[NDArray[np.bool_], NDArray[np.bool_]]] = {}

    def likely(
        self, words: Sequence[str], language: str, kind: str = "", named: Mapping[int, float] | None = None
    ) -> Meant:
        """What a text is probably about, by its folded words: help of a kind, if one is known, and topics.

        `named` are concepts that it surely is about, with how sure that is.
        """
        if kind not in self.groups:
            known = {one.id: one for one in self.concepts.values()}
            every = [known[id] for id in self.of_phrases.ids.tolist()]
            helping = [one.facet == "kind" and kind in ("", one.kind) for one in every]
            self.groups[kind] = np.array(helping), np.array([one.facet != "kind" for one in every])
        groups = self.groups[kind]
        likeness = self.of_phrases if len(told(words, language)) <= PHRASE else self.of_sentences
        points = likeness.points(words, language)
        helps, topics = likeness.of(points, *groups)
        return Meant(helps, topics, likeness.meanings(points, named or {}, *groups))

    @cached_property
    def of_phrases(self) -> Likeness:
        """What learnt from labels and sayings."""
        return self.likeness(self.teaching.learnt(False) if self.teaching else learnt_of(tuple(self.labels())))

    @cached_property
    def of_sentences(self) -> Likeness:
        """What learnt from situations, too; without teaching it is the same."""
        return self.likeness(self.teaching.learnt(True)) if self.teaching else self.of_phrases

    def likeness(self, learnt: Learnt) -> Likeness:
        return Likeness(learnt, {slug: concept.id for slug, concept in self.concepts.items()})

    @cached_property
    def unlearnt(self) -> frozenset[int]:
        """The ids of the concepts with labels that likeness has not learnt."""
        if self.teaching is None:
            return frozenset()
        known: dict[str, Mapping[str, Sequence[str]]] = {}
        found = set()
        for one in self.concepts.values():
            for language, labels in one.labels.items():
                if language not in known:
                    known[language] = self.teaching.labels(language)
                if not set(labels) <= set(known[language].get(one.slug, ())):
                    found.add(one.id)
        return frozenset(found)
