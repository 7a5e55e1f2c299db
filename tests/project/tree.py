"""The tree as git sees it: tracked files, and new ones that are not ignored."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = ("agreements", "assurance", "config", "conflicts", "people", "records")


@cache
def files(*suffixes: str) -> list[Path]:
    """Paths from the root, of these suffixes or of all."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    paths = [Path(name) for name in listed if (ROOT / name).is_file()]
    return sorted(path for path in paths if not suffixes or path.suffix in suffixes)


@cache
def text(path: Path) -> str:
    """What a file says."""
    return (ROOT / path).read_text()


@cache
def tree(path: Path) -> ast.Module:
    """A Python file, parsed."""
    return ast.parse(text(path))


def app_files(*, beside: tuple[str, ...] = ()) -> Iterator[Path]:
    """Python of the apps, without migrations and without the folders or files named ``beside``."""
    for path in files(".py"):
        rooms = {part.removesuffix(".py") for part in path.parts[1:]}
        if path.parts[0] in APPS and not rooms & {"migrations", *beside}:
            yield path


def in_layer(layer: str) -> Iterator[Path]:
    """Python of one layer of every app: agreements/views/ or people/views.py."""
    for path in app_files():
        if len(path.parts) > 1 and path.parts[1].removesuffix(".py") == layer:
            yield path
