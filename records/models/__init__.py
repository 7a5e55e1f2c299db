"""The record that things happened."""

from records.models.backfill import Backfill
from records.models.disposal import Disposal
from records.models.head import HeadSent
from records.models.issued_file import IssuedFile
from records.models.ledger import LedgerEntry, LedgerLink, LedgerRename
from records.models.mail import Mail, MailState
from records.models.mark import Frozen, Mark
from records.models.recorded import History, HistoryRow, Recorded, history_row
from records.models.sent_form import SentForm
from records.models.stored_file import Damaged, StoredFile
from records.models.tick_run import TickRun

__all__ = [
    "Backfill",
    "Damaged",
    "Disposal",
    "Frozen",
    "HeadSent",
    "History",
    "HistoryRow",
    "IssuedFile",
    "LedgerEntry",
    "LedgerLink",
    "LedgerRename",
    "Mail",
    "MailState",
    "Mark",
    "Recorded",
    "SentForm",
    "StoredFile",
    "TickRun",
    "history_row",
]
