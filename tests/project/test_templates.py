"""Templates keep to the strict Content-Security-Policy."""

import re

from tests.project.tree import files, text


def test_no_template_writes_style_or_script_in_place() -> None:
    inline = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|javascript:")
    found = [f"{path}: {match.group()}" for path in files(".html") for match in inline.finditer(text(path))]
    assert found == []
