"""Many writers at once, rollbacks, and kill -9 of a writer and of the server: the chain neither forks nor skips."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection, transaction
from pytest_django import DjangoDbBlocker

from config import embedded_postgres
from config.postgres_programs import programs
from config.postgres_socket import socket_dir
from people.models import User
from records.acting import acting
from records.ledger import head
from records.verify import verify
from tests.records.shelf.models import Book, Shelf

# django_db even for the tests on a server of their own: the schema they copy is that of the test database.
pytestmark = pytest.mark.django_db

WRITERS = 8
KEEPER = """
INSERT INTO people_user (email, password, is_active, is_system) VALUES ('keeper@shelf.example', '', true, true);
INSERT INTO people_historicaluser (id, email, is_active, is_system, history_date, history_type, acting_agency)
SELECT id, email, is_active, is_system, clock_timestamp(), '+', '' FROM people_user;
"""


@dataclass
class Cluster:
    """A server of its own with the schema of the test database."""

    base: Path

    def psql(self, statement: str) -> list[tuple[int, ...]]:
        """Ask as the owner."""
        host = str(socket_dir(embedded_postgres.data_dir(self.base)))
        owner, database = embedded_postgres.OWNER, embedded_postgres.DATABASE
        with psycopg.connect(host=host, user=owner, dbname=database) as asked:
            cursor = asked.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def run(self, *command: str) -> "subprocess.Popen[str]":
        """Start Python on this server, as the app."""
        url = embedded_postgres.url(self.base, embedded_postgres.APP)
        mine = {"DATABASE_URL": url, "SECRET_KEY": "x" * 60, "DJANGO_SETTINGS_MODULE": "tests.settings"}
        return subprocess.Popen(
            [sys.executable, *command], env=os.environ | mine, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    def writers(self, transactions: int, writers: int = WRITERS) -> tuple["subprocess.Popen[str]", list[int]]:
        """Writers, started, and their process ids."""
        started = self.run("-m", "tests.records.writer", str(writers), str(transactions))
        assert started.stdout is not None
        return started, [int(number) for number in started.stdout.readline().split()]

    def verified(self) -> dict[str, object]:
        """What verify_history says; fails when it found anything."""
        command = self.run("manage.py", "verify_history", "--json")
        out, problem = command.communicate(timeout=180)
        assert command.returncode == 0, out + problem
        report: dict[str, object] = json.loads(out)
        return report

    def chain_is_whole(self) -> int:
        """Every link follows the one before; how many there are."""
        (numbers,) = self.psql("SELECT count(*), min(seq), max(seq), count(DISTINCT prev) FROM records_ledgerlink")
        count, first, last, different = numbers
        assert (first, last, different) == (1, count, count)
        return count

    def known(self, numbers: set[int]) -> set[int]:
        """Which of the history numbers are in the ledger."""
        rows = self.psql("SELECT history_id FROM records_ledgerentry WHERE relation LIKE 'shelf_%'")
        return numbers & {number for (number,) in rows}


@pytest.fixture(scope="module")
def cluster(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Cluster]:
    """A private server with everything but rows."""
    if not settings.PRIVATE_DATABASE:
        pytest.skip("The schema is copied with the private Postgres's own pg_dump.")
    base = Path(tempfile.mkdtemp(prefix="register-test-"))
    try:
        embedded_postgres.start(base)
        with django_db_blocker.unblock():
            copy_schema(base)
        made = Cluster(base)
        made.psql(KEEPER)
        yield made
    finally:
        embedded_postgres.stop(base)
        shutil.rmtree(base)


def copy_schema(base: Path) -> None:
    """Give the server at ``base`` every table, guard and right of the test database."""
    tools = programs(embedded_postgres.cluster_dir(base))
    mine = connection.settings_dict
    source = ["-h", mine["HOST"], "-U", mine["USER"], mine["NAME"]]
    target = ["-h", str(socket_dir(embedded_postgres.data_dir(base))), "-U", embedded_postgres.OWNER]
    dump = subprocess.run([str(tools / "pg_dump"), "-s", *source], capture_output=True, check=True)
    load = [str(tools / "psql"), "-q", "-v", "ON_ERROR_STOP=1", *target, embedded_postgres.DATABASE]
    subprocess.run(load, input=dump.stdout, capture_output=True, check=True)


def acknowledged(writers: "subprocess.Popen[str]") -> set[int]:
    """The history numbers that the writers said were committed, once they are done."""
    out, problem = writers.communicate(timeout=300)
    assert writers.returncode == 0, problem
    assert problem == ""
    return {int(number) for number in out.split()}


def wait_for_links(cluster: Cluster, more_than: int) -> None:
    """Until writing is well under way."""
    end = time.monotonic() + 180
    while cluster.psql("SELECT count(*) FROM records_ledgerlink")[0][0] <= more_than:
        assert time.monotonic() < end, "The writers did not begin."
        time.sleep(0.05)


def test_eight_writers_with_rollbacks_and_one_killed_never_fork_or_skip_the_chain(cluster: Cluster) -> None:
    writers, pids = cluster.writers(transactions=20)
    wait_for_links(cluster, more_than=20)
    os.kill(pids[0], signal.SIGKILL)
    told = acknowledged(writers)
    links = cluster.chain_is_whole()
    assert links > 60
    assert cluster.known(told) == told
    assert cluster.verified()["links"] == links
    assert not cluster.psql("SELECT 1 FROM pg_locks WHERE locktype = 'advisory'")


def test_killing_the_server_loses_nothing_acknowledged_and_the_chain_goes_on(cluster: Cluster) -> None:
    before = cluster.psql("SELECT count(*) FROM records_ledgerlink")[0][0]
    writers, _ = cluster.writers(transactions=100_000)
    wait_for_links(cluster, more_than=before + 50)
    pid = (embedded_postgres.cluster_dir(cluster.base) / "postmaster.pid").read_text().split()[0]
    os.kill(int(pid), signal.SIGKILL)
    told = acknowledged(writers)
    embedded_postgres.start(cluster.base)
    links = cluster.chain_is_whole()
    assert len(told) > 30
    assert cluster.known(told) == told
    acknowledged(cluster.writers(transactions=5, writers=1)[0])
    assert cluster.chain_is_whole() > links
    cluster.verified()


@pytest.mark.django_db(transaction=True)
def test_two_who_wait_for_each_other_both_commit() -> None:
    """One holds a parent row; the other has written history and then a child, whose foreign key waits for the parent.

    A chain that takes its lock at the first history row deadlocks here.
    """
    keeper = User(email="keeper@shelf.example", is_system=True)
    with acting(by=keeper):
        keeper.save()
        parent, other = Shelf.objects.create(name="Parent"), Shelf.objects.create(name="Other")
    holding, failed = threading.Event(), []

    def child() -> None:
        try:
            holding.wait(60)
            with transaction.atomic(), acting(by=keeper):
                other.save()
                Book.objects.create(shelf=parent, title="Child")
        except Exception as error:  # noqa: BLE001 - told to the test's own thread
            failed.append(error)
        finally:
            connection.close()

    second = threading.Thread(target=child)
    second.start()
    with transaction.atomic(), acting(by=keeper):
        locked = Shelf.objects.select_for_update().get(pk=parent.pk)
        holding.set()
        wait_until_somebody_waits()
        locked.save()
    second.join(120)
    assert failed == []
    assert Book.objects.filter(shelf=parent).exists()
    assert verify().ok
    assert head().seq == 5


def wait_until_somebody_waits() -> None:
    """Until the other connection waits for a lock of ours."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
        time.sleep(0.02)
    raise AssertionError("Nobody waited, so this proves nothing.")


@pytest.mark.django_db(transaction=True)
def test_only_read_committed_may_write() -> None:
    keeper = User(email="keeper@shelf.example", is_system=True)
    with pytest.raises(Exception, match="READ COMMITTED"), acting(by=keeper), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        keeper.save()
