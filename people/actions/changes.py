"""What every change of people does: check before saving, and lock what two administrators could change at once."""

from typing import Any, TypeVar

from django.db.models import Model

from people.models import Agency
from records.locks import hold

M = TypeVar("M", bound=Model)


def check_and_save(record: Model) -> None:
    """Save a record after its own rules and constraints; ValidationError names each field and says what to mend."""
    record.full_clean()
    record.save()


def lock(record: M) -> M:
    """The record as it stands now, locked until the transaction ends."""
    model: Any = type(record)
    locked: M = model.objects.select_for_update(of=("self",), no_key=True).get(pk=record.pk)
    return locked


def keep_administrators(agency: Agency) -> None:
    """Wait until nobody else takes an administrator from this agency, so that two never remove each other."""
    hold(f"administrators {agency.code}")
