"""A plan in force: steps done, reviews, and that it was not kept."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from conflicts.actions import keeping as actions
from conflicts.fetch import reads_plan
from conflicts.forms.plan import NotKeptForm, PlanStepForm, ReviewForm
from conflicts.lifecycle import BY_NAME
from conflicts.models import Declaration, PlanStep
from conflicts.pages.case import plan_shown
from conflicts.policies import check_may_record_not_kept, check_may_review, check_may_take_plan_step
from people.access import open_to_all_signed_in
from people.request import SignedInRequest, posted
from records.once import once
from records.refusals import attempt, why_not


@require_http_methods(["GET", "POST"])
@open_to_all_signed_in
@once
def plan_step(request: SignedInRequest, pk: int) -> HttpResponse:
    """One step of a plan for whoever takes it: they see the step, and nothing of the declaration behind it."""
    rows = PlanStep.objects.visible_to(request.user).select_related("owner", "plan__declaration", "done_by__person")
    step = get_object_or_404(rows, pk=pk)
    on = timezone.localdate()
    form = PlanStepForm(posted(request), today=on)
    if form.is_valid():
        given = {"step": step, "by": request.user, "on": on, **form.cleaned_data}
        done = attempt(form, actions.take_plan_step, **given)
        if done:
            messages.success(request, f"Marked as done: {done.what}")
            return redirect("conflicts:to_decide")
    context = {"step": step, "form": form, "today": on}
    context["refusal"] = why_not(check_may_take_plan_step, step, request.user)
    return render(request, "conflicts/plan_step.html", context)


@require_http_methods(["GET", "POST"])
@open_to_all_signed_in
@reads_plan
@once
def plan_review(request: SignedInRequest, declaration: Declaration) -> HttpResponse:
    """Look at the plan again, and say what follows; who sees that it is kept sees the plan alone."""
    now, whole = timezone.now(), _reads_whole(request, declaration)
    form = ReviewForm(posted(request), today=timezone.localdate(now))
    if form.is_valid():
        given = {"declaration": declaration, "values": form.cleaned_data, "by": request.user, "now": now}
        review = attempt(form, actions.review_plan, **given)
        if review:
            messages.success(request, f"Review recorded: {review.get_finding_display().lower()}.")
            return redirect(declaration if whole else "conflicts:to_decide")
    context = {"declaration": declaration, "form": form, "shown": plan_shown(declaration.plans.in_force().first())}
    context |= {"plan_alone": not whole}
    context["refusal"] = why_not(check_may_review, declaration, request.user)
    context["may_say_not_kept"] = not why_not(check_may_record_not_kept, declaration, request.user)
    return render(request, "conflicts/plan_review.html", context)


@require_http_methods(["GET", "POST"])
@open_to_all_signed_in
@reads_plan
@once
def plan_not_kept(request: SignedInRequest, declaration: Declaration) -> HttpResponse:
    """Record what happened and what was done about it; whoever sees that the plan is kept may, and whoever decides."""
    whole, form = _reads_whole(request, declaration), NotKeptForm(posted(request))
    if form.is_valid():
        given = {"declaration": declaration, "values": form.cleaned_data, "by": request.user, "now": timezone.now()}
        if attempt(form, actions.record_not_kept, **given):
            said = "Say when it is put right." if whole else "Whoever decides on it is told."
            messages.success(request, f"Recorded. {said}")
            return redirect(declaration if whole else "conflicts:to_decide")
    context = {"declaration": declaration, "form": form, "step": BY_NAME["not_kept"], "plan_alone": not whole}
    context["refusal"] = why_not(check_may_record_not_kept, declaration, request.user)
    return render(request, "conflicts/step.html", context)


def _reads_whole(request: SignedInRequest, declaration: Declaration) -> bool:
    return Declaration.objects.visible_to(request.user).filter(pk=declaration.pk).exists()
