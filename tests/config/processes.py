"""Commands of the register in processes of their own, on the test database and as the app."""

import os
import subprocess
import sys

from django.conf import settings
from django.db import connection

from config import embedded_postgres

# Runs one command with the steps of the tick that are named, or with the register's own.
SCRIPT = """
import os, sys, django
django.setup()
from django.conf import settings
from django.core.management import call_command
if os.environ.get("STEPS"):
    settings.TICK_STEPS = os.environ["STEPS"].split()
call_command(*sys.argv[1:])
"""


def start(*command: str, steps: str = "", **more: str) -> "subprocess.Popen[str]":
    """Start ``manage.py command`` in a process of its own."""
    socket = embedded_postgres.url(settings.BASE_DIR, embedded_postgres.APP).rsplit("/", 1)[0]
    mine = {
        "DATABASE_URL": f"{socket}/{connection.settings_dict['NAME']}",
        "SECRET_KEY": settings.SECRET_KEY,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "ALLOWED_HOSTS": "testserver",
        "HTTPS": "0",
        "STEPS": steps,
        **more,
    }
    return subprocess.Popen(
        [sys.executable, "-c", SCRIPT, *command],
        cwd=settings.BASE_DIR, env=os.environ | mine, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def ended(process: "subprocess.Popen[str]") -> str:
    """What it said, once it ended well."""
    out, problem = process.communicate(timeout=120)
    assert process.returncode == 0, out + problem
    return out
