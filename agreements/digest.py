"""A short digest of what a person saw when they opened a form."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.db.models import Model


def digest(values: Mapping[str, Any]) -> str:
    """Sixteen hexadecimal digits that change when any of the values changes."""
    plain = json.dumps({name: _plain(value) for name, value in sorted(values.items())}, ensure_ascii=False)
    return hashlib.sha256(plain.encode()).hexdigest()[:16]


def _plain(value: object) -> str | None:
    if isinstance(value, Model):
        return str(value.pk)
    return None if value is None else str(value)
