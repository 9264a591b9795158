from contextlib import closing
from datetime import date

import pytest
from sqlalchemy import select

from network import index
from network.directory.filter import Filter
from network.directory.models import Link, Organization, Task, Topic
from network.directory.search import search
from network.interchange import actions
from network.interchange.limits import Refused
from network.interchange.models import Import
from network.interchange.reporting import Report
from tests.interchange.conftest import fates, reasons
from tests.topics import load_topics

LEEDS = {"id": "7", "name": "Leeds Web Club", "category": "club", "town": "Leeds", "country": "GB"}
HULL = {"id": "8", "name": "Hull Web Club", "category": "club", "town": "Hull", "country": "GB"}


def one(session, name):
    return session.scalars(select(Organization).where(Organization.name == name)).one()


def tasks(session, name):
    of = one(session, name).id
    found = session.scalars(select(Task).where(Task.organization_id == of, Task.done_at.is_(None)))
    return {task.key: task.facts for task in found if not task.key.startswith("rule:")}


def test_a_list_is_read_whatever_its_headers_are_called_and_can_be_found(report, session, table):
    file = table({"Nom": "Café Łódź", "Catégorie": "Clubs", "Ville": "Leeds", "Pays": "Royaume-Uni", "Pointure": 7})
    said = report(file)
    assert (fates(said), said["unknown_columns"], said["encoding"]) == (["new"], ["Pointure"], "UTF-8")
    made = one(session, "Café Łódź")
    assert (made.slug, made.country, made.precision, made.standing) == ("cafe-lodz", "GB", "town", "current")
    assert made.latitude == pytest.approx(53.8, abs=0.1)
    assert "place found by its town name: Leeds, England, United Kingdom" in reasons(said["rows"][0])
    answer = search(session, Filter(near="Leeds", category=("club",))).answer
    assert [hit.id for hit in answer.hits] == [made.id]
    assert index.check(session.connection()) == []


def test_the_same_file_twice_changes_nothing(report, session, table):
    file = table(LEEDS, HULL)
    report(file)
    before = [(o.id, o.version, o.changed_at) for o in session.scalars(select(Organization))]
    said = report(file)
    assert fates(said) == ["unchanged", "unchanged"]
    assert said["import"] is None
    assert [(o.id, o.version, o.changed_at) for o in session.scalars(select(Organization))] == before
    assert len(session.scalars(select(Import)).all()) == 1


def test_a_row_that_the_list_changed_changes_its_organisation(report, session, table):
    report(table(LEEDS, HULL))
    said = report(table(LEEDS, HULL | {"name": "Hull Code Club", "summary": "Since 2019"}, name="second.csv"))
    assert fates(said) == ["unchanged", "updated"]
    assert said["rows"][1]["changed"]["summary"] == ["", "Since 2019"]
    assert (one(session, "Hull Code Club").summary, one(session, "Hull Code Club").version) == ("Since 2019", 2)


def test_a_list_without_ids_is_matched_by_website_and_name(report, session, table):
    row = {"name": "Leeds Web Club", "category": "club", "website": "https://www.leeds.example/"}
    report(table(row))
    same = row | {"name": "leeds  web club", "website": "http://leeds.example", "summary": "New"}
    assert fates(report(table(same))) == ["updated"]
    assert session.scalars(select(Organization)).one().summary == "New"


def test_without_a_website_the_name_and_the_place_match(report, session, table):
    row = {"name": "Leeds Web Club", "category": "club", "town": "Leeds", "country": "GB"}
    report(table(row))
    assert fates(report(table(row | {"meets": "Thursdays"}))) == ["updated"]
    assert fates(report(table(row | {"town": "Lyon", "country": "FR"}))) == ["new"]


def test_what_was_changed_here_since_stays_unless_the_list_changes_it(report, session, table):
    row = LEEDS | {"summary": "From the list", "meets": "Mondays"}
    report(table(row))
    one(session, "Leeds Web Club").summary = "From the club itself"
    session.commit()
    said = report(table(row | {"meets": "Tuesdays"}))
    assert fates(said) == ["updated"]
    assert "summary: left as it was changed here" in reasons(said["rows"][0])
    assert (one(session, "Leeds Web Club").summary, one(session, "Leeds Web Club").meets) == (
        "From the club itself",
        "Tuesdays",
    )
    report(table(row | {"summary": "New from the list", "meets": "Tuesdays"}))
    assert one(session, "Leeds Web Club").summary == "New from the list"


