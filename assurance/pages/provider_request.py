"""The pages about what providers were asked: one request, what is filled in when asking, and those of an agreement."""

from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import QueryDict

from agreements.models import Agreement, Organisation, Party
from assurance.models import (
    AskedAgreement,
    Finding,
    NamedSubcontractor,
    Origin,
    PrivacyBreach,
    ProviderRequest,
    ProviderStep,
)
from assurance.pages.provider import asked_of
from assurance.policies.provider import check_may_ask, to_ask
from assurance.provider.letters import mails_of
from people.models import User
from records.refusals import why_not

# What was done about a request, the first of it first.
STEPS = Prefetch("steps", ProviderStep.objects.select_related("by__person").order_by("pk"))


def request_page(request: ProviderRequest, user: User, on: date) -> dict[str, Any]:
    """Everything on the page of a request, in a fixed number of queries."""
    mails = mails_of(request)
    return {
        "asking": request,
        "state": request.state(on),
        "asked": asked_of(request),
        "mail": mails[0] if mails else None,
        "mails": mails,
        "breaches": PrivacyBreach.objects.visible_to(user).filter(from_provider__asking=request).order_by("pk"),
        "breaches_told": request.breaches.count(),
        "findings": _findings(request, user),
        "inside": True,
    }


def _findings(request: ProviderRequest, user: User) -> "QuerySet[Finding]":
    """What its answers, or its silence, opened."""
    rows = Finding.objects.visible_to(user).filter(activity__in=request.asked.values("activity"))
    return rows.filter(origin__in=(Origin.PROVIDER, Origin.LATE)).order_by("pk")


def first_values(organisation: Organisation, user: User, data: QueryDict) -> dict[str, Any]:
    """What stands in the form when it is opened: the agreement come from, and the contact that is recorded."""
    here = Agreement.objects.visible_to(user).filter(current_terms__parties__organisation=organisation)
    about = here.filter(reference=data.get("agreement", "")).first()
    parties = Party.objects.filter(organisation=organisation, terms__current_of__in=here).exclude(contact_email="")
    known = parties.order_by("-pk").first()
    return {
        "agreements": [about.pk] if about else list(here.values_list("pk", flat=True)[:20]),
        "contact": known.contact if known else "",
        "email": known.contact_email if known else "",
        "ring": f"{user.who}, {user.email}",
    }


def providers_page(agreement: Agreement, user: User, on: date) -> dict[str, Any]:
    """What providers were asked about one agreement, whom they named, and who can be asked. Four queries."""
    rows = AskedAgreement.objects.filter(agreement=agreement).select_related("asking__organisation")
    named = NamedSubcontractor.objects.select_related("taken_up_by__person").order_by("pk")
    asked = list(rows.prefetch_related(Prefetch("subcontractors", named)).order_by("-asking"))
    return {
        "agreement": agreement,
        "rows": [(one, one.asking.state(on)) for one in asked],
        "named": [(one, body) for one in asked for body in one.subcontractors.all()],
        "refusal": why_not(check_may_ask, user),
        "providers": to_ask(agreement, user, on),
    }
