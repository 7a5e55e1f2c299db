"""The assurance app."""

from django.apps import AppConfig


class AssuranceConfig(AppConfig):
    """See the map of the tree in README.md."""

    name = "assurance"
