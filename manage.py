#!/usr/bin/env python
"""Django's command line; starts the private Postgres first where the command needs a database."""

import os
import sys
from pathlib import Path

WITHOUT_DATABASE = {"collectstatic", "help", "--help", "--version", "postgres"}
# These change the schema or write as nobody signed in may: they act as the owner of the schema.
AS_OWNER = {"bench", "demo", "dispose", "flush", "migrate", "prepare", "serve", "sqlmigrate"}


def main() -> None:
    """Run one management command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.management import execute_from_command_line

    from config import embedded_postgres
    from config.postgres_programs import PostgresUnavailable

    command = sys.argv[1] if len(sys.argv) > 1 else "help"
    if command in AS_OWNER:
        os.environ.setdefault("DATABASE_AS_OWNER", "1")
    if command not in WITHOUT_DATABASE and "--help" not in sys.argv and not os.environ.get("DATABASE_URL"):
        try:
            embedded_postgres.start(Path(__file__).resolve().parent)
        except PostgresUnavailable as problem:
            sys.exit(str(problem))
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
