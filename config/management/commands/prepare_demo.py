"""``manage.py prepare_demo``: demonstration data, once, and never in a database that somebody named."""

from typing import Any

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand

from people.models import Agency


class Command(BaseCommand):
    """Part of `make run`; `manage.py demo` fills a database that is asked for by name."""

    help = __doc__

    def handle(self, **options: Any) -> None:
        """Bring the reference data up to date, and fill the private database on its first run."""
        if not settings.PRIVATE_DATABASE:
            self.stdout.write("DATABASE_URL is set: no demonstration data is put there.")
            return
        call_command("load_reference_data", stdout=self.stdout)
        if not Agency.objects.exists() and "demo" in get_commands():
            self.stdout.write("==> First run: telling a story with demonstration data")
            call_command("demo", stdout=self.stdout)
