"""Rebuild what lists and search look through, for every agreement."""

from typing import Any

from django.core.management.base import BaseCommand

from agreements.actions.search_entry import rebuild_search_entries
from agreements.models import Agreement


class Command(BaseCommand):
    """`manage.py rebuild_search`: after an upgrade that says so; harmless at any time."""

    help = "Rebuild what lists and search look through. Changes no record."

    def handle(self, **_: Any) -> None:
        """Rebuild every entry; the times of last change stay."""
        keys = list(Agreement.objects.filter(current_terms__isnull=False).values_list("pk", flat=True))
        rebuild_search_entries(keys, touched=False)
        self.stdout.write(f"Rebuilt the search of {len(keys):,} agreements.")
