"""What a word means that no topic covers: decided once for all who use it."""

from flask import abort, flash, redirect, request
from flask.typing import ResponseReturnValue

from network.directory.concepts import Concept
from network.directory.small_words import language_of
from network.directory.thesaurus import thesaurus
from network.directory.vocabulary import KINDS
from network.extensions import db
from network.matching.looking import desk_here
from network.permissions import identity
from network.places.folding import fold
from network.staff import deciding, queue
from network.text import gettext as _
from network.topics import labelling, queries, waiting, wording
from network.topics.blueprint import blueprint
from network.topics.models import TopicWord
from network.topics.trying import Preview, preview
from network.topics.views import common
from network.topics.views.common import PATH
from network.topics.words import users
from network.waiting import By, Refused
from network.web import render

ONE = f"{PATH}/words/<int:id>"
LIKELY = 4
FIELDS = ("topic", "locale", "apply", "move", "facet", "kind", "broader")


def word_here(id: int) -> TopicWord:
    found = next(iter(queries.words(db.session(), [id])), None) if id < 2**31 else None
    return found or abort(404)


@blueprint.get(ONE)
def word(id: int) -> ResponseReturnValue:
    """A word, who uses it, what it may mean; and once that is chosen, whose matches change."""
    return page(word_here(id))


def page(one: TopicWord, refused: str = "") -> ResponseReturnValue:
    session, act = db.session(), common.typed("act")
    locale = common.language(language_of(one.word))
    concept = common.topic_named(common.typed("topic")) if common.typed("topic") else None
    problem, other = refused, labelling.bearer(session, locale, one.word)
    found: Preview | None = None
    if not problem and act == "name" and concept is None:
        problem = _("No topic is called “%(words)s”.", words=common.typed("topic"))
    elif not problem and act in ("name", "make"):
        problem, found = tried(one, concept if act == "name" else None, locale)
    return render(
        "topics/word.html",
        status=422 if problem else 200,
        word=one,
        act=act,
        users=queries.word_users(session, [one.id])[one.id],
        likely=likely(one.word, locale),
        locale_of_names=locale,
        topic=(concept.slug, common.label(concept.slug)) if concept else None,
        other=(other.slug, common.label(other.slug)) if other else None,
        typed={name: common.typed(name) for name in FIELDS},
        apply=act == "" or common.typed("apply") == "1",
        problem=problem,
        preview=found,
        every_name=common.every_name(),
        facets=wording.FACET,
        kinds=KINDS,
        spoken=wording.spoken,
        **common.facts(),
    )


def tried(one: TopicWord, concept: Concept | None, locale: str) -> tuple[str, Preview | None]:
    """Why a word can't be a name, or whose matches would change if it were one of a topic, or of a new one."""
    session = db.session()
    try:
        label = labelling.usable(locale, one.word)
        other = labelling.bearer(session, locale, label)
        if other is not None and (concept is None or other.id != concept.id) and common.typed("move") != "1":
            raise Refused(_("It is a name of “%(topic)s” already.", topic=common.label(other.slug)))
    except Refused as refused:
        return str(refused), None
    applied = users(session, one) if common.typed("apply") == "1" else ()
    return "", preview(session, concept, locale, label, common.typed("facet") or "topic", applied)


def likely(word: str, locale: str) -> list[tuple[str, str]]:
    """The topics that a word is most likely about, as (slug, label)."""
    known = thesaurus(session := db.session())
    meant = known.guessing.likely(fold(word).split(), locale)
    ranked = sorted((*meant.helps, *meant.topics), key=lambda one: -one.probability)[:LIKELY]
    parts = [one.concept.slug for one in thesaurus(session).understand(word)]
    slugs = dict.fromkeys(
        [*parts, *(known.concepts[one.concept].slug for one in ranked if one.concept in known.concepts)]
    )
    return [(slug, common.label(slug)) for slug in list(slugs)[:LIKELY]]


@blueprint.post(ONE)
def decide(id: int) -> ResponseReturnValue:
    """Decide what a word means."""
    one, desk, act = word_here(id), desk_here(), request.form.get("act", "")
    row = queue.one_row(db.session(), desk, waiting.KIND, id)
    if row is None or act not in {known.key for known in waiting.ACTS}:
        abort(400)
    concept = common.topic_named(common.typed("topic")) if common.typed("topic") else None
    broader = common.topic_named(common.typed("broader")) if common.typed("broader") else None
    said = {name: common.typed(name) for name in FIELDS} | {"locale": common.language(language_of(one.word))}
    said |= {"topic": concept.slug if concept else "", "broader": broader.slug if broader else ""}
    chosen = tuple(f"{name}={value}" for name, value in said.items())
    try:
        if common.typed("broader") and broader is None:
            raise Refused(_("No topic is called “%(words)s”.", words=common.typed("broader")))
        deciding.decide(db.session(), identity(), desk, row, act, By(identity().person_id or 0, "", chosen))
        db.session.commit()
    except Refused as refused:
        db.session.rollback()
        return page(word_here(id), str(refused))
    flash(_("Decided. For 30 days it can be taken back."))
    return redirect("/staff/queue?kind=word", 303)
