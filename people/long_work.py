"""The kinds of work that take long (settings.LONG_WORK), and how the worker does a piece of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from django.conf import settings
from django.db.models import Q
from django.utils.module_loading import import_string

from people.models import User, Work, WorkState
from people.progress import Tell
from people.roles import Permission
from people.worker import SILENCE
from records.models import StoredFile


@dataclass(frozen=True)
class Outcome:
    """What came of it: a page, or a file of that name."""

    url: str = ""
    file: StoredFile | None = None
    file_name: str = ""


@dataclass(frozen=True)
class Kind:
    """One kind of work. ``run(given, by, now, tell)`` does it inside one transaction and gives its Outcome.

    ``nothing`` says what stands when it was interrupted; ``ready`` what the link to the outcome says.
    """

    label: str
    permission: Permission
    run: Callable[[dict[str, str], User, datetime, Tell], Outcome]
    steps: tuple[str, ...]
    nothing: str
    ready: str


@cache
def _kind(path: str) -> Kind:
    found: Kind = import_string(path)
    return found


def kind_of(name: str) -> Kind:
    """The kind of this name in settings.LONG_WORK."""
    return _kind(settings.LONG_WORK[name])


def left_behind(now: datetime) -> list[int]:
    """Keys of work that nobody may have in hand: asked for or begun over a minute ago and not over."""
    before = now - SILENCE
    waiting, running = Q(state=WorkState.WAITING), Q(state=WorkState.RUNNING)
    found = Work.objects.filter((waiting & Q(asked_at__lt=before)) | (running & Q(started_at__lt=before)))
    return list(found.order_by("asked_at", "pk").values_list("pk", flat=True))
