"""Commands about accounts, for whoever runs the machine."""

import click
from email_validator import EmailNotValidError, validate_email
from flask import current_app
from flask.cli import AppGroup

from network.accounts import actions, colleagues, queries, signing_in
from network.accounts.addresses import folded
from network.accounts.hats import NAMES, OF_AN_ORGANIZATION
from network.accounts.pages import page
from network.directory.categories import CATEGORIES
from network.directory.models import Organization
from network.directory.queries import organization_at
from network.extensions import db
from network.hats import Hat

accounts = AppGroup("accounts", help="Who signs in, and what they may do.")
ROLE = click.Choice([str(hat) for hat in Hat])
LONGEST = 24 * 60


def address(email: str) -> str:
    """A mail address as it is kept; one that can be none is refused."""
    try:
        return folded(validate_email(email.strip(), check_deliverability=False).normalized)
    except EmailNotValidError as error:
        raise click.ClickException(f"{email} is no e-mail address: {error}") from error


def organization_of(hat: Hat, slug: str | None) -> Organization | None:
    """The organisation that a role belongs to; refused when it is missing, unknown or of the wrong kind."""
    if hat not in OF_AN_ORGANIZATION:
        if slug:
            raise click.ClickException(f"the role {hat} belongs to no organisation: leave out --organization")
        return None
    if not slug:
        raise click.ClickException(f"the role {hat} belongs to an organisation: add --organization SLUG")
    found = organization_at(db.session(), slug)
    if found is None:
        raise click.ClickException(f"there is no organisation {slug}: the slug is the end of its page's address")
    if hat == Hat.COORDINATOR and not CATEGORIES[found.category].gathers:
        raise click.ClickException(f"{slug} is no network: a coordinator looks after one")
    return found


@accounts.command("invite")
@click.argument("email")
@click.option("--role", type=ROLE, required=True, help="What they may do.")
@click.option("--organization", "slug", help="The slug of the organisation or network that the role is for.")
def invite(email: str, role: str, slug: str | None) -> None:
    """Make or promote an account, and mail the invitation."""
    hat = Hat(role)
    kept, organization = address(email), organization_of(hat, slug)
    locale = current_app.config["DEFAULT_LOCALE"]
    person = actions.person_for(db.session(), kept, locale)
    actions.give_role(db.session(), person, hat, organization.id if organization else None)
    colleagues.mail_invitation(db.session(), kept, hat, organization, locale)
    db.session.commit()
    of = f" of {organization.name}" if organization else ""
    click.echo(f"{kept} is now {str(NAMES[hat]).lower()}{of}; the invitation is in the mail")


@accounts.command("remove")
@click.argument("email")
@click.option("--role", type=ROLE, required=True, help="What they may no longer do.")
@click.option("--organization", "slug", help="The slug of the organisation or network that the role is for.")
def remove(email: str, role: str, slug: str | None) -> None:
    """Take a role from an account, and end its sessions."""
    hat = Hat(role)
    kept, organization = address(email), organization_of(hat, slug)
    person = queries.person_at(db.session(), kept)
    roles = queries.hats_of(db.session(), person) if person else []
    found = [one for one, of in roles if one.role == hat and of is organization]
    if not person or not found:
        raise click.ClickException(f"{kept} has no such role")
    actions.take_role(db.session(), found[0])
    actions.end_sessions(db.session(), person)
    db.session.commit()
    click.echo(f"{kept} is no longer {str(NAMES[hat]).lower()}")


@accounts.command("sign-in-link")
@click.argument("email")
@click.option("--minutes", type=click.IntRange(1, LONGEST), default=signing_in.MINUTES, show_default=True)
def sign_in_link(email: str, minutes: int) -> None:
    """Print a link that signs in once, in any browser, and is as good as a passkey."""
    kept = address(email)
    if queries.person_at(db.session(), kept) is None:
        click.echo(f"Nobody has the address {kept} yet: the link makes an account that may do nothing yet.", err=True)
    lasts = signing_in.LASTS / signing_in.MINUTES * minutes
    token = signing_in.new_link(db.session(), kept, strong=True, lasts=lasts)
    db.session.commit()
    click.echo(page("/accounts/sign-in/open", token=token))
