"""How often mails may be asked for: of an address from a network, of an address, from a network, and altogether.

A browser in which an address signed in before is counted for itself: whatever strangers ask for, its owner can sign in.
"""

from collections.abc import Callable

from flask import Response, current_app, request
from flask.typing import ResponseReturnValue
from itsdangerous import BadSignature, URLSafeSerializer

from network.accounts.addresses import folded, network_of
from network.accounts.present import hashed
from network.extensions import limiter

KNOWN = "known"
YEAR = 365 * 24 * 3600
OF_A_PAIR = "5/hour;12/day"
OF_AN_ADDRESS = "20/hour;60/day"
OF_A_NETWORK = "30/hour;200/day"
OF_ALL = "1000/hour"
OF_CODES = "60/hour"
OF_PASSKEYS = "120/hour"


def here() -> str:
    """The network that asks."""
    return network_of(request.remote_addr or "")


def address() -> str:
    """The address that a mail is asked for, as a hash: limits are kept where others may read."""
    return hashed(folded(request.form.get("email", "")))


def signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt=KNOWN)


def known() -> bool:
    """Whether the address that is asked for has signed in with this browser before."""
    try:
        return signer().loads(request.cookies.get(KNOWN, "")) == address()
    except BadSignature:
        return False


def remembering(email: str) -> Callable[[Response], Response]:
    """What lets the browser show later that an address signed in with it, put into the answer."""
    shown = str(signer().dumps(hashed(email)))

    def remember(response: Response) -> Response:
        secure = current_app.config["SESSION_COOKIE_SECURE"]
        response.set_cookie(KNOWN, shown, max_age=YEAR, path="/accounts", httponly=True, samesite="Lax", secure=secure)
        return response

    return remember


def of_a_pair() -> str:
    return f"{'known' if known() else here()} {address()}"


LIMITS = (
    limiter.limit(OF_ALL, key_func=lambda: "all", exempt_when=known),
    limiter.limit(OF_A_NETWORK, key_func=here, exempt_when=known),
    limiter.limit(OF_AN_ADDRESS, key_func=address, exempt_when=known),
    limiter.limit(OF_A_PAIR, key_func=of_a_pair),
)


def mails_limited(view: Callable[[], ResponseReturnValue]) -> Callable[[], ResponseReturnValue]:
    """A view that mails, for as long as no limit is reached."""
    for limit in LIMITS:
        view = limit(view)
    return view
