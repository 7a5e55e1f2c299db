"""Style and templates agree: each class has a rule and each rule a use; colours are tokens."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

CSS = Path(settings.BASE_DIR) / "static" / "css"
TEMPLATES = Path(settings.BASE_DIR) / "templates"
# Python that writes markup of its own
WRITERS = ("config/components.py", "config/renderer.py")
CLASS = re.compile(r"\.([a-z][a-z0-9-]*)")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
ATTRIBUTE = re.compile(r"class=\"((?:[^\"{]|\{\{.*?\}\}|\{%.*?%\}|\{[a-z]*\})*)\"")
LOGIC = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)
# Classes put together from data: tone-{{ tone }}, input-{width}, the widths and depths of a table in a PDF
BUILT = re.compile(r"^(tone|input|w|under)-")
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl|oklch)a?\(")


def styled() -> set[str]:
    """Every class that a rule of ours names."""
    return {name for file in CSS.glob("*.css") for name in CLASS.findall(selectors(file))}


def selectors(file: Path) -> str:
    """A style sheet without comments and declarations."""
    css = COMMENT.sub("", file.read_text(encoding="utf-8"))
    return re.sub(r"\{[^{}]*\}", "{}", css)


def used() -> Iterator[tuple[str, str]]:
    """Every class that a template or a tag writes, with where."""
    for file in [*TEMPLATES.rglob("*.html"), *(Path(settings.BASE_DIR) / name for name in WRITERS)]:
        text = file.read_text(encoding="utf-8")
        for value in ATTRIBUTE.findall(text):
            for name in LOGIC.sub(" ", value).split():
                yield name, file.name


def test_every_class_in_a_template_has_a_rule() -> None:
    known = styled()
    unknown = {
        (name, file) for name, file in used() if name not in known and not name.endswith("-") and "{" not in name
    }
    assert not unknown


def test_every_rule_has_a_template_that_uses_it() -> None:
    written = {name for name, _ in used()}
    unused = {name for name in styled() - written if not BUILT.match(name)}
    assert not unused


def test_no_colour_stands_outside_the_tokens() -> None:
    found = {
        (file.name, colour)
        for file in CSS.glob("*.css")
        if file.name != "tokens.css"
        for colour in COLOUR.findall(without_page_boxes(file))
    }
    assert not found


def without_page_boxes(file: Path) -> str:
    """A style sheet without comments and without @page, whose boxes cannot inherit a token."""
    css = COMMENT.sub("", file.read_text(encoding="utf-8"))
    return re.sub(r"@page \{(?:[^{}]|\{[^{}]*\})*\}", "", css)
