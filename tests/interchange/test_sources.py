"""Lists that refresh: fetched politely, and what has changed waits for a person."""

import pytest
from sqlalchemy import func, select

from network import clock
from network.directory.models import Organization
from network.interchange import refreshing, sources, tending, working
from network.interchange.models import Import, ImportDraft, ImportMapping, ImportSource
from network.staff.models import Decision
from network.waiting import sources as kinds
from tests.interchange.bringing import Bringing, text_of
from tests.outside.web import serving

PATH = "/interchange/sources"
AT = "http://lists.alt/clubs.csv"
LEEDS = {"id": "7", "name": "Leeds Web Club", "category": "club", "summary": "We mend", "country": "GB"}
HULL = {"id": "8", "name": "Hull Repair Loft", "category": "club", "summary": "We solder", "country": "GB"}


@pytest.fixture
def web():
    with serving() as made:
        yield made


@pytest.fixture
def source(session):
    """A list that refreshes, not fetched yet."""
    made = ImportSource(name="clubs", address=AT)
    session.add(made)
    session.commit()
    return made


@pytest.fixture
def fetch(session, web, source):
    """A function that lets the list hold some rows, or nothing new, and fetches it."""

    def run(*rows, anew=True, **headers):
        if rows:
            web.say("lists.alt/clubs.csv", text_of(*rows), **headers)
        session.commit()
        outcome = refreshing.refresh(session, source.id, web.fetcher(), anew)
        session.expire_all()
        return outcome

    return run


@pytest.fixture
def waiting(staff, session, source):
    """A function that gives what waits of the list, as the page leads through it."""

    def find():
        session.expire_all()
        brought = Bringing(staff, session)
        brought.id = source.draft_id
        brought.path = f"/interchange/drafts/{brought.id}"
        return brought

    return find


@pytest.fixture
def known(fetch, waiting):
    """The list, named and imported once."""
    assert fetch(LEEDS, HULL) == "changed"
    assert waiting().name().carry_out().state == "done"


def cards(session, kind="refresh"):
    ids = [id for stream in kinds[kind].streams() for id in session.scalars(select(stream.id).where(*stream.open))]
    return kinds[kind].tell(session, ids)


def organizations(session):
    return session.scalar(select(func.count()).select_from(Organization))


def test_the_first_list_asks_what_its_columns_mean_and_writes_nothing(fetch, session, source, app):
    assert fetch(LEEDS) == "changed"
    with app.test_request_context("/"):
        (card,) = cards(session)
        assert "say what the columns mean" in card.sentence
    assert card.links[0][1] == f"/interchange/drafts/{source.draft_id}"
    assert organizations(session) == 0
    assert source.format == "csv"


def test_what_changed_is_one_card_with_its_numbers_and_is_imported_as_any_list(known, fetch, waiting, session, staff):
    new = {"id": "9", "name": "Quay Sewing Circle", "category": "club", "summary": "", "country": "GB"}
    assert fetch(LEEDS | {"summary": "We mend radios"}, new) == "changed"
    page = staff.get("/staff/queue?kind=refresh").text
    assert "The list clubs: 1 new, 1 changed, 1 gone" in page
    assert "hull-repair-loft" in waiting().look()
    waiting().carry_out()
    assert cards(session) == []
    slugs = select(Organization.slug, Organization.summary, Organization.standing).order_by(Organization.slug)
    assert session.execute(slugs).all() == [
        ("hull-repair-loft", "We solder", "current"),
        ("leeds-web-club", "We mend radios", "current"),
        ("quay-sewing-circle", "", "current"),
    ]
    assert session.scalars(select(Import).order_by(Import.id.desc())).first().by.startswith("person ")


def test_what_an_organisation_edited_itself_is_never_overwritten(known, fetch, waiting, session):
    leeds = session.scalars(select(Organization).where(Organization.slug == "leeds-web-club")).one()
    leeds.summary, leeds.phone = "We teach what we know", "0113 1"
    assert fetch(LEEDS, HULL | {"summary": "We solder and saw"}) == "changed"
    waiting().carry_out()
    session.expire_all()
    assert (leeds.summary, leeds.phone) == ("We teach what we know", "0113 1")


def test_the_same_bytes_do_nothing(known, fetch, session, web, source):
    before = source.arrived_at, source.draft_id
    assert fetch(anew=False) == "unchanged"
    assert (source.arrived_at, source.draft_id) == before


