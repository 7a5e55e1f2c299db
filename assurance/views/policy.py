"""The policies of the agency: the list, one of them, recording, changing, what happened to it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from agreements.forms.document import FileForm
from agreements.history import beside, page_asked
from agreements.views.sheet import as_file
from assurance.actions.policy import (
    add_policy,
    add_policy_file,
    change_policy,
    check_may_keep,
    policy_values,
    step_policy,
)
from assurance.forms.policy import NewPolicyForm, PolicyForm, PolicyStepForm
from assurance.models import Policy, PolicyArea, PolicyFile, PolicyStep
from assurance.pages.policy import HEADINGS, LOOKS, policy_list, sheet_rows
from assurance.views.anew import say_anew
from assurance.views.files import download
from people.access import open_to_all_signed_in, permission
from people.models import User
from people.permissions import check_may, may
from people.request import SignedInRequest, posted
from people.roles import Permission
from records.family import Branch
from records.once import once
from records.refusals import attempt, why_not

A_PAGE = 50
HISTORY = Branch(Policy, branches=(Branch(PolicyStep, "policy"), Branch(PolicyFile, "policy")))


@require_safe
@open_to_all_signed_in
def policies(request: SignedInRequest) -> HttpResponse:
    """The list, the review that comes first on top; what is missing of the three areas is said."""
    today, look = timezone.localdate(), request.GET.get("look", "")
    found = policy_list(request.user, look if look in LOOKS else "", today)
    context = {
        "found": found,
        "page": Paginator(found.rows, A_PAGE).get_page(request.GET.get("page")),
        "looks": LOOKS,
        "today": today,
        "may_keep": may(request.user, Permission.KEEP_POLICIES),
        "may_export": may(request.user, Permission.EXPORT_AGREEMENTS),
    }
    return render(request, "assurance/policies.html", context)


@require_safe
@open_to_all_signed_in
def policy(request: SignedInRequest, pk: int) -> HttpResponse:
    """One policy and everything that happened to it."""
    found, today = _policy(request.user, pk), timezone.localdate()
    context = {
        "policy": found,
        "steps": found.steps.select_related("by__person").order_by("-on", "-pk"),
        "overdue": found.is_overdue(today),
        "files": found.files.select_related("by__person").order_by("-pk"),
        "may_history": may(request.user, Permission.READ_HISTORY),
        "refusal": why_not(check_may_keep, found, request.user),
    }
    return render(request, "assurance/policy.html", context)


@require_http_methods(["GET", "POST"])
@permission(Permission.KEEP_POLICIES)
@once
def policy_add(request: SignedInRequest) -> HttpResponseBase:
    """Record a policy."""
    now = timezone.now()
    form = NewPolicyForm(request.user, timezone.localdate(now), posted(request))
    if form.is_valid():
        made = attempt(form, add_policy, values=form.cleaned_data, by=request.user, now=now)
        if made:
            messages.success(request, "Recorded.")
            return redirect(made)
    refusal = why_not(check_may, request.user, Permission.KEEP_POLICIES)
    return _form(request, form, "Record a policy", refusal)


@require_http_methods(["GET", "POST"])
@open_to_all_signed_in
def policy_change(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """Say anew what it is and who owns it; what somebody said meanwhile is set beside it."""
    found, by, now = _policy(request.user, pk), request.user, timezone.now()
    form = PolicyForm(by, timezone.localdate(now), posted(request), instance=_policy(by, pk))
    more = say_anew(
        request, form, policy_values(found),
        lambda values, seen: change_policy(policy=found, values=values, seen=seen, by=by, now=now),
    )  # fmt: skip
    if more is None:
        messages.success(request, "Saved.")
        return redirect(found)
    return _form(request, form, "Change what is said of it", why_not(check_may_keep, found, by), policy=found, **more)


@require_http_methods(["GET", "POST"])
@open_to_all_signed_in
@once
def policy_attach(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """Keep the policy itself here, as it is in use."""
    found, form = _policy(request.user, pk), FileForm(posted(request), request.FILES or None)
    if form.is_valid():
        name, content = form.uploaded()
        given = {"policy": found, "name": name, "content": content, "by": request.user, "now": timezone.now()}
        if attempt(form, add_policy_file, **given):
            messages.success(request, "Kept. What was kept before stays below it.")
            return redirect(found)
    return _form(request, form, "Keep the policy itself", why_not(check_may_keep, found, request.user), policy=found)


@require_safe
@open_to_all_signed_in
def policy_file(request: SignedInRequest, pk: int, key: int) -> FileResponse:
    """The policy as it was kept, to download."""
    return download(get_object_or_404(_policy(request.user, pk).files.select_related("file"), pk=key))


@require_safe
@permission(Permission.READ_HISTORY)
def policy_history(request: SignedInRequest, pk: int) -> HttpResponse:
    """Every change of what is recorded of it: who, when, from what to what."""
    found = _policy(request.user, pk)
    timeline = beside(request.user.agency, HISTORY, found.pk, page_asked(request.GET.get("page", "1")))
    return render(request, "assurance/policy_history.html", {"policy": found, "timeline": timeline})


@require_safe
@permission(Permission.EXPORT_AGREEMENTS)
def policies_sheet(request: SignedInRequest, form: str) -> HttpResponseBase:
    """The policies of one look, as csv or xlsx."""
    look, today = request.GET.get("look", ""), timezone.localdate()
    found = policy_list(request.user, look if look in LOOKS else "", today)
    return as_file("Policies", form, HEADINGS, sheet_rows(found.rows, today))


@require_http_methods(["GET", "POST"])
@open_to_all_signed_in
@once
def policy_step(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """Record that it was approved anew, reviewed or withdrawn."""
    found, now = _policy(request.user, pk), timezone.now()
    form = PolicyStepForm(posted(request), instance=PolicyStep(policy=found))
    if form.is_valid():
        values = form.cleaned_data
        if attempt(form, step_policy, policy=found, values=values, by=request.user, now=now):
            messages.success(request, "Recorded.")
            return redirect(found)
    return _form(request, form, "Record a review", why_not(check_may_keep, found, request.user), policy=found)


def _form(request: SignedInRequest, form: Any, heading: str, refusal: str, **more: Any) -> HttpResponse:
    context = {"form": form, "heading": heading, "refusal": refusal, "areas": PolicyArea.choices}
    return render(request, "assurance/policy_form.html", context | more)


def _policy(user: User, pk: int) -> Policy:
    found: Policy = get_object_or_404(Policy.objects.visible_to(user).select_related("owner", "agency"), pk=pk)
    return found
