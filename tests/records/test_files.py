"""Stored and issued files."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from people.models import User
from records.acting import acting
from records.actions.disposal import dispose_file
from records.actions.issue import digest, issue
from records.errors import Refused
from records.files import store
from records.ledger import Head, head
from records.models import Damaged, IssuedFile, StoredFile
from tests.records.conftest import seal
from tests.records.shelf.models import Shelf


def test_the_same_bytes_are_stored_once(keeper: User) -> None:
    with acting(by=keeper):
        assert store(b"%PDF-1.7 x") == store(b"%PDF-1.7 x") != store(b"%PDF-1.7 y")
    assert StoredFile.objects.count() == 2


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\n", "application/pdf"),
        ("Kōrero".encode(), "text/plain"),
        (b"", "application/octet-stream"),
        (b"\x00\x9f\x92", "application/octet-stream"),
    ],
)
def test_the_type_is_found_in_the_bytes(keeper: User, content: bytes, found: str) -> None:
    with acting(by=keeper):
        file = store(content)
    assert (file.sniffed_type, file.size, file.read()) == (found, len(content), content)


def test_altered_or_missing_bytes_are_refused(keeper: User) -> None:
    with acting(by=keeper):
        file = store(b"As it was")
    default_storage.delete(file.name)
    with pytest.raises(Damaged, match="missing"):
        file.read()
    default_storage.save(file.name, ContentFile(b"As it was not"))
    with pytest.raises(Damaged, match="not what was stored"):
        file.read()


def test_the_same_state_gives_the_bytes_issued_before(shelf: Shelf, keeper: User) -> None:
    seal()
    rendered: list[Head] = []

    def render(point: Head) -> bytes:
        rendered.append(point)
        return f"Shelf at {point}, {len(rendered)}".encode()

    def ask(state: str) -> IssuedFile:
        at = timezone.now() + timedelta(minutes=len(rendered))
        return issue(kind="summary", subject="shelf-1", state=state, render=render, by=keeper, at=at)

    first, again, later = ask("a"), ask("a"), ask("b")
    assert first == again != later
    assert len(rendered) == 2
    assert (rendered[0], first.ledger_head) == (head(), head().hash)
    assert first.file.read().startswith(b"Shelf at ")
    assert list(IssuedFile.objects.about("shelf-1")) == [later, first]
    assert not IssuedFile.objects.about("shelf-2")


def test_a_document_that_was_disposed_of_is_not_issued_again(shelf: Shelf, keeper: User, approver: User) -> None:
    asked: dict[str, Any] = {"kind": "summary", "subject": "shelf-1", "state": "a", "by": keeper, "at": timezone.now()}
    made = issue(render=lambda _: b"Printed", **asked)
    said: dict[str, Any] = {
        "authority": "DA452",
        "reason": "Asked",
        "approved_by": approver,
        "by": keeper,
        "at": timezone.now(),
    }
    dispose_file(file=made.file, **said)
    with pytest.raises(Refused, match="disposed of"):
        issue(render=lambda _: b"Printed again", **asked)


def test_the_digest_of_a_state_does_not_depend_on_order() -> None:
    assert digest({"a": 1, "b": ["ā"]}) == digest({"b": ["ā"], "a": 1}) != digest({"a": 1, "b": ["a"]})
