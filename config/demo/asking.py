"""Providers asked to confirm, through the real actions: one answered with a gap, one is late, one has time still."""

from datetime import timedelta
from typing import Any

from django.utils.timezone import localdate

from agreements.models import Organisation
from assurance.actions.provider_answer import name_subcontractor, said_digest, save_answers
from assurance.actions.provider_confirmation import open_late_finding, submit_confirmation
from assurance.actions.provider_request import ask_provider
from assurance.models import ProviderRequest
from assurance.policies.provider import to_ask_about
from assurance.provider.questions import questions_of
from config.demo.calendar import Clock
from config.demo.teller import Stage
from people.actions.system import system_user

GAP, LATE, WAITING = (
    "Tūī Family Counselling Limited", "Kererū Community Transport Society", "Paperbark Print and Mail Limited",
)  # fmt: skip
WHO = {"answered_by": "Marama Quill", "position": "Practice manager"}
SAID = {
    "C7": ("partly", "Two counsellors shared one sign-in until June. Each has had an own one since."),
    "C20": ("unknown", "We have to look up who has been trained since we moved."),
}
CLOUD: dict[str, Any] = {
    "name": "Harakeke Hosting Limited",
    "does": "Keeps our case files in its data centre.",
    "starts_on": None,
}


def tell_providers(stage: Stage) -> None:
    """Tell each in the order of its days."""
    late = _ask(stage, LATE, days=-27, due=-6, contact="Bronwyn Teale")
    gap = _ask(stage, GAP, days=-20, due=4, contact="Marama Quill")
    clock, link = Clock(stage.now, "providers"), system_user("provider link")
    if gap:
        moment = clock.on(-8)
        with stage.door.at(moment):
            for one in gap.asked.order_by("pk"):
                codes = [each.code for each in questions_of(one.agreement.current_terms)]
                said = {code: SAID.get(code, ("yes", "")) for code in codes}
                save_answers(asked=one, said=said, seen=said_digest(one), by=link, now=moment)
            name_subcontractor(asked=gap.asked.earliest("pk"), **CLOUD, by=link, now=moment)
            submit_confirmation(request=gap, **WHO, by=link, now=moment)
    if late:
        moment = clock.on(-4)
        with stage.door.at(moment):
            for one in late.asked.order_by("pk"):
                open_late_finding(asked=one, on=localdate(moment), by=system_user("tick"), now=moment)
    _ask(stage, WAITING, days=-3, due=18, contact="Ross Paterson")


def _ask(stage: Stage, name: str, *, days: int, due: int, contact: str) -> ProviderRequest | None:
    """Ask about every agreement with the organisation that is in use and holds provisions; None where there is none."""
    now, by = Clock(stage.now, name).on(days), stage.cast.users["sina"]
    body = Organisation.objects.get(name=name)
    with stage.door.at(now):
        about = to_ask_about(body, by, localdate(now)).select_related("current_terms")
        agreements = [one for one in about if questions_of(one.current_terms)]
        values: dict[str, Any] = {
            "contact": contact, "email": f"{contact.split(maxsplit=1)[0].lower()}@provider.example.nz", "note": "",
            "due_on": localdate(stage.now) + timedelta(days=due), "ring": f"{by.who}, 04 000 0000",
        }  # fmt: skip
        if not agreements:
            return None
        return ask_provider(organisation=body, agreements=agreements, values=values, by=by, now=now)
