"""A small app with guarded models, in tests only: what the history guarantees are tried on."""

from django.apps import AppConfig


class ShelfConfig(AppConfig):
    """Shelves and books stand for any record and its children."""

    name = "tests.records.shelf"
    default_auto_field = "django.db.models.BigAutoField"
