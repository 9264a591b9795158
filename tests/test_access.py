"""Who may do what: every route and method, asked as everyone, of every kind of organisation.

The table below is written down from the rules, not from the code. What lies behind a route is replaced by one word, so
that the answer is that of the permissions alone; what public pages show of hidden organisations is asked of the real
ones.
"""

from datetime import date, timedelta
from itertools import cycle, product

import pytest

from network import create_app
from network.directory.models import FormerSlug
from network.extensions import db
from network.permissions import ACTIONS, PERMISSIONS, On, Who

LONG_AGO = timedelta(minutes=20)
PUBLIC, HIDDEN, GONE = ("lab", "other", "net"), ("quiet", "silent"), "gone"
"""The lab and the quiet one are members of the net and have the same people; the others are foreign to them."""

OWN = {"lab", "quiet"}
NET = {"lab", "quiet", "net"}
ALL = {*PUBLIC, *HIDDEN}
EDITORS = {"representative": OWN, "admin": OWN, "coordinator": NET, "staff": ALL}
ANYONE = {"": set(PUBLIC), **EDITORS}
ALLOWED = {
    "see": ANYONE,
    "see_standing": {"coordinator": NET, "staff": ALL},
    "edit": EDITORS,
    "suggest": ANYONE,
    "write_to": ANYONE,
    "confirm": EDITORS,
    "decide_suggestion": EDITORS,
    "claim": ANYONE,
    "object_to_claim": {"admin": OWN},
    "decide_claim": {"coordinator": NET, "staff": ALL},
    "see_colleagues": EDITORS,
    "invite": {"admin": OWN, "coordinator": NET, "staff": ALL},
    "ask_to_invite": {"representative": OWN},
    "remove_colleague": {"admin": OWN, "staff": ALL},
    "propose_link": EDITORS,
    "confirm_link": EDITORS,
    "see_history": EDITORS,
    "undo": EDITORS,
    "export": EDITORS,
    "export_persons": {"admin": OWN, "coordinator": NET, "staff": ALL},
    "see_matches": EDITORS,
    "ask_introduction": EDITORS,
    "answer_introduction": {"admin": OWN, "coordinator": NET, "staff": ALL},
    "answer_value": {"admin": OWN},
    "ask_merge": {"staff": ALL},
    "merge": {"staff": ALL},
    "hide": {"admin": OWN, "staff": ALL},
    "erase": {"admin": OWN},
}
"""Which organisations each may do an action to; under "" what everyone may, whoever they are."""
AGAIN = {"invite", "remove_colleague", "export_persons", "merge", "erase"}
PEOPLE = (
    *("visitor", "stranger", "representative", "admin", "rival", "coordinator", "other_coordinator"),
    *("staff", "staff_without_passkey", "operator"),
)
SAFE = {"GET"}
MANNERS = ({}, {"HX-Request": "true"}, {"Accept": "application/json"}, {"Accept": "text/csv"})
"""Ways to ask, taken in turn: no fragment and no format answers otherwise than its page."""


@pytest.fixture(scope="session")
def guarded(database_url, compiled):
    """The application with one word behind each of its routes."""
    app = create_app({"TESTING": True, "DATABASE_URL": database_url, "LOG_LEVEL": "WARNING", "WTF_CSRF_ENABLED": False})
    app.jinja_env.bytecode_cache = compiled
    for endpoint in app.view_functions:
        app.view_functions[endpoint] = lambda **named: "permitted"
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def organizations(organization, link, at_once, session):
    """The organisations of the table by their names, and the slug of one that was erased."""
    with at_once():
        nets = organization("Coast Network", category="affiliate_network", slug="net")
        far = organization("Hill Network", category="affiliate_network", slug="far")
        found = {
            "net": nets,
            "lab": organization("Harbour Lab", slug="lab"),
            "quiet": organization("Quiet Lab", slug="quiet", standing="in_conversation"),
            "other": organization("Hill Club", slug="other"),
            "silent": organization("Silent Club", slug="silent", standing="desired"),
        }
        for name, network in (("lab", nets), ("quiet", nets), ("other", far), ("silent", far)):
            link(found[name], network, "member_of", confirmed_on=date.today())
    session.add(FormerSlug(slug=GONE))
    session.commit()
    return found


@pytest.fixture
def people(organizations, person, at_once, session):
    """Everyone who may ask, by the part that they play."""
    with at_once():
        lab, quiet, other, net = (organizations[name] for name in ("lab", "quiet", "other", "net"))
        far = other.links_out[0].to_organization
        made = {
            "stranger": person(),
            "representative": person(representative=lab),
            "admin": person(admin=lab),
            "rival": person(admin=other),
            "coordinator": person(coordinator=net),
            "other_coordinator": person(coordinator=far),
            "staff": person(staff=True),
            "operator": person(operator=True),
        }
        for name in ("representative", "admin"):
            made[name].roles.append(type(made[name].roles[0])(role=name, organization_id=quiet.id))
        session.commit()
    return made | {"staff_without_passkey": made["staff"]}


