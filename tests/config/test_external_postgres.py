"""A Postgres of somebody else's, with roles of their own naming; and a Postgres that goes away and comes back.

Both are tried on a real server of its own, through the commands and the web server that production runs.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from config import embedded_postgres
from config.postgres_socket import socket_dir, url_of_socket

WRITE = """
from people.actions.system import system_user
user = system_user("migration")
print(user.pk, user.history.count())
"""
# A database by its parts; tests have tables of their own besides.
SCHEMA = {
    "columns": """SELECT table_name, column_name, data_type, is_nullable, column_default, character_maximum_length,
      is_generated, generation_expression FROM information_schema.columns WHERE table_schema = 'public'""",
    "constraints": "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
    " WHERE connamespace = 'public'::regnamespace",
    "indexes": "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "triggers": "SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
}


class Server:
    """A Postgres whose owner and app roles are neither superusers nor called as ours are."""

    said = ""  # by the preparation

    def __init__(self, base: Path) -> None:
        self.base = base
        self.sockets = socket_dir(embedded_postgres.data_dir(base))
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE")} | {
            "DATABASE_URL": url_of_socket(self.sockets, "web", "agreements"),
            "DATABASE_OWNER_URL": url_of_socket(self.sockets, "schema_keeper", "agreements"),
            "SECRET_KEY": "only for this test, and long enough to be taken",
            "ALLOWED_HOSTS": "localhost",
            "HTTPS": "0",
            "FILES_DIR": str(base / "files"),
            "STATIC_ROOT": str(base / "static"),
        }

    def prepare(self) -> None:
        """Start it and make the two roles and the database, as an administrator would."""
        embedded_postgres.start(self.base)
        with psycopg.connect(
            host=str(self.sockets), user=embedded_postgres.OWNER, dbname="postgres", autocommit=True
        ) as administrator:
            administrator.execute("CREATE ROLE schema_keeper LOGIN")
            administrator.execute("CREATE ROLE web LOGIN")
            administrator.execute("CREATE DATABASE agreements OWNER schema_keeper")

    def manage(self, *arguments: str) -> str:
        """Run a management command; its output."""
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(
            command, cwd=settings.BASE_DIR, env=self.environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A migrated one."""
    made = Server(Path(tempfile.mkdtemp(prefix="register-test-")))
    made.prepare()
    made.said = made.manage("prepare")
    yield made
    embedded_postgres.stop(made.base)
    shutil.rmtree(made.base)


@pytest.fixture
def address(server: Server) -> Iterator[str]:
    """Where gunicorn serves that database."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{port}", "--no-control-socket"]
    with subprocess.Popen(command, cwd=settings.BASE_DIR, env=server.environment, stderr=subprocess.DEVNULL) as web:
        yield f"http://localhost:{port}"
        web.terminate()


def fetch(address: str) -> tuple[int, str]:
    """Status and text of a page, once the server answers at all, to a browser whose session has to be looked up."""
    request = urllib.request.Request(address, headers={"Cookie": f"sessionid={'s' * 32}"})  # noqa: S310 - our own
    for _ in range(100):
        try:
            with urllib.request.urlopen(request) as response:  # noqa: S310 - our own
                return response.status, response.read().decode()
        except urllib.error.HTTPError as refused:
            with refused:
                return refused.code, refused.read().decode()
        except urllib.error.URLError:
            time.sleep(0.1)
    pytest.fail(f"{address} did not answer")


def test_the_commands_use_the_named_roles(server: Server) -> None:
    server.manage("check", "--database", "default")
    pk, changes = server.manage("shell", "--verbosity", "0", "--command", WRITE).split()
    assert int(pk) > 0
    assert changes == "1"
    with psycopg.connect(host=str(server.sockets), user="web", dbname="agreements") as app:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("UPDATE people_historicaluser SET email = 'someone@else.nz'")
        app.rollback()
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("CREATE TABLE mine (id int)")


@pytest.mark.django_db
def test_migrated_the_quick_way_the_schema_is_the_same(server: Server) -> None:
    """Ours there was migrated as Django does; the test database, and the private one of `make run`, quickly."""
    with psycopg.connect(host=str(server.sockets), user="web", dbname="agreements") as theirs:
        wanted = {name: {*theirs.execute(asked).fetchall()} for name, asked in SCHEMA.items()}
    with connection.cursor() as ours:
        for name, asked in SCHEMA.items():
            assert len(wanted[name]) > 50
            assert wanted[name] - {*ours.execute(asked).fetchall()} == set(), name


def test_demonstration_data_stays_out(server: Server) -> None:
    assert "no demonstration data is put there" in server.said


def test_there_is_no_private_postgres_to_stop(server: Server) -> None:
    command = [sys.executable, "manage.py", "postgres", "stop"]
    done = subprocess.run(
        command, cwd=settings.BASE_DIR, env=server.environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "DATABASE_URL is set" in done.stderr


def test_a_stopped_postgres_is_a_plain_page_until_it_is_back(server: Server, address: str) -> None:
    page = f"{address}/account/login/"
    assert fetch(page)[0] == 200
    embedded_postgres.stop(server.base)
    status, said = fetch(page)
    assert (status, "cannot reach its records" in said) == (503, True)
    embedded_postgres.start(server.base)
    assert fetch(page)[0] == 200
