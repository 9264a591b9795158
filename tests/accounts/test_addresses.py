import pytest

from network.accounts.addresses import folded, network_of, own_path


@pytest.mark.parametrize(
    "path", ["/", "/accounts/", "/organizations/a-club/edit?part=about#top", "/organizations/?q=a%20b"]
)
def test_pages_of_our_own_are_led_back_to(path):
    assert own_path(path) == path


@pytest.mark.parametrize(
    "address",
    [
        "",
        None,
        "https://elsewhere.example/",
        "//elsewhere.example",
        "///elsewhere.example",
        "/\\elsewhere.example",
        "\\\\elsewhere.example",
        "/\t/elsewhere.example",
        "/\n/elsewhere.example",
        " //elsewhere.example",
        "javascript:alert(1)",
        "accounts/",
        "/accounts\x00/",
        "/\u2028/elsewhere.example",
        "/" + "a" * 500,
    ],
)
def test_nothing_leads_elsewhere(address):
    assert own_path(address) == ""


def test_a_household_with_many_addresses_counts_once():
    assert network_of("2001:db8:1:2:aaaa::1") == network_of("2001:db8:1:2:bbbb:1:2:3") == "2001:db8:1:2::/64"
    assert network_of("2001:db8:1:3::1") != network_of("2001:db8:1:2::1")
    assert network_of("::ffff:192.0.2.7") == network_of("192.0.2.7") == "192.0.2.7"
    assert network_of("unix:") == "unix:"


def test_an_address_is_one_however_it_is_written():
    assert folded("  Amara@Example.ORG ") == "amara@example.org"
