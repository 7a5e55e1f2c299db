"""The command send_head: the newest head of the ledger goes to a file outside the database."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from people.actions.system import system_user
from records.actions.head import send_head


class Command(BaseCommand):
    """Appends one line `number hash time`, says it, and notes in the register that it was sent."""

    help = "Append the newest head of the ledger to HEADS_FILE; run it daily."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Options."""
        parser.add_argument("--to", type=Path, default=Path(settings.HEADS_FILE), help="another file than HEADS_FILE")

    def handle(self, *_: Any, **options: Any) -> None:
        """Send it."""
        sent = send_head(by=system_user("ledger"), to=options["to"], at=timezone.now())
        self.stdout.write(f"{sent} written to {sent.where}")
