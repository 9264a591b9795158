"""Words that no topic covers wait at the desk: one card for each, whoever uses it."""

from collections.abc import Sequence

from sqlalchemy import Integer, cast, null
from sqlalchemy.orm import Session

from network import waiting
from network.directory.models import Topic
from network.text import gettext as _
from network.text import lazy_gettext as _l
from network.text import ngettext
from network.topics import queries, words
from network.topics.journalling import standing
from network.topics.labelling import Elsewhere
from network.topics.models import TopicChange, TopicWord
from network.topics.taking_back import take_back
from network.waiting import LITTLE, Act, Before, By, Refused, Row, Source, Stream, Waiting

KIND = "word"


def streams() -> Sequence[Stream]:
    open = (TopicWord.refused_at.is_(None), TopicWord.used > 0)
    return [Stream(TopicWord.id, cast(null(), Integer), TopicWord.since, open)]


def tell(session: Session, ids: Sequence[int]) -> list[Waiting]:
    """The cards of some words. What a word means is decided on a page of its own, which shows whose matches change."""
    found, users = queries.words(session, ids), queries.word_users(session, ids)
    return [
        Waiting(
            KIND,
            one.id,
            one.since,
            ngettext(
                "%(num)s organisation works on this, and no topic covers it",
                "%(num)s organisations work on this, and no topic covers it",
                one.used,
            ),
            title=f"“{one.word}”",
            acts=("nothing",),
            notes=(named(users[one.id], one.used),),
            links=((_("Say what it means"), f"/staff/topics/words/{one.id}"),),
        )
        for one in found
    ]


def named(users: Sequence[tuple[str, str]], number: int) -> str:
    """Who uses a word: the first by name, and how many more."""
    names = ", ".join(name for _slug, name in users[:5])
    more = number - min(5, len(users))
    return (
        ngettext("%(names)s and %(num)s more", "%(names)s and %(num)s more", more, names=names) if more > 0 else names
    )


def word_of(session: Session, row: Row) -> TopicWord:
    found = session.get(TopicWord, row.id, with_for_update=True)
    if found is None or found.refused_at is not None:
        raise Refused(_("This was done already."))
    return found


def chosen(by: By) -> dict[str, str]:
    """What goes with a decision, each as `name=value`."""
    return {name: value for name, _equals, value in (one.partition("=") for one in by.chosen)}


def topic_of(session: Session, slug: str) -> Topic:
    found = standing(session, queries.slug_today(session, slug) or slug, lock=True)
    if found is None:
        raise Refused(_("Choose a topic: say what this means on its own page."))
    return found


def name_it(session: Session, row: Row, by: By) -> Before:
    """Let it be a name of a topic."""
    said, word = chosen(by), word_of(session, row)
    topic, apply, move = topic_of(session, said.get("topic", "")), said.get("apply") == "1", said.get("move") == "1"
    try:
        made = words.name_of(session, word, topic, said.get("locale", ""), apply, move, by.person_id)
    except Elsewhere as other:
        raise Refused(_("It is a name of “%(topic)s” already.", topic=other.topic.slug)) from None
    return {"change": made.id}


def make_it(session: Session, row: Row, by: By) -> Before:
    """Make it a topic."""
    said, word = chosen(by), word_of(session, row)
    broader = topic_of(session, said["broader"]) if said.get("broader") else None
    facts = said.get("locale", ""), said.get("facet", ""), said.get("kind", "")
    try:
        made = words.make(session, word, *facts, broader, said.get("apply") == "1", by.person_id)
    except Elsewhere as other:
        raise Refused(_("It is a name of “%(topic)s” already.", topic=other.topic.slug)) from None
    return {"change": made.id}


def mean_nothing(session: Session, row: Row, by: By) -> Before:
    return {"change": words.nothing(session, word_of(session, row), by.person_id).id}


def again(session: Session, row: Row, before: Before, by: By) -> None:
    """Let it wait again, and its topic be as it was."""
    change = session.get(TopicChange, before.get("change", 0))
    if change is None:
        raise Refused(_("This can't be taken back any more."))
    take_back(session, change, by.person_id)


ACTS = (
    Act("name", _l("It is a name of a topic"), _l("Made a name of a topic"), name_it, again, first=True),
    Act("make", _l("Make it a topic"), _l("Made a topic"), make_it, again),
    Act("nothing", _l("It means nothing here"), _l("It means nothing here"), mean_nothing, again, several=True),
)


def init_app() -> None:
    """Let the desk collect them."""
    label = _l("Proposed labels and topics")
    waiting.add(Source(KIND, label, LITTLE, streams, tell, waiting.by_key(*ACTS), coordinators=False))
