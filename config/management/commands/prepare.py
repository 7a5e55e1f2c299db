"""``manage.py prepare``: everything between an installed checkout and a served page."""

from contextlib import nullcontext
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand

from config.quick_migrations import is_empty, quick_migrations
from people.models import Agency


def static_files_changed() -> bool:
    """Whether a static file, or the installed packages, are newer than what was collected: packing takes seconds."""
    collected = Path(settings.STATIC_ROOT) / "staticfiles.json"
    sources = [*settings.BASE_DIR.glob("static/**/*"), *settings.BASE_DIR.glob(".venv/*.installed")]
    newest = max(path.stat().st_mtime for path in sources)
    return not collected.exists() or collected.stat().st_mtime < newest


class Command(BaseCommand):
    """Schema, static files, and in the private database reference and demonstration data. Does only what is missing."""

    help = __doc__

    def handle(self, **options: Any) -> None:
        """Prepare, saying only what takes time."""
        with quick_migrations() if settings.PRIVATE_DATABASE and is_empty() else nullcontext():
            call_command("migrate", verbosity=0)
        if static_files_changed():
            call_command("collectstatic", interactive=False, verbosity=0)
        if settings.PRIVATE_DATABASE:
            self.fill()
        else:
            self.stdout.write("DATABASE_URL is set: no reference data and no demonstration data is put there.")

    def fill(self) -> None:
        """Bring the reference data up to date; tell the story of the demonstration on the first run."""
        call_command("load_reference_data", stdout=self.stdout)
        if not Agency.objects.exists() and "demo" in get_commands():
            self.stdout.write("==> First run: telling a story with demonstration data")
            call_command("demo", stdout=self.stdout)
