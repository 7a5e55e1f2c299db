"""The program that auditors are handed finds what was done to an exported ledger, with nothing but Python."""

import json
import subprocess
import sys
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from hashlib import sha256
from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from people.models import User
from records.acting import acting
from records.actions.disposal import dispose
from records.actions.head import send_head
from records.files import store
from records.standalone import verify_ledger
from tests.records.conftest import Tamper, seal
from tests.records.shelf.models import Book, Shelf

PROGRAM = settings.BASE_DIR / "records" / "standalone" / "verify_ledger.py"
Link = dict[str, Any]


class Said(NamedTuple):
    """How the program ended, and what it said."""

    status: int
    text: str

    @property
    def first(self) -> str:
        """The first thing that is wrong."""
        return self.text.split("\n- ", 1)[1].splitlines()[0]


def verify(path: Path, *arguments: str | Path) -> Said:
    """Run the program as an auditor would: isolated, without any installed package, anywhere; here it says the same."""
    command = [sys.executable, "-I", "-S", str(PROGRAM), str(path), *map(str, arguments)]
    ran = subprocess.run(command, capture_output=True, text=True, cwd=path.parent, check=False, timeout=60)
    said = Said(ran.returncode, ran.stdout + ran.stderr)
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(StringIO()) as out, redirect_stderr(out):
        patch.setattr(sys, "argv", command[3:])
        assert Said(verify_ledger.main(), out.getvalue()) == said
    return said


