"""The settings, each with where it comes from: the environment first, then `instance/config.toml`, then the default."""

import os
import secrets
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

ROOT = Path(__file__).resolve().parent.parent

DEFAULTS: dict[str, str] = {
    "DATABASE_URL": "",  # empty: sqlite in the instance folder
    "SECRET_KEY": "",  # empty: made once and kept in the instance folder
    "BASE_URL": "http://127.0.0.1:5000",
    "MAIL_URL": "",  # empty: files in instance/outbox
    "MAIL_FROM": "",  # empty: noreply@ and the host of BASE_URL
    "SITE_NAME": "Big Tent",
    "DEFAULT_LOCALE": "en",
    "TILE_URL": "",  # empty: no street tiles, nothing asked of another host
    "TILE_ATTRIBUTION": "",
    "REDIS_URL": "",  # empty: request limits are counted in each process
    "LOG_FORMAT": "text",
    "CHECK_WEBSITES": "yes",
}
MAIL_PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
LOCALES = ("en", "es", "fr", "pt", "de")


def instance_path() -> Path:
    """The operator's folder: database, secret, outbox and `config.toml`."""
    return Path(os.environ.get("INSTANCE_PATH") or ROOT / "instance").resolve()


def settings(folder: Path, overrides: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Every setting for the application whose instance folder is `folder`; `overrides` win over all else.

    Raises ValueError, naming the setting, when one cannot be used.
    """
    file = folder / "config.toml"
    written = tomllib.loads(file.read_text("utf-8")) if file.exists() else {}
    known = {name: os.environ.get(name) or str(written.get(name, default)) for name, default in DEFAULTS.items()}
    values: dict[str, Any] = {**known, **(overrides or {})}
    if values["LOG_FORMAT"] not in ("text", "json"):
        raise ValueError(f"LOG_FORMAT is {values['LOG_FORMAT']!r}: write text or json")
    values["CHECK_WEBSITES"] = yes("CHECK_WEBSITES", values["CHECK_WEBSITES"])
    values["SQLALCHEMY_DATABASE_URI"] = database_url(values["DATABASE_URL"], folder)
    values["SECRET_KEY"] = values["SECRET_KEY"] or kept_secret(folder)
    values["MAIL_SERVER"] = mail_server(values["MAIL_URL"])
    return values | {
        "SQLALCHEMY_ENGINE_OPTIONS": {"hide_parameters": True},  # what people typed stands in no error, so in no log
        "MAX_CONTENT_LENGTH": 16 * 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 2 * 1024 * 1024,
        "MAX_FORM_PARTS": 2000,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": values["BASE_URL"].startswith("https:"),
        "LOCALES": values.get("LOCALES", LOCALES),
        "BABEL_DEFAULT_LOCALE": values["DEFAULT_LOCALE"],
        "RATELIMIT_STORAGE_URI": values["REDIS_URL"] or "memory://",
        "RATELIMIT_HEADERS_ENABLED": True,
        "WTF_CSRF_TIME_LIMIT": None,  # a token is good for as long as its session: slow writers lose nothing
        "COMPRESS_REGISTER": False,  # web.compressed asks it
        "COMPRESS_ALGORITHM": ["gzip"],
        "COMPRESS_LEVEL": 5,
        "COMPRESS_MIMETYPES": [
            "text/html",
            "text/css",
            "text/csv",
            "text/javascript",
            "application/json",
            "application/geo+json",
            "application/xml",
            "image/svg+xml",
        ],
        "COMPRESS_MIN_SIZE": 1000,
    }


def yes(name: str, value: object) -> bool:
    """Whether a setting that is yes or no is yes."""
    said = str(value).lower()
    if said not in ("yes", "no", "true", "false"):  # as TOML writes them too
        raise ValueError(f"{name} is {value!r}: write yes or no")
    return said in ("yes", "true")


def database_url(url: str, folder: Path) -> str:
    """The SQLAlchemy address of the database; a relative SQLite path means the repository's own folder."""
    if not url:
        return f"sqlite:///{folder / 'network.db'}"
    scheme, _, rest = url.partition(":///")
    if scheme == "sqlite" and rest and not rest.startswith("/"):
        return f"sqlite:///{ROOT / rest}"
    if scheme == "sqlite" or url.startswith("postgresql+psycopg://"):
        return url
    if url.startswith(("postgresql://", "postgres://")):
        return "postgresql+psycopg://" + url.partition("://")[2]
    raise ValueError("DATABASE_URL must begin with sqlite:/// or postgresql+psycopg://")


def mail_server(url: str) -> SplitResult | None:
    """The mail server of MAIL_URL, None when there is none. What it says, password and all, stands in no complaint."""
    if not url:
        return None
    try:
        found = urlsplit(url)
        usable = found.scheme in MAIL_PORTS and found.hostname and found.port != 0 and not found.path.strip("/")
    except ValueError:
        usable = False
    if not usable:
        raise ValueError(
            "MAIL_URL must look like smtp+starttls://user:password@mail.example.org:587, or begin with smtps:// or smtp://;"
            " write a character like @ or / in a password as %40 or %2F"
        )
    return found


def kept_secret(folder: Path) -> str:
    """The signing key of this instance, made on first use and readable by its owner alone."""
    file = folder / "secret_key"
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            out.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    return file.read_text().strip()
