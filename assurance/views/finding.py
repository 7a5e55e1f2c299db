"""Findings: the list, one of them, opening, closing, and the risk that a delegate accepts."""

from functools import partial

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from agreements.fetch import agreement_or_404
from agreements.models import Agreement
from agreements.pages.evidence import pointed
from assurance.actions.finding import accept_risk, close_finding, open_finding, withdraw_acceptance
from assurance.editions import requirements
from assurance.forms.activity import WhyForm
from assurance.forms.finding import AcceptForm, FindingForm
from assurance.lists.finding import WORDS, listed, read
from assurance.models import Finding, RiskAcceptance
from assurance.pages.finding import actions_of
from assurance.policies.work import check_may_accept_risk, check_may_close, check_may_withdraw, check_may_work_on
from assurance.views.asking import Asks, ask
from assurance.views.work_list import show, take
from assurance.work_sheet import of_findings
from people.access import open_to_all_signed_in, permission
from people.models import User
from people.permissions import may
from people.request import SignedInRequest, posted
from people.roles import Permission
from records.once import once
from records.refusals import why_not


@require_safe
@permission(Permission.READ_AGREEMENTS)
def findings(request: SignedInRequest) -> HttpResponse:
    """What is open, the worst first."""
    today = timezone.localdate()
    address = read(request.user, today, request.GET)
    return show(
        request, "assurance/findings.html", address, listed(request.user, address, today), WORDS, place="findings"
    )


@require_safe
@permission(Permission.EXPORT_AGREEMENTS)
def findings_sheet(request: SignedInRequest, form: str) -> HttpResponseBase:
    """The same with activities and actions, as one flat sheet."""
    today = timezone.localdate()
    address = read(request.user, today, request.GET)
    lines = partial(of_findings, on=today)
    return take(form, "Findings", address, listed(request.user, address, today), WORDS, lines)


@require_safe
@open_to_all_signed_in
def finding(request: SignedInRequest, code: str) -> HttpResponse:
    """One finding: what it says, what is done about it, whose risk it is, and its story."""
    found, user, today = finding_or_404(request.user, code), request.user, timezone.localdate()
    context = {
        "finding": found,
        "today": today,
        "asked": requirements(today).get(found.requirement),
        "actions": actions_of(found, user, today),
        "acceptance": found.acceptances.on(today).select_related("by__person").first(),
        "story": pointed(found.story, user),
        "may_read": may(user, Permission.READ_AGREEMENTS),
        "why_not_work": why_not(check_may_work_on, found, user),
        "why_not_close": why_not(check_may_close, found, user),
        "why_not_accept": why_not(check_may_accept_risk, found, user, today),
    }
    return render(request, "assurance/finding.html", context)


@require_http_methods(["GET", "POST"])
@permission(Permission.RECORD_ASSURANCE)
@once
def finding_open(request: SignedInRequest) -> HttpResponse:
    """Open one that is about no agreement in particular."""
    return _open(request, None, reverse("findings"))


@require_http_methods(["GET", "POST"])
@permission(Permission.RECORD_ASSURANCE)
@once
def finding_open_of(request: SignedInRequest, reference: str) -> HttpResponse:
    """Open one about an agreement."""
    agreement = agreement_or_404(request.user, reference)
    return _open(request, agreement, agreement.get_absolute_url())


@require_http_methods(["GET", "POST"])
@permission(Permission.READ_AGREEMENTS)
@once
def finding_close(request: SignedInRequest, code: str) -> HttpResponse:
    """Close it, with what is different now."""
    found = finding_or_404(request.user, code)
    form = WhyForm(posted(request))
    refusal = why_not(check_may_close, found, request.user)
    asks = Asks("Close the finding", "Close it", found.get_absolute_url(), "Closed.", found.title, refusal=refusal)
    return ask(request, form, asks, close_finding, lambda: {"finding": found} | form.cleaned_data)


@require_http_methods(["GET", "POST"])
@permission(Permission.READ_AGREEMENTS)
@once
def risk_accept(request: SignedInRequest, code: str) -> HttpResponse:
    """Live with its risk until a day."""
    found = finding_or_404(request.user, code)
    form = AcceptForm(posted(request))
    asks = Asks(
        "Accept the risk for a time", "Accept it", found.get_absolute_url(), "Accepted. The finding stays open.",
        found.title, "The finding stays open and red, and says who accepted its risk until when.",
        why_not(check_may_accept_risk, found, request.user, timezone.localdate()),
    )  # fmt: skip
    return ask(request, form, asks, accept_risk, lambda: {"finding": found} | form.cleaned_data)


@require_http_methods(["GET", "POST"])
@permission(Permission.READ_AGREEMENTS)
@once
def risk_withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take an acceptance back before its day."""
    rows = RiskAcceptance.objects.visible_to(request.user).select_related("finding")
    found = get_object_or_404(rows, pk=pk)
    form = WhyForm(posted(request))
    refusal = why_not(check_may_withdraw, found, request.user, timezone.localdate())
    back = found.finding.get_absolute_url()
    asks = Asks("Withdraw the acceptance", "Withdraw it", back, "Withdrawn.", found.finding.title, refusal=refusal)
    return ask(request, form, asks, withdraw_acceptance, lambda: {"acceptance": found} | form.cleaned_data)


def finding_or_404(user: User, code: str) -> Finding:
    """The finding with what its page shows, if this person may read it."""
    rows = Finding.objects.visible_to(user).select_related(
        "agency", "agreement", "organisation", "activity", "opened_by__person", "closed_by__person"
    )
    found: Finding = get_object_or_404(rows.prefetch_related("actions__owner"), code=code)
    return found


def _open(request: SignedInRequest, agreement: Agreement | None, back: str) -> HttpResponse:
    today = timezone.localdate()
    form = FindingForm(request.user, today, posted(request), initial={"opened_on": today})
    asks = Asks("Open a finding", "Open it", back, "Opened. Say next what has to be done.", str(agreement or ""))
    return ask(
        request, form, asks, open_finding,
        lambda: {"values": form.values(), "agreement": agreement, "organisation": form.cleaned_data["organisation"]},
    )  # fmt: skip
