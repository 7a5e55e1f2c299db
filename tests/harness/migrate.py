"""Migrate the template database."""

import os

import django
from django.core.management import call_command

from config.quick_migrations import quick_migrations
from tests.harness.database import act_as_owner

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    act_as_owner()
    with quick_migrations():
        call_command("migrate", verbosity=0, skip_checks=True)
