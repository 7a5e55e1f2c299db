"""The private Postgres, tried for real on servers of its own."""

import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from config import embedded_postgres, postgres_programs
from config.embedded_postgres import APP, DATABASE, OWNER
from config.postgres_programs import PostgresUnavailable
from config.postgres_socket import socket_dir


@pytest.fixture
def checkout() -> Iterator[Path]:
    """An empty checkout whose server is stopped in the end."""
    base = Path(tempfile.mkdtemp(prefix="register-test-"))
    yield base
    embedded_postgres.stop(base)
    shutil.rmtree(base)


def query(base: Path, statement: str, *, role: str = APP, database: str = DATABASE) -> object:
    with psycopg.connect(
        host=str(socket_dir(embedded_postgres.data_dir(base))), user=role, dbname=database, autocommit=True
    ) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchone()[0] if cursor.description else None  # type: ignore[index]


def postmaster(base: Path) -> int:
    return int((embedded_postgres.cluster_dir(base) / "postmaster.pid").read_text().split()[0])


def test_first_start_makes_roles_and_database(checkout: Path) -> None:
    embedded_postgres.start(checkout)
    assert query(checkout, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") is False
    assert query(checkout, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user", role=OWNER) is True
    assert query(checkout, "SHOW listen_addresses") == ""
    assert query(checkout, "SHOW server_encoding") == "UTF8"


def test_survives_a_kill_with_its_data(checkout: Path) -> None:
    embedded_postgres.start(checkout)
    query(checkout, "CREATE TABLE kept AS SELECT 'Whānau' AS word", role=OWNER)
    os.kill(postmaster(checkout), signal.SIGKILL)
    embedded_postgres.start(checkout)
    assert query(checkout, "SELECT word FROM kept", role=OWNER) == "Whānau"


def test_a_pid_file_naming_someone_else_is_no_obstacle(checkout: Path) -> None:
    embedded_postgres.start(checkout)
    embedded_postgres.stop(checkout)
    (embedded_postgres.cluster_dir(checkout) / "postmaster.pid").write_text(f"{os.getpid()}\n")
    embedded_postgres.start(checkout)
    assert embedded_postgres.answers(checkout, APP, DATABASE)


def test_a_running_server_without_the_database_gets_it(checkout: Path) -> None:
    embedded_postgres.start(checkout)
    query(checkout, f"DROP DATABASE {DATABASE}", role=OWNER, database="postgres")
    query(checkout, f"DROP ROLE {APP}", role=OWNER, database="postgres")
    embedded_postgres.start(checkout)
    assert embedded_postgres.answers(checkout, APP, DATABASE)


def test_many_starters_at_once_make_one_server(checkout: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(embedded_postgres.start, [checkout] * 4))
    assert embedded_postgres.answers(checkout, APP, DATABASE)


def test_stopping_twice_says_so(checkout: Path) -> None:
    embedded_postgres.start(checkout)
    assert embedded_postgres.stop(checkout) is True
    assert embedded_postgres.stop(checkout) is False


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to become somebody else")
def test_root_without_user_namespaces_becomes_nobody_even_under_a_closed_directory(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres_programs, "unshare_works", lambda: False)
    checkout.chmod(0o700)
    embedded_postgres.start(checkout)
    assert embedded_postgres.cluster_dir(checkout).stat().st_uid == postgres_programs.NOBODY
    assert embedded_postgres.answers(checkout, APP, DATABASE)


def test_a_user_known_only_by_number_becomes_somebody_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: tmp_path.stat().st_uid)
    monkeypatch.setattr(postgres_programs, "has_name", lambda uid: False)
    assert postgres_programs.as_server(["initdb"], tmp_path) == [*postgres_programs.AS_SOMEBODY_ELSE, "initdb"]


def test_a_deep_checkout_gets_a_short_socket_of_its_own(tmp_path: Path) -> None:
    deep = tmp_path / ("d" * 120)
    assert len(str(socket_dir(deep))) < len(str(deep))
    assert socket_dir(deep) != socket_dir(tmp_path / ("e" * 120))


def test_another_major_is_refused_with_the_way_out(checkout: Path) -> None:
    cluster = embedded_postgres.cluster_dir(checkout)
    cluster.mkdir(parents=True)
    (cluster / "PG_VERSION").write_text("9\n")
    with pytest.raises(PostgresUnavailable, match=r"made by Postgres 9.*PG_BIN_DIR"):
        embedded_postgres.start(checkout)


def test_a_named_directory_without_postgres_is_not_passed_over(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PG_BIN_DIR", str(checkout))
    with pytest.raises(PostgresUnavailable, match="apt-get install"):
        embedded_postgres.start(checkout)


def test_root_without_any_postgres_asks_apt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Path] = []
    wheel = postgres_programs.programs(tmp_path)
    monkeypatch.setattr(postgres_programs, "_candidates", list)

    def by_apt() -> list[Path]:
        asked.append(wheel)
        return asked

    monkeypatch.setattr(postgres_programs, "_by_apt", by_apt)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert postgres_programs.programs(tmp_path) == wheel
    assert asked == [wheel]
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(PostgresUnavailable, match="sudo apt-get install"):
        postgres_programs.programs(tmp_path)