def test_a_server_that_says_that_nothing_changed_sends_nothing(known, fetch, session, web, source):
    fetch(LEEDS, HULL, anew=True, ETag='"7"', Last_Modified="Sun, 01 Nov 2026 08:00:00 GMT")
    assert (source.etag, source.modified) == ('"7"', "Sun, 01 Nov 2026 08:00:00 GMT")

    def not_again(handler):
        asked = handler.headers["If-None-Match"], handler.headers["If-Modified-Since"]
        assert asked == ('"7"', "Sun, 01 Nov 2026 08:00:00 GMT")
        handler.send_response(304)
        handler.end_headers()

    web.play("lists.alt/clubs.csv", not_again)
    assert fetch(anew=False) == "unchanged"
    assert (source.failures, source.etag) == (0, '"7"')


def test_other_bytes_that_say_the_same_wait_for_nobody(known, fetch, session, source):
    assert fetch(HULL, LEEDS) == "unchanged"
    assert cards(session) == []
    assert sources.draft_of(session, source) is None


def test_what_is_gone_is_told_once_and_stays(known, fetch, waiting, session):
    assert fetch(LEEDS) == "changed"
    waiting().client.send(waiting().path, f"{waiting().path}/discard")
    assert fetch(LEEDS, anew=True) == "unchanged"
    assert organizations(session) == 2


def test_a_newer_list_takes_the_place_of_one_that_nobody_decided(known, fetch, session, source):
    fetch(LEEDS, HULL | {"summary": "A"})
    first = source.draft_id
    fetch(LEEDS, HULL | {"summary": "B"})
    assert source.draft_id != first
    assert session.get(ImportDraft, first) is None
    assert len(cards(session)) == 1


def test_while_somebody_decides_no_newer_list_takes_its_place(known, fetch, waiting, session, source, web):
    fetch(LEEDS, HULL | {"summary": "A"})
    waiting().decide()
    kept, asked = source.draft_id, len(web.asked)
    assert fetch(LEEDS, HULL | {"summary": "B"}) == "waits"
    assert (source.draft_id, len(web.asked)) == (kept, asked)


def test_columns_that_the_list_did_not_have_are_recognised(known, fetch, waiting):
    assert fetch(LEEDS | {"phone": "0113 2"}, HULL | {"phone": ""}) == "changed"
    assert "0113 2" in waiting().look()


def test_a_list_that_lost_its_names_is_asked_about_again(known, fetch, session, app):
    rows = ({"id": "7", "title of it": "Leeds Web Club", "category": "club"},)
    assert fetch(*rows) == "changed"
    with app.test_request_context("/"):
        assert "say what the columns mean" in cards(session)[0].sentence


@pytest.mark.parametrize(
    ("body", "status", "why"),
    [
        ("", 404, "missing"),
        ("", 500, "status"),
        ("", 204, "status"),
        ("<!doctype html><p>Sign in", 200, "page"),
        ("name,category\n", 200, "list"),
        (b"\x89PNG\r\n\x1a\n\0\0", 200, "list"),
    ],
)
def test_what_is_no_list_is_a_failure_with_its_cause(fetch, session, source, web, body, status, why):
    web.say("lists.alt/clubs.csv", body, status=status)
    assert fetch() == "failed"
    assert (source.problem, source.failures) == (why, 1)
    assert source.due_at > clock.now()
    assert cards(session) == []


def test_after_three_failures_in_a_row_there_is_a_card_that_an_answer_takes_away(fetch, session, source, staff):
    for count in range(3):
        assert cards(session, "unfetched") == []
        assert source.failures == count
        fetch()
    page = staff.get("/staff/queue?kind=unfetched").text
    assert "The list clubs can&#39;t be fetched" in page
    assert "There is no host of that name: lists.alt" in page
    assert "There is no host of that name" in staff.get(f"{PATH}/{source.id}").text
    fetch(LEEDS)
    assert cards(session, "unfetched") == []


def test_a_list_that_fails_is_paused_at_the_desk_and_that_is_taken_back(fetch, session, source, staff):
    for _count in range(3):
        fetch()
    staff.send("/staff/queue", "/staff/queue/several", card=[f"unfetched-{source.id}"], act="pause")
    session.expire_all()
    assert source.paused_at
    assert cards(session, "unfetched") == []
    assert fetch(anew=False) == "unchanged"
    undo = f"/staff/decisions/{session.scalar(select(func.max(Decision.id)))}/undo"
    staff.send("/staff/decisions", undo)
    session.expire_all()
    assert source.paused_at is None
    staff.send("/staff/queue", "/staff/queue/several", card=[f"unfetched-{source.id}"], act="again")
    session.expire_all()
    assert source.due_at <= clock.now()


