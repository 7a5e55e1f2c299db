"""A provider reports a privacy breach through its link: recorded at once, whatever else was answered."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from agreements.actions.changes import check_and_save, refuse
from agreements.errors import NotNow
from assurance.actions.breach import keep_breach, log, told_of_breach
from assurance.actions.provider_answer import lock_request
from assurance.models import (
    AskedAgreement,
    BreachAgreement,
    BreachKind,
    BreachOrganisation,
    BreachStepKind,
    ProviderBreach,
    ProviderRequest,
)
from people.models import User
from records.acting import action

MOST_BREACHES = 5  # of one link: whoever has more to tell rings
TOLD = ("what_happened", "provider_aware_at", "happened_on", "people_affected", "contained", "containment")


@action
def report_provider_breach(
    *, request: ProviderRequest, asked: Sequence[AskedAgreement], values: Mapping[str, Any], told_by: str, by: User,
    now: datetime,
) -> ProviderBreach:  # fmt: skip
    """Open a privacy breach with the moment since which the provider has known; whoever keeps breaches is told.

    Raises NotNow, ValidationError naming the field.
    """
    locked = lock_request(request)
    before = locked.breaches.select_related("breach")
    if any(one.breach.what_happened == values["what_happened"] for one in before):
        raise NotNow("You have told us of this already, in these words. It reached us")
    if len(before) >= MOST_BREACHES:
        raise NotNow(f"{MOST_BREACHES} breaches were reported here already: please ring {locked.ring}")
    about = list(locked.asked.filter(pk__in=[one.pk for one in asked]).order_by("pk"))
    if not about:
        raise refuse("agreements", "Say which agreement it is about")
    said = {name: values.get(name) for name in TOLD} | {
        "kind": BreachKind.BREACH, "title": f"Reported by {locked.organisation}"[:200], "agency_aware_at": now,
        "found_how": f"Reported by {told_by} of {locked.organisation} through its link"[:1000],
    }  # fmt: skip
    breach = keep_breach(locked.agency, said, by, now)
    for one in about:
        check_and_save(BreachAgreement(breach=breach, agreement=one.agreement))
        log(breach, BreachStepKind.LINKED, f"It is about {one.agreement.reference}", now, by, now)
    check_and_save(BreachOrganisation(breach=breach, organisation=locked.organisation))
    row = ProviderBreach(asking=locked, breach=breach, told_by=told_by.strip(), told_at=now)
    check_and_save(row)
    told_of_breach(breach, now)
    return row
