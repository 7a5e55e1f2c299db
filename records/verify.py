"""Verification: the ledger holds together, history says what the ledger says, and the present what history says."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import DataError, connection, transaction
from django.db.models import Sum
from django.utils import timezone

from records import verify_sql
from records.guard_sql import Guarded, of_model, tracked_models
from records.ledger import Head, head
from records.models import Disposal, HeadSent, LedgerEntry, LedgerLink, LedgerRename

LINK_WRONG = {
    "missing": "is where another should be: a link before it is missing",
    "order": "does not follow the link before it",
    "altered": "is not what its own hash says",
    "entries": "does not match the entries it sealed",
}


@dataclass(frozen=True)
class Problem:
    """One thing that is not as it was written: where, and a sentence for a person."""

    where: str
    sentence: str


@dataclass
class Report:
    """What was verified, and what was found."""

    head: Head
    links: int = 0
    rows: int = 0
    problems: list[Problem] = field(default_factory=list)
    disposals: list[str] = field(default_factory=list)
    backfilled: dict[int, int] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Whether everything is as it was written."""
        return not self.problems

    def add(self, where: str, sentence: str) -> None:
        """Note a problem."""
        self.problems.append(Problem(where, sentence))


def verify(against: list[str] | None = None) -> Report:
    """Verify the whole record as of now; ``against`` are heads kept outside (hex), each must be in the chain."""
    with _snapshot():
        report = Report(head=head(), links=LedgerLink.objects.count(), rows=LedgerEntry.objects.count())
        _heads(report, against or [])
        _chain(report)
        names = former_names()
        tables = [of_model(model) for model in tracked_models(apps)]
        for found in tables:
            known = names.get(found.history, [found.history])
            _history(report, found, known)
            _present(report, found, known)
            _backfills(report, found)
        _strangers(report, [name for found in tables for name in names.get(found.history, [found.history])])
        report.disposals = [_disposed(disposal) for disposal in Disposal.objects.order_by("pk")]
    return report


def verify_since(anchor: Head) -> Report:
    """Verify everything since a head at which the whole record was found as it was written, and that head itself.

    What changed before it is looked at no more: only its link is, which holds the hash of everything before it.
    """
    with _snapshot():
        begun, since = head(), max(anchor.seq, 1)
        links = LedgerLink.objects.filter(seq__gt=anchor.seq)
        report = Report(head=begun, links=links.count(), rows=links.aggregate(rows=Sum("entries"))["rows"] or 0)
        _heads(report, [anchor.hash] if anchor.seq else [])
        _chain(report, since)
        names, touched = former_names(), {relation for (relation,) in _ask(verify_sql.TOUCHED, {"since": since})}
        for found in (of_model(model) for model in tracked_models(apps)):
            known = names.get(found.history, [found.history])
            if touched.isdisjoint(known):
                continue
            touched -= {*known}
            _history(report, found, known, since)
            _present(report, found, known, since)
        for relation in sorted(touched):
            report.add(relation, f"The ledger holds rows of {relation}, which is no history table now.")
    return report


