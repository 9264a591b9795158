"""The names of topics: giving one, taking one away, saying which comes first."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from network.directory.concepts import Concept, Thesaurus
from network.directory.models import AWAY, Topic
from network.directory.stemming import stemmed
from network.directory.texts import hidden_in, one_line
from network.directory.thesaurus import LANGUAGES, thesaurus
from network.places.folding import fold
from network.text import gettext as _
from network.topics.concerned import sayers
from network.topics.journalling import Doing
from network.topics.models import TopicChange
from network.waiting import Refused

LONGEST = 120


@dataclass
class Elsewhere(Exception):
    """A label is a name of another topic already."""

    topic: Concept
    label: str


@dataclass(frozen=True)
class Named:
    """The names of a topic in a language, the preferred one first."""

    locale: str
    labels: tuple[str, ...]


def names(session: Session, topic_id: int) -> list[Named]:
    """All names of a topic, language by language."""
    known = thesaurus(session)
    found = []
    for locale in LANGUAGES:
        labels: dict[str, str] = {}
        for label in known.labels(locale).get(topic_id, ()):
            labels.setdefault(fold(label), label)
        found.append(Named(locale, tuple(labels.values())))
    return found


def usable(locale: str, typed: str) -> str:
    """A label as it is stored. Raises Refused for one that can be none."""
    label = one_line(typed)
    if locale not in LANGUAGES:
        raise Refused(_("Choose one of the languages."))
    if not fold(label):
        raise Refused(_("Write a name: at least one letter."))
    if len(label) > LONGEST:
        raise Refused(_("That is too long for a name: %(max)s characters are the most.", max=LONGEST))
    if hidden := hidden_in(typed):
        raise Refused(_("A name can't hold %(character)s: take it out.", character=hidden))
    return label


def bearer(session: Session, locale: str, label: str) -> Concept | None:
    """The topic that has a name in a language, or one that is read alike."""
    known = thesaurus(session).labelled(locale)
    if exact := known.get(fold(label)):
        return exact
    wanted = read(locale, label)
    return next((one for other, one in known.items() if read(locale, other) == wanted), None)


def read(locale: str, label: str) -> tuple[str, ...]:
    """A label as sentences are read: “Roboter” and “Robotik” give the same."""
    return tuple(stemmed(word, locale) for word in fold(label).split())


def alike(known: Thesaurus, topic_id: int, locale: str, label: str) -> list[str]:
    """The names of a topic that are read as a label is; it could not be told from them if they were another's."""
    wanted = read(locale, label)
    return [one for one in known.labels(locale).get(topic_id, ()) if read(locale, one) == wanted]


def check(session: Session, topic: Topic, locale: str, typed: str, move: bool = False) -> str:
    """A label that a topic may be given. Raises Refused, or Elsewhere when another has it and it isn't to `move`."""
    label = usable(locale, typed)
    other = bearer(session, locale, label)
    if other is not None and other.id == topic.id:
        if thesaurus(session).labelled(locale).get(fold(label)) is other:
            raise Refused(_("“%(label)s” is a name of this topic already.", label=label))
    elif other is not None:
        if not move:
            raise Elsewhere(other, label)
        spare(session, other.id, other.slug)
    return label


def spare(session: Session, topic_id: int, name: str) -> None:
    """Refuse to take the last name from a topic."""
    if sum(len(one.labels) for one in names(session, topic_id)) < 2:
        raise Refused(_("That is the only name that “%(topic)s” has: merge the topics instead.", topic=name))


def give(doing: Doing, topic_id: int, locale: str, label: str) -> None:
    """Give a topic a name behind the others; one that it had is put back there."""
    rows = doing.labels(topic_id, locale)
    last = max((row["position"] for row in rows), default=AWAY) + 1
    for row in rows:
        if row["label"] == label:
            doing.journal.change("topic_label", [row["id"]], {"position": last})
            return
    doing.add("topic_label", topic_id=topic_id, locale=locale, label=label, position=last)


