"""Nothing grows past what fits in a head: files, functions, templates."""

import ast

from tests.project.tree import files, text, tree

LONGEST_FILE, LONGEST_FUNCTION, LONGEST_TEMPLATE = 400, 40, 80  # lines


def test_no_file_is_too_long() -> None:
    ours = [
        path for path in files(".py", ".css", ".js") if "migrations" not in path.parts and ".min" not in path.suffixes
    ]
    long = {str(path): len(text(path).splitlines()) for path in ours}
    assert {name: lines for name, lines in long.items() if lines > LONGEST_FILE} == {}


def test_no_function_is_too_long() -> None:
    long = {}
    for path in files(".py"):
        if "migrations" in path.parts:
            continue
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > LONGEST_FUNCTION:
                    long[f"{path}:{node.lineno} {node.name}"] = lines
    assert long == {}


def test_no_template_is_too_long() -> None:
    long = {str(path): len(text(path).splitlines()) for path in files(".html")}
    assert {name: lines for name, lines in long.items() if lines > LONGEST_TEMPLATE} == {}
