from datetime import date, timedelta

from network.directory.models import FormerSlug

LEEDS = {"town": "Leeds", "country": "GB", "latitude": 53.8, "longitude": -1.55, "precision": "town"}
LISBON = {"town": "Lisbon", "country": "PT", "latitude": 38.72, "longitude": -9.14, "precision": "town"}


def test_a_network_without_data_says_what_to_do_next(client):
    page = client.get("/")
    assert page.status_code == 200
    assert "flask demo load" in page.text or "interchange import" in page.text


def test_home_counts_each_category_and_says_what_it_means(client, organization):
    organization("Aire Valley Web Club")
    organization("Harbour Lab", category="partner")
    page = client.get("/").text
    assert "A local chapter, run by the people of the place." in page
    assert "/organizations/?category=club" in page


def test_the_directory_finds_words_without_their_diacritics(client, organization):
    organization("Café São João", summary="Une école pour tous", **LISBON)
    for typed in ("cafe", "école", "ecole", "sao joao", "SÃO"):
        assert "Café São João" in client.get(f"/organizations/?q={typed}").text, typed


def test_the_directory_finds_the_beginning_of_a_word(client, organization):
    organization("The Gardeners of Leeds", **LEEDS)
    assert "The Gardeners of Leeds" in client.get("/organizations/?q=gard").text


def test_a_misspelt_word_is_tried_as_what_it_resembles_and_said(client, organization):
    organization("Community garden", **LEEDS)
    page = client.get("/organizations/?q=gardne").text
    assert "Community garden" in page
    assert "garden" in page


def test_a_legal_home_finds_fiscal_sponsorship_and_says_so(client, listing, session):
    from tests.topics import load_topics

    load_topics(session)
    session.commit()
    listing(title="Fiscal sponsorship for informal collectives", kind="legal")
    page = client.get("/organizations/?q=legal home").text
    assert "Fiscal sponsorship for informal collectives" in page
    assert "fiscal sponsorship" in page


def test_filters_narrow_and_can_be_undone_piece_by_piece(client, organization):
    organization("Aire Valley Web Club", **LEEDS)
    organization("Harbour Lab", category="partner", **LISBON)
    page = client.get("/organizations/?category=club&country=GB").text
    assert "Aire Valley Web Club" in page
    assert "Harbour Lab" not in page
    assert 'href="/organizations/?category=club"' in page
    assert 'href="/organizations/?country=GB"' in page


def test_offered_and_sought_are_told_apart(client, organization, listing):
    listing(organization("Harbour Lab"), "offer", "Grants for starting", kind="funding")
    listing(organization("Mesa Abierta"), "seek", "Money for printing", kind="funding")
    offered = client.get("/organizations/?kind=funding&side=offer").text
    assert "Harbour Lab" in offered
    assert "Mesa Abierta" not in offered


def test_members_of_a_network_are_found_by_it(client, organization, link):
    coast = organization("Coast Network", category="affiliate_network", slug="coast-network")
    link(organization("Harbour Lab"), coast, confirmed_on=date.today())
    link(organization("Merely Proposed"), coast)
    page = client.get("/organizations/?network=coast-network").text
    assert "Harbour Lab" in page
    assert "Merely Proposed" not in page


def test_an_unknown_network_or_topic_finds_nothing_and_says_what_to_try(client, organization):
    organization("Harbour Lab")
    assert "Harbour Lab" not in client.get("/organizations/?network=nowhere").text
    assert "Harbour Lab" not in client.get("/organizations/?topic=nothing").text


def test_an_argument_that_cannot_be_used_gets_422_and_stays_typed(client):
    page = client.get("/organizations/?near=Leeds&radius=far")
    assert page.status_code == 422
    assert "far" in page.text


def test_a_page_beyond_the_last_does_not_exist(client, organization):
    organization("Harbour Lab")
    assert client.get("/organizations/?page=2").status_code == 404
    assert client.get("/organizations/?page=501").status_code == 422


def test_pages_are_stable_and_complete(client, organization):
    for number in range(45):
        organization(f"Organisation {number:02}", slug=f"number-{number:02}")
    for sort in ("", "&sort=name", "&sort=confirmed"):
        seen = []
        for page in (1, 2, 3):
            found = client.get(f"/organizations/?page={page}{sort}").text
            seen += [slug for slug in (f"number-{n:02}" for n in range(45)) if f'"/organizations/{slug}"' in found]
        assert sorted(seen) == [f"number-{n:02}" for n in range(45)]


