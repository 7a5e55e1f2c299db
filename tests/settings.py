"""The project's settings, plus the small app that the history guarantees are tried on."""

from config.settings import *  # noqa: F403 - settings are a flat list of names

INSTALLED_APPS = [*INSTALLED_APPS, "tests.records.shelf"]  # noqa: F405
