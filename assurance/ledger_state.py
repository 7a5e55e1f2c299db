"""The state of the ledger in a few words, for the first page of what is signed."""

from dataclasses import dataclass

from records.ledger import Head
from records.verify import verify
from records.words import number

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
    if report.ok:
        says = f"{number(report.links)} links with {number(report.rows)} rows of history were verified: nothing was "
        return LedgerState(ok=True, says=says + "changed behind the register's back.", head=report.head)
    named = " ".join(f"{one.where}: {one.sentence}." for one in report.problems[:SHOWN])
    more = len(report.problems) - SHOWN
    says = f"The history does not hold together. {named}" + (f" And {number(more)} more." if more > 0 else "")
    return LedgerState(ok=False, says=says, head=report.head)
