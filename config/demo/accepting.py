"""Tell an exception of one arrangement of the story: accepted for most of a year, or taken back before that."""

from datetime import datetime, timedelta

from django.utils.timezone import localdate

from agreements.models import Agreement
from assurance.actions.accepted_exception import accept_exception, withdraw_exception
from assurance.models import AcceptedException
from people.models import User

EXCEPTION_FOR = timedelta(days=360)


def accepting(agreement: Agreement, name: str, why: str, requirement: str, gate: str, by: User, now: datetime) -> None:
    """Accept the exception (``accept``), or withdraw it."""
    if name == "accept":
        until = localdate(now) + EXCEPTION_FOR
        accept_exception(
            agreement=agreement, requirement=requirement, gate=gate, why=why, by=by, now=now, ends_on=until
        )
    else:
        found = AcceptedException.objects.get(
            agreement=agreement, requirement=requirement, gate=gate, withdrawn_on=None
        )
        withdraw_exception(exception=found, why=why, by=by, now=now)
