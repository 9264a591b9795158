"""Splitting a topic: which names go, then who goes with them."""

from flask import request
from flask.typing import ResponseReturnValue

from network.extensions import db
from network.topics import labelling, parting, wording
from network.topics.blueprint import blueprint
from network.topics.parting import SHOWN
from network.topics.views import common
from network.topics.views.common import PATH
from network.waiting import Refused
from network.web import render

MOST = 2 * SHOWN


@blueprint.route(f"{PATH}/<slug>/split", methods=["GET", "POST"])
def split(slug: str) -> ResponseReturnValue:
    """Choose names, see who says them, and make two topics of one."""
    concept, session = common.concept_here(slug), db.session()
    labels = labelling.of_ones(session, concept.id, request.values.getlist("name")[:MOST])
    labels = parting.with_alike(session, concept.id, labels)
    problem, users = "", []
    if labels or request.args.get("step") == "users":
        try:
            parting.check(session, common.standing_row(concept), labels)
            users = parting.users(session, concept.id, labels)
        except Refused as refused:
            problem = str(refused)
    if request.method == "POST" and labels and not problem:
        topic, under = common.topic_here(slug), common.typed("under") == "1"
        chosen = set(request.form.getlist("user")[:MOST]) | {one.key for one in users[SHOWN:] if one.says}
        return common.act(
            lambda: parting.split(session, topic, labels, chosen, under, common.me()), f"{PATH}/{slug}", wording.change
        )
    return render(
        "topics/split.html",
        status=422 if problem else 200,
        topic=concept,
        name=common.label(slug),
        names=labelling.names(session, concept.id),
        labels=labels,
        chosen={f"{locale}:{label}" for locale, label in labels},
        problem=problem,
        users=users[:SHOWN],
        further=len(users[SHOWN:]),
        further_says=sum(one.says for one in users[SHOWN:]),
        spoken=wording.spoken,
        **common.facts(),
    )