def test_an_empty_cell_takes_back_only_what_the_list_itself_said(report, session, table):
    report(table(LEEDS | {"summary": "Said", "phone": ""}))
    one(session, "Leeds Web Club").phone = "0113"
    session.commit()
    report(table(LEEDS | {"summary": "", "phone": ""}))
    assert (one(session, "Leeds Web Club").summary, one(session, "Leeds Web Club").phone) == ("", "0113")


def test_a_column_that_the_file_no_longer_has_takes_nothing_back(report, session, table):
    report(table(LEEDS | {"summary": "Said"}))
    report(table(LEEDS | {"meets": "Mondays"}))
    assert one(session, "Leeds Web Club").summary == "Said"


def test_one_error_and_nothing_is_written(report, flask, session, table):
    file = table(LEEDS, HULL | {"country": "Atlantis"})
    said = report(file, code=1)
    assert (fates(said), said["written"]) == (["new", "error"], False)
    row = said["rows"][1]
    assert (row["line"], row["column"]) == (3, "country")
    assert "Atlantis" in row["reason"]
    assert session.scalars(select(Organization)).all() == []
    result = flask("import", file, code=1)
    assert result.stderr.count("\n") == 1
    assert "line 3, column country" in result.stderr
    assert fates(report(file, "--skip-errors")) == ["new", "error"]
    assert [o.name for o in session.scalars(select(Organization))] == ["Leeds Web Club"]


def test_a_broken_file_is_refused_even_when_errors_may_be_skipped(report, session, tmp_path):
    file = tmp_path / "list.csv"
    file.write_text('name,category\nLeeds,club\n"never closed,club\n')
    said = report(file, "--skip-errors", code=1)
    assert fates(said) == ["new", "error"]
    assert (said["rows"][1]["line"], said["rows"][1]["column"]) == (3, "1")
    assert session.scalars(select(Organization)).all() == []


def test_a_rehearsal_reports_and_writes_nothing(report, session, table):
    said = report(table(LEEDS, HULL), "--dry-run")
    assert (fates(said), said["written"], said["counts"]["new"]) == (["new", "new"], False, 2)
    assert session.scalars(select(Organization)).all() == []


def test_wrong_usage_and_a_refusal_exit_differently(flask, table, tmp_path):
    flask("import", tmp_path / "no such file.csv", code=2)
    flask("import", table(LEEDS), "--format", "xls", code=2)
    assert "no such folder" in flask("import", table(LEEDS), "--report", "no such folder/x.json", code=1).stderr
    result = flask("import", table({"shoe": 1}), code=1)
    assert "no column holds the name" in result.stderr


@pytest.mark.parametrize(
    ("cells", "column", "reason"),
    [
        ({"name": ""}, "name", "needs a name"),
        ({"category": ""}, "category", "needs a category"),
        ({"category": "circus"}, "category", "member, partner, club"),
        ({"latitude": "53.8"}, "longitude", "no longitude"),
        ({"latitude": "-1.55", "longitude": "53.8"}, "latitude", "swapped"),
        ({"summary": "x" * 401}, "summary", "401 characters"),
        ({"name": "evil \u202e name"}, "name", "RIGHT-TO-LEFT OVERRIDE"),
        ({"offers": "x" * 201}, "offers", "title"),
        ({"listings": "no json"}, "listings", "JSON"),
    ],
)
def test_an_error_names_its_column_and_reason(report, table, cells, column, reason):
    row = report(table(LEEDS | cells), code=1)["rows"][0]
    assert (row["fate"], row["line"], row["column"]) == ("error", 2, column)
    assert reason in row["reason"]


def test_the_same_id_twice_is_an_error(report, table):
    row = report(table(LEEDS, HULL | {"id": "7"}), code=1)["rows"][1]
    assert (row["column"], "line 2" in row["reason"]) == ("id", True)


