"""A long list of staff, done by the worker (people/long_work.py)."""

from datetime import datetime

from django.urls import reverse
from django.utils.timezone import localdate

from people.actions.staff import import_staff
from people.long_work import Kind, Outcome
from people.models import User
from people.progress import Tell
from people.roles import Permission
from records.models import StoredFile

LONG = 500  # more people than these are the worker's


def stored(key: int) -> bytes:
    """The bytes of an uploaded list."""
    return StoredFile.objects.get(pk=key).read()


def _import(given: dict[str, str], by: User, now: datetime, tell: Tell) -> Outcome:
    content = stored(int(given["file"]))
    import_staff(agency=by.agency, content=content, seen=given["seen"], on=localdate(now), by=by, tell=tell)
    return Outcome(url=reverse("people:people"))


IMPORT = Kind(
    "List of staff", Permission.MANAGE_PEOPLE, _import, ("Reading the list", "Adding people", "Where they work"),
    nothing="Nobody was added or changed.", ready="See the people",
)  # fmt: skip
