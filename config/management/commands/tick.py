"""``manage.py tick``: what only time changes, once a day, from a scheduler (docs/how-to/daily-tick.md)."""

from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from config.ticking import run_steps


def a_day(text: str) -> date:
    """A day as 2026-07-14."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is no day: write it as 2026-07-14") from None


class Command(BaseCommand):
    """Runs every step of settings.TICK_STEPS. Safe to run twice, at once, for a past day, and after a crash."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Options."""
        parser.add_argument("--on", type=a_day, help="the day, in New Zealand; today unless said")

    def handle(self, *_: Any, **options: Any) -> None:
        """Run for one day, a line a step. Refuses a day to come; ends with 1 when a step failed."""
        today = timezone.localdate()
        on = options["on"] or today
        if on > today:
            raise CommandError(f"{on} has not come yet: what is due then is not due now.")
        failed = 0
        for outcome in run_steps(on):
            self.stdout.write(str(outcome))
            failed += bool(outcome.failed)
        if failed:
            raise CommandError(f"{failed} of the steps failed; the log says why. The others are done.")
