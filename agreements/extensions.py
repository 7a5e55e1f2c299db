"""What other apps add to agreements, through one list in the open (settings.AGREEMENT_EXTENSIONS)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.conf import settings
from django.utils.module_loading import import_string

from agreements.models import Agreement
from people.models import User

AfterChange = Callable[[Agreement, User, date], None]


@dataclass(frozen=True)
class Extension:
    """Dotted paths of callables; each may be empty. ``after_change(agreement, by, on)`` ends every action."""

    name: str
    after_change: str = ""


@cache
def _after_change() -> tuple[AfterChange, ...]:
    extensions = [import_string(path) for path in settings.AGREEMENT_EXTENSIONS]
    return tuple(import_string(extension.after_change) for extension in extensions if extension.after_change)


def after_change(agreement: Agreement, by: User, on: date) -> None:
    """Tell every extension, in the order of the list, that an agreement was changed in this transaction."""
    for call in _after_change():
        call(agreement, by, on)
