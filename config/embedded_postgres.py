"""A private Postgres for a fresh checkout, used when DATABASE_URL is unset.

It listens on a socket only, keeps its data in var/postgres and has two roles: the owner of the schema and the app.
Trust authentication means that any process of the same system user may connect: it is for one machine and demo data.
"""

import fcntl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from config.postgres_programs import PostgresUnavailable, as_server, hand_over, programs
from config.postgres_socket import socket_dir, url_of_socket

OWNER, APP, DATABASE = "register_owner", "register_app", "register"
_started: list[subprocess.Popen[bytes]] = []  # held, since a forgotten child is reported and never reaped
PATIENCE = 30.0  # seconds until a start counts as failed; a crashed server of this size recovers in under one


def data_dir(base: Path) -> Path:
    """Where the private server of the checkout at ``base`` keeps its data, its socket and its log."""
    return base / "var" / "postgres"


def cluster_dir(base: Path) -> Path:
    """The directory that initdb makes."""
    return data_dir(base) / "cluster"


def url(base: Path, role: str) -> str:
    """A DATABASE_URL for ``role`` on the private server."""
    return url_of_socket(socket_dir(data_dir(base)), role, DATABASE)


def start(base: Path) -> None:
    """Make sure the private server answers with its roles and database; creates whatever is missing.

    Safe when two processes call it at once. Raises PostgresUnavailable with what to type or read.
    """
    if answers(base, APP, DATABASE):
        return
    with _one_at_a_time(base):
        if not answers(base, OWNER, "postgres"):
            _create_cluster(base)
            _launch(base)
        _create_roles_and_database(base)


def stop(base: Path) -> bool:
    """Stop the private server and wait until it has written everything; True when one was running."""
    if not answers(base, OWNER, "postgres"):
        return False
    cluster = cluster_dir(base)
    pg_ctl = programs(cluster) / "pg_ctl"
    command = [str(pg_ctl), "-D", str(cluster), "-m", "fast", "-w", "stop"]
    subprocess.run(as_server(command, cluster), check=True, stdout=subprocess.DEVNULL)
    _started[:] = [server for server in _started if server.poll() is None]
    return True


def answers(base: Path, role: str, database: str) -> bool:
    """Whether a connection can be had: judged by connecting, since pg_ctl believes a dead postmaster's pid file."""
    try:
        _connect(base, role, database).close()
    except psycopg.OperationalError:
        return False
    return True


def _connect(base: Path, role: str, database: str) -> psycopg.Connection:
    host = str(socket_dir(data_dir(base)))
    return psycopg.connect(host=host, user=role, dbname=database, connect_timeout=5, autocommit=True)


@contextmanager
def _one_at_a_time(base: Path) -> Iterator[None]:
    data_dir(base).mkdir(parents=True, exist_ok=True)
    with (data_dir(base) / "starting.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _create_cluster(base: Path) -> None:
    cluster = cluster_dir(base)
    if (cluster / "PG_VERSION").exists():
        return
    initdb = programs(cluster) / "initdb"
    cluster.mkdir(mode=0o700, exist_ok=True)
    hand_over(cluster)
    options = ["-E", "UTF8", "--locale=C.UTF-8", "--auth=trust", f"--username={OWNER}"]
    command = [str(initdb), "-D", str(cluster), *options]
    done = subprocess.run(as_server(command, cluster), capture_output=True, text=True, check=False)
    if done.returncode:
        raise PostgresUnavailable(f"initdb could not make {cluster}:\n{done.stderr}")


def _launch(base: Path) -> None:
    """Start the server and wait until it answers.

    Tried again until PATIENCE runs out: after a kill -9 the orphans of the old server hold its memory for a moment.
    """
    end = time.monotonic() + PATIENCE
    server = _spawn(base)
    while time.monotonic() < end:
        if answers(base, OWNER, "postgres"):
            return
        if server.poll() is not None:
            time.sleep(0.3)
            server = _spawn(base)
        time.sleep(0.05)
    log = data_dir(base) / "server.log"
    raise PostgresUnavailable(f"The private Postgres did not start. The end of {log}:\n{log.read_text()[-2000:]}")


def _spawn(base: Path) -> subprocess.Popen[bytes]:
    cluster, sockets = cluster_dir(base), socket_dir(data_dir(base))
    postgres = programs(cluster) / "postgres"
    sockets.mkdir(mode=0o700, parents=True, exist_ok=True)
    hand_over(sockets)
    _forget_dead_server(cluster / "postmaster.pid")
    _forget_dead_server(sockets / ".s.PGSQL.5432.lock")
    settings = ["-c", "listen_addresses=", "-c", f"unix_socket_directories={sockets}", "-c", "max_connections=100"]
    command = as_server([str(postgres), "-D", str(cluster), *settings], cluster)
    with (data_dir(base) / "server.log").open("ab") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True)
    _started.append(server)
    return server


def _forget_dead_server(lock: Path) -> None:
    """Remove a lock file whose process is gone, is a zombie, or got its number from someone else since."""
    if lock.exists() and not _is_postgres(lock.read_text().split("\n")[0].strip().lstrip("-")):
        lock.unlink(missing_ok=True)


def _is_postgres(pid: str) -> bool:
    if not Path("/proc/self").is_dir():
        return True  # no way to tell here: Postgres judges by itself
    try:
        name, state = Path(f"/proc/{pid}/stat").read_text().split("(", 1)[1].rsplit(")", 1)
    except (OSError, IndexError):
        return False
    return name == "postgres" and state.split()[0] != "Z"


def _create_roles_and_database(base: Path) -> None:
    with _connect(base, OWNER, "postgres") as connection:
        if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [APP]).fetchone():
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(APP)))
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))
