"""What roles are called is the agency's to set: nothing that people read names one by the register's own word."""

import ast
import re
from pathlib import Path

from tests.project.tree import app_files, files, text, tree

STOCK = re.compile(
    r"privacy officer|contract manager|business owner|chief executive|integrity champion"
    r"|\b(approver|administrator)s?\b",
    re.IGNORECASE,
)
# Read before anybody is signed in, or by whoever runs the register: there is no agency whose words these could be.
NO_AGENCY = (
    "templates/account/",
    "people/sign_in/",
    "config/management/",
    "config/demo",
    "config/bench",
    "config/gallery",
)
# The words themselves, names that are kept or exported and stay, and what becomes another word before it is shown.
THE_WORDS = {
    "people/roles.py": "the register's own words, which agencies replace",
    "people/models/agency.py": "explains what may be set",
    "people/owned.py": "kept kinds of hand-over, shown by in_words()",
    "agreements/handover.py": "the same",
    "agreements/columns.py": "headings of a sheet, which stay",
    "agreements/models/agreement.py": "the timeline replaces it, agreements.history.in_words_of()",
    "agreements/models/contract.py": "no page shows the name of the column",
    "config/errors.py": "a placeholder",
    "people/actions/changes.py": "the name of a lock",
}


def said(path: Path) -> list[str]:
    """The texts of a Python file, without what explains the code and without HEADINGS of a sheet, which stay."""
    module = tree(path)
    explains = {
        id(node.body[0].value)
        for node in ast.walk(module)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(module):
        if isinstance(node, ast.Assign) and [getattr(name, "id", "") for name in node.targets] == ["HEADINGS"]:
            explains |= {id(part) for part in ast.walk(node.value)}
    return [
        node.value
        for node in ast.walk(module)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in explains
    ]


def test_no_sentence_of_the_code_names_a_role() -> None:
    found = {
        f"{path}: {words[:80]}"
        for path in app_files()
        if not str(path).startswith(NO_AGENCY) and str(path) not in THE_WORDS
        for words in said(path)
        # A placeholder, a name for programs, or a lock is no sentence.
        if STOCK.search(re.sub(r"\{\w+\}", "", words)) and not re.fullmatch(r"[\w.{}-]+", words)
    }
    assert found == set()


def test_no_template_names_a_role() -> None:
    found = {
        f"{path}: {hit[0]}"
        for path in files(".html", ".txt")
        if path.parts[0] == "templates" and not str(path).startswith(NO_AGENCY)
        for hit in STOCK.finditer(re.sub(r"\{[%{#].*?[%}#]\}", "", text(path)))
    }
    assert found == set()


def test_every_exception_is_one() -> None:
    assert {path for path in THE_WORDS if not any(STOCK.search(words) for words in said(Path(path)))} == set()
