"""The policies of the agency: the list, one of them, recording, changing, what happened to it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from assurance.actions.policy import add_policy, change_policy, check_may_keep, policy_values, step_policy
from assurance.forms.policy import NewPolicyForm, PolicyForm, PolicyStepForm
from assurance.models import Policy, PolicyArea, PolicyStep
from assurance.pages.policy import LOOKS, policy_list
from assurance.views.anew import say_anew
from people.access import open_to_all_signed_in, permission
from people.models import User
from people.permissions import check_may, may
from people.request import SignedInRequest, posted
from people.roles import Permission
from records.once import once
from records.refusals import attempt, why_not

A_PAGE = 50


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
