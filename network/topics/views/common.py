"""What the pages of the topics share: the topic of an address, what was typed, and what follows an act."""

from collections.abc import Callable
from typing import Any

from flask import abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from network.directory.concepts import Concept
from network.directory.models import Topic
from network.directory.thesaurus import LANGUAGES, thesaurus, topics_by_word
from network.extensions import db
from network.locales import chosen
from network.permissions import identity, moved
from network.profiles.understanding import named
from network.text import gettext as _
from network.topics.journalling import standing
from network.topics.models import TopicChange
from network.topics.wording import spoken
from network.waiting import Refused

PATH = "/staff/topics"
LONGEST = 400


def concept_here(slug: str) -> Concept:
    """The topic of an address; who asks for one that was merged is led on."""
    concept = thesaurus(db.session()).by_slug.get(slug) or abort(404)
    if concept.slug != slug:
        endpoint = request.endpoint or ""
        abort(moved(url_for(endpoint, **{**(request.view_args or {}), "slug": concept.slug})))
    return concept


def topic_here(slug: str) -> Topic:
    """The row of the topic of an address, held for this transaction."""
    return standing(db.session(), slug, lock=True) or abort(404)


def standing_row(concept: Concept) -> Topic:
    """The row of a topic, to look at."""
    return standing(db.session(), concept.slug) or abort(404)


def typed(name: str) -> str:
    """What was typed into a field, in the address or in the form."""
    return request.values.get(name, "").strip()[:LONGEST]


def language(guessed: str = "") -> str:
    """The language that was chosen, else the one that is guessed, else the reader's."""
    asked = typed("locale")
    own = chosen().partition("_")[0]
    return next((one for one in (asked, guessed, own) if one in LANGUAGES), "en")


def languages() -> list[tuple[str, str]]:
    """The languages in which topics have names, by their own codes."""
    return [(code, spoken(code)) for code in LANGUAGES]


def topic_named(words: str) -> Concept | None:
    """The topic that is called so, in any language."""
    known = thesaurus(db.session())
    slug = topics_by_word(db.session())(words)
    return known.by_slug[slug] if slug else None


def broader_typed() -> Topic | None:
    """The topic that was typed as the broader one; None for none. Raises Refused when nothing is called so."""
    words = typed("broader")
    if not words:
        return None
    concept = topic_named(words)
    if concept is None:
        raise Refused(_("No topic is called “%(words)s”.", words=words))
    return topic_here(concept.slug)


def every_name() -> list[str]:
    """The names of all topics in the reader's language, to choose from."""
    return named(thesaurus(db.session()), chosen())


def label(slug: str) -> str:
    """What a topic is called in the reader's language."""
    known = thesaurus(db.session())
    return known.label(known.by_slug[slug].id, chosen()) if slug in known.by_slug else slug


def act(do: Callable[[], TopicChange], back: str, said: Callable[[TopicChange], str]) -> Response:
    """Do something to a topic, say what came of it, and lead to it; what can't be done is said instead."""
    try:
        change = do()
        words = said(change)
        to = back
        if change.behind:
            words += " " + _("Many organisations use it: pages and matches follow within the hour.")
        db.session.commit()
    except Refused as refused:
        db.session.rollback()
        words, to = str(refused), back
    flash(words)
    return redirect(to, 303)


def me() -> int | None:
    return identity().person_id


def facts(**more: Any) -> dict[str, Any]:
    """What every page of a topic shows."""
    return {"path": PATH, "languages_of_names": languages(), **more}
