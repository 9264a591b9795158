"""The real lists beside the checkout: for local use, never part of the repository."""

import pytest

from network.config import ROOT

SHARED = ROOT.parent / "shared/data"
AWAY = "the real lists are not at hand"

# they are never committed, so a clone elsewhere has none: what they show is tested on written lists too
real_lists = pytest.mark.skipif(not SHARED.exists(), reason=AWAY)
