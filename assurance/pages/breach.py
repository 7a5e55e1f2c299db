"""The page of a breach: its clock, the factors, whom to ring, the log, and what can be done now."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, Q

from agreements.choices import Duty
from agreements.models import Agreement, Organisation, Party, Responsibility
from assurance.actions.breach import FACTORS
from assurance.breach_clock import Clock, by_when, clock_of, hours
from assurance.models import BreachAgreement, BreachDecision, BreachFile, BreachStep, PrivacyBreach

SHORT = {
    "factor_mitigation": "Done to lower the risk of harm",
    "factor_sensitivity": "How sensitive it is",
    "factor_harm": "Harm it could do",
    "factor_holder": "Who has it, or may have it",
    "factor_security": "How it is protected",
    "factor_other": "Anything else",
}


@dataclass(frozen=True)
class Contact:
    """Whom to ring at a party of a linked agreement, and what that party does about breaches."""

    agreement: Agreement
    organisation: Organisation
    ring: str
    email: str
    does: str


@dataclass(frozen=True)
class BreachPage:
    """Everything on the page."""

    breach: PrivacyBreach
    clock: Clock
    by_when: str
    factors: list[tuple[str, str]]
    decisions: list[BreachDecision]
    steps: list[BreachStep]
    agreements: list[Agreement]
    organisations: list[Organisation]
    contacts: list[Contact]
    set_aside: list[BreachAgreement]
    files: list[BreachFile]
    told_late: list[str]


def breach_page(breach: PrivacyBreach, now: datetime) -> BreachPage:
    """The page; eight queries, whatever is linked."""
    rows = breach.agreement_links.select_related("agreement__current_terms", "aside_by__person")
    links = list(rows.order_by("agreement__reference", "pk"))
    agreements = [link.agreement for link in links if not link.aside_at]
    bodies = Organisation.objects.filter(breach_links__breach=breach).distinct()
    return BreachPage(
        breach=breach,
        clock=clock_of(breach, now),
        by_when=by_when(breach, now) if breach.clock_runs else "",
        factors=[(SHORT[name], getattr(breach, name)) for name in FACTORS],
        decisions=list(breach.decisions.select_related("by__person").order_by("-pk")),
        steps=list(breach.steps.select_related("by__person").order_by("-at", "-pk")),
        agreements=agreements,
        organisations=list(bodies.order_by("name")),
        contacts=_contacts(agreements),
        set_aside=[link for link in links if link.aside_at],
        files=list(breach.files.select_related("by__person").order_by("-pk")),
        told_late=_told_late(breach, agreements),
    )


def _told_late(breach: PrivacyBreach, agreements: list[Agreement]) -> list[str]:
    """What the provider promised in C17 and did not keep: to tell the agency within so many hours."""
    if breach.provider_aware_at is None:
        return []
    took = (breach.agency_aware_at - breach.provider_aware_at).total_seconds() / 3600
    asked = {one.reference: one.terms_now.breach_hours for one in agreements}
    return [
        f"The agency was told {hours(int(took))} after the provider knew. {reference} asks for {hours(most)}"
        for reference, most in asked.items()
        if most is not None and took > most
    ]


def _contacts(agreements: list[Agreement]) -> list[Contact]:
    """Of each linked agreement whoever can be rung, and whoever leads on a breach. Two queries."""
    leading = Responsibility.objects.filter(duty=Duty.BREACH_LEAD)
    rows = Party.objects.filter(terms__in=[one.current_terms_id for one in agreements])
    known = ~Q(contact="") | ~Q(breach_contact="") | Q(responsibilities__duty=Duty.BREACH_LEAD)
    parties = rows.filter(known).distinct().select_related("organisation").order_by("pk")
    by_terms = {one.current_terms_id: one for one in agreements}
    found = parties.prefetch_related(Prefetch("responsibilities", queryset=leading, to_attr="leads_on"))
    return [_contact(by_terms[party.terms_id], party) for party in found]


def _contact(agreement: Agreement, party: Party) -> Contact:
    leads: list[Responsibility] = getattr(party, "leads_on", [])
    does = "Leads on a privacy breach" if leads else ""
    named = ", ".join(one.person_named for one in leads if one.person_named)
    ring = party.breach_contact or party.contact
    return Contact(agreement, party.organisation, ring, party.contact_email, f"{does}: {named}" if named else does)
