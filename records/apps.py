"""The records app."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """See the map of the tree in README.md."""

    name = "records"
