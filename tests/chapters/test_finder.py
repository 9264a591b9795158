LEEDS = {"town": "Leeds", "country": "GB", "latitude": 53.8, "longitude": -1.55, "precision": "town"}
HALIFAX = {"town": "Halifax", "country": "GB", "latitude": 53.72, "longitude": -1.86, "precision": "town"}
SUVA = {"town": "Suva", "country": "FJ", "latitude": -18.14, "longitude": 178.44, "precision": "town"}
APIA = {"town": "Apia", "country": "WS", "latitude": -13.83, "longitude": -171.76, "precision": "town"}


def test_the_nearest_come_first_and_nothing_is_cut_off(client, organization):
    organization("Suva Club", **SUVA)
    organization("Calder Code Evenings", **HALIFAX)
    organization("Aire Valley Web Club", **LEEDS)
    page = client.get("/chapters/?near=Leeds").text
    assert page.index("Aire Valley Web Club") < page.index("Calder Code Evenings") < page.index("Suva Club")


def test_distance_goes_across_the_date_line(client, organization):
    organization("Suva Club", **SUVA)
    organization("Leeds Club", **LEEDS)
    items = client.get(f"/api/chapters?near={APIA['latitude']},{APIA['longitude']}").json["items"]
    assert items[0]["name"] == "Suva Club"
    assert items[0]["distance_km"] < 1200


def test_a_misspelt_town_is_found(client, organization):
    organization("Aire Valley Web Club", **LEEDS)
    for typed in ("leedz", "LS1 near Leeds", "LEEDS", "Leeds, UK", "Leeds, England"):
        page = client.get(f"/chapters/?near={typed}").text
        assert "Aire Valley Web Club" in page, typed
        assert "Leeds" in page


def test_an_unknown_place_says_so_and_offers_other_ways(client, organization):
    organization("Aire Valley Web Club", **LEEDS)
    page = client.get("/chapters/?near=Xyzzyqwv")
    assert page.status_code == 200
    assert "Xyzzyqwv" in page.text


def test_a_name_typed_into_the_place_box_is_found_as_a_name(client, organization):
    organization("Zanzimbo Makers", **LEEDS)
    assert "Zanzimbo Makers" in client.get("/chapters/?near=Zanzimbo").text


def test_a_club_without_coordinates_is_shown_in_its_country(client, organization):
    organization("Somewhere in Britain", country="GB")
    organization("Aire Valley Web Club", **LEEDS)
    for typed in ("Leeds", "United Kingdom"):
        assert "Somewhere in Britain" in client.get(f"/chapters/?near={typed}").text, typed


def test_those_that_cover_the_region_and_those_online_stand_below(client, organization):
    organization("All England", area_served="GB.ENG", latitude=50.7, longitude=-3.5, country="GB")
    organization("Everywhere online", online=True)
    page = client.get("/chapters/?near=Leeds").text
    assert "All England" in page
    assert "Everywhere online" in page


def test_an_empty_network_invites_to_start_one(client):
    page = client.get("/chapters/?near=Leeds")
    assert page.status_code == 200
    assert "start" in page.text.lower()


def test_filters_of_language_newcomers_and_online_narrow(client, organization):
    organization("Polish evenings", languages=("pl",), newcomers=True, **LEEDS)
    organization("English evenings", languages=("en",), **LEEDS)
    assert "English evenings" not in client.get("/chapters/?near=Leeds&language=pl").text
    assert "English evenings" not in client.get("/chapters/?near=Leeds&newcomers=1").text
    assert "Polish evenings" in client.get("/chapters/?near=Leeds&language=pl&newcomers=1").text


def test_only_the_embedded_finder_may_be_framed(client):
    assert "frame-ancestors *" in client.get("/chapters/embed").headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in client.get("/chapters/").headers["Content-Security-Policy"]


def test_the_embedded_finder_takes_its_colours_from_the_address(client):
    sheet = client.get("/chapters/embed.css?accent=336699&theme=dark").text
    assert "#336699" in sheet
    assert "dark" in sheet
    assert client.get("/chapters/embed.css?accent=red;}body{&theme=x").text == ""


def test_places_are_suggested_as_one_types(client):
    items = client.get("/chapters/places?q=leed").json["items"]
    assert items[0]["label"].startswith("Leeds")
    assert client.get("/chapters/places?q=").json["items"] == []


def test_the_map_draws_the_nearest_chapters_that_have_a_point(client, organization):
    organization("Aire Valley Web Club", **LEEDS)
    organization("Calder Code Evenings", **HALIFAX)
    organization("Somewhere in Britain", country="GB")
    drawn = client.get("/chapters/points?near=Leeds").json["features"]
    assert [one["properties"]["name"] for one in drawn] == ["Aire Valley Web Club", "Calder Code Evenings"]
    assert "description" not in drawn[0]["properties"]


def test_dates_and_distances_follow_the_territory_of_the_browser(client, organization):
    organization("Calder Code Evenings", slug="calder", meets_rule="FREQ=DAILY", **HALIFAX)
    british, german = ({"Accept-Language": tag} for tag in ("en-GB", "en-DE"))
    assert " mi<" in client.get("/chapters/?near=Leeds", headers=british).text
    assert " km<" in client.get("/chapters/?near=Leeds", headers=german).text