def test_a_tick_fetches_what_is_due_and_no_more(session, source, web):
    web.say("lists.alt/clubs.csv", text_of(LEEDS))
    assert refreshing.refresh_due(session, web.fetcher()) == "1 changed"
    assert refreshing.refresh_due(session, web.fetcher()) == "none is due"
    session.expire_all()
    assert source.due_at - clock.now() > sources.EVERY["week"] / 2


def test_one_odd_list_keeps_no_other_from_being_fetched(session, source, web):
    session.add(ImportSource(name="hills", address="http://hills.alt/hills.csv"))
    session.commit()
    web.say("hills.alt/hills.csv", text_of(HULL))
    find = web.resolve
    web.resolve = lambda host, seconds: [][1] if host == "lists.alt" else find(host, seconds)
    assert refreshing.refresh_due(session, web.fetcher()) == "1 changed, 1 failed"
    session.expire_all()
    assert source.problem == "ours"


def test_a_tick_without_lists_asks_nobody(session):
    assert tending.refresh(session) == "none is due"


def test_what_waits_of_a_list_that_refreshes_is_kept_longer_than_thirty_days(known, fetch, session, source):
    fetch(LEEDS, HULL | {"summary": "A"})
    session.get(ImportDraft, source.draft_id).at = clock.now() - tending.KEPT * 2
    session.commit()
    tending.remove_old(session)
    session.commit()
    session.expire_all()
    assert len(cards(session)) == 1


@pytest.fixture
def started(monkeypatch):
    """What was ordered of processes, instead of starting them."""
    orders = []
    monkeypatch.setattr(working, "start", lambda *order: orders.append(order))
    return orders


def test_staff_add_a_list_and_it_is_fetched_at_once(staff, session, started):
    answer = staff.send(PATH, PATH, name=" Clubs of the coast ", address=AT, every="day")
    made = session.scalars(select(ImportSource)).one()
    assert answer.location == f"{PATH}/{made.id}?fetched=1"
    assert (made.name, made.address, made.every) == ("Clubs of the coast", AT, "day")
    assert started == [(f"source-{made.id}", "refresh", made.id)]
    assert "It is being fetched" in staff.get(answer.location).text
    assert "Clubs of the coast" in staff.get(PATH).text


@pytest.mark.parametrize(
    "address",
    ["", "lists.alt/clubs.csv", "ftp://lists.alt/", "http://127.1/", "http://a:b@lists.alt/", "http://x:8080/"],
)
def test_an_address_that_could_never_be_fetched_is_refused_with_the_words_kept(staff, session, started, address):
    answer = staff.send(PATH, PATH, name="Clubs", address=address)
    assert answer.status_code == 422
    assert "Clubs" in answer.text
    assert session.scalars(select(ImportSource)).all() == []


def test_a_name_stands_for_one_list(staff, source, started):
    answer = staff.send(PATH, PATH, name="clubs", address=AT)
    assert answer.status_code == 422
    assert "There is a list of that name already." in answer.text


def test_staff_change_pause_fetch_and_remove_a_list(staff, known, source, session, started, fetch):
    page = f"{PATH}/{source.id}"
    staff.send(page, page, address="http://other.alt/list.json", every="month")
    staff.send(page, f"{page}/pause")
    session.expire_all()
    assert (source.address, source.every, source.sha256) == ("http://other.alt/list.json", "month", "")
    assert source.paused_at
    assert "paused" in staff.get(PATH).text
    staff.send(page, f"{page}/pause", what="resume")
    session.expire_all()
    assert source.paused_at is None
    staff.send(page, f"{page}/fetch")
    assert started == [(f"source-{source.id}", "refresh", source.id)]
    staff.send(page, f"{page}/remove")
    assert session.scalars(select(ImportSource.id)).all() == []
    assert organizations(session) == 2
    assert session.scalars(select(ImportMapping)).one().source == "clubs"


def test_only_the_staff_see_lists_that_refresh(signed_in, person, organization, source, client):
    coast = organization("Coast", category="member")
    for browser in (signed_in(person(coordinator=coast)), signed_in(person(admin=coast))):
        for path in (PATH, f"{PATH}/{source.id}"):
            assert browser.get(path).status_code == 403
    assert client.get(PATH).status_code in (302, 303, 401)
    assert (
        "refresh" not in signed_in(person(coordinator=coast)).get("/staff/queue?kind=refresh").text.split("</nav>")[1]
    )


def test_a_list_that_is_not_there_is_404(staff):
    assert staff.get(f"{PATH}/99").status_code == 404
    assert staff.get(f"{PATH}/{2**40}").status_code == 404
