"""The map as a browser paints it."""

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page

from network.maps.svg import VIEWS, drawn
from tests.maps.scenes import awkward, node, scene

PAINTED = """async source => {
  const picture = new Image();
  picture.src = source;
  await picture.decode();
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [picture.naturalWidth, picture.naturalHeight];
  const pen = canvas.getContext('2d');
  pen.drawImage(picture, 0, 0);
  const dots = pen.getImageData(0, 0, canvas.width, canvas.height).data;
  const counts = {};
  for (let at = 0; at < dots.length; at += 4) {
    const colour = '#' + [0, 1, 2].map(part => dots[at + part].toString(16).padStart(2, '0')).join('');
    counts[colour] = (counts[colour] || 0) + 1;
  }
  return [canvas.width, canvas.height, counts];
}"""


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page()
    yield opened
    opened.close()


def painted(page: Page, svg: str) -> tuple[int, int, dict[str, int]]:
    """Width and height in pixels, and how many of them have each colour."""
    width, height, counts = page.evaluate(PAINTED, "data:image/svg+xml," + quote(svg))
    return width, height, counts


@pytest.mark.parametrize("view", VIEWS)
def test_a_drawing_is_painted_with_marks_names_and_ground(page, view):
    nodes = [
        node(id, category="partner" if id % 2 else "club", latitude=50 + id / 5, longitude=id / 3)
        for id in range(1, 20)
    ]
    width, height, counts = painted(page, drawn(scene(nodes), view))
    assert (width, height) == (1123, 794)  # A4 at 96 pixels an inch
    for colour, least in (("#faf6ee", 100_000), ("#176b53", 300), ("#b3321f", 300), ("#1f2430", 300)):
        assert counts.get(colour, 0) >= least, f"hardly anything is {colour}"


def test_awkward_names_are_painted_too(page):
    for view in VIEWS:
        assert len(painted(page, drawn(awkward(), view))[2]) > 50
