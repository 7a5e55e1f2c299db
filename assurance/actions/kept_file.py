"""Keep a file beside a record (models/kept_file.py)."""

from datetime import datetime
from typing import Any

from people.models import User
from records.files import store
from records.scanning import scan
from records.uploads import accept


def keep(name: str, content: bytes, by: User, now: datetime) -> dict[str, Any]:
    """The fields of a kept file, its bytes judged, scanned and stored. Raises NotAccepted with what to do instead."""
    accepted = accept(name, content)
    return {
        "scanned_by": scan(content, accepted.name),
        "file": store(content),
        "file_name": accepted.name,
        "media_type": accepted.type.media_type,
        "by": by,
        "at": now,
    }
