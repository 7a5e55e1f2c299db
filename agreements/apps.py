"""The agreements app."""

from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    """See the map of the tree in README.md."""

    name = "agreements"
