"""Complaints about the use of information: the list with its themes, one of them, recording and answering one."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from agreements.models import Agreement
from assurance.actions.complaint import check_may_answer, record_complaint
from assurance.acts.base import offered
from assurance.acts.complaint import ACTS, BY_NAME
from assurance.forms.complaint import ComplaintForm
from assurance.lists.complaint import HEADINGS, by_theme, named_by, read, sheet_rows
from assurance.models import Complaint
from assurance.views.acting import do_act
from assurance.views.work_list import show, take
from people.access import permission
from people.models import User
from people.request import SignedInRequest, posted
from people.roles import Permission
from records.once import once
from records.refusals import attempt, why_not


@require_safe
@permission(Permission.HANDLE_CONCERNS)
def complaints(request: SignedInRequest) -> HttpResponse:
    """The list as its address asks for it, and how the themes add up."""
    visible = Complaint.objects.visible_to(request.user).select_related("owner")
    today = timezone.localdate()
    address, themes = read(request.user, today, request.GET), by_theme(request.user.agency, today)
    return show(request, "assurance/complaints.html", address, visible, named_by, themes=themes)


@require_safe
@permission(Permission.HANDLE_CONCERNS)
def complaint_sheet(request: SignedInRequest, form: str) -> HttpResponseBase:
    """The complaints that the address asks for, without what they say."""
    address, visible = read(request.user, timezone.localdate(), request.GET), Complaint.objects.visible_to(request.user)
    return take(form, "Complaints", address, visible, named_by, sheet_rows, HEADINGS)


@require_safe
@permission(Permission.HANDLE_CONCERNS)
def complaint(request: SignedInRequest, reference: str) -> HttpResponse:
    """One complaint."""
    found = _complaint(request.user, reference)
    standing = found.agreement_links.standing().values("agreement")
    context = {
        "complaint": found,
        "agreements": Agreement.objects.visible_to(request.user).filter(pk__in=standing),
        "steps": found.steps.select_related("by__person").order_by("-pk"),
        "acts": offered(ACTS, found, request.user),
        "refusal": why_not(check_may_answer, found, request.user),
        "today": timezone.localdate(),
    }
    return render(request, "assurance/complaint.html", context)


@require_http_methods(["GET", "POST"])
@permission(Permission.HANDLE_CONCERNS)
@once
def complaint_add(request: SignedInRequest) -> HttpResponse:
    """Record one."""
    form, now = ComplaintForm(request.user, posted(request)), timezone.now()
    if form.is_valid():
        given = {"values": form.values(), "agreement": form.cleaned_data["agreement"], "by": request.user, "now": now}
        made = attempt(form, record_complaint, **given)
        if made:
            messages.success(request, f"Recorded as {made.reference}.")
            return redirect("complaint", made.reference)
    return render(request, "assurance/complaint_form.html", {"form": form, "complaint": None})


@require_http_methods(["GET", "POST"])
@permission(Permission.HANDLE_CONCERNS)
@once
def complaint_act(request: SignedInRequest, reference: str, name: str) -> HttpResponse:
    """Answer, note, link, open again (assurance/acts/complaint.py)."""
    return do_act(request, BY_NAME, name, "complaint", _complaint(request.user, reference))


def _complaint(user: User, reference: str) -> Complaint:
    rows = Complaint.objects.visible_to(user).select_related("recorded_by__person", "closed_by__person", "owner")
    found: Complaint = get_object_or_404(rows, reference=reference)
    return found
