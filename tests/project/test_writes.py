"""Only actions write, views read through visible_to(user), and the lower layers know nothing of requests."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.project.tree import app_files, in_layer, text, tree

WRITES = {
    "save", "create", "delete", "update", "bulk_create", "bulk_update", "get_or_create", "update_or_create",
    "aget_or_create", "acreate", "asave", "adelete", "aupdate",
}  # fmt: skip
QUERIES = {"objects", "all", "filter", "exclude", "order_by", "select_related", "visible_to", "bulk"}
# Files outside actions/ that write, and why.
ALLOWED = {
    "agreements/sheets.py": "saves a workbook, not a row",
    "config/bench/conformance.py": "forgets a derived row, so that there is something to assess",
    "config/bench/figures.py": "times the saves themselves, in the benchmark's own database",
    "config/bench/generate.py": "fills the benchmark's own database in bulk, behind the declared door",
    "config/bench/staff.py": "fills the benchmark's own database in bulk, behind the declared door",
    "config/bench/work.py": "fills the benchmark's own database in bulk, behind the declared door",
    "config/management/commands/build_pdf_fonts.py": "saves fonts, not rows",
    "records/bulk.py": "how actions write many rows with their history",
    "records/files.py": "how actions keep a file; it runs inside one",
    "records/models/recorded.py": "the base of every save",
}


def receiver(node: ast.expr) -> list[str]:
    """The names in front of a call: form.instance.save() -> ["form", "instance"]."""
    names: list[str] = []
    while True:
        if isinstance(node, ast.Attribute):
            names.append(node.attr)
            node = node.value
        elif isinstance(node, ast.Call):
            node = node.func
        elif isinstance(node, ast.Subscript):
            node = node.value
        else:
            return [*reversed(names)] if not isinstance(node, ast.Name) else [node.id, *reversed(names)]


def writes(path: Path) -> Iterator[tuple[int, str]]:
    """Line and text of each call that could write a row; update() and create() only count on a manager or a query."""
    for node in ast.walk(tree(path)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute) or node.func.attr not in WRITES:
            continue
        names = receiver(node.func.value)
        plain = node.func.attr in {"update", "create", "delete"}
        if not plain or set(names) & QUERIES or node.func.attr == "delete":
            yield node.lineno, ".".join([*names[-1:], node.func.attr])


def test_only_actions_write() -> None:
    found = [
        f"{path}:{line} {call}"
        for path in app_files(beside=("actions",))
        for line, call in writes(path)
        if str(path) not in ALLOWED
    ]
    assert found == []


def test_every_exception_is_still_needed() -> None:
    assert [name for name in ALLOWED if not list(writes(Path(name)))] == []


def test_views_reach_rows_through_what_the_user_may_see() -> None:
    found: list[str] = []
    for path in in_layer("views"):
        scoped = {
            id(node.value)
            for node in ast.walk(tree(path))
            if isinstance(node, ast.Attribute) and node.attr == "visible_to"
        }
        found += [
            f"{path}:{node.lineno} {ast.unparse(node)}"
            for node in ast.walk(tree(path))
            if isinstance(node, ast.Attribute) and node.attr == "objects" and id(node) not in scoped
        ]
    assert found == []


def test_views_ask_the_method_not_the_data() -> None:
    """What somebody typed before their session ended is put into request.POST of a GET (config/unsent.py)."""
    found = [
        f"{path}:{node.lineno} if {ast.unparse(node.test)}"
        for path in in_layer("views")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.If | ast.IfExp) and ast.unparse(node.test).startswith("request.POST")
    ]
    assert found == []


def test_models_and_actions_know_nothing_of_requests_and_pages() -> None:
    web = (
        "django.http",
        "django.shortcuts",
        "django.views",
        "django.template",
        "django.contrib.messages",
    )
    found = [
        f"{path}:{node.lineno} {node.module}"
        for layer in ("models", "actions")
        for path in in_layer(layer)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(web)
    ]
    assert found == []


def test_no_view_switches_off_a_defence() -> None:
    loose = ("csrf_exempt", "xframe_options_exempt", "mark_safe", "|safe", "autoescape off")
    found = [f"{path}: {word}" for path in app_files() for word in loose if word in text(path)]
    assert found == []
