"""The ledger: what is hashed, and how its links hang together, computed here without the database's help."""

import json
from hashlib import sha256
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from people.models import User
from records.acting import acting
from records.ledger import head
from records.models import LedgerEntry, LedgerLink
from records.verify import verify
from tests.records.conftest import seal
from tests.records.shelf.models import Book, Shelf


@pytest.fixture
def exported(book: Book, keeper: User, capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    """Three links, as export_ledger prints them."""
    seal()
    for number in range(2):
        with acting(by=keeper):
            Shelf.objects.create(name=f"Ngā pukapuka \u2028 {number} \x01 📚")
        seal()
    call_command("export_ledger")
    return [json.loads(line) for line in capsys.readouterr().out.split("\n") if line]


def test_every_hash_can_be_computed_from_the_export(exported: list[dict[str, Any]]) -> None:
    before = bytes(32)
    for place, link in enumerate(exported, start=1):
        hashes = b""
        for relation, _, text, row_hash in link["rows"]:
            assert sha256(f"{relation}\n{text}".encode()).hexdigest() == row_hash
            hashes += bytes.fromhex(row_hash)
        told = f"\n{link['seq']}\n{link['at']}\n{len(link['rows'])}\n".encode()
        own = sha256(before + told + sha256(hashes).digest())
        assert (link["seq"], link["prev"], link["head"]) == (place, before.hex(), own.hexdigest())
        before = own.digest()
    assert head().hash == before.hex()
    assert len(exported) == LedgerLink.objects.count()


def test_every_history_row_is_entered_once(exported: list[dict[str, Any]]) -> None:
    entered = [(row[0], row[1]) for link in exported for row in link["rows"]]
    assert len(entered) == len(set(entered)) == LedgerEntry.objects.count()
    for table, model in (("shelf_historicalshelf", Shelf), ("shelf_historicalbook", Book)):
        assert {number for relation, number in entered if relation == table} == {
            row.history_id for row in model.history.all()
        }


def test_the_text_of_a_row_is_the_same_whatever_the_writers_session(shelf: Shelf, keeper: User) -> None:
    seal()
    with connection.cursor() as cursor:
        for setting in (
            "timezone = 'Asia/Kolkata'",
            "datestyle = 'German'",
            "intervalstyle = 'sql_standard'",
            "extra_float_digits = -5",
            "bytea_output = 'escape'",
        ):
            cursor.execute(f"SET LOCAL {setting}")
    with acting(by=keeper):
        Book.objects.create(shelf=shelf, title="x", weight=0.1 + 0.2, loan="3 04:05:06", cover=b"\x00\xff\\")
    seal()
    text = LedgerEntry.objects.get(relation="shelf_historicalbook").payload
    assert text is not None
    values = json.loads(text)
    assert (values["weight"], values["loan"], values["cover"]) == (0.1 + 0.2, "P3DT4H5M6S", "\\x00ff5c")
    assert values["history_date"].endswith("+00:00")
    assert verify().ok


def test_the_head_of_an_empty_ledger_is_nothing(db: None) -> None:
    assert (head().seq, head().hash, head().short) == (0, "0" * 64, "0" * 16)
    assert str(head()).endswith(" -")


def test_verification_leaves_the_session_as_it_was(shelf: Shelf) -> None:
    def formats() -> list[Any]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('timezone'), current_setting('datestyle')")
            return list(cursor.fetchone())

    before = formats()
    verify()
    assert formats() == before


@pytest.mark.django_db(transaction=True)
def test_verification_works_outside_a_transaction() -> None:
    keeper = User(email="keeper@shelf.example", is_system=True)
    with acting(by=keeper):
        keeper.save()
    assert verify().ok
    assert connection.get_autocommit()
