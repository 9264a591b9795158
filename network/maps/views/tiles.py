"""A map that is too large for one scene: its page of clusters, and the tiles that open up where one zooms."""

import gzip

from flask import Response, abort, request

from network.directory.saying import said
from network.extensions import db
from network.maps import crowds, keeping, remembering, tabled, tiles
from network.maps.asked import Asked
from network.maps.blueprint import blueprint
from network.maps.eyes import Eyes, eyes_of
from network.maps.views.scenes import answer, written
from network.matching.looking import desk
from network.permissions import identity
from network.web import render

REMEMBERED = 400  # tiles, some kilobytes each


def page(asked: Asked, eyes: Eyes, path: str) -> tuple[str, int]:
    """The page of a large map: the picture of its clusters over the table that says the same."""
    session = db.session()
    view = "geography" if asked.view == "geography" else "graph"
    everyone, tree = crowds.crowd(session, asked, eyes), crowds.tree(session, asked, eyes, view)
    found = tiles.rows(asked, everyone, tree)
    pages = max(1, -(-len(found) // tabled.PAGE))
    if asked.filter.page > pages:
        abort(404)
    query = asked.turned(1).address("").removeprefix("?")
    return render(
        "maps/clusters.html",
        block="nodes",
        status=422 if asked.filter.problems else 200,
        asked=asked,
        filter=asked.filter,
        problems={problem.field: problem for problem in asked.filter.problems},
        total=len(everyone),
        ties=len(everyone.source),
        rows=found[(asked.filter.page - 1) * tabled.PAGE : asked.filter.page * tabled.PAGE],
        pages=pages,
        said=said(asked.filter, path),
        path=path,
        source=f"{path}tiles/{view}/{{z}}/{{x}}/{{y}}.json{'?' if query else ''}{query}",
        view=view,
        tree=tree,
        desk=desk(),
        counts=tiles.counted(everyone),
        kept_maps=keeping.seen(session, identity()),
        AUDIENCES=keeping.AUDIENCES,
    )


@blueprint.get("/maps/tiles/<any(graph, geography):view>/<int:z>/<int:x>/<int:y>.json")
def tile(view: str, z: int, x: int, y: int) -> Response:
    """What stands on one square of a large map: clusters, and organisations where there is room for them."""
    session, asked, eyes = db.session(), Asked.parse(request.args), eyes_of(identity())
    if asked.focus or max(z, x, y) > 2**20:
        abort(404)

    def packed() -> bytes:
        everyone, tree = crowds.crowd(session, asked, eyes), crowds.tree(session, asked, eyes, view)
        told = tiles.tile_json(session, asked, everyone, tree, (z, x, y))
        if told is None:
            abort(404)
        return gzip.compress(written(told).encode(), 9, mtime=0)

    key = remembering.key(session, asked, eyes)
    return answer(
        remembering.shelf(session, "map tiles", (*key, *asked.arguments(), view, z, x, y), packed, REMEMBERED)
    )
