"""The state of the ledger in a few words, for the first page of what is signed."""

from dataclasses import dataclass

from assurance.models import Briefing
from records.ledger import Head
from records.models import LedgerEntry
from records.verify import Report, verify, verify_since
from records.words import number, nz_datetime

SHOWN = 3  # problems that are named; verify_history names them all


@dataclass(frozen=True)
class LedgerState:
    """What verification of the whole history said: whether it holds, in words, and the head it was verified up to."""

    ok: bool
    says: str
    head: Head


def ledger_state() -> LedgerState:
    """Verify the whole record now. About 50 seconds for a million rows; never inside a transaction that wrote."""
    report = verify()
    if not report.ok:
        return LedgerState(ok=False, says=_broken(report), head=report.head)
    says = f"{number(report.links)} links with {number(report.rows)} rows of history were verified: nothing was "
    return LedgerState(ok=True, says=says + "changed behind the register’s back.", head=report.head)


def ledger_since(briefing: Briefing) -> LedgerState:
    """What the figures stand on, verified further: what was written since they were taken, and that it follows.

    What was broken then is broken now: only verifying the whole anew, with the figures, can say otherwise.
    """
    then = Head(briefing.ledger_seq, briefing.ledger_head, None)
    if not briefing.ledger_ok:
        return LedgerState(ok=False, says=briefing.ledger_says, head=then)
    report = verify_since(then)
    if not report.ok:
        return LedgerState(ok=False, says=_broken(report), head=report.head)
    since = f"What was written since was verified too, {_of(report)}" if report.links else "Nothing was written since"
    says = f"{briefing.ledger_says} That was on {nz_datetime(briefing.at)}. {since}."
    return LedgerState(ok=True, says=says, head=report.head)


def rows_of_history() -> int:
    """About how many rows the ledger holds: its highest key. One query by index."""
    return LedgerEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def _of(report: Report) -> str:
    links = "1 link" if report.links == 1 else f"{number(report.links)} links"
    return f"{links} with {number(report.rows)} rows"


def _broken(report: Report) -> str:
    named = " ".join(f"{one.where}: {one.sentence}." for one in report.problems[:SHOWN])
    more = len(report.problems) - SHOWN
    return f"The history does not hold together. {named}" + (f" And {number(more)} more." if more > 0 else "")
