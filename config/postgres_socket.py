"""Where the socket of a private Postgres stands: a Unix socket path may not be longer than 107 bytes."""

import hashlib
import os
import tempfile
from pathlib import Path
from urllib.parse import quote

LONGEST = 107 - len("/.s.PGSQL.5432.lock")


def socket_dir(data: Path) -> Path:
    """The socket's directory: beside the data, or a short one of this system user's own in the temporary directory."""
    near = data / "socket"
    if len(os.fsencode(near)) <= LONGEST:
        return near
    digest = hashlib.sha256(os.fsencode(data)).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"register-{os.geteuid()}-{digest}"


def url_of_socket(sockets: Path, role: str, database: str) -> str:
    """A DATABASE_URL for ``role`` on the server whose socket stands in ``sockets``."""
    return f"postgres://{role}@/{quote(str(sockets))}/{database}"
