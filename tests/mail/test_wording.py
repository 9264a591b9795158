"""What a mail says, as text and as HTML, in its reader's language; what is filled in means nothing but itself."""

import pytest

from network.mail import notice, post
from network.mail.wording import harmless, markdown

SIGNING_IN = ("sign_in", "invitation", "recovery")


@pytest.fixture(autouse=True)
def templates(app, monkeypatch):
    """Templates of the tests' own, beside the real ones."""
    from jinja2 import ChoiceLoader, DictLoader

    own = DictLoader(
        {
            "mail/told.md": "Subject: {{ _('Hello %(name)s', name=name) }}\n\nDear {{ name }},\n\n"
            "{{ button(_('Open it'), url) }}\n\nOr <{{ url }}>.\n\n{{ words | quoted }}\n",
            **{f"mail/{kind}.md": "Subject: Come in\n\nHere." for kind in SIGNING_IN},
        }
    )
    for environment in (app.jinja_env, *app.extensions["mail_wording"]):
        monkeypatch.setattr(environment, "loader", ChoiceLoader([own, environment.loader]))
    yield
    for environment in app.extensions["mail_wording"]:
        environment.cache.clear()


def told(session, name="Amara & Söhne", url="http://127.0.0.1:5000/?a=1&b=_x_", words="One\n# two", **more):
    return post(session, "told", "amara@example.org", name=name, url=url, words=words, **more)


def test_a_text_says_what_was_filled_in_as_it_is(session):
    made = told(session)
    assert made.subject == "Hello Amara & Söhne"
    assert made.text.startswith("Dear Amara & Söhne,\n\nOpen it:\nhttp://127.0.0.1:5000/?a=1&b=_x_\n\nOr <http://127")
    assert "> One  \n> # two" in made.text


def test_the_html_says_the_same(session):
    made = told(session)
    assert "Dear Amara &amp; Söhne," in made.html
    assert '<p class="button"><a href="http://127.0.0.1:5000/?a=1&amp;b=_x_">Open it</a></p>' in made.html
    assert "One<br" in made.html
    assert "<br>\n# two" in made.html


@pytest.mark.parametrize(
    "name",
    [
        "[win](https://evil.example)",
        "<https://evil.example>",
        "<b>bold</b>",
        "# 1 club",
        "1. FC",
        "- dash",
        "> told",
        "a\\b",
        "&copy; _x_ *y*",
        "![x](https://evil.example/a.png)",
    ],
)
def test_a_name_means_nothing_but_itself(session, name):
    html = markdown().render(f"{harmless(name)}\n")
    assert "<a" not in html
    assert "<img" not in html
    assert html.startswith("<p>")
    assert html.count("<") == 2
    made = told(session, name=name)
    assert "evil.example" not in "".join(made.html.split("href=")[1:])
    assert f"Dear {name}," in made.text


def test_a_name_with_several_lines_stays_out_of_the_subject_and_the_headers(session):
    made = told(session, name="Amara\r\nBcc: rival@example.org")
    assert "\n" not in made.subject
    assert "\r" not in made.subject


def test_a_mail_speaks_the_language_of_its_reader(session, organization, app):
    from network.directory.profile import profiles

    (profile,) = profiles(session, [organization(languages=("fr",)).id])
    facts = {"profile": profile, "confirm_url": "http://x/1", "change_url": "http://x/2", "last": False}
    made = post(session, "still_right", "amara@example.org", "fr", **facts)
    assert 'lang="fr"' in made.html
    assert "Français" in made.text or "français" in made.text


def test_a_mail_holds_nothing_that_is_fetched_from_elsewhere(session):
    made = told(session)
    assert "<img" not in made.html
    assert "<link" not in made.html
    assert "url(" not in made.html
    assert "prefers-color-scheme: dark" in made.html


@pytest.mark.parametrize("kind", SIGNING_IN)
def test_mails_for_signing_in_offer_no_way_to_fewer(kind, session):
    assert post(session, kind, "amara@example.org").unsubscribe == ""


def test_every_other_mail_offers_one_and_says_so_in_its_text(session, person):
    made = told(session)
    assert "/mail/unsubscribe?token=" in made.unsubscribe
    assert made.unsubscribe in made.text
    assert made.unsubscribe in made.html
    assert "amara" not in made.unsubscribe
    to_her = notice(session, person("rosa@example.org"), "told", name="R", url="http://x", words="w")
    assert to_her.unsubscribe != made.unsubscribe
