"""The conflicts app."""

from django.apps import AppConfig


class ConflictsConfig(AppConfig):
    """See the map of the tree in README.md."""

    name = "conflicts"
