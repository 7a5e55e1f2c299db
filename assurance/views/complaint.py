"""Complaints about the use of information: the list with its themes, one of them, recording and answering one."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_http_methods, require_safe

from agreements.models import Agreement
from agreements.views.sheet import as_file
from assurance.actions.complaint import check_may_answer, record_complaint
from assurance.acts import act_context, offered
from assurance.complaint_acts import ACTS, BY_NAME
from assurance.complaint_lists import HEADINGS, by_theme, named_by, read, sheet_rows
from assurance.forms.complaint import ComplaintForm
from assurance.found import find
from assurance.models import Complaint
from people.access import permission
from people.models import User
from people.request import SignedInRequest, posted
from people.roles import Permission
from records.once import once
from records.refusals import attempt, why_not

CRUMBS = "assurance/_complaint_crumbs.html"


@require_safe
@permission(Permission.HANDLE_CONCERNS)
def complaints(request: SignedInRequest) -> HttpResponse:
    """The list as its address asks for it, and how the themes add up."""
    today = timezone.localdate()
    address = read(request.user, today, request.GET)
    found = find(address, Complaint.objects.visible_to(request.user), named_by(address.q))
    context = {
        "found": found,
        "address": address,
        "page": address.page(found.rows, found.count),
        "fields": address.fields(found.counts),
        "headings": address.headings(),
        "themes": by_theme(request.user.agency, today),
        "today": today,
    }
    refused = bool(address.problems) and not request.htmx
    response = render(request, "assurance/complaints.html", context, status=400 if refused else 200)
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_safe
@permission(Permission.HANDLE_CONCERNS)
def complaint_sheet(request: SignedInRequest, form: str) -> HttpResponseBase:
    """The complaints that the address asks for, without what they say."""
    address = read(request.user, timezone.localdate(), request.GET)
    if address.problems:
        return HttpResponse("\n".join(address.problems), content_type="text/plain; charset=utf-8", status=400)
    found = find(address, Complaint.objects.visible_to(request.user), named_by(address.q))
    return as_file("Complaints", form, HEADINGS, sheet_rows(found.rows))


@require_safe
@permission(Permission.HANDLE_CONCERNS)
def complaint(request: SignedInRequest, reference: str) -> HttpResponse:
    """One complaint."""
    found = _complaint(request.user, reference)
    context = {
        "complaint": found,
        "agreements": Agreement.objects.visible_to(request.user).filter(complaint_links__complaint=found),
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
    """Answer, note, link, open again (assurance/complaint_acts.py)."""
    found, now, act = _complaint(request.user, reference), timezone.now(), BY_NAME.get(name)
    if act is None:
        raise Http404
    form = act.form(request.user, found, now, posted(request))
    given = {"complaint": found, "by": request.user, "now": now}
    if form.is_valid() and attempt(form, act.perform, **form.cleaned_data, **given):
        messages.success(request, act.done)
        return redirect("complaint", found.reference)
    context = act_context(act, form, found, request.user, CRUMBS)
    context |= {"complaint": found, "back": reverse("complaint", args=[found.reference])}
    return render(request, "assurance/act.html", context)


def _complaint(user: User, reference: str) -> Complaint:
    rows = Complaint.objects.visible_to(user).select_related("recorded_by__person", "closed_by__person")
    found: Complaint = get_object_or_404(rows, reference=reference)
    return found
