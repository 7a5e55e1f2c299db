"""What no check can know, answered by people of the story: of the agency as a whole, and of what it signed."""

from datetime import timedelta
from typing import Any

from django.utils.timezone import localdate

from agreements.choices import Status
from agreements.models import Agreement
from assurance.actions.attestation import attest, attest_for_agency
from config.demo.calendar import Clock
from config.demo.teller import Stage

OF_US, OF_ONE = -4, -3  # days from today
MOST = 5  # arrangements
MATTERS = "DPUP-purpose"  # only what the purpose needs is collected and used
SAID = {
    "L1.6": ("met", "Each new agreement is checked before it is signed. Yearly report to the executive, page 2"),
}


def tell_answers(stage: Stage) -> None:
    """Answer some of what is asked of the agency, and one question of each of a few arrangements with documents."""
    for requirement, (value, why) in SAID.items():
        moment = Clock(stage.now, f"answer to {requirement}").on(OF_US)
        with stage.door.at(moment):
            by, values = stage.cast.users["mereana"], {"value": value, "why": why}
            attest_for_agency(requirement=requirement, values=values, seen=0, by=by, now=moment)
    rows = Agreement.objects.filter(agency=stage.cast.agencies["MCW"], status=Status.SIGNED, documents__isnull=False)
    for agreement in rows.distinct().order_by("pk")[:MOST]:
        _answer(stage, agreement)


def _answer(stage: Stage, agreement: Agreement) -> None:
    """Met, with the document, its page and its date."""
    moment = Clock(stage.now, f"answer of {agreement.pk}").on(OF_ONE)
    signed = agreement.terms_now.signed_on or localdate(stage.now)
    values: dict[str, Any] = {
        "value": "met",
        "why": "Each field was weighed against the purpose with the people who use it, and two were left out",
        "evidence": agreement.documents.earliest("pk"),
        "evidence_page": "2",
        "evidence_on": signed - timedelta(days=6),
    }
    with stage.door.at(moment):
        by = stage.cast.users["hinemoa"]
        attest(agreement=agreement, requirement=MATTERS, values=values, seen=0, by=by, now=moment)
