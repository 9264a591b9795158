"""Who may do what stands in one table, and nothing goes past it."""

from network.permissions import PERMISSIONS


def endpoints(app) -> set[str]:
    return {rule.endpoint for rule in app.url_map.iter_rules()}


def test_every_route_has_a_row(bare_app):
    missing = endpoints(bare_app) - set(PERMISSIONS)
    assert not missing, f"add to PERMISSIONS in network/permissions.py who may ask for {sorted(missing)}"


def test_every_row_has_a_route(bare_app):
    left_over = set(PERMISSIONS) - endpoints(bare_app)
    assert not left_over, f"no route has these names any more, take them from PERMISSIONS: {sorted(left_over)}"


def test_a_route_without_a_row_is_refused(bare_app, monkeypatch):
    monkeypatch.delitem(PERMISSIONS, "health.alive")
    assert bare_app.test_client().get("/healthz").status_code == 404
