"""What the tree says about itself is true: commands exist, reasons are given, nothing names a machine or a registry."""

import re
import tomllib

from django.core.management import get_commands

from tests.project.tree import ROOT, files, text

DOCUMENTS = [path for path in files(".md") if path.parts[0] in {"README.md", "docs"}]
MAKE = re.compile(r"`(?:PORT=\d+ )?make ([a-z-]+)|^\s*(?:PORT=\d+ )?make ([a-z-]+)", re.MULTILINE)
MANAGE = re.compile(r"manage\.py ([a-z_]+)")
# Written in halves, so that this file does not name them.
ADDRESSES = [
    "pypi" + ".org", "python" + "hosted", "registry." + "npmjs", "deb." + "debian.org", "file:" + "///",
    "/wo" + "rk/", "/ro" + "ot/", "/opt/" + "wheels", "/ho" + "me/",
]  # fmt: skip


def test_every_make_command_in_a_document_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", text(ROOT / "Makefile"), re.MULTILINE))
    named = {(str(path), one or two) for path in DOCUMENTS for one, two in MAKE.findall(text(path))}
    assert {(path, name) for path, name in named if name not in targets} == set()


def test_every_management_command_in_a_document_exists() -> None:
    named = {(str(path), name) for path in DOCUMENTS for name in MANAGE.findall(text(path))}
    assert {(path, name) for path, name in named if name not in get_commands()} == set()


def test_every_file_that_a_document_points_to_exists() -> None:
    link = re.compile(r"\]\((?!https?:|#|mailto:)([^)#]+)")
    found = {(str(path), target) for path in DOCUMENTS for target in link.findall(text(path))}
    assert {(path, target) for path, target in found if not ((ROOT / path).parent / target).exists()} == set()


def test_every_setting_from_the_environment_is_told_to_operators() -> None:
    named = set(re.findall(r"env\.\w+\(\s*\"([A-Z_]+)\"", text(ROOT / "config/settings.py")))
    said = "".join(text(path) for path in DOCUMENTS if "how-to" in path.parts)
    assert {name for name in named if f"`{name}`" not in said} == set()


def dependencies() -> dict[str, list[str]]:
    """What pyproject.toml asks for, by the lock that it goes into."""
    told = tomllib.loads(text(ROOT / "pyproject.toml"))
    return {"app": told["project"]["dependencies"], "dev": told["dependency-groups"]["dev"]}


def test_every_dependency_has_a_reason() -> None:
    lines = [line.strip() for line in text(ROOT / "pyproject.toml").splitlines()]
    said = {line[: line.rindex('"') + 1]: line.partition("#")[2].strip() for line in lines if line.startswith('"')}
    wanted = [name for names in dependencies().values() for name in names]
    assert len(wanted) > 40
    assert [name for name in wanted if not said.get(f'"{name}"')] == []


def test_every_dependency_is_locked_and_nothing_else_was_chosen() -> None:
    """`make lock` was run after the last change; each lock says what pyproject.toml itself asked for."""
    for lock, names in dependencies().items():
        pins = re.split(r"\n(?=\S)", text(ROOT / f"requirements/{lock}.txt"))
        chosen = {re.split(r"[\[=]", pin)[0] for pin in pins if "information-sharing-register (pyproject.toml" in pin}
        assert {re.split(r"[\[=<>]", name)[0] for name in names} == chosen, lock


def test_no_file_names_a_registry_or_a_machine() -> None:
    kinds = (".py", ".md", ".toml", ".txt", ".in", ".html", ".css", ".yaml", ".sql", ".csv", "")
    found = [f"{path}: {word}" for path in files(*kinds) for word in ADDRESSES if word in text(path)]
    assert found == []


def test_every_lock_line_is_checked_by_hash() -> None:
    for name in ("app", "dev"):
        pins = re.split(r"\n(?=\S)", text(ROOT / f"requirements/{name}.txt"))
        assert [pin.split(" ")[0] for pin in pins if not pin.startswith("#") and "--hash=sha256:" not in pin] == []
