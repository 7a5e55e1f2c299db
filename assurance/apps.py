"""The assurance app."""

from django.apps import AppConfig


class AssuranceConfig(AppConfig):
    """See the map of the tree in README.md."""

    name = "assurance"

    def ready(self) -> None:
        """Register the checks of standards at start-up."""
        from assurance import start_up  # noqa: F401 - registers itself