@pytest.mark.parametrize(
    ("cells", "task", "said"),
    [
        ({"town": "Xyzzyville"}, "place:town_not_found", "no town 'Xyzzyville' was found"),
        ({"latitude": "48.85", "longitude": "2.35"}, "place:other_country", "lies in France, not in United Kingdom"),
        ({"latitude": "0", "longitude": "-30"}, "place:far", "in the sea"),
        ({"town": "Springfield", "country": "US"}, "place:ambiguous", "it may also be"),
        ({"member_of": "Nobody"}, "link:not_found", "no organisation is called 'Nobody'"),
        ({"topics": "underwater basketry"}, "topic:unknown", "no topic is called underwater basketry"),
    ],
)
def test_what_is_doubtful_is_imported_said_and_left_for_staff(report, session, table, cells, task, said):
    found = report(table(LEEDS | cells))
    assert fates(found) == ["new"]
    assert said in reasons(found["rows"][0])
    assert task in tasks(session, "Leeds Web Club")


def test_a_task_is_done_once_the_list_is_right(report, session, table):
    report(table(LEEDS | {"town": "Xyzzyville"}))
    assert tasks(session, "Leeds Web Club")
    report(table(LEEDS))
    assert not tasks(session, "Leeds Web Club")
    assert one(session, "Leeds Web Club").latitude


def test_the_country_may_come_from_the_point_and_that_is_said(report, session, table):
    row = {"name": "Leeds Web Club", "category": "club", "latitude": "53.8", "longitude": "-1.55"}
    said = report(table(row))["rows"][0]
    assert "found from the point: United Kingdom" in reasons(said)
    assert one(session, "Leeds Web Club").country == "GB"


def test_a_country_alone_is_a_place_without_a_point(report, session, table):
    report(table({"name": "A", "category": "member", "country": "Kenya"}))
    made = one(session, "A")
    assert (made.country, made.precision, made.latitude) == ("KE", "country", None)


def test_ties_are_found_by_id_slug_or_name_also_further_down(report, session, organization, table):
    organization("Old Network", slug="old-network", category="affiliate_network")
    rows = (
        LEEDS | {"member_of": "net; old-network", "hosted_by": "Hull Web Club"},
        HULL,
        {"id": "net", "name": "New Network", "category": "affiliate network"},
    )
    assert fates(report(table(*rows))) == ["new"] * 3
    made = {(link.type, link.to_organization.name): link for link in session.scalars(select(Link))}
    assert set(made) == {("member_of", "New Network"), ("member_of", "Old Network"), ("hosted_by", "Hull Web Club")}
    assert all(link.shown and link.proposed_by == "import" for link in made.values())
    assert fates(report(table(*rows))) == ["unchanged"] * 3
    found = search(session, Filter(network="old-network")).answer
    assert [hit.id for hit in found.hits] == [one(session, "Leeds Web Club").id]


def test_a_tie_that_the_list_takes_away_goes_and_one_removed_here_does_not_return(report, session, table):
    network = {"id": "net", "name": "Network", "category": "affiliate_network"}
    report(table(LEEDS | {"member_of": "net", "hosted_by": "net"}, network))
    session.delete(session.scalars(select(Link).where(Link.type == "hosted_by")).one())
    session.commit()
    report(table(LEEDS | {"member_of": "", "hosted_by": "net"}, network))
    assert session.scalars(select(Link)).all() == []


def test_a_name_that_several_have_is_no_reference(report, session, organization, table):
    organization("Twin")
    organization("Twin")
    said = report(table(LEEDS | {"member_of": "Twin"}))
    assert "several organisations are called 'Twin'" in reasons(said["rows"][0])


