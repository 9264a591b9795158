"""A queued message as a mail: text and HTML, with the headers that programs read."""

from datetime import UTC
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime
from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import current_app
from sqlalchemy.engine import Row

from network.clock import now


class Whole(EmailPolicy):
    """Headers of which programs read an address stay on one line: folding would write it in a way that few can read."""

    def fold(self, name: str, value: str) -> str:
        return f"{name}: {value}{self.linesep}" if name == WHOLE else super().fold(name, value)

    def fold_binary(self, name: str, value: str) -> bytes:
        return self.fold(name, value).encode() if name == WHOLE else super().fold_binary(name, value)


WHOLE = "List-Unsubscribe"
POLICY = Whole()


def letter(message: Row, encoding: str = "quoted-printable") -> EmailMessage:
    """The mail of a row of the queue. Raises ValueError when an address is none: nothing typed becomes a header."""
    mail = EmailMessage(policy=POLICY)
    mail["From"] = sender()
    mail["To"] = Address(addr_spec=message.address)
    mail["Subject"] = " ".join(message.subject.split())
    mail["Date"] = format_datetime(now().replace(tzinfo=UTC))
    mail["Message-ID"] = f"<{message.id}.{message.created_at:%Y%m%d%H%M%S}@{host()}>"  # the same at each attempt
    if message.reply_to:
        mail["Reply-To"] = Address(addr_spec=message.reply_to)
    mail["Auto-Submitted"] = "auto-generated"
    mail["Content-Language"] = message.locale.replace("_", "-")
    if message.unsubscribe:
        mail["List-Unsubscribe"] = f"<{message.unsubscribe}>"
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail.set_content(message.text, cte=encoding)
    mail.add_alternative(message.html, subtype="html", cte=encoding)
    return mail


def sender() -> Address:
    """Whom mails are from: the network, at MAIL_FROM or at noreply and our own host."""
    address = current_app.config["MAIL_FROM"] or f"noreply@{host()}"
    return Address(display_name=current_app.config["SITE_NAME"], addr_spec=address)


def host() -> str:
    """Our host as it stands behind an @; a machine without a name is localhost."""
    name = urlsplit(current_app.config["BASE_URL"]).hostname or "localhost"
    try:
        ip_address(name)
    except ValueError:
        return name
    return "localhost"