@contextmanager
def _snapshot() -> Iterator[None]:
    """One moment of the database, whatever others write meanwhile, and the ledger's formats; undone afterwards."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        with connection.cursor() as cursor:
            if outermost:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute(verify_sql.FORMATS)
        yield
        transaction.set_rollback(True)


def _ask(statement: str, params: list[Any] | dict[str, Any] | None = None) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return list(cursor.fetchall())


def _heads(report: Report, against: list[str]) -> None:
    wanted = {text.lower(): "kept outside" for text in against}
    wanted |= {sent.head: f"sent to {sent.where}" for sent in HeadSent.objects.exclude(seq=0)}
    known = (
        {
            bytes(found).hex()
            for found in LedgerLink.objects.filter(head__in=[bytes.fromhex(text) for text in wanted]).values_list(
                "head", flat=True
            )
        }
        if wanted
        else set()
    )
    for text in sorted(set(wanted) - known):
        report.add(
            f"head {text}",
            f"The head {text} ({wanted[text]}) is not in this chain: "
            "the ledger was cut or rebuilt after it was given out.",
        )


def _chain(report: Report, since: int = 0) -> None:
    for seq, at, wrong in _ask(verify_sql.CHAIN, {"since": max(since, 1)}):
        report.add(f"link {seq}", f"Link {seq}, sealed {_when(at)}, {LINK_WRONG[wrong]}.")
    altered = _ask(verify_sql.ALTERED_SINCE, {"since": since}) if since else _ask(verify_sql.ALTERED)
    for entry in altered:
        _entry(report, entry, "is not what its hash says")
    (all_sealed,) = _ask(verify_sql.ALL_SEALED)[0]
    for entry in [] if all_sealed else _ask(verify_sql.OUTSIDE):
        _entry(report, entry, "is in no link of the chain")


def _entry(report: Report, entry: tuple[Any, ...], wrong: str) -> None:
    number, relation, history_id = entry
    report.add(f"entry {number}", f"Ledger entry {number} ({relation}, history row {history_id}) {wrong}.")


def _history(report: Report, found: Guarded, names: list[str], since: int = 0) -> None:
    asked = verify_sql.history_against_ledger(found, since=bool(since))
    try:
        with transaction.atomic():  # an error costs this question only
            different = _ask(asked, {"names": names, "since": since})
    except DataError as problem:
        report.add(found.history, f"{found.history} cannot be compared with the ledger: {problem}")
        return
    for history_id, key, ledger, history in different:
        where = f"{found.history} {history_id}"
        report.add(where, f"{found.history}, history row {history_id}{_of(key)}: {_difference(ledger, history)}.")


def _of(key: Any) -> str:
    return f" of {key}" if key is not None else ""


def _difference(ledger: str | None, history: str | None) -> str:
    if history is None:
        return "is in the ledger and no longer in the history"
    if ledger is None:
        return "has no text in the ledger, and no disposal accounts for that"
    was, now = json.loads(ledger), json.loads(history)
    return "was altered: " + _fields(was, now)


def _fields(was: dict[str, Any], now: dict[str, Any]) -> str:
    names = [name for name in now if was.get(name) != now[name]]
    return "; ".join(f"{name}: {_short(was.get(name))} -> {_short(now[name])}" for name in names) or "its form"


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 80 else text[:77] + "..."


def _present(report: Report, found: Guarded, names: list[str], since: int = 0) -> None:
    asked = verify_sql.present_against_history(found, since=bool(since))
    for key, history, present in _ask(asked, {"names": names, "since": since}):
        report.add(f"{found.table} {key}", f"{found.table} {key} {_present_difference(history, present)}.")


def _present_difference(history: str | None, present: str | None) -> str:
    if history is None:
        return "has no history at all"
    if present is None:
        return "is gone without a record of its deletion"
    was, now = json.loads(history), json.loads(present)
    if was["history_type"] == "-":
        return "is there although its history says that it was deleted"
    return "does not match its newest history row: " + _fields({name: was.get(name) for name in now}, now)


def _backfills(report: Report, found: Guarded) -> None:
    for number, rows, declared in _ask(verify_sql.backfilled(found)):
        report.backfilled[number] = report.backfilled.get(number, 0) + rows
        if not declared:
            report.add(found.history, f"{found.history} has rows dated outside the backfill {number} they name.")


def _strangers(report: Report, known: list[str]) -> None:
    for relation, rows in _ask(verify_sql.STRANGERS, [known]):
        report.add(relation, f"The ledger holds {rows} rows of {relation}, which is no history table now.")


def former_names() -> dict[str, list[str]]:
    """Every name a history table ever had, by its present name."""
    now: dict[str, str] = {}
    for rename in LedgerRename.objects.order_by("pk"):
        now = {old: rename.new if new == rename.old else new for old, new in now.items()} | {rename.old: rename.new}
    names: dict[str, list[str]] = {}
    for old, new in now.items():
        names.setdefault(new, [new]).append(old)
    return names


def _disposed(disposal: Disposal) -> str:
    count = len(disposal.pks)
    rows = f"{count} row{'' if count == 1 else 's'} of {disposal.table}"
    return f"{rows} disposed under {disposal.authority} on {_when(disposal.at)}: {disposal.reason}"


def _when(at: datetime) -> str:
    local = timezone.localtime(at)
    return f"{local.day} {local:%B %Y at %H:%M}"
