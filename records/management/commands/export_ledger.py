r"""The command export_ledger: the whole ledger as text, to be verified elsewhere without this register.

One JSON object a line for each link: ``seq``, ``at``, ``prev``, ``head`` and ``rows``, each row being relation, number,
text (null where disposed of) and hash. With || for joining bytes, every line must satisfy:

    row hash = sha256(relation || "\n" || text)
    head     = sha256(prev || "\n" seq "\n" at "\n" number of rows "\n" || sha256(row hashes, joined))
    prev     = head of the line before; 32 zero bytes in the first
"""

import json
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection, transaction

ROWS = """
SELECT l.seq, to_char(l.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), encode(l.prev, 'hex'),
  encode(l.head, 'hex'), e.relation, e.history_id, e.payload, encode(e.sha256, 'hex')
FROM records_ledgerlink l JOIN records_ledgerentry e ON e.txn = l.txn AND e.id BETWEEN l.first_id AND l.last_id
ORDER BY l.seq, e.id
"""


class Command(BaseCommand):
    """Streams: memory holds one link at a time."""

    help = "Print the ledger as JSON lines, one for each link."

    def handle(self, *_: Any, **__: Any) -> None:
        """Print every link."""
        for seq, rows in groupby(ledger_rows(), key=lambda row: row[0]):
            own = list(rows)
            _, at, prev, head = own[0][:4]
            line = {"seq": seq, "at": at, "prev": prev, "head": head, "rows": [list(row[4:]) for row in own]}
            self.stdout.write(json.dumps(line, ensure_ascii=False))


def ledger_rows() -> Iterator[tuple[Any, ...]]:
    """Each entry with its link, in order, a thousand at a time."""
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(ROWS)
        while rows := cursor.fetchmany(1000):
            yield from rows
