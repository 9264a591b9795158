"""Asking the matcher, and measuring it, from the command line."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup
from sqlalchemy.exc import OperationalError, ProgrammingError

from network.directory.models import Organization
from network.directory.queries import by_slug
from network.directory.thesaurus import Thesaurus, shipped, thesaurus
from network.extensions import db
from network.matching import evaluating, keeping
from network.matching.counting import Near, shipped_near
from network.matching.matcher import matcher
from network.matching.suggestions import Suggestion

matching = AppGroup("matching", help="Who should meet whom, and why.")


@matching.command()
@click.argument("slug")
@click.option("--top", type=click.IntRange(1, 200), default=20, show_default=True, help="How many to show.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON, with every part and factor.")
def suggest(slug: str, top: int, as_json: bool) -> None:
    """Show who could help the organisation at SLUG or be helped by it, with the parts of each suggestion."""
    organization = by_slug(db.session, slug)
    if organization is None:
        raise click.ClickException(f"no organisation has the address {slug}")
    found = matcher().suggestions(db.session(), organization.id, top)
    names = {one.organization: db.session.get(Organization, one.organization) for one in found}
    if as_json:
        click.echo(json.dumps([told(one, names) for one in found], ensure_ascii=False, indent=1, default=str))
        return
    if not found:
        click.echo("Nothing fits: an open offer or seek that others can meet makes suggestions.")
    for one in found:
        other = names[one.organization]
        assert other is not None
        click.echo(f"{one.rank:.3f}  {one.strength:9}{one.direction:10} {other.name} ({other.slug})")
        for words, pairs in (("gets", one.got), ("gives", one.given)):
            for pair in pairs:
                parts = f"kind {pair.kind:.1f} + topic {pair.topic:.1f} + words {pair.words:.1f}"
                shared = f"; both say {', '.join(pair.shared)}" if pair.shared else ""
                click.echo(f"       {words}: {pair.points:.1f} = {parts}{' (inferred)' * pair.inferred}{shared}")
        moved = [f"{factor.name} x{factor.value:.2f}" for factor in one.factors if factor.value != 1]
        if moved:
            click.echo(f"       {', '.join(moved)}")


def told(one: Suggestion, names: dict[int, Any]) -> dict[str, Any]:
    """A suggestion as JSON."""
    words = {name: value for name, value in one._asdict().items() if name != "weigh"}
    words |= {name: [asdict(part) for part in getattr(one, name)] for name in ("got", "given", "barred", "factors")}
    words |= {"direction": one.direction, "strength": one.strength}
    return {"slug": names[one.organization].slug, "name": names[one.organization].name, **words}


def vocabulary() -> tuple[Thesaurus, Near]:
    """The concepts of the database; where it has none, or no tables yet, those that ship."""
    try:
        words, near = thesaurus(db.session()), keeping.near(db.session())
    except (OperationalError, ProgrammingError):
        db.session.rollback()
        return shipped(), shipped_near()
    return (words, near) if words.concepts else (shipped(), shipped_near())


@matching.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def evaluate(folder: Path, as_json: bool) -> None:
    """Measure the matcher on the judged set in FOLDER: organizations.jsonl, needs.jsonl and answers.tsv."""
    try:
        judged = evaluating.read(folder)
    except evaluating.Unreadable as error:
        raise click.ClickException(str(error)) from error
    words, near = vocabulary()
    result = evaluating.evaluated(judged, words, near)
    if as_json:
        click.echo(json.dumps(result, indent=1))
        return
    for title, row in (("", result), ("new partners", result["new_partners"])):
        if title:
            click.echo(title)
        for name, value in row.items():
            if not isinstance(value, dict):
                click.echo(f"{name:10} {value:.4f}" if name != "queries" else f"{name:10} {value:.0f}")
