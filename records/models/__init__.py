"""The record that things happened."""

from records.models.ledger import LedgerEntry, LedgerLink, LedgerRename
from records.models.recorded import History, HistoryRow, Recorded, history_row

__all__ = ["History", "HistoryRow", "LedgerEntry", "LedgerLink", "LedgerRename", "Recorded", "history_row"]
