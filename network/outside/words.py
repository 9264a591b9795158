"""Why something outside could not be had, in plain words."""

from network.text import lazy_gettext as _l

WHY = {
    "address": _l("The address is none of the public web: it begins with https:// or http:// and names a host."),
    "port": _l("The address names a door (port %(detail)s) that isn't the web's."),
    "private": _l("The address leads to a machine that isn't on the public web."),
    "name": _l("There is no host of that name: %(detail)s"),
    "connect": _l("The host takes no connection: %(detail)s"),
    "certificate": _l("The connection can't be encrypted: the certificate of %(detail)s isn't valid."),
    "time": _l("It took too long to answer."),
    "broken": _l("The answer broke off, or was none that a web server gives."),
    "size": _l("It is larger than %(detail)s MB."),
    "redirects": _l("It leads from one address to the next, without an end."),
    "robots": _l("Its robots.txt asks programs to stay away: %(detail)s"),
    "status": _l("The server answers with the error %(detail)s."),
    "missing": _l("The server says that there is no such page (%(detail)s)."),
}


def why_words(why: str, detail: str = "") -> str:
    """The reason in the reader's language; what it isn't known by stands as it is."""
    return str(WHY[why]) % {"detail": detail} if why in WHY else f"{why} {detail}".strip()
