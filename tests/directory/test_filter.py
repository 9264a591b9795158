from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from network.directory.filter import Filter


def read(query: str) -> Filter:
    pairs = [part.split("=", 1) for part in query.split("&") if part]
    return Filter.parse(MultiDict(pairs))


def test_an_address_without_arguments_asks_for_everything():
    filter = read("")
    assert not filter
    assert filter.address("/organizations/") == "/organizations/"


def test_several_values_of_a_field_are_kept_in_order():
    assert read("category=club&category=partner&category=club").category == ("club", "partner")


def test_categories_kinds_and_countries_are_read_in_other_spellings():
    filter = read("category=Clubs&category=affiliate-network&kind=Funding&country=Germany&country=gb")
    assert filter.category == ("club", "affiliate_network")
    assert filter.kind == ("funding",)
    assert filter.country == ("DE", "GB")


def test_what_cannot_be_used_is_named_with_what_to_do_and_left_out():
    filter = read("category=circus&radius=far&page=-3&sort=luck&country=Atlantis")
    assert {problem.field for problem in filter.problems} == {"category", "radius", "page", "sort", "country"}
    assert all(str(problem.advice) for problem in filter.problems)
    assert filter.category == ()
    assert filter.page == 1


def test_a_radius_may_carry_its_unit():
    assert read("near=Leeds&radius=50 km").radius == 50


def test_sorting_by_distance_needs_a_place():
    assert read("sort=distance").sort == ""
    assert read("sort=distance&near=Leeds").sort == "distance"


def test_a_piece_can_be_undone_and_the_rest_stays():
    filter = read("q=garden&category=club&category=partner&near=Leeds&radius=50&sort=distance&page=3")
    assert filter.without("category", "club").category == ("partner",)
    assert filter.without("category", "club").page == 1
    without_place = filter.without("near")
    assert (without_place.near, without_place.radius, without_place.sort) == ("", None, "")
    assert without_place.q == "garden"


def test_undoing_everything_leads_to_everything():
    filter = read("q=garden&category=club&kind=venue&side=offer&country=GB&online=1&network=coast&topic=climate")
    for field, value in filter.pieces():
        filter = filter.without(field, value)
    assert not filter


def test_control_characters_and_endless_words_are_taken_out_and_said():
    filter = Filter.parse(MultiDict({"q": "gar\x00den\u202e " + "x" * 300}))
    assert "\x00" not in filter.q
    assert len(filter.q) <= 200
    assert filter.problems[0].field == "q"


@given(
    st.lists(
        st.tuples(
            st.sampled_from(
                ["q", "category", "topic", "kind", "side", "country", "near", "radius", "network", "language", "online"]
                + ["newcomers", "exact", "sort", "page"]
            ),
            st.text(max_size=30),
        ),
        max_size=12,
    )
)
def test_an_address_read_back_is_the_same_filter(pairs):
    filter = Filter.parse(MultiDict(pairs))
    again = Filter.parse(MultiDict(filter.arguments()))
    assert again == Filter.parse(MultiDict(again.arguments()))
    assert again.arguments() == filter.arguments()