@pytest.fixture
def export(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Callable[[], Path]:
    """Export the ledger as it stands to a file."""

    def exported() -> Path:
        seal()
        call_command("export_ledger")
        path = tmp_path / "ledger.jsonl"
        path.write_text(capsys.readouterr().out, "utf-8", newline="")
        return path

    return exported


@pytest.fixture
def ledger(book: Book, keeper: User, export: Callable[[], Path]) -> Path:
    """Six links, the first of them of four rows."""
    seal()
    for number in range(5):
        with acting(by=keeper):
            Shelf.objects.create(name=f"Ngā pukapuka \u2028 {number} \x01 📚")
        seal()
    return changed(export(), together)


def together(links: list[Link]) -> None:
    """Let the first four rows be one link, as one transaction would: a test commits nothing, so each stands alone."""
    links[0]["rows"] = [row for link in links[:4] for row in link["rows"]]
    del links[1:4]
    rebuilt(links)


def newest(path: Path) -> str:
    """The newest head of a ledger."""
    head: str = json.loads(path.read_text("utf-8").split("\n")[-2])["head"]
    return head


def changed(path: Path, change: Callable[[list[Link]], Any]) -> Path:
    """The ledger after somebody laid hands on its links."""
    links = [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]
    change(links)
    path.write_text("".join(json.dumps(link) + "\n" for link in links), "utf-8", newline="")
    return path


def rebuilt(links: list[Link]) -> None:
    """Hash every row and link again, as somebody thorough would."""
    before = bytes(32)
    for place, link in enumerate(links, start=1):
        for row in link["rows"]:
            row[3] = sha256(f"{row[0]}\n{row[2]}".encode()).hexdigest() if row[2] is not None else row[3]
        joined = b"".join(bytes.fromhex(row[3]) for row in link["rows"])
        link["seq"], link["prev"] = place, before.hex()
        told = f"\n{place}\n{link['at']}\n{len(link['rows'])}\n".encode()
        before = sha256(before + told + sha256(joined).digest()).digest()
        link["head"] = before.hex()


def test_a_good_ledger_is_as_it_was_written(ledger: Path) -> None:
    said = verify(ledger, "--head", newest(ledger))
    assert (said.status, "Everything is as it was written" in said.text) == (0, True), said.text
    assert "6 links with 9 rows" in said.text
    assert f"Head: {newest(ledger)}" in said.text


def edit(links: list[Link]) -> None:
    links[2]["rows"][0][2] = links[2]["rows"][0][2].replace("pukapuka", "pepa")


def edit_and_hash(links: list[Link]) -> None:
    edit(links)
    row = links[2]["rows"][0]
    row[3] = sha256(f"{row[0]}\n{row[2]}".encode()).hexdigest()


def edit_and_seal(links: list[Link]) -> None:
    """The link that was edited fits in itself; the next one gives it away."""
    edit_and_hash(links)
    rest = [dict(link) for link in links[3:]]
    rebuilt(links)
    links[3:] = rest


def edit_and_rebuild(links: list[Link]) -> None:
    edit(links)
    rebuilt(links)


def edit_a_late_row_and_rebuild(links: list[Link]) -> None:
    links[-2]["rows"][0][2] = '{"name": "x"}'
    rebuilt(links)


def insert_row(links: list[Link]) -> None:
    links[2]["rows"].append(links[4]["rows"][0])


def insert_link(links: list[Link]) -> None:
    links.insert(2, dict(links[1]))


def swap_rows(links: list[Link]) -> None:
    links[0]["rows"][0], links[0]["rows"][1] = links[0]["rows"][1], links[0]["rows"][0]


@pytest.mark.parametrize(
    ("change", "first"),
    [
        (edit, "Link 3, row 1: history row"),
        (edit_and_hash, "Link 3, sealed at"),
        (edit_and_seal, "Link 4, sealed at"),
        (lambda links: links[2]["rows"][0].__setitem__(1, "7"), "Line 3 is not a link"),
        (lambda links: links[2]["rows"][0].__setitem__(2, "\ud800"), "Link 3, row 1: history row"),
        (lambda links: links[0]["rows"].pop(0), "Link 1, sealed at"),
        (lambda links: links.pop(2), "Link 4, sealed at"),
        (lambda links: links.pop(0), "Link 2, sealed at"),
        (insert_row, "Link 3, sealed at"),
        (insert_link, "Link 2, sealed at"),
        (lambda links: links.insert(2, {"seq": 3}), "Line 3 is not a link"),
        (swap_rows, "Link 1, sealed at"),
        (lambda links: links.__setitem__(slice(2, 4), [links[3], links[2]]), "Link 4, sealed at"),
        (lambda links: links[2].update(at="2020-01-01T00:00:00.000000Z"), "Link 3, sealed at 2020"),
        (lambda links: links[2].update(head="0" * 64), "Link 3, sealed at"),
        (lambda links: links[2]["rows"][0].__setitem__(2, None), "Link 3, row 1: the text of history row"),
    ],
)
def test_what_was_done_to_it_is_found_and_named_first(ledger: Path, change: Any, first: str) -> None:
    said = verify(changed(ledger, change))
    assert said.status == 1, said.text
    assert said.first.startswith(first), said.text


def test_a_cut_tail_shows_only_against_a_head_kept_outside(ledger: Path, tmp_path: Path) -> None:
    heads = tmp_path / "heads.txt"
    heads.write_text(f"6 {newest(ledger)} 2026-07-14T02:00:00Z\n")
    changed(ledger, lambda links: links.pop())
    assert verify(ledger).status == 0
    said = verify(ledger, "--head", heads)
    assert (said.status, "its end was cut off" in said.text) == (1, True)


def test_a_ledger_written_anew_shows_only_against_a_head_kept_outside(ledger: Path) -> None:
    kept = newest(ledger)
    changed(ledger, edit_and_rebuild)
    assert verify(ledger).status == 0
    assert verify(ledger, "--head", kept.upper()).status == 1


def test_a_head_that_the_ledger_itself_gave_out_gives_a_rebuilt_one_away(
    ledger: Path, keeper: User, export: Callable[[], Path], tmp_path: Path
) -> None:
    send_head(to=tmp_path / "heads.txt", by=keeper, at=timezone.now())
    path = export()
    assert verify(path).status == 0
    said = verify(changed(path, edit_a_late_row_and_rebuild))
    assert (said.status, "which is not in this ledger: it was rebuilt" in said.text) == (1, True), said.text


def test_what_was_lawfully_disposed_of_is_said_and_not_wrong(
    ledger: Path, book: Book, keeper: User, approver: User, export: Callable[[], Path]
) -> None:
    dispose(
        model=Book, pks=[book.pk], fields=["title"], authority="DA452, class 3", reason="Seven years after the end",
        approved_by=approver, by=keeper, at=timezone.now(),
    )  # fmt: skip
    path = export()
    assert "Pounamu" not in path.read_text("utf-8")
    said = verify(path)
    assert (said.status, "Disposed under DA452, class 3 on" in said.text) == (0, True), said.text
    blank = [f"{row[0]}" for link in map(json.loads, path.read_text("utf-8").split("\n")[:-1]) for row in link["rows"]
             if row[2] is None]  # fmt: skip
    assert set(blank) == {"shelf_historicalbook"}


def test_a_disposal_covers_no_other_table_and_nothing_later(
    ledger: Path, book: Book, shelf: Shelf, keeper: User, approver: User, export: Callable[[], Path]
) -> None:
    dispose(
        model=Book, pks=[book.pk], fields=["title"], authority="DA452", reason="Seven years after",
        approved_by=approver, by=keeper, at=timezone.now(),
    )  # fmt: skip
    with acting(by=keeper):
        Book.objects.create(shelf=shelf, title="Later")
    path = export()

    def blank_shelf(links: list[Link]) -> None:
        next(row for row in links[1]["rows"] if row[0] == "shelf_historicalshelf")[2] = None

    def blank_later(links: list[Link]) -> None:
        next(row for row in links[-1]["rows"] if row[0] == "shelf_historicalbook" and row[2])[2] = None

    for change in (blank_shelf, blank_later):
        said = verify(changed(export(), change))
        assert (said.status, "no disposal accounts for that" in said.text) == (1, True), said.text
    assert path.exists()


def test_a_renamed_table_is_told(
    ledger: Path, book: Book, keeper: User, approver: User, export: Callable[[], Path], tamper: Tamper
) -> None:
    dispose(
        model=Book, pks=[book.pk], fields=["title"], authority="DA452", reason="Seven years after",
        approved_by=approver, by=keeper, at=timezone.now(),
    )  # fmt: skip
    old = "shelf_historicalvolume"

    def rename(links: list[Link]) -> None:
        for link in links:
            for row in link["rows"]:
                row[0] = old if row[0] == "shelf_historicalbook" else row[0]
        rebuilt(links)

    path = changed(export(), rename)
    assert verify(path).status == 1
    assert verify(path, "--renamed", f"{old}=shelf_historicalbook").status == 0


def test_a_file_is_one_that_the_register_issued_or_not(
    ledger: Path, keeper: User, export: Callable[[], Path], tmp_path: Path
) -> None:
    with acting(by=keeper):
        store(b"%PDF-1.7 a summary")
    true, false = tmp_path / "summary.pdf", tmp_path / "forged.pdf"
    true.write_bytes(b"%PDF-1.7 a summary")
    false.write_bytes(b"%PDF-1.7 a Summary")
    path = export()
    assert verify(path, "--file", true).status == 0
    said = verify(path, "--file", true, "--file", false)
    assert (said.status, f"{false} is no file that this ledger records" in said.text) == (1, True)


@pytest.mark.parametrize("content", ["", "\n", "not a ledger\n", "[]\n", '{"seq": true}\n', "\ufeff{}\n", "\x00\n"])
def test_what_is_no_ledger_never_passes(tmp_path: Path, content: str) -> None:
    path = tmp_path / "ledger.jsonl"
    path.write_text(content, "utf-8")
    assert verify(path).status in {1, 2}


def test_a_missing_file_or_a_head_that_is_none_is_said(ledger: Path, tmp_path: Path) -> None:
    no_head = tmp_path / "notes.txt"
    no_head.write_text("nothing here")
    for arguments in ([tmp_path / "nowhere.jsonl"], [ledger, "--head", no_head], [ledger, "--file", tmp_path / "none"]):
        said = verify(arguments[0], *arguments[1:])  # type: ignore[arg-type]
        assert (said.status, "Nothing could be verified" in said.text) == (2, True), said.text


def test_many_wrong_rows_are_counted_and_not_all_shown(ledger: Path) -> None:
    def all_edited(links: list[Link]) -> None:
        links.extend(dict(links[-1]) for _ in range(60))

    said = verify(changed(ledger, all_edited))
    assert "more." in said.text
    assert said.text.count("\n- ") == 21


@pytest.mark.django_db(transaction=True)
def test_what_real_transactions_wrote_verifies(export: Callable[[], Path]) -> None:
    keeper = User(email="keeper@shelf.example", is_system=True)
    with acting(by=keeper):
        keeper.save()
    with transaction.atomic(), acting(by=keeper):
        shelves = [Shelf.objects.create(name=f"Shelf {number}") for number in range(3)]
        shelves[0].delete()
    said = verify(export())
    assert (said.status, "2 links with 5 rows" in said.text) == (0, True), said.text