def take(doing: Doing, topic_id: int, locale: str, label: str) -> None:
    """Take a name from a topic so that what ships doesn't bring it back."""
    known = thesaurus(doing.session).labels(locale).get(topic_id, ())  # before: a topic without names has none there
    found = [row for row in doing.labels(topic_id, locale) if fold(row["label"]) == fold(label)]
    for row in found:
        doing.journal.change("topic_label", [row["id"]], {"position": AWAY})
    if not found:
        doing.add("topic_label", topic_id=topic_id, locale=locale, label=label, position=AWAY)
    promote(doing, topic_id, locale, known)


def take_from(doing: Doing, other: Concept | None, locale: str, label: str) -> None:
    """Take a name, and those that are read alike, from the topic that has them, if any."""
    for name in alike(thesaurus(doing.session), other.id, locale, label) if other else ():
        take(doing, other.id if other else 0, locale, name)


def promote(doing: Doing, topic_id: int, locale: str, known: Sequence[str]) -> None:
    """Let a topic that has names in a language have one of those known in the database: that one is shown."""
    rows = doing.labels(topic_id, locale)
    if all(row["position"] == AWAY for row in rows):
        away = {fold(row["label"]) for row in rows}
        if left := next((label for label in known if fold(label) not in away), None):
            give(doing, topic_id, locale, left)


def add(session: Session, topic: Topic, locale: str, typed: str, by: int | None, move: bool = False) -> TopicChange:
    """Give a topic one more name; with `move` though another has it. Raises Refused, or Elsewhere."""
    label = check(session, topic, locale, typed, move)
    other, doing = bearer(session, locale, label), Doing(session, topic, by)
    other = None if other is not None and other.id == topic.id else other
    take_from(doing, other, locale, label)
    give(doing, topic.id, locale, label)
    said = {"labels": [[locale, label]]} | ({"from": other.slug} if other else {})
    topics = [topic.id, *([other.id] if other else [])]
    return doing.done("named", said, topics, sayers(session, [(locale, label)]))


def remove(session: Session, topic: Topic, locale: str, typed: str, by: int | None) -> TopicChange:
    """Take a name from a topic. Raises Refused."""
    label = one_line(typed)
    known = thesaurus(session).labelled(locale).get(fold(label))
    if known is None or known.id != topic.id:
        raise Refused(_("“%(label)s” is no name of this topic any more.", label=label))
    spare(session, topic.id, topic.slug)
    doing = Doing(session, topic, by)
    take(doing, topic.id, locale, label)
    return doing.done("unnamed", {"labels": [[locale, label]]}, [topic.id], sayers(session, [(locale, label)]))


def prefer(session: Session, topic: Topic, locale: str, typed: str, by: int | None) -> TopicChange:
    """Let a name come first in its language. Raises Refused."""
    label = one_line(typed)
    known = thesaurus(session).labelled(locale).get(fold(label))
    if known is None or known.id != topic.id:
        raise Refused(_("“%(label)s” is no name of this topic any more.", label=label))
    doing = Doing(session, topic, by)
    rows = [row for row in doing.labels(topic.id, locale) if row["position"] != AWAY]
    first = [row for row in rows if fold(row["label"]) == fold(label)]
    if first and first[0] is rows[0]:
        raise Refused(_("“%(label)s” comes first already.", label=label))
    others = [row for row in rows if row not in first]
    for position, row in enumerate([*first, *others], 0 if first else 1):
        doing.journal.change("topic_label", [row["id"]], {"position": position})
    if not first:
        doing.add("topic_label", topic_id=topic.id, locale=locale, label=label, position=0)
    doing.settled.append([topic.id, locale])
    return doing.done("preferred", {"labels": [[locale, label]]}, [topic.id], set())


def of_ones(session: Session, topic_id: int, chosen: Sequence[str]) -> list[tuple[str, str]]:
    """Labels of a topic that were ticked, each sent as `language:label`."""
    wanted = {tuple(one.split(":", 1)) for one in chosen if ":" in one}
    return [
        (one.locale, label) for one in names(session, topic_id) for label in one.labels if (one.locale, label) in wanted
    ]
