"""The records app."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """See the map of the tree in README.md."""

    name = "records"

    def ready(self) -> None:
        """Register the checks that read the database."""
        from records import checks  # noqa: F401 - registers itself
