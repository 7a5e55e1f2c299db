"""Every pair of colours that stand on one another can be told apart (WCAG 2.2: 1.4.3, 1.4.6 for tags, 1.4.11)."""

import pytest

from config import tokens

TONES = ("good", "info", "note", "warn", "bad", "plain")
WORDS, TAGS, SHAPES = 4.5, 7.0, 3.0
PAIRS = [
    *[("ink", ground, TAGS) for ground in ("paper", "surface", "sunken")],
    *[("ink-soft", ground, WORDS) for ground in ("paper", "surface", "sunken")],
    *[("link", ground, WORDS) for ground in ("paper", "surface", "sunken")],
    *[("edge", ground, SHAPES) for ground in ("paper", "surface", "sunken")],
    ("on-action", "action", TAGS),
    ("on-action", "action-hover", TAGS),
    ("on-header", "header", TAGS),
    ("on-header-soft", "header", TAGS),
    ("on-header", "marking", TAGS),
    ("kowhai", "header", SHAPES),
    ("focus", "surface", SHAPES),
    ("focus", "halo", SHAPES),
    *[(f"{tone}-ink", f"{tone}-tint", TAGS) for tone in TONES],
    *[(f"{tone}-ink", "surface", WORDS) for tone in TONES],
    *[(f"{tone}-ink", "paper", WORDS) for tone in TONES],
    *[(tone, f"{tone}-tint", SHAPES) for tone in TONES],
]


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "ground", "least"), PAIRS)
def test_contrast(front: str, ground: str, least: float, theme: int) -> None:
    colours = tokens.colours()
    found = contrast(colours[front][theme], colours[ground][theme])
    assert found >= least, f"--{front} on --{ground}: {found:.2f}"


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2.2, from 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb`, from 0 to 1."""
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