def test_offers_and_seeks_are_titles_with_details_beside_them(report, session, table):
    load_topics(session)
    session.commit()
    topic = session.scalars(select(Topic).where(Topic.facet == "topic")).first()
    details = f'[{{"side":"seek","title":"Help","kind":"mentoring","topics":["{topic.slug}"],"in_return":"Cake"}}]'
    row = LEEDS | {"offers": r"A room; A desk \; chair", "seeks": "Help", "listings": details}
    report(table(row))
    listings = one(session, "Leeds Web Club").listings
    assert [(one.side, one.title) for one in listings] == [
        ("offer", "A room"),
        ("offer", "A desk ; chair"),
        ("seek", "Help"),
    ]
    assert (listings[2].kind, listings[2].in_return, listings[2].topics) == ("mentoring", "Cake", [topic])
    assert fates(report(table(row))) == ["unchanged"]


def test_a_listing_that_the_list_drops_goes_but_not_one_from_here(report, session, listing, table):
    report(table(LEEDS | {"offers": "A room; A desk"}))
    listing(one(session, "Leeds Web Club"), "offer", "Our own")
    report(table(LEEDS | {"offers": "A desk; A lamp"}))
    assert {one.title for one in one(session, "Leeds Web Club").listings} == {"A desk", "A lamp", "Our own"}


def test_topics_are_known_by_slug_or_label_in_any_language(report, session, table):
    load_topics(session)
    session.commit()
    topic = session.scalars(select(Topic)).first()
    label = topic.labels[-1].label
    report(table(LEEDS | {"topics": label}))
    assert [found.slug for found in one(session, "Leeds Web Club").topics] == [topic.slug]


def test_rules_are_checked_for_what_was_imported(report, session, table):
    report(table(LEEDS))
    found = session.scalars(select(Task.key).where(Task.organization_id == one(session, "Leeds Web Club").id))
    assert set(found) == {"rule:meets", "rule:contact"}


def test_standing_is_kept_and_a_desired_partner_is_not_public(report, session, table):
    report(table({"name": "Secret", "category": "partner", "standing": "desired"}))
    assert one(session, "Secret").standing == "desired"
    assert search(session, Filter(q="Secret")).answer.total == 0


def test_geojson_and_json_are_read(report, session, tmp_path):
    geojson = tmp_path / "list.geojson"
    geojson.write_text(
        '{"type":"FeatureCollection","features":[{"type":"Feature","id":"a","geometry":{"type":"Point","coordinates":'
        '[-1.55,53.8]},"properties":{"name":"A","category":"club"}},{"type":"Feature","id":"b","geometry":null,'
        '"properties":{"name":"B","category":"club","online":true}}]}'
    )
    assert fates(report(geojson)) == ["new", "new"]
    assert (one(session, "A").latitude, one(session, "B").precision) == (53.8, "online")
    plain = tmp_path / "list.json"
    plain.write_text(
        '[{"name":"C","category":"member","place":{"town":"Lyon","country":"FR"},"languages":["fr","en"],'
        '"offers":[{"title":"A room","kind":"venue","until":"2027-01-01"}],"confirmed_on":null}, 7,'
        '{"name":"D","category":"member","summary":"\\u0000"}, {"name":"E","category":"member","summary":"\\ud800"}]'
    )
    said = report(plain, "--skip-errors")
    assert fates(said) == ["new", "error", "error", "error"]
    assert "cannot be stored" in said["rows"][3]["reason"]
    made = one(session, "C")
    assert (made.town, made.languages, made.listings[0].until) == ("Lyon", ("fr", "en"), date(2027, 1, 1))


def test_a_directory_that_changed_meanwhile_is_looked_at_again(session, organization, table):
    seen = actions.preview(session, actions.Order(table(LEEDS | {"summary": "The list's"})))
    session.rollback()
    organization("Leeds Web Club", town="Leeds", country="GB", summary="Came in between")
    with closing(seen), Report(None) as rows:
        record = actions.carry_out(session, seen, rows)
    assert record.counts == {"new": 0, "updated": 0, "unchanged": 0, "duplicate": 1, "error": 0}
    session.rollback()


def test_a_plan_with_errors_cannot_be_carried_out(session, table):
    seen = actions.preview(session, actions.Order(table(LEEDS | {"country": "Atlantis"})))
    session.rollback()
    with closing(seen), Report(None) as rows, pytest.raises(Refused, match="Atlantis"):
        actions.carry_out(session, seen, rows)
    assert session.scalars(select(Organization)).all() == []