def test_desired_partners_are_nowhere(client, organization):
    hidden = organization("Desired Foundation", standing="desired", slug="desired-foundation", **LEEDS)
    for address in (
        "/",
        "/organizations/",
        "/organizations/?q=desired",
        "/organizations/?near=Leeds",
        "/chapters/?near=Leeds",
        "/api/organizations",
        "/api/organizations.csv",
        "/api/organizations.geojson",
        "/api/chapters",
        "/sitemap.xml",
    ):
        assert "desired-foundation" not in client.get(address).text, address
    assert client.get(f"/organizations/{hidden.slug}").status_code == 404
    assert client.get(f"/api/organizations/{hidden.slug}").status_code == 404


def test_a_profile_says_what_it_offers_and_what_it_wants_in_return(client, organization, listing):
    lab = organization("Harbour Lab", slug="harbour-lab", category="partner", **LISBON)
    listing(lab, "offer", "Fiscal sponsorship", kind="legal", in_return="A story that we may publish")
    listing(lab, "seek", "Spanish lesson plans", kind="content")
    page = client.get("/organizations/harbour-lab").text
    for said in (
        "Fiscal sponsorship",
        "A story that we may publish",
        "Spanish lesson plans",
        '"makesOffer"',
        '"seeks"',
    ):
        assert said in page


def test_a_paused_listing_is_not_shown(client, organization, listing):
    lab = organization("Harbour Lab", slug="harbour-lab")
    listing(lab, title="A room that is taken", state="paused")
    assert "A room that is taken" not in client.get("/organizations/harbour-lab").text


def test_a_profile_shows_ties_once_both_sides_stand_by_them(client, organization, link):
    club = organization("Aire Valley Web Club", slug="aire-valley")
    link(club, organization("Leeds Library", category="member"), "hosted_by", confirmed_on=date.today())
    link(club, organization("Somebody Else", category="member"), "works_with")
    page = client.get("/organizations/aire-valley").text
    assert "Leeds Library" in page
    assert "Somebody Else" not in page


def test_an_old_address_leads_to_the_new_one(client, organization, session):
    lab = organization("Harbour Lab", slug="harbour-lab")
    session.add(FormerSlug(slug="harbor-lab", organization_id=lab.id))
    session.commit()
    answer = client.get("/organizations/harbor-lab")
    assert (answer.status_code, answer.location) == (301, "/organizations/harbour-lab")


def test_an_organisation_that_left_is_gone_and_not_merely_missing(client, session):
    session.add(FormerSlug(slug="harbor-lab", organization_id=None))
    session.commit()
    assert client.get("/organizations/harbor-lab").status_code == 410
    assert client.get("/organizations/never-was").status_code == 404


def test_a_text_cannot_end_the_linked_data(client, organization):
    organization("Harbour </script><script>alert(1)</script>", slug="harbour-lab")
    page = client.get("/organizations/harbour-lab").text
    assert "<script>alert" not in page


def test_a_long_name_fourteen_languages_and_no_offers_are_no_trouble(client, organization):
    organization(
        "The " + "very " * 22 + "long name",
        slug="long",
        languages=("en", "es", "fr", "pt", "de", "ar", "sw", "ja", "hi", "pl", "tr", "uk", "zh", "id"),
    )
    assert client.get("/organizations/long").status_code == 200
    assert client.get("/organizations/").status_code == 200


def test_what_nobody_confirmed_for_a_year_comes_last_and_says_so(client, organization):
    organization("Garden of yesterday", confirmed_on=date.today() - timedelta(500))
    organization("Garden of today", confirmed_on=date.today() - timedelta(5))
    page = client.get("/organizations/?q=garden").text
    assert page.index("Garden of today") < page.index("Garden of yesterday")
    assert "nobody has confirmed this since" in page


def test_an_edit_shows_at_once(client, organization, session):
    lab = organization("Harbour Lab")
    assert "Harbour Lab" in client.get("/organizations/?q=harbour").text
    lab.name = "Lighthouse Lab"
    session.commit()
    assert "Lighthouse Lab" in client.get("/organizations/?q=lighthouse").text
    assert "Lighthouse Lab" not in client.get("/organizations/?q=harbour").text


def test_a_club_without_a_place_is_a_task_and_still_listed(client, organization, session):
    from network.directory.tasks import open_tasks

    organization("Club of nowhere", slug="nowhere")
    assert ("nowhere", "Add the place where it meets, or say that it is online") in list(open_tasks(session))
    assert "Club of nowhere" in client.get("/organizations/").text


def test_a_listing_whose_day_has_passed_is_not_shown_in_lists(client, organization, listing):
    lab = organization("Harbour Lab")
    listing(lab, "offer", "A room by the sea", until=date.today() - timedelta(days=1))
    listing(lab, "offer", "Evening classes", until=date.today())
    page = client.get("/organizations/").text
    assert "Evening classes" in page
    assert "A room by the sea" not in page
