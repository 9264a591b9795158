"""Merging a topic into another: first it is shown what moves."""

from flask import request
from flask.typing import ResponseReturnValue

from network.extensions import db
from network.text import gettext as _
from network.topics import joining, wording
from network.topics.blueprint import blueprint
from network.topics.views import common
from network.topics.views.common import PATH
from network.waiting import Refused
from network.web import render


@blueprint.route(f"{PATH}/<slug>/merge", methods=["GET", "POST"])
def merge(slug: str) -> ResponseReturnValue:
    """Choose the other one, see what moves, and merge."""
    concept, words, session = common.concept_here(slug), common.typed("into"), db.session()
    into = common.topic_named(words) if words else None
    problem = _("No topic is called “%(words)s”.", words=words) if words and into is None else ""
    moving = None
    if into is not None:
        try:
            goes, stays = common.standing_row(concept), common.standing_row(into)
            joining.check(goes, stays)
            moving = joining.moving(session, goes, stays)
        except Refused as refused:
            problem = str(refused)
    if request.method == "POST" and into is not None and not problem:
        goes, stays = common.topic_here(slug), common.topic_here(into.slug)
        return common.act(
            lambda: joining.merge(session, goes, stays, common.me()), f"{PATH}/{into.slug}", wording.change
        )
    return render(
        "topics/merge.html",
        status=422 if problem else 200,
        topic=concept,
        name=common.label(slug),
        typed=words,
        problem=problem,
        into=(into.slug, common.label(into.slug)) if into else None,
        moving=moving,
        narrower=[common.label(one) for one in moving.narrower] if moving else [],
        used_words=wording.used_words,
        spoken=wording.spoken,
        every_name=common.every_name(),
        **common.facts(),
    )
