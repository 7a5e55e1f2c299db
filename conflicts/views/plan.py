"""The management plan: write it, approve it or send it back."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from conflicts.actions import plan as actions
from conflicts.fetch import reads_declaration
from conflicts.forms.plan import ApproveForm, PlanForm, RefuseForm, StepRows, typed_plan
from conflicts.in_advance import in_advance, work_begins_on
from conflicts.lifecycle import BY_NAME
from conflicts.models import Declaration, ManagementPlan
from conflicts.pages.case import plan_shown
from conflicts.policies import check_may_draft_plan, check_may_step
from people.access import open_to_all_signed_in
from people.request import SignedInRequest, posted
from records.once import once
from records.refusals import attempt, why_not


@require_http_methods(["GET", "POST"])
@open_to_all_signed_in
@reads_declaration
@once
def plan_write(request: SignedInRequest, declaration: Declaration) -> HttpResponse:
    """Write the plan; rows of steps are added and taken away without losing what was typed."""
    now = timezone.now()
    on, before = timezone.localdate(now), _latest(declaration)
    rows = StepRows(declaration, before, on, posted(request))
    if rows.changing:
        form = PlanForm(declaration, before, on, initial=typed_plan(request.POST))
    else:
        form = PlanForm(declaration, before, on, posted(request))
    if form.is_bound and all([form.is_valid(), rows.is_valid()]):
        given = {"declaration": declaration, "values": form.values(), "steps": rows.values()}
        if attempt(form, actions.draft_plan, **given, by=request.user, now=now):
            messages.success(request, f"The plan is saved. {declaration.approver or 'The integrity team'} approves it.")
            return redirect(declaration)
    context = _timed(declaration) | {"form": form, "rows": rows}
    context["refusal"] = why_not(check_may_draft_plan, declaration, request.user)
    return render(request, "conflicts/plan_write.html", context)


@require_http_methods(["GET", "POST"])
@open_to_all_signed_in
@reads_declaration
@once
def plan_approve(request: SignedInRequest, declaration: Declaration) -> HttpResponse:
    """Approve the plan as it stands, or send it back with a reason."""
    sent_back = "refuse" in request.POST
    approve = ApproveForm(None if sent_back else posted(request))
    refuse = RefuseForm(posted(request) if sent_back else None)
    form = refuse if sent_back else approve
    if form.is_valid():
        act = actions.refuse_plan if sent_back else actions.approve_plan
        given = {"declaration": declaration, "by": request.user, "now": timezone.now(), **form.cleaned_data}
        if attempt(form, act, **given):
            messages.success(request, "Sent back." if sent_back else "Approved. The declarant is asked to read it.")
            return redirect(declaration)
    context = _timed(declaration) | {"form": form, "approve": approve, "refuse": refuse}
    context["shown"] = plan_shown(declaration.plans.being_written().first())
    context["refusal"] = why_not(check_may_step, declaration, BY_NAME["approve_plan"], request.user)
    return render(request, "conflicts/plan_approve.html", context)


def _latest(declaration: Declaration) -> ManagementPlan | None:
    """The draft at hand; where there is none, the plan that the new one takes the place of."""
    plans = declaration.plans.prefetch_related("steps__owner")
    found: ManagementPlan | None = plans.being_written().first() or plans.order_by("-pk").first()
    return found


def _timed(declaration: Declaration) -> dict[str, Any]:
    """When the work begins, and what the dates say."""
    timing = in_advance(declaration, declaration.plans.all(), timezone.localdate())
    return {"declaration": declaration, "begins": work_begins_on(declaration), "timing": timing}
