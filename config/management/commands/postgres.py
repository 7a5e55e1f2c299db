"""``manage.py postgres start|stop``: the private Postgres of this checkout."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config import embedded_postgres
from config.postgres_programs import PostgresUnavailable


class Command(BaseCommand):
    """Starts or stops it; an external database is nobody's to stop from here."""

    help = __doc__
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Start or stop."""
        parser.add_argument("action", choices=["start", "stop"])

    def handle(self, *, action: str, **options: Any) -> None:
        """Do it and say what was found."""
        if not settings.PRIVATE_DATABASE:
            raise CommandError("DATABASE_URL is set, so there is no private Postgres here.")
        if action == "stop":
            stopped = embedded_postgres.stop(settings.BASE_DIR)
            self.stdout.write("The private Postgres is stopped; its data stays." if stopped else "It was not running.")
            return
        try:
            embedded_postgres.start(settings.BASE_DIR)
        except PostgresUnavailable as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(embedded_postgres.url(settings.BASE_DIR, embedded_postgres.OWNER))
