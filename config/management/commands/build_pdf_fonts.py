"""Makes the fonts of our PDFs from those of the screen: one whole TTF a weight, macrons inside.

WeasyPrint mixes up the glyphs of one family that is split by unicode-range ("Whānau" became "Wh3nau"), so that the pair
of files which the screen uses cannot serve. Needs fonttools[woff] (pyproject.toml, dev).
"""

import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

# File name on the screen, name inside the PDF, weights
FAMILIES = (("hanken-grotesk", "Register Sans", (400, 600, 700)), ("source-serif-4", "Register Serif", (600,)))
# Records of the name table: family, unique name, full name, PostScript name, typographic family
NAMES = {1: "{family} {weight}", 3: "{family} {weight}", 4: "{family} {weight}", 6: "{joined}-{weight}", 16: "{family}"}
# Rules about pairs of glyphs; those of the second file would point at glyphs of the first.
SHAPING = ["GSUB", "GPOS", "GDEF"]


class Command(BaseCommand):
    """Writes static/fonts/pdf/*.ttf."""

    help = "Make the fonts of the PDFs from the fonts of the screen (static/fonts)."

    def handle(self, **options: Any) -> None:
        """One file a family and weight."""
        folder = Path(settings.BASE_DIR) / "static" / "fonts"
        for source, family, weights in FAMILIES:
            for weight in weights:
                font = whole_font(folder, source, weight)
                rename(font, family, weight)
                font.save(folder / "pdf" / f"{source}-{weight}.ttf")
                self.stdout.write(f"{source}-{weight}.ttf")


def whole_font(folder: Path, source: str, weight: int) -> Any:
    """The latin file with every letter that only the latin-ext file has, at one weight."""
    from fontTools import merge

    files = [folder / f"{source}-{part}-wght-normal.woff2" for part in ("latin", "latin-ext")]
    latin, extended = (_at_weight(file, weight) for file in files)
    _keep_only(extended, set(extended.getBestCmap()) - set(latin.getBestCmap()))
    with tempfile.TemporaryDirectory() as room:
        parts = [str(Path(room) / name) for name in ("latin.ttf", "extended.ttf")]
        latin.save(parts[0])
        extended.save(parts[1])
        return merge.Merger().merge(parts)


def rename(font: Any, family: str, weight: int) -> None:
    """The licence reserves the names of the originals; ours are the register's."""
    words = {"family": family, "joined": family.replace(" ", ""), "weight": weight}
    for name_id, pattern in NAMES.items():
        font["name"].setName(pattern.format(**words), name_id, 3, 1, 0x409)
    font["OS/2"].usWeightClass = weight


def _at_weight(file: Path, weight: int) -> Any:
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    font = TTFont(file)
    font.flavor = None
    axes = {axis.axisTag: axis.defaultValue for axis in font["fvar"].axes} | {"wght": weight}
    return instancer.instantiateVariableFont(font, axes)


def _keep_only(font: Any, code_points: set[int]) -> None:
    from fontTools import subset

    cutter = subset.Subsetter(subset.Options(drop_tables=SHAPING, notdef_outline=True))
    cutter.populate(unicodes=code_points)
    cutter.subset(font)
