import pytest

from network.directory.prose import prose


def test_markdown_becomes_html_below_the_headings_of_the_page():
    assert prose("# Why\n\nWe *teach*.") == "<h3>Why</h3>\n<p>We <em>teach</em>.</p>\n"


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "![x](https://elsewhere.example/pixel.png)",
        '<img src=x onerror="alert(1)">',
        "<p style='position:fixed'>x</p>",
    ],
)
def test_nothing_in_a_description_can_act_or_call_another_host(text):
    html = prose(text)
    assert "<script" not in html
    assert "<img" not in html
    assert "<p style" not in html
    assert 'href="javascript' not in html


def test_links_keep_no_trace_of_where_they_came_from():
    assert 'rel="noopener noreferrer"' in prose("[us](https://example.org)")
