"""The command verify_history: whether the record is as it was written."""

import json
import re
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from records.verify import Report, verify

HEAD = re.compile(r"\b[0-9a-fA-F]{64}\b")


class Command(BaseCommand):
    """Says in sentences what it found; exits with 1 when something is not as it was written."""

    help = "Verify the ledger, the history and the present rows against each other, and against heads kept outside."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Options."""
        parser.add_argument("--against", action="append", default=[], metavar="HEAD", help="a head, or a file of heads")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *_: Any, **options: Any) -> None:
        """Verify and print."""
        began = time.monotonic()
        report = verify([head for given in options["against"] for head in _heads(given)])
        seconds = time.monotonic() - began
        self.stdout.write(_as_json(report, seconds) if options["json"] else _as_text(report, seconds))
        if not report.ok:
            raise CommandError("The record is not as it was written.", returncode=1)


def _heads(given: str) -> list[str]:
    """The heads in an argument: one head, or every head in a file of lines `number head time`."""
    is_file = not HEAD.fullmatch(given) and Path(given).is_file()
    found: list[str] = HEAD.findall(Path(given).read_text() if is_file else given)
    if not found:
        raise CommandError(f"{given} is neither a head (64 hexadecimal digits) nor a file that holds one.")
    return [head for head in found if head.strip("0")]


def _as_text(report: Report, seconds: float) -> str:
    lines = [problem.sentence for problem in report.problems]
    lines += report.disposals
    if report.backfilled:
        rows, doors = sum(report.backfilled.values()), len(report.backfilled)
        lines.append(f"{rows:,} history rows were entered afterwards, under {doors} declared backfills.")
    judged = f"{report.rows:,} history rows in {report.links:,} links, in {seconds:.1f} seconds."
    lines.append(f"{'All as it was written' if report.ok else 'Not as it was written'}: {judged}")
    lines.append(f"Head: {report.head}")
    return "\n".join(lines)


def _as_json(report: Report, seconds: float) -> str:
    found = {
        "ok": report.ok,
        "head": {"seq": report.head.seq, "hash": report.head.hash},
        "links": report.links,
        "rows": report.rows,
        "seconds": round(seconds, 3),
        "problems": [{"where": problem.where, "sentence": problem.sentence} for problem in report.problems],
        "disposals": report.disposals,
        "backfilled": report.backfilled,
    }
    return json.dumps(found, ensure_ascii=False, indent=2)
