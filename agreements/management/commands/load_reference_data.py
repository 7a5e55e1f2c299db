"""``manage.py load_reference_data``: organisations of the public sector and the common library of legal bases."""

from typing import Any

from django.core.management.base import BaseCommand

from agreements.actions.reference_data import load_reference_data
from people.actions.system import system_user


class Command(BaseCommand):
    """Adds what is missing; run it again after an upgrade. Each row says where it is from and how sure that is."""

    help = __doc__

    def handle(self, **options: Any) -> None:
        """Load, and say how much was new."""
        loaded = load_reference_data(by=system_user("reference"), reason="Reference data")
        if loaded.organisations or loaded.legal_provisions:
            self.stdout.write(
                f"Reference data: {loaded.organisations} organisations and {loaded.legal_provisions} legal bases added."
            )
