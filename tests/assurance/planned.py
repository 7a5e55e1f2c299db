"""Arrangements from before the Standard, recorded by real actions, and so in the plan."""

from datetime import date, datetime

from agreements.actions.agreement import record_existing
from agreements.models import Agreement
from tests.agreements_at import answer
from tests.cast import NOW, Cast

IN_SCOPE = {"personal_information": "yes", "outside_state_services": "yes", "public_service": "yes"}


def existing(
    cast: Cast, title: str = "Old", signed_on: date | None = date(2019, 5, 1), now: datetime = NOW, **scope: str
) -> Agreement:
    """An arrangement in use, signed on that day, in the Standard's scope unless said otherwise."""
    made = record_existing(
        values={"title": title, "kind": "deed", "purpose": ""}, status="signed", by=cast.privacy_officer, now=now
    )
    answer(made, "scope", cast.privacy_officer, **IN_SCOPE | scope)
    if signed_on:
        answer(made, "dates", cast.privacy_officer, signed_on=signed_on)
    return made
