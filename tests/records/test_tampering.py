"""What the owner of the database can alter with every trigger silent, and what verification then says."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from people.models import User
from records.acting import acting
from records.actions.head import send_head
from records.ledger import Head, head
from records.models import LedgerEntry, LedgerLink
from records.verify import verify, verify_since
from tests.records.conftest import Tamper, seal
from tests.records.shelf.models import Book, Shelf

HISTORY = "shelf_historicalbook"
NEWEST = f"history_id = (SELECT max(history_id) FROM {HISTORY})"


def problems(*against: str) -> list[str]:
    """What verification says now."""
    seal()
    return [problem.sentence for problem in verify(list(against)).problems]


def test_an_untouched_record_verifies(book: Book) -> None:
    assert problems() == []


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        (f"UPDATE {HISTORY} SET title = 'Never so' WHERE history_type = '+'", 'title: "Pounamu" -> "Never so"'),
        (f"UPDATE {HISTORY} SET history_date = history_date - interval '1 microsecond'", "history_date: "),
        (f"UPDATE {HISTORY} SET history_user_id = NULL WHERE history_type = '+'", "history_user_id: "),
        (f"UPDATE {HISTORY} SET history_change_reason = 'Good' WHERE history_type = '+'", "history_change_reason: "),
        (f"UPDATE {HISTORY} SET facts = '{{\"deep\": 1}}' WHERE history_type = '+'", "facts: "),
        (f"UPDATE {HISTORY} SET signed = NULL WHERE history_type = '+'", "signed: false -> null"),
        (f"DELETE FROM {HISTORY} WHERE history_type = '+'", "in the ledger and no longer in the history"),
        (f"DELETE FROM {HISTORY} WHERE {NEWEST}", "in the ledger and no longer in the history"),
        (
            f"""INSERT INTO {HISTORY} (id, title, history_date, history_type, acting_agency)
            VALUES (999, 'Never was', now(), '-', '')""",
            "no text in the ledger, and no disposal accounts for that",
        ),
        ("UPDATE shelf_book SET title = 'Altered'", 'title: "Pounamu, Pounamu" -> "Altered"'),
        ("DELETE FROM shelf_book", "is gone without a record of its deletion"),
        ("INSERT INTO shelf_shelf (name, notes) VALUES ('Slipped in', '')", "has no history at all"),
        ("UPDATE records_ledgerentry SET payload = replace(payload, 'Pounamu', 'x')", "is not what its hash says"),
        (
            r"""UPDATE records_ledgerentry SET payload = payload || ' ',
            sha256 = sha256(convert_to(relation || E'\n' || payload || ' ', 'UTF8'))""",
            "does not match the entries it sealed",
        ),
        ("UPDATE records_ledgerentry SET payload = NULL", "no disposal accounts for that"),
        ("DELETE FROM records_ledgerentry WHERE relation = 'shelf_historicalbook'", "does not match the entries"),
        (
            "UPDATE records_ledgerentry SET id = id + 1000 WHERE id = (SELECT min(id) FROM records_ledgerentry)",
            "does not match the entries",
        ),
        (
            """INSERT INTO records_ledgerentry (txn, relation, history_id, payload, sha256)
            VALUES (1, 'shelf_historicalbook', 999, '{}', sha256('x'))""",
            "is in no link of the chain",
        ),
        ("UPDATE records_ledgerlink SET at = at - interval '1 day'", "is not what its own hash says"),
        ("UPDATE records_ledgerlink SET head = sha256(head)", "is not what its own hash says"),
        ("UPDATE records_ledgerentry SET relation = 'elsewhere'", "which is no history table now"),
    ],
)
def test_tampering_is_found(book: Book, tamper: Tamper, statement: str, said: str) -> None:
    tamper(statement)
    found = problems()
    assert any(said in sentence for sentence in found), found


@pytest.fixture
def five_links(shelf: Shelf, keeper: User) -> None:
    """A chain of at least five links."""
    seal()
    for number in range(5):
        with acting(by=keeper):
            shelf.notes = str(number)
            shelf.save()
        seal()


def test_a_link_cut_out_is_found(five_links: None, tamper: Tamper) -> None:
    tamper("DELETE FROM records_ledgerlink WHERE seq = 3")
    assert "Link 4, sealed" in problems()[0]


def test_swapped_links_are_found(five_links: None, tamper: Tamper) -> None:
    tamper("UPDATE records_ledgerlink SET seq = -seq WHERE seq IN (3, 4)")
    tamper("UPDATE records_ledgerlink SET seq = 7 + seq WHERE seq < 0")
    assert any("does not follow the link before it" in sentence for sentence in problems())


def test_reordered_history_is_found(five_links: None, tamper: Tamper) -> None:
    tamper(
        "UPDATE shelf_historicalshelf h SET notes = o.notes FROM shelf_historicalshelf o "
        "WHERE h.history_id <> o.history_id AND h.notes IN ('1', '2') AND o.notes IN ('1', '2')"
    )
    assert any('notes: "1" -> "2"' in sentence for sentence in problems())


def cut_tail(tamper: Tamper, after: int) -> None:
    """Remove everything sealed after a link, everywhere, and make the present fit: nothing inside can tell."""
    tamper(
        "DELETE FROM shelf_historicalshelf h USING records_ledgerentry e, records_ledgerlink l WHERE l.seq > %s "
        "AND e.txn = l.txn AND e.id BETWEEN l.first_id AND l.last_id AND e.history_id = h.history_id",
        after,
    )
    tamper(
        "DELETE FROM records_ledgerentry e USING records_ledgerlink l WHERE l.seq > %s "
        "AND e.txn = l.txn AND e.id BETWEEN l.first_id AND l.last_id",
        after,
    )
    tamper("DELETE FROM records_ledgerlink WHERE seq > %s", after)
    tamper(
        "UPDATE shelf_shelf s SET notes = h.notes FROM "
        "(SELECT DISTINCT ON (id) * FROM shelf_historicalshelf ORDER BY id, history_id DESC) h WHERE h.id = s.id"
    )


def test_a_cut_tail_shows_only_against_a_head_kept_outside(five_links: None, tamper: Tamper) -> None:
    kept = head().hash
    cut_tail(tamper, after=head().seq - 2)
    assert problems() == []
    assert "cut or rebuilt" in problems(kept)[0]


def rebuild_chain(tamper: Tamper) -> None:
    """Hash every entry and link again after an alteration, as whoever owns the database and has time could."""
    tamper("UPDATE records_ledgerentry SET sha256 = sha256(convert_to(relation || E'\\n' || payload, 'UTF8'))")
    tamper(
        "UPDATE records_ledgerlink l SET digest = (SELECT sha256(string_agg(e.sha256, ''::bytea ORDER BY e.id)) "
        "FROM records_ledgerentry e WHERE e.txn = l.txn AND e.id BETWEEN l.first_id AND l.last_id)"
    )
    before = bytes(32)
    for link in LedgerLink.objects.order_by("seq"):
        tamper(
            "UPDATE records_ledgerlink SET prev = %s, head = records_link_head(%s, seq, at, entries, digest) "
            "WHERE seq = %s",
            before,
            before,
            link.seq,
        )
        before = bytes(LedgerLink.objects.get(pk=link.pk).head)


def test_a_rebuilt_chain_shows_only_against_a_head_kept_outside(five_links: None, tamper: Tamper) -> None:
    kept = head().hash
    tamper("UPDATE shelf_historicalshelf SET name = 'Rewritten' WHERE notes = '2'")
    tamper(
        "UPDATE records_ledgerentry SET payload = replace(payload, 'Whānau stories', 'Rewritten') "
        'WHERE payload LIKE \'%%"notes": "2"%%\''
    )
    rebuild_chain(tamper)
    assert problems() == []
    assert "cut or rebuilt" in problems(kept)[0]


def test_a_head_noted_as_sent_is_looked_for(five_links: None, keeper: User, tamper: Tamper, tmp_path: Path) -> None:
    point = head()
    send_head(by=keeper, to=tmp_path / "heads" / "heads.txt", at=timezone.now())
    seal()
    assert (tmp_path / "heads" / "heads.txt").read_text().split()[:2] == [str(point.seq), point.hash]
    assert problems() == []
    tamper("UPDATE records_ledgerlink SET head = sha256(head) WHERE seq = %s", point.seq)
    assert any("heads.txt" in sentence for sentence in problems())


def test_the_command_says_so_and_exits_with_one(book: Book, tamper: Tamper, capsys: pytest.CaptureFixture[str]) -> None:
    seal()
    call_command("verify_history")
    assert "All as it was written" in capsys.readouterr().out
    tamper(f"UPDATE {HISTORY} SET title = 'Never so' WHERE history_type = '+'")
    with pytest.raises(CommandError) as refused:
        call_command("verify_history")
    assert refused.value.returncode == 1
    assert "Never so" in capsys.readouterr().out.splitlines()[0]


def test_the_command_knows_heads_and_files_of_heads(
    book: Book, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    seal()
    heads = tmp_path / "heads.txt"
    heads.write_text(f"0 {'0' * 64} -\n{head()}\n")
    call_command("verify_history", "--against", head().hash, "--against", str(heads), "--json")
    assert json.loads(capsys.readouterr().out)["ok"]
    with pytest.raises(CommandError):
        call_command("verify_history", "--against", "a" * 64)
    with pytest.raises(CommandError, match="neither a head"):
        call_command("verify_history", "--against", "yesterday")


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE shelf_historicalshelf SET notes = 'Never so' WHERE notes = 'Later'", 'notes: "Later" -> "Never so"'),
        ("UPDATE shelf_shelf SET notes = 'Never so'", 'notes: "Later" -> "Never so"'),
        ("DELETE FROM shelf_shelf WHERE name = 'Whānau stories'", "is gone without a record of its deletion"),
        ("UPDATE records_ledgerentry SET payload = replace(payload, 'Later', 'x')", "is not what its hash says"),
        ("DELETE FROM records_ledgerlink WHERE seq = (SELECT max(seq) - 1 FROM records_ledgerlink)", "is missing"),
        ("UPDATE records_ledgerlink SET head = sha256(head) WHERE seq = 3", "cut or rebuilt"),
        (
            "UPDATE records_ledgerentry SET relation = 'elsewhere' WHERE payload LIKE '%%Later%%'",
            "no history table now",
        ),
    ],
)
def test_what_was_altered_since_a_head_is_found_by_looking_at_no_more_than_that(
    five_links: None, shelf: Shelf, keeper: User, tamper: Tamper, statement: str, said: str
) -> None:
    anchor = Head(3, bytes(LedgerLink.objects.get(seq=3).head).hex(), None)
    for notes in ("Later", "Later"):
        with acting(by=keeper):
            shelf.notes = notes
            shelf.save()
        seal()
    found = verify_since(anchor)
    assert (found.problems, found.links, found.head) == ([], head().seq - 3, head())
    assert verify_since(Head(0, "0" * 64, None)).rows == LedgerEntry.objects.count()
    tamper(statement)
    said_since = [one.sentence for one in verify_since(anchor).problems]
    assert any(said in sentence for sentence in said_since), said_since


def test_what_was_altered_before_that_head_is_found_by_looking_at_everything(five_links: None, tamper: Tamper) -> None:
    anchor = head()
    tamper("UPDATE shelf_historicalshelf SET notes = 'Never so' WHERE notes = '1'")
    assert verify_since(anchor).ok
    assert problems() != []
