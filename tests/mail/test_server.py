"""The address of the mail server: what is understood, what is refused, and how the way there is protected."""

import datetime
import ssl

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from network.config import mail_server
from network.mail.delivery import send_due
from tests.mail.conftest import free_port


@pytest.mark.parametrize(
    "url", ["smtp://mail.example.org", "smtps://me:p%40ss@mail.example.org", "smtp+starttls://mail.example.org:587/"]
)
def test_an_address_that_can_be_used_is(url):
    assert mail_server(url).hostname == "mail.example.org"


@pytest.mark.parametrize(
    "url",
    [
        "mail.example.org",
        "http://mail.example.org",
        "smtp://",
        "smtp://me:secret@:25",
        "smtp://mail.example.org:port",
        "smtp://mail.example.org:0",
        "smtp://mail.example.org:99999",
        "smtp://me:sec/ret@mail.example.org",
        "smtp://[::1",
    ],
)
def test_one_that_cannot_is_refused_at_the_start_and_the_password_is_not_repeated(sending, url):
    with pytest.raises(ValueError, match="MAIL_URL must look like") as refused:
        sending(url)
    assert "secret" not in str(refused.value)


def test_none_means_files():
    assert mail_server("") is None


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate for this machine, that nobody vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    today = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - datetime.timedelta(days=1))
        .not_valid_after(today + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path_factory.mktemp("certificate") / "all.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return file


@pytest.fixture
def guarded(letterbox, certificate):
    """A server that takes mail only from one who signs in over an encrypted way."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)

    def known(server, session, envelope, mechanism, auth):
        return AuthResult(success=(auth.login, auth.password) == (b"tent", b"p@ss/word"), handled=False)

    server = Controller(
        letterbox,
        hostname="localhost",
        port=free_port(),
        tls_context=context,
        require_starttls=True,
        authenticator=known,
        auth_required=True,
    )
    server.start()
    yield server.port
    server.stop(no_assert=True)


def send(app) -> tuple[int, int]:
    with app.app_context():
        return send_due()


def test_one_signs_in_over_an_encrypted_way(sending, guarded, certificate, message, letterbox, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    message("amara@example.org")
    assert send(sending(f"smtp+starttls://tent:p%40ss%2Fword@localhost:{guarded}")) == (1, 0)
    assert letterbox.to() == ["amara@example.org"]


def test_a_server_that_nobody_vouches_for_gets_nothing(sending, guarded, message, session, letterbox):
    made = message()
    assert send(sending(f"smtp+starttls://tent:p%40ss%2Fword@localhost:{guarded}")) == (0, 1)
    session.refresh(made)
    assert made.state == "waiting"
    assert "CERTIFICATE_VERIFY_FAILED" in made.problem
    assert letterbox.letters == []


def test_plain_smtp_is_encrypted_where_the_server_offers_it(sending, guarded, message, letterbox):
    message()
    assert send(sending(f"smtp://tent:p%40ss%2Fword@localhost:{guarded}")) == (1, 0)


def test_a_wrong_password_loses_no_message(sending, guarded, message, session):
    made = message()
    assert send(sending(f"smtp://tent:wrong@localhost:{guarded}")) == (0, 1)
    session.refresh(made)
    assert made.state == "waiting"
    assert "535" in made.problem


def test_smtps_is_encrypted_from_the_first_word(sending, certificate, message, letterbox, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    server = Controller(letterbox, hostname="localhost", port=free_port(), ssl_context=context)
    server.start()
    try:
        message("amara@example.org")
        assert send(sending(f"smtps://localhost:{server.port}")) == (1, 0)
    finally:
        server.stop(no_assert=True)
    assert letterbox.to() == ["amara@example.org"]
