"""No template that nothing uses, and none that steps around the strict Content-Security-Policy."""

import re
from pathlib import Path

import pytest
from django.template.loader import get_template

from tests.project.tree import files, text

# Found by a library under a name that it chose.
OF_LIBRARIES = ("account/", "allauth/", "django/forms/", "mfa/", "socialaccount/", "usersessions/")


def _name(path: Path) -> str:
    return "/".join(path.parts[path.parts.index("templates") + 1 :])


def test_every_template_is_used() -> None:
    said = "\n".join(text(path) for path in files(".py", ".html", ".txt", ".toml"))
    names = {_name(path) for path in files(".html", ".txt") if "templates" in path.parts}
    mails = {name: re.sub(r"_(subject|message)\.txt$", "", name) for name in names}  # named by what they share
    assert {name for name in names if not name.startswith(OF_LIBRARIES) and f'"{mails[name]}"' not in said} == set()


def test_no_template_writes_style_or_script_in_place() -> None:
    inline = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|javascript:")
    found = [f"{path}: {match.group()}" for path in files(".html") for match in inline.finditer(text(path))]
    assert found == []


@pytest.mark.parametrize("name", sorted(_name(path) for path in files(".html") if "templates" in path.parts))
def test_every_template_compiles(name: str) -> None:
    """A block named twice or a tag left open is found here, not on a page that nobody visited."""
    assert get_template(name)


def test_every_page_has_its_heading() -> None:
    """The layouts leave the h1 to the page: one without would be announced as an empty heading."""
    pages = [path for path in files(".html") if re.search(r'extends "layouts/(page|form|entrance)\.html"', text(path))]
    silent = {_name(path) for path in pages if "{% block heading %}" not in text(path)}
    assert silent == {"layouts/list.html"}  # its lists fill it
    lists = [path for path in files(".html") if 'extends "layouts/list.html"' in text(path)]
    assert not [_name(path) for path in lists if "{% block heading %}" not in text(path)]
