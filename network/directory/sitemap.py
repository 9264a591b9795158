"""The sitemap: one file of addresses, or an index of parts where one file would be too long."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound

from network.directory.models import Organization
from network.directory.queries import PUBLIC

PART = 20_000
SCHEMA = "http://www.sitemaps.org/schemas/sitemap/0.9"


def sitemap_index(session: Session, base_url: str) -> str:
    """The whole sitemap where it fits one file, else the index of its parts."""
    total = session.scalar(select(func.count()).select_from(Organization).where(PUBLIC)) or 0
    if total <= PART:
        return sitemap_part(session, base_url, 1)
    parts = "".join(
        f"<sitemap><loc>{base_url}/sitemap.xml?part={n + 1}</loc></sitemap>" for n in range(-(-total // PART))
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><sitemapindex xmlns="{SCHEMA}">{parts}</sitemapindex>'


def sitemap_part(session: Session, base_url: str, part: int) -> str:
    """One part; raises NotFound for one that doesn't exist."""
    query = select(Organization.slug, Organization.changed_at).where(PUBLIC).order_by(Organization.id)
    rows = session.execute(query.limit(PART).offset((part - 1) * PART)).all() if part > 0 else []
    if part != 1 and not rows:
        raise NotFound
    own = (
        "".join(f"<url><loc>{base_url}{path}</loc></url>" for path in ("/", "/chapters/", "/organizations/"))
        if part == 1
        else ""
    )
    profiles = "".join(
        f"<url><loc>{base_url}/organizations/{slug}</loc><lastmod>{changed_at:%Y-%m-%d}</lastmod></url>"
        for slug, changed_at in rows
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="{SCHEMA}">{own}{profiles}</urlset>'
