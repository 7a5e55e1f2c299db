"""The project's settings, plus the small app that the history guarantees are tried on."""

from config.settings import *  # noqa: F403 - settings are a flat list of names

INSTALLED_APPS = [*INSTALLED_APPS, "tests.records.shelf"]  # noqa: F405

# Argon2 takes a tenth of a second on purpose, which is most of what many tests would do.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *PASSWORD_HASHERS]  # noqa: F405
