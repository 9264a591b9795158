"""How often mails may be asked for: of an address from a network, of an address, from a network, and altogether.

Nobody can lock somebody else out. A browser in which an address signed in before, or where its owner opened any mail
that we sent, is counted for itself. Where a network or all together ask too often, only mails to addresses without an
account stay away, and the answer is the same for both.
"""

from collections.abc import Callable

from flask import Response, current_app, g, request
from flask.typing import ResponseReturnValue
from itsdangerous import BadSignature, URLSafeSerializer
from limits import RateLimitItem, parse_many

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
    limiter.limit(OF_AN_ADDRESS, key_func=address, exempt_when=known),
    limiter.limit(OF_A_PAIR, key_func=of_a_pair),
)


def mails_limited(view: Callable[[], ResponseReturnValue]) -> Callable[[], ResponseReturnValue]:
    """A view that mails, for as long as its address is not asked for too often."""
    for limit in LIMITS:
        view = limit(view)
    return view


def owners_mails_limited(view: Callable[..., ResponseReturnValue]) -> Callable[..., ResponseReturnValue]:
    """A view that mails to whoever shows a mail of ours: `g.owner` is the hash of the address."""
    limited: Callable[..., ResponseReturnValue] = limiter.limit(OF_A_PAIR, key_func=lambda: f"known {g.owner}")(view)
    return limited


def crowded() -> bool:
    """Whether this network, or all together, ask for more mails than are sent to addresses without an account."""
    counted = [(one, here()) for one in items(OF_A_NETWORK)] + [(one, "all") for one in items(OF_ALL)]
    hits = [limiter.limiter.hit(one, "mails", of) for one, of in counted]
    return not all(hits)


def items(limits: str) -> list[RateLimitItem]:
    return parse_many(limits)
