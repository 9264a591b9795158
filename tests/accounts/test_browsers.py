from datetime import timedelta

import pytest

from network.accounts.browsers import ago, browser_named, browser_said
from network.clock import now

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Mobile Safari/604.1"
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36 Edg/126.0"
ANDROID = "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36"


@pytest.mark.parametrize(
    ("user_agent", "named"),
    [
        (FIREFOX, "Firefox on Linux"),
        (SAFARI, "Safari on iPhone"),
        (EDGE, "Edge on Windows"),
        (ANDROID, "Chrome on Android"),
        ("curl/8", ""),
    ],
)
def test_a_browser_is_known_by_its_own_name(user_agent, named):
    assert browser_named(user_agent) == named


def test_a_browser_without_a_name_is_said_to_have_none(app):
    with app.test_request_context():
        assert browser_said("Firefox on Linux") == "Firefox on Linux"
        assert "does not say" in browser_said("")
        assert ago(now()) == "just now"
        assert ago(now() - timedelta(hours=3)) == "3 hours ago"
