#!/usr/bin/env python
"""Django's command line; starts the private Postgres first where the command needs a database."""

import os
import sys
from pathlib import Path

WITHOUT_DATABASE = {"collectstatic", "help", "makemessages", "compilemessages", "startapp", "--help", "--version"}


def main() -> None:
    """Run one management command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.management import execute_from_command_line

    from config import embedded_postgres

    needs_database = len(sys.argv) > 1 and sys.argv[1] not in WITHOUT_DATABASE
    if needs_database and not os.environ.get("DATABASE_URL"):
        embedded_postgres.start(Path(__file__).resolve().parent)
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
