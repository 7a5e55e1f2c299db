"""The colours of static/css/tokens.css, for what cannot read CSS: shapes inside a PDF, and the tests of contrast."""

import re
from functools import cache
from pathlib import Path

TOKENS = Path(__file__).resolve().parent.parent / "static" / "css" / "tokens.css"
PAIR = re.compile(r"--([a-z-]+):\s*light-dark\((#[0-9a-f]{6}),\s*(#[0-9a-f]{6})\)")
SAME = re.compile(r"--([a-z-]+):\s*(#[0-9a-f]{6})")


@cache
def colours() -> dict[str, tuple[str, str]]:
    """Each colour token by its name: as it is in the light, and in the dark."""
    css = TOKENS.read_text(encoding="utf-8")
    same = {name: (colour, colour) for name, colour in SAME.findall(css)}
    return same | {name: (light, dark) for name, light, dark in PAIR.findall(css)}


def light(name: str) -> str:
    """A token's colour on paper, such as `#17795f`."""
    return colours()[name][0]
