"""The config app."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """See the map of the tree in README.md."""

    name = "config"
