"""The people app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """See the map of the tree in README.md."""

    name = "people"
