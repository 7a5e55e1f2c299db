"""The yearly reports of AISAs and of information matching: the list of a year, one report, entering, completing."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agreements.fetch import agreement_or_404
from agreements.models import Agreement
from assurance.actions.aisa_report import EnteredMeanwhile, complete_year, reopen_year, save_entries, share_year
from assurance.actions.approval import APPROVED_KINDS
from assurance.aisa.policies import (
    check_may_complete,
    check_may_enter,
    check_may_reopen,
    check_may_share,
)
from assurance.forms.aisa_report import FiguresForm, ReopenForm, ReportForm
from assurance.pages.aisa_list import aisa_list, shown_to
from assurance.pages.aisa_report import report_of
from assurance.years import begins, ends, is_known
from people.access import permission
from people.models import User
from people.request import SignedInRequest, posted
from people.roles import Permission
from records.errors import Refused
from records.once import once
from records.refusals import attempt, show_refusal, why_not

PARTS = {"content": (ReportForm, "What it says"), "figures": (FiguresForm, "Figures")}


@require_safe
@permission(Permission.READ_AGREEMENTS)
def aisa_reports(request: SignedInRequest) -> HttpResponse:
    """Every agreement that the agency reports on, in one year; the last one that is over unless another is asked."""
    page = aisa_list(request.user, timezone.localdate(), request.GET.get("year", ""))
    if page is None:
        raise Http404("There is no report of this year")
    return render(request, "assurance/aisa_reports.html", {"page": page})


@require_safe
@permission(Permission.READ_AGREEMENTS)
def aisa_report(request: SignedInRequest, reference: str, year: int) -> HttpResponse:
    """What is recorded of one year, last year beside it."""
    agreement, today = _agreement(request.user, reference, year), timezone.localdate()
    user, report = request.user, report_of(agreement, year)
    context = {
        "report": report,
        "agreement": agreement,
        "first": begins(year),
        "last": ends(year),
        "before": year - 1 if is_known(year - 1, today) else None,
        "next": year + 1 if is_known(year + 1, today) else None,
        "refusal": why_not(check_may_enter, agreement, year, user, today),
    }
    if report.complete:
        context["not_reopened"] = why_not(check_may_reopen, agreement, year, user)
        context["may_share"] = not report.shared and not why_not(check_may_share, agreement, year, user)
    else:
        context["not_complete"] = why_not(check_may_complete, agreement, year, user, today)
    return render(request, "assurance/aisa_report.html", context)


@require_http_methods(["GET", "POST"])
@permission(Permission.READ_AGREEMENTS)
def aisa_enter(request: SignedInRequest, reference: str, year: int, part: str) -> HttpResponseBase:
    """Enter or correct the texts, or the figures; what somebody entered meanwhile is told, and nothing is lost."""
    if part not in PARTS:
        raise Http404
    agreement, now = _agreement(request.user, reference, year), timezone.now()
    kind, heading = PARTS[part]
    report = report_of(agreement, year)
    lines = report.texts if part == "content" else report.figures
    form = kind(lines, report.seen, posted(request))
    if form.is_valid() and _save(form, agreement, year, request):
        messages.success(request, "Saved.")
        return redirect("aisa_report", reference=reference, year=year)
    refusal = why_not(check_may_enter, agreement, year, request.user, timezone.localdate(now))
    context = {"report": report, "agreement": agreement, "form": form, "refusal": refusal, "heading": heading}
    return render(request, "assurance/aisa_enter.html", context)


@require_POST
@permission(Permission.READ_AGREEMENTS)
def aisa_complete(request: SignedInRequest, reference: str, year: int) -> HttpResponseBase:
    """Say that the year is complete."""
    done = "It is complete: what it says stands until somebody reopens it."
    return _step(request, reference, year, complete_year, done)


@require_POST
@permission(Permission.READ_AGREEMENTS)
def aisa_share(request: SignedInRequest, reference: str, year: int) -> HttpResponseBase:
    """Show a complete year to the other parties."""
    return _step(request, reference, year, share_year, "The other parties see it until somebody reopens it.")


@require_safe
@permission(Permission.READ_AGREEMENTS)
def aisa_reports_shown(request: SignedInRequest) -> HttpResponse:
    """The reports that other agencies show to this one."""
    page = Paginator(shown_to(request.user.agency), 50).get_page(request.GET.get("page"))
    return render(request, "assurance/aisa_reports_shown.html", {"page": page})


@require_safe
@permission(Permission.READ_AGREEMENTS)
def aisa_shown(request: SignedInRequest, reference: str, year: int) -> HttpResponse:
    """What another agency reports of an agreement to which this one is a party: to read, and nothing else."""
    agreement = get_object_or_404(shown_to(request.user.agency), agreement__reference=reference, year=year).agreement
    context = {"report": report_of(agreement, year), "agreement": agreement, "first": begins(year), "last": ends(year)}
    return render(request, "assurance/aisa_shown.html", context)


@require_http_methods(["GET", "POST"])
@permission(Permission.READ_AGREEMENTS)
@once
def aisa_reopen(request: SignedInRequest, reference: str, year: int) -> HttpResponseBase:
    """Open a complete year again, with a reason."""
    agreement, form = _agreement(request.user, reference, year), ReopenForm(posted(request))
    if form.is_valid():
        why, now = form.cleaned_data["why"], timezone.now()
        if attempt(form, reopen_year, agreement=agreement, year=year, why=why, by=request.user, now=now):
            messages.success(request, "Reopened. The reason stands with the year.")
            return redirect("aisa_report", reference=reference, year=year)
    refusal = why_not(check_may_reopen, agreement, year, request.user)
    context = {"report": report_of(agreement, year), "agreement": agreement, "form": form, "refusal": refusal}
    return render(request, "assurance/aisa_enter.html", context | {"heading": "Reopen the year"})


def _step(
    request: SignedInRequest, reference: str, year: int, act: Callable[..., object], done: str
) -> HttpResponseBase:
    agreement = _agreement(request.user, reference, year)
    try:
        act(agreement=agreement, year=year, by=request.user, now=timezone.now())
    except Refused as refused:
        messages.error(request, f"{refused}.")
    else:
        messages.success(request, done)
    return redirect("aisa_report", reference=reference, year=year)


def _save(form: ReportForm, agreement: Agreement, year: int, request: SignedInRequest) -> bool:
    """Whether it was saved; where somebody entered the same meanwhile, the form then knows what they entered."""
    why, seen = form.cleaned_data["why"], form.seen_key()
    try:
        save_entries(
            agreement=agreement, year=year, said=form.said(), seen=seen, why=why, by=request.user, now=timezone.now()
        )
    except EnteredMeanwhile as meanwhile:
        form.know(meanwhile.entries, meanwhile.seen)
        show_refusal(form, meanwhile)
    except (ValidationError, Refused) as problem:
        show_refusal(form, problem)
    else:
        return True
    return False


def _agreement(user: User, reference: str, year: int) -> Agreement:
    agreement = agreement_or_404(user, reference)
    if agreement.kind not in APPROVED_KINDS or not is_known(year, timezone.localdate()):
        raise Http404("Only an AISA or information matching has yearly reports")
    return agreement
