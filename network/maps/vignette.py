"""A small picture of a neighbourhood, without title and key, light or dark as the page that it stands on."""

from network.maps import frame
from network.maps.colours import CANVAS, EDGE, INK, QUIET, RULE, SHEET, TENT, TOKENS, coloured
from network.maps.drawing import Box, Paper, element, said
from network.maps.scene import Scene
from network.maps.svg import Sheet

CARD = Paper(105, 70)  # millimetres
DARK = {
    INK: "#ece7dc",
    QUIET: "#aeab9f",
    CANVAS: "#1b1c21",
    SHEET: "#202228",
    RULE: "#363840",
    EDGE: "#7b7f8a",
    TENT: "#f0836d",
    TOKENS["member"]: "#86b4e8",
    TOKENS["partner"]: "#6cc7a5",
    TOKENS["affiliate"]: "#bfa0e6",
    TOKENS["core"]: "#e6b34d",
}
"""What the colours of paper are in the dark: those of the style sheet."""


def vignette(scene: Scene, locale: str = "en") -> str:
    """A scene as a small SVG."""
    sheet = Sheet(scene, "graph", CARD, locale, smallest=2)
    sheet.colouring = coloured(scene, locale)
    sheet.groups = ()
    sheet.box = Box(0, 0, CARD.across, CARD.down).grown(-6)
    dark = "".join(f'[fill="{light}"]{{fill:{ink}}}[stroke="{light}"]{{stroke:{ink}}}' for light, ink in DARK.items())
    return element(
        "svg",
        element("title", said(frame.title_of(scene))),
        element("style", f"@media (prefers-color-scheme:dark){{{dark}}}"),
        element("rect", width=CARD.across, height=CARD.down, fill=CANVAS),
        sheet.graph(),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {CARD.across:.0f} {CARD.down:.0f}",
        width=f"{CARD.across:.0f}",
        height=f"{CARD.down:.0f}",
        font_family="system-ui, sans-serif",
    )