def reached(action: str, who: str) -> set[str]:
    """The organisations of the table that somebody may do an action to."""
    allowed = set(ALLOWED[action].get("", ())) | set(ALLOWED[action].get(who, ()))
    if who == "rival" and "admin" in ALLOWED[action]:
        allowed |= {"other"}
    if who == "other_coordinator" and "coordinator" in ALLOWED[action]:
        allowed |= {"other", "silent"}
    return allowed


def expected(action: str, who: str, slug: str, method: str, recent: bool) -> set[int]:
    """The statuses that may come of a request."""
    if slug == GONE:
        return {410}
    if slug in reached(action, who):
        if action in AGAIN and not recent:
            return {303} if method in SAFE else {303, 401}
        return {200}
    if slug not in reached("see", who):
        return {404}
    if who == "visitor":
        return {303} if method in SAFE else {401}
    return {403}


def routes(app):
    """Every route about an organisation, with its methods and action."""
    for rule in app.url_map.iter_rules():
        row = PERMISSIONS[rule.endpoint]
        if isinstance(row, On):
            yield rule, methods(rule), row.action


def methods(rule) -> list[str]:
    """The methods of a route; HEAD goes the way of GET, which a test of its own asks about."""
    return sorted(rule.methods - {"OPTIONS", "HEAD"})


def address(app, rule, slug: str) -> str:
    """The address of a route for an organisation; whatever else it names is the first, or the section "about"."""
    values: dict[str, object] = {}
    for name, converter in rule._converters.items():
        first = sorted(getattr(converter, "items", ["about"]))[0]
        values[name] = 1 if type(converter).__name__ == "IntegerConverter" else first
    values |= {"slug": slug} if "slug" in values else {}
    return app.url_map.bind("localhost").build(rule.endpoint, values)


def test_every_action_is_in_the_table():
    assert set(ACTIONS) == set(ALLOWED)
    assert {name for name, action in ACTIONS.items() if action.again} == AGAIN
    assert {row.action for row in PERMISSIONS.values() if isinstance(row, On)} <= set(ALLOWED)


@pytest.mark.parametrize("who", PEOPLE)
def test_every_route_about_an_organization_answers_as_the_table_says(who, guarded, organizations, people, signed_in):
    wrong, manners = [], cycle(MANNERS)
    for recent in (True, False):
        browser = browsing(guarded, people, signed_in, who, recent)
        for rule, methods, action in routes(guarded):
            if not recent and action not in AGAIN:
                continue
            for slug, method in product((*organizations, GONE), methods):
                asked, headers = address(guarded, rule, slug), next(manners)
                statuses = expected(action, who, slug, method, recent)
                answer = browser.open(asked, method=method, headers=headers)
                if answer.status_code not in statuses:
                    wrong.append(f"{method} {asked}: {answer.status_code}, not {statuses} {headers or ''}")
    assert not wrong, "\n".join(wrong[:40])


@pytest.mark.parametrize("who", ["visitor", "stranger"])
def test_to_ask_for_the_head_alone_opens_no_door(who, guarded, organizations, people, signed_in):
    browser, wrong = browsing(guarded, people, signed_in, who, recent=True), []
    for (rule, _methods, _action), slug in product(routes(guarded), organizations):
        asked = address(guarded, rule, slug)
        if "GET" in rule.methods:
            whole, head = (browser.open(asked, method=method).status_code for method in ("GET", "HEAD"))
            wrong += [f"{asked}: {head}, not {whole}"] if head != whole else []
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("who", PEOPLE)
def test_every_route_for_those_who_are_signed_in_or_staff_is_kept_for_them(who, guarded, people, signed_in):
    browser, wrong = browsing(guarded, people, signed_in, who, recent=True), []
    for rule in guarded.url_map.iter_rules():
        row = PERMISSIONS[rule.endpoint]
        if row not in (Who.SIGNED_IN, Who.STAFF):
            continue
        for method in methods(rule):
            answer = browser.open(address(guarded, rule, "1"), method=method)
            fine = who != "visitor" if row == Who.SIGNED_IN else who == "staff"
            statuses = {200} if fine else {303, 401} if who == "visitor" else {403}
            if answer.status_code not in statuses:
                wrong.append(f"{method} {rule}: {answer.status_code}, not {statuses}")
    assert not wrong, "\n".join(wrong)


def browsing(app, people, signed_in, who: str, recent: bool):
    """A browser of somebody for an application of our own, without the checks of a page."""
    client = app.test_client()
    if who != "visitor":
        strong = who != "staff_without_passkey"
        theirs = signed_in(people[who], strong=strong, ago=timedelta() if recent else LONG_AGO)
        with theirs.session_transaction() as cookie:
            token = cookie["_user_id"]
        client.set_cookie("session", signed(app, token))
    return client


def signed(app, token: str) -> str:
    serializer = app.session_interface.get_signing_serializer(app)
    return serializer.dumps({"_user_id": token})


def test_a_hidden_organization_shows_nowhere_in_public(client, organizations):
    wrong = []
    for rule in client.application.url_map.iter_rules():
        if PERMISSIONS[rule.endpoint] != Who.EVERYONE or "GET" not in rule.methods or rule.endpoint == "static":
            continue
        for slug in HIDDEN:
            answer = client.get(address(client.application, rule, slug))
            if answer.status_code == 200 and organizations[slug].name in answer.text:
                wrong.append(str(rule))
    assert not wrong
