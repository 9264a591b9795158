"""Measures in plain words: who bridges groups, who stands alone, and what would fall apart if somebody left."""

from flask import request
from flask.typing import ResponseReturnValue
from markupsafe import Markup, escape

from network.accounts.limits import here
from network.directory.saying import said
from network.extensions import db, limiter
from network.maps import measuring, measuring_words, queries
from network.maps.asked import Asked
from network.maps.blueprint import blueprint
from network.maps.eyes import eyes_of
from network.maps.measuring import Measured
from network.maps.scene import Node
from network.matching.looking import desk
from network.permissions import identity
from network.profiles.forms import countries_named
from network.web import render

MEASURES = "/maps/measures"
LINK = Markup('<a href="{}">{}</a>')


def whole() -> bool:
    return not request.args


@blueprint.get(MEASURES)
@limiter.limit("60/minute", key_func=here, exempt_when=whole)
def measures() -> ResponseReturnValue:
    """What the shape of the network says, or of a part of it, as far as the reader sees it."""
    asked = Asked.parse(request.args).whom()
    found = measuring.measured(db.session(), asked, eyes_of(identity()))
    return render(
        "maps/measures.html",
        status=422 if asked.filter.problems else 200,
        asked=asked,
        filter=asked.filter,
        problems={one.field: one for one in asked.filter.problems},
        said=said(asked.filter, MEASURES),
        found=found,
        told=told(found) if found else {},
        most=queries.MOST,
        path=MEASURES,
        countries=countries_named(),
        address_of=address_of,
        desk=desk(),
    )


def address_of(node: Node) -> str:
    """Where more is said of an organisation: its profile, or for one that isn't public its relationship."""
    public = node.standing in ("current", "paused")
    return f"/organizations/{node.slug}" if public else f"/maps/pipeline/{node.id}"


def told(found: Measured) -> dict[str, list[tuple[Node, Markup]]]:
    """The measures as sentences in which organisations are links, each with whom it is about.

    The words are ours and hold no marks; what others wrote is escaped before it is put among them.
    """
    names = {id: str(LINK.format(address_of(node), node.name)) for id, node in found.nodes.items()}
    groups = {key: str(escape(name)) for key, name in found.groups.items()}
    bridges = [(found.nodes[one.id], measuring_words.bridge_words(one, names, groups)) for one in found.bridges]
    losses = [(found.nodes[one.id], measuring_words.loss_words(one, names)) for one in found.losses]
    return {
        "bridges": [(node, Markup(words)) for node, words in bridges],
        "losses": [(node, Markup(words)) for node, words in losses],
    }
