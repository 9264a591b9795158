"""The tree of topics, and the page of one: its names, where it stands, who uses it."""

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue

from network.directory.concepts import Concept
from network.directory.thesaurus import LANGUAGES, thesaurus
from network.directory.vocabulary import KINDS
from network.extensions import db
from network.locales import chosen
from network.text import gettext as _
from network.topics import labelling, placing, queries, wording
from network.topics.blueprint import blueprint
from network.topics.labelling import Elsewhere
from network.topics.taking_back import undoable
from network.topics.trying import Preview, preview
from network.topics.views import common
from network.topics.views.common import PATH
from network.waiting import Refused
from network.web import render

ONE = f"{PATH}/<slug>"
DEEPEST = 500


@blueprint.get(PATH)
def index() -> ResponseReturnValue:
    """All topics as a tree, or those that some words find by any name in any language."""
    words = common.typed("q")
    tree = queries.tree(db.session(), chosen(), words)
    return render(
        "topics/index.html",
        block="tree",
        q=words,
        tree=tree,
        facets=wording.FACETS,
        total=sum(count(some) for some in tree.values()),
        used_words=wording.used_words,
        **common.facts(),
    )


def count(branches: list[queries.Branch]) -> int:
    """How many of some branches, and of those below, were found."""
    return sum(one.found + count(one.below) for one in branches)


@blueprint.get(ONE)
def show(slug: str) -> ResponseReturnValue:
    """One topic."""
    return page(common.concept_here(slug))


def page(concept: Concept, status: int = 200) -> ResponseReturnValue:
    session, known, locale = db.session(), thesaurus(db.session()), chosen()
    number = request.args.get("page", "1")
    at = min(max(int(number) if number.isdigit() and len(number) < 4 else 1, 1), DEEPEST)
    users, total = queries.users(session, concept.id, at)
    names = {id: (one.slug, known.label(id, locale)) for id, one in known.concepts.items()}
    narrower = sorted(
        (names[one.id] for one in known.concepts.values() if one.broader == concept.id), key=lambda x: x[1]
    )
    return render(
        "topics/show.html",
        block="users",
        status=status,
        topic=concept,
        name=names[concept.id][1],
        facet=wording.FACET[concept.facet],
        kind=KINDS[concept.kind].label if concept.kind in KINDS else "",
        names=labelling.names(session, concept.id),
        broader=names.get(concept.broader or 0),
        narrower=narrower,
        related=[names[id] for id, _weight in queries.related(session, concept.id) if id in names],
        former=queries.former_slugs(session, concept.id),
        used=queries.used(session).get(concept.id, queries.Used()),
        used_words=wording.used_words,
        users=users,
        total=total,
        page=at,
        pages=-(-total // queries.EACH),
        changes=[(one, wording.change(one), undoable(one)) for one in queries.changes(session, concept)],
        every_name=common.every_name(),
        spoken=wording.spoken,
        locale_of_names=common.language(),
        opened=common.typed("locale"),
        **common.facts(),
    )


@blueprint.route(f"{ONE}/name", methods=["GET", "POST"])
def name(slug: str) -> ResponseReturnValue:
    """Give a topic one more name: first it is shown whose matches change."""
    concept, session = common.concept_here(slug), db.session()
    locale, label, move = common.language(), common.typed("label"), common.typed("move") == "1"
    if request.method == "POST":
        try:
            topic = common.topic_here(slug)
            change = labelling.add(session, topic, locale, label, common.me(), move)
            session.commit()
        except (Refused, Elsewhere):
            session.rollback()
        else:
            flash(wording.change(change))
            return redirect(names_of(slug, locale), 303)
    problem, other, found = asked(concept, locale, label, move)
    return render(
        "topics/name.html",
        status=422 if problem or (other and not move) else 200,
        topic=concept,
        name=common.label(slug),
        typed=label,
        locale_of_names=locale,
        spoken=wording.spoken,
        move=move,
        problem=problem,
        other=(other.slug, common.label(other.slug)) if other else None,
        preview=found,
        **common.facts(),
    )


def asked(concept: Concept, locale: str, label: str, move: bool) -> tuple[str, Concept | None, Preview | None]:
    """Why a name can't be given, the topic that has it, and whose matches would change."""
    session = db.session()
    other = labelling.bearer(session, locale, label)
    other = None if other is not None and other.id == concept.id else other
    try:
        with session.no_autoflush:
            usable = labelling.check(session, common.standing_row(concept), locale, label, move)
    except Elsewhere:
        return "", other, None
    except Refused as refused:
        return str(refused), other if move else None, None
    return "", other, preview(session, concept, locale, usable)


def names_of(slug: str, locale: str) -> str:
    """The place of a topic's page where its names in a language stand open."""
    return f"{PATH}/{slug}?locale={locale}#names" if locale in LANGUAGES else f"{PATH}/{slug}#names"


@blueprint.post(f"{ONE}/unname")
def unname(slug: str) -> ResponseReturnValue:
    """Take a name away."""
    topic, locale, label = common.topic_here(slug), common.typed("locale"), common.typed("label")
    back = names_of(slug, locale)
    return common.act(lambda: labelling.remove(db.session(), topic, locale, label, common.me()), back, wording.change)


@blueprint.post(f"{ONE}/prefer")
def prefer(slug: str) -> ResponseReturnValue:
    """Let a name come first in its language."""
    topic, locale, label = common.topic_here(slug), common.typed("locale"), common.typed("label")
    back = names_of(slug, locale)
    return common.act(lambda: labelling.prefer(db.session(), topic, locale, label, common.me()), back, wording.change)


@blueprint.post(f"{ONE}/place")
def place(slug: str) -> ResponseReturnValue:
    """Put a topic under another, or under none."""
    topic = common.topic_here(slug)
    return common.act(
        lambda: placing.put_under(db.session(), topic, common.broader_typed(), common.me()),
        f"{PATH}/{slug}#place",
        wording.change,
    )


@blueprint.route(f"{PATH}/new", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    """Make a topic."""
    session, locale, label, problem = db.session(), common.language(), common.typed("label"), ""
    if request.method == "POST":
        try:
            change = placing.new(
                session, locale, label, common.typed("facet"), common.broader_typed(), common.me(), common.typed("kind")
            )
            slug = change.said["slug"]
            session.commit()
        except Refused as refused:
            session.rollback()
            problem = str(refused)
        except Elsewhere as elsewhere:
            session.rollback()
            problem = _("It is a name of “%(topic)s” already.", topic=common.label(elsewhere.topic.slug))
        else:
            flash(wording.change(change))
            return redirect(f"{PATH}/{slug}", 303)
    return render(
        "topics/new.html",
        status=422 if problem else 200,
        problem=problem,
        typed={name: common.typed(name) for name in ("label", "broader", "facet", "kind")},
        locale_of_names=locale,
        facets=wording.FACET,
        kinds=KINDS,
        every_name=common.every_name(),
        **common.facts(),
    )
