"""Whom to reach next: for a gap or a country, who is to be won, why, and who could introduce them."""

from dataclasses import replace
from datetime import date

from flask import abort
from flask.typing import ResponseReturnValue

from network.directory.saying import country, said
from network.directory.thesaurus import thesaurus
from network.extensions import db
from network.maps import acquaintance, relations
from network.maps.blueprint import blueprint
from network.maps.eyes import eyes_of
from network.matching import gap_words
from network.matching.desired import Wanted
from network.matching.looking import desk_here
from network.matching.views.gaps import asked, choices, wanted_of
from network.permissions import identity
from network.web import render

REACH = "/maps/reach"


@blueprint.get(REACH)
def reach() -> ResponseReturnValue:
    """Who is to be won, those first who would serve most seeks, with who could introduce them."""
    desk_here()
    filter, session, eyes = asked(), db.session(), eyes_of(identity())
    wanted = wanted_of(filter)
    found = acquaintance.reach(session, eyes, wanted, filter.page)
    pages = max(1, -(-found.total // acquaintance.PAGE))
    if filter.page > pages:
        abort(404)
    offered = choices(filter)
    theirs = {one.country for one in relations.desired(session, eyes) if one.country}
    countries = dict(offered["country"]) | {code: country(code) for code in theirs}
    return render(
        "maps/reach.html",
        block="reached",
        status=422 if filter.problems else 200,
        filter=filter,
        problems={one.field: one for one in filter.problems},
        said=said(filter, REACH),
        found=found,
        what=gap_words.gap_words(session, wanted) if wanted != Wanted() else "",
        query=gap_words.query(thesaurus(session), wanted),
        choices=offered | {"country": sorted(countries.items(), key=lambda one: one[1].casefold())},
        path=REACH,
        address=replace(filter, page=1).address(REACH),
        page=filter.page,
        pages=pages,
        today=date.today(),
    )
