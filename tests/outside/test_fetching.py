"""Fetching: from the public web alone, resolved once, with robots.txt, seldom, in bounds of time and size."""

import contextlib
import datetime
import socket
import ssl
import threading

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from network.outside import fetching
from network.outside.addresses import Unreachable
from network.outside.words import WHY, why_words
from tests.outside.web import PUBLIC, dripping


def refused(web, url, **more) -> str:
    with pytest.raises(Unreachable) as error:
        web.fetcher().fetch(url, **more)
    return error.value.why


def test_a_page_comes_with_its_headers_from_the_number_that_was_resolved_once(web):
    web.say("aire.alt/list.csv?all=1", "name\nAire\n", ETag='"1"')
    answer = web.fetcher().fetch("http://aire.alt/list.csv?all=1", headers={"If-None-Match": '"0"'})
    assert (answer.status, answer.body, answer.headers["etag"]) == (200, b"name\nAire\n", '"1"')
    assert set(web.called) == {(PUBLIC, 80)}
    assert web.looked_up == ["aire.alt", "aire.alt"]  # once for robots.txt, once for the page
    assert web.headers[-1]["If-None-Match"] == '"0"'
    assert web.headers[-1]["User-Agent"] == "BigTent (+https://tent.alt/about)"


def test_a_host_that_is_not_on_the_public_web_is_never_called(web):
    for number in ("127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "::ffff:93.184.216.34", "fe80::1"):
        web.numbers["aire.alt"] = [number]
        assert refused(web, "http://aire.alt/") == "private"
    assert refused(web, "http://127.0.0.1/") == "private"
    assert refused(web, "http://[::1]/") == "private"
    assert web.called == []


def test_of_several_numbers_only_public_ones_are_called(web):
    web.say("aire.alt/")
    web.numbers["aire.alt"] = ["10.0.0.1", PUBLIC, "127.0.0.1"]
    web.fetcher().fetch("http://aire.alt/")
    assert {number for number, _port in web.called} == {PUBLIC}


def test_the_next_number_is_called_when_one_takes_no_connection(web):
    web.say("aire.alt/")
    web.numbers["aire.alt"] = ["2606:2800:220:1::1", PUBLIC]
    fetcher = web.fetcher()

    def dial(number, port, seconds):
        if ":" in number:
            raise ConnectionRefusedError
        return web.dial(number, port, seconds)

    fetcher.dial = dial
    assert fetcher.fetch("http://aire.alt/").status == 200


def test_a_redirect_is_looked_at_as_the_first_address(web):
    web.say("aire.alt/", status=302, Location="http://inside.alt/")
    web.numbers["inside.alt"] = ["192.168.0.1"]
    assert refused(web, "http://aire.alt/") == "private"
    for where in ("http://127.0.0.1/", "http://aire.alt:22/", "file:///etc/passwd", "http://a:b@aire.alt/"):
        web.say("aire.alt/", status=301, Location=where)
        assert refused(web, "http://aire.alt/") in ("private", "port", "address")
    assert {number for number, _port in web.called} == {PUBLIC}


def test_five_redirects_are_followed_and_no_more(web):
    for step in range(6):
        web.say(f"aire.alt/{step}", status=302, Location=f"/{step + 1}")
    web.say("aire.alt/6", "there")
    assert web.fetcher().fetch("http://aire.alt/1").body == b"there"
    assert refused(web, "http://aire.alt/0") == "redirects"


def test_only_redirects_for_ever_from_the_first_on_say_that_it_moved(web):
    web.say("old.alt/", status=301, Location="http://www.old.alt/")
    web.say("www.old.alt/", status=308, Location="http://new.alt/")
    web.say("new.alt/", status=302, Location="http://new.alt/en")
    web.say("new.alt/en", status=301, Location="http://new.alt/en/")
    web.say("new.alt/en/", "hello")
    answer = web.fetcher().fetch("http://old.alt/")
    assert answer.url == "http://new.alt/en/"
    assert answer.moved == "http://new.alt/"


def test_robots_are_asked_once_and_obeyed(web):
    web.say("aire.alt/robots.txt", "User-agent: *\nDisallow: /private\n\nUser-agent: BigTent\nDisallow: /lists\n")
    web.say("aire.alt/")
    web.say("aire.alt/private")
    fetcher = web.fetcher()
    fetcher.fetch("http://aire.alt/")
    fetcher.fetch("http://aire.alt/private")
    with pytest.raises(Unreachable) as error:
        fetcher.fetch("http://aire.alt/lists/1")
    assert error.value.why == "robots"
    assert [address for _method, address in web.asked].count("aire.alt/robots.txt") == 1


def test_a_redirect_is_followed_only_where_the_other_host_allows(web):
    web.say("aire.alt/", status=301, Location="http://other.alt/")
    web.say("other.alt/robots.txt", "User-agent: *\nDisallow: /\n")
    assert refused(web, "http://aire.alt/") == "robots"
    assert ("GET", "other.alt/") not in web.asked


def test_a_robots_file_that_cannot_be_had_allows_nothing(web):
    web.say("aire.alt/")
    web.say("aire.alt/robots.txt", status=503)
    assert refused(web, "http://aire.alt/") == "robots"
    web.say("aire.alt/robots.txt", status=301, Location="http://127.0.0.1/robots.txt")
    assert refused(web, "http://aire.alt/") == "private"
    assert web.pages_asked() == []


@pytest.mark.parametrize("line", ["Disallow: //[x", "Crawl-delay: ²", "Disallow: http://[::1/"])
def test_a_robots_file_that_nobody_can_read_allows_nothing(web, line):
    web.say("aire.alt/")
    web.say("aire.alt/robots.txt", f"User-agent: *\n{line}\n")
    assert refused(web, "http://aire.alt/") == "robots"


def test_a_host_is_asked_seldom_and_as_seldom_as_it_wants(web):
    web.say("aire.alt/")
    web.say("hill.alt/")
    web.say("hill.alt/robots.txt", "User-agent: *\nCrawl-delay: 12\n")
    web.say("slow.alt/robots.txt", "User-agent: *\nCrawl-delay: 600\n")
    fetcher = web.fetcher()
    fetcher.fetch("http://aire.alt/")
    fetcher.fetch("http://hill.alt/")
    assert [round(seconds) for seconds in web.rested] == [3, 12]
    assert refused(web, "http://slow.alt/") == "robots"


def test_what_is_larger_than_it_may_be_is_not_read_to_its_end(web):
    web.say("aire.alt/", b"a" * 2_000_001)
    assert refused(web, "http://aire.alt/", most=2_000_000) == "size"

    def endless(handler):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
        with contextlib.suppress(OSError):
            while True:
                handler.wfile.write(b"a" * 65_536)

    web.play("aire.alt/", endless)
    assert refused(web, "http://aire.alt/", most=2_000_000) == "size"


def test_what_breaks_off_is_no_answer(web):
    web.play("aire.alt/", lambda handler: handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"))
    assert refused(web, "http://aire.alt/") == "broken"
    web.play("aire.alt/", lambda handler: handler.wfile.write(b"SSH-2.0-OpenSSH\r\n"))
    assert refused(web, "http://aire.alt/") == "broken"


def test_one_that_sends_drop_by_drop_holds_nobody_up(web, monkeypatch):
    monkeypatch.setattr(fetching, "SECONDS", 0.4)
    web.play("aire.alt/", dripping)
    assert refused(web, "http://aire.alt/") == "time"


def test_a_resolver_that_does_not_answer_holds_nobody_up(web):
    fetcher = web.fetcher()

    def find(host, seconds):
        raise TimeoutError

    fetcher.resolve = find
    with pytest.raises(Unreachable) as error:
        fetcher.fetch("http://aire.alt/")
    assert error.value.why == "time"


def test_a_name_that_is_not_there_is_said(web):
    assert refused(web, "http://nobody.alt/") == "name"


def test_a_port_that_takes_no_connection_is_said(web):
    web.numbers["aire.alt"] = [PUBLIC]
    fetcher = web.fetcher()
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    fetcher.dial = lambda number, asked, seconds: socket.create_connection(("127.0.0.1", port), seconds)
    with pytest.raises(Unreachable) as error:
        fetcher.fetch("http://aire.alt/")
    assert error.value.why == "connect"


def test_a_certificate_that_nobody_vouches_for_is_refused_and_the_name_was_said(tmp_path, web):
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "aire.alt")])
    day = datetime.datetime(2026, 1, 1)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(7)
    made = made.not_valid_before(day).not_valid_after(day + datetime.timedelta(days=3000)).sign(key, hashes.SHA256())
    file = tmp_path / "both.pem"
    plain = (serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file.write_bytes(
        made.public_bytes(serialization.Encoding.PEM) + key.private_bytes(serialization.Encoding.PEM, *plain)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    names = []
    context.sni_callback = lambda sock, name, context: names.append(name)
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve():
            sock, _from = server.accept()
            with contextlib.suppress(OSError):
                context.wrap_socket(sock, server_side=True).close()

        threading.Thread(target=serve, daemon=True).start()
        fetcher = web.fetcher()
        web.numbers["aire.alt"] = [PUBLIC]
        fetcher.dial = lambda number, port, seconds: socket.create_connection(server.getsockname(), seconds)
        with pytest.raises(Unreachable) as error:
            fetcher.fetch("https://aire.alt/")
    assert error.value.why == "certificate"
    assert names == ["aire.alt"]


def test_every_reason_has_its_words(app):
    with app.test_request_context("/"):
        for why in WHY:
            assert "%" not in why_words(why, "7")
        assert why_words("gone astray", "x") == "gone astray x"
