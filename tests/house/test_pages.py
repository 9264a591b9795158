"""The checks of pages can fail: each turns red when its fault is planted."""

import pytest
from werkzeug.datastructures import Headers

from tests import rules
from tests.markup import read

SOUND = """<!doctype html>
<html lang="en" dir="ltr"><head><title>Clubs</title></head>
<body><main><h1>Clubs</h1><a href="/organizations/">All</a>
<form method="get" action="/"><label for="q">Words</label><input id="q" name="q"></form></main></body></html>"""


def complaints(html: str) -> str:
    page, found = read(html)
    return "\n".join(found + [complaint for rule in rules.OF_A_PAGE for complaint in rule(page)])


def test_a_sound_page_has_nothing_to_complain_about():
    assert complaints(SOUND) == ""


@pytest.mark.parametrize(
    ("right", "wrong", "complaint"),
    [
        ("<h1>Clubs</h1>", "", "0 h1"),
        ("<h1>Clubs</h1>", "<h1>Clubs</h1><h1>More</h1>", "2 h1"),
        ("<h1>Clubs</h1>", "<h1>Clubs</h1><h3>More</h3>", "skip a level"),
        ("<title>Clubs</title>", "<title> </title>", "title"),
        (' lang="en"', "", "lang"),
        (' dir="ltr"', "", "dir"),
        ("<main>", "<main></main><main>", "main"),
        ('<label for="q">Words</label>', "", "needs a label"),
        ('<label for="q">', '<label for="p">', "not on the page"),
        ("<h1>", '<h1 id="q">', "stands 2 times"),
        (">All</a>", "></a>", "no words"),
        (">All</a>", '><img src="/a.png"></a>', "alt"),
        ("<h1>", '<h1 style="color:red">', "style"),
        ("<h1>", '<h1 onclick="go()">', "onclick"),
        ("<main>", "<main><script>go()</script>", "inline script"),
        ("<main>", "<main><style>h1{}</style>", "inline style"),
        ('href="/organizations/"', 'href="javascript:go()"', "no script"),
        ('href="/organizations/"', 'href="https://example.org/"', "rel"),
        ("<main>", '<main><img alt="" src="//cdn.example.org/a.png">', "another host"),
        ("<main>", '<main><script src="https://cdn.example.org/a.js"></script>', "another host"),
        ("</form>", "", "not closed"),
        ("</main>", "</section></main>", "closes nothing"),
        ("<h1>Clubs", "<h1>%(count)s clubs", "left over"),
        ("<h1>", '<h1 hx-target="#results">', "hx-target"),
    ],
)
def test_a_planted_fault_is_found(right, wrong, complaint):
    assert right in SOUND
    assert complaint in complaints(SOUND.replace(right, wrong, 1))


@pytest.mark.parametrize(
    "name",
    ["Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "Permissions-Policy", "Vary"],
)
def test_a_missing_header_is_found(name):
    sound = Headers(
        {
            "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
            "base-uri 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "same-origin",
            "Permissions-Policy": "camera=()",
            "Vary": "HX-Request",
        }
    )
    assert list(rules.protected(sound)) == []
    del sound[name]
    assert any(name in complaint for complaint in rules.protected(sound))
