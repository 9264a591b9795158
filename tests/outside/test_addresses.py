"""Only the public web may be asked for, however an address is written."""

from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from network.outside.addresses import Unreachable, is_public, target_of
from network.outside.lines import numbers_of

PRIVATE = [
    *("127.0.0.1", "10.1.2.3", "172.20.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1"),
    *("255.255.255.255", "192.0.2.1", "198.18.0.1", "240.0.0.1", "192.88.99.1"),
    *("::", "::1", "fe80::1", "fc00::1", "fd12:3456::1", "ff02::1", "2001:db8::1", "fec0::1", "100::1"),
    *("::ffff:127.0.0.1", "::ffff:93.184.216.34", "::127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:1::1"),
    *("fe80::1%eth0", "2606:2800:220:1::1%eth0"),
]


@pytest.mark.parametrize("number", PRIVATE)
def test_what_is_not_on_the_public_web_is_never_asked(number):
    assert not is_public(number)


@pytest.mark.parametrize("number", ["93.184.216.34", "8.8.8.8", "1.1.1.1", "2606:2800:220:1:248:1893:25c8:1946"])
def test_what_is_on_the_public_web_may_be_asked(number):
    assert is_public(number)


@given(st.ip_addresses())
def test_no_number_is_public_that_the_standard_library_calls_otherwise(number):
    if is_public(number):
        assert number.is_global
        assert not number.is_multicast
        assert not number.is_reserved
        assert not number.is_link_local


@given(st.ip_addresses(v=4))
def test_a_number_of_ipv4_within_one_of_ipv6_is_never_asked(number):
    for prefix in (0, 0xFFFF << 32, 0x64FF9B << 96, 0xFFFF0000 << 32):
        assert not is_public(IPv6Address(prefix + int(number)))
    assert not is_public(IPv6Address((0x2002 << 112) + (int(number) << 80)))


def spellings(number: IPv4Address):
    """The ways in which resolvers of old read a number, which aren't four decimal ones."""
    value, parts = int(number), number.packed
    return st.sampled_from(
        [
            str(value),
            hex(value),
            oct(value).replace("o", ""),
            ".".join(hex(part) for part in parts),
            ".".join(f"0{part:o}" for part in parts),
            f"{parts[0]}.{value & 0xFFFFFF}",
            f"{parts[0]}.{parts[1]}.{value & 0xFFFF}",
            f"{parts[0]}.{parts[1]}.{parts[2]}.0x{parts[3]:x}",
            ".".join(f"{part:03d}" for part in parts) if min(parts) < 100 else hex(value),
        ]
    )


@given(st.ip_addresses(v=4).flatmap(spellings), st.sampled_from(["", "."]), st.sampled_from(["http", "https"]))
def test_a_number_in_another_spelling_is_refused_and_not_resolved(host, dot, scheme):
    with pytest.raises(Unreachable):
        target_of(f"{scheme}://{host}{dot}/")


WIDE = str.maketrans("0123456789.", "０１２３４５６７８９。")


@given(st.ip_addresses(v=4), st.sampled_from(["", "."]), st.booleans())
def test_a_number_is_known_as_one_in_wide_letters_and_with_a_dot_behind(number, dot, wide):
    host = str(number) + dot
    target = target_of(f"http://{host.translate(WIDE) if wide else host}/")
    assert target.number == number


@given(st.ip_addresses(v=6))
def test_a_number_of_ipv6_is_known_as_one_and_one_of_a_zone_refused(number):
    assert target_of(f"http://[{number}]/").number == ip_address(number)
    with pytest.raises(Unreachable):
        target_of(f"http://[{number}%25eth0]/")


@given(st.ip_addresses(), st.text(max_size=20))
def test_whatever_a_name_leads_to_only_public_numbers_are_called(number, path):
    found = [str(number)]
    try:
        target = target_of(f"https://aire.alt/{path}")
        called = numbers_of(target, lambda host, seconds: found, until=float("inf"))
    except Unreachable:
        return
    assert all(map(is_public, called))


@given(st.text(max_size=60))
def test_an_address_is_understood_or_refused_and_nothing_else(text):
    for url in (text, f"http://{text}", f"https://aire.alt/{text}", f"https://{text}/", f"http://a@{text}"):
        try:
            target = target_of(url)
        except Unreachable:
            continue
        assert target.port in (80, 443)
        assert target.host.isascii()
        assert target.path.isascii()
        assert not {" ", "\r", "\n", "@"} & set(target.host + target.path.replace("@", ""))
        assert target_of(target.url) == target


@pytest.mark.parametrize(
    "url",
    [
        *("ftp://aire.alt/", "file:///etc/passwd", "javascript:alert(1)", "//aire.alt/", "aire.alt", "http://", ""),
        *("http://user@aire.alt/", "http://user:password@aire.alt/", "http://aire.alt@127.0.0.1/", "http://@aire.alt/"),
        *("http://aire.alt:8080/", "http://aire.alt:0/", "http://aire.alt:99999/", "http://aire.alt:x/"),
        *("http://localhost/", "http://localhost./", "http://intranet/", "http://LOCALHOST/"),
        *("http://aire.alt\\@127.0.0.1/", "http://aire.alt\t/", "http://ai re.alt/", "http://aire.alt/\r\nX: y"),
        *("http://127.1/", "http://0x7f000001/", "http://2130706433/", "http://0177.0.0.1/", "http://1.2.3.4.5/"),
        *("http://[::1", "http://[::1]x/", "http://[::ffff:127.0.0.1%1]/", "http://aire..alt/", "http://-aire.alt/"),
        *("http://%31%32%37.0.0.1/", "http://aire.alt%2f@127.0.0.1/", "http://" + "a" * 64 + ".alt/"),
        "https://aire.alt/" + "a" * 3000,
    ],
)
def test_what_is_no_plain_address_of_the_web_is_refused(url):
    with pytest.raises(Unreachable):
        target_of(url)


@pytest.mark.parametrize(
    ("url", "host", "port"),
    [
        ("https://AIRE.alt./", "aire.alt", 443),
        ("http://aire.alt:443/", "aire.alt", 443),
        ("https://bücher.alt/ü?q=ä", "xn--bcher-kva.alt", 443),
        ("https://straße.alt/", "xn--strae-oqa.alt", 443),
        ("https://ａire。alt/", "aire.alt", 443),
        ("http://[2606:2800:0220::0001]/", "2606:2800:220::1", 80),
    ],
)
def test_a_host_has_one_spelling(url, host, port):
    target = target_of(url)
    assert (target.host, target.port) == (host, port)


def test_a_redirect_is_read_as_an_address_of_its_page():
    here = target_of("https://aire.alt/about/us")
    assert here.at("../news").url == "https://aire.alt/news"
    assert here.at("//other.alt/").url == "https://other.alt/"
    for bad in ("http://127.1/", "ftp://aire.alt/", "http://[", "https://a:b@aire.alt/"):
        with pytest.raises(Unreachable):
            here.at(bad)
