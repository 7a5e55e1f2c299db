"""Steps of a declaration that need no more than a reason, and passing it on."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from conflicts.actions.plan import acknowledge_plan
from conflicts.actions.routing import pass_approval as pass_on_approval
from conflicts.actions.step import ON_ITS_OWN, escalate, perform
from conflicts.fetch import reads_declaration
from conflicts.forms.step import PassOnForm, StepForm
from conflicts.lifecycle import BY_NAME, Step
from conflicts.models import Declaration
from conflicts.policies import check_may_pass_approval, check_may_step
from people.access import open_to_all_signed_in
from people.models import User
from people.request import SignedInRequest, posted
from records.once import once
from records.refusals import attempt, why_not


@require_http_methods(["GET", "POST"])
@open_to_all_signed_in
@reads_declaration
@once
def declaration_step(request: SignedInRequest, declaration: Declaration, name: str) -> HttpResponse:
    """Say what a step does, ask why, and take it."""
    if name not in (*ON_ITS_OWN, "acknowledge"):
        raise Http404("There is no such step")
    step = BY_NAME[name]
    form = StepForm(step, posted(request))
    if form.is_valid() and _taken(form, declaration, step, request.user):
        messages.success(request, f"{step.done}.")
        return redirect(declaration)
    refusal = why_not(check_may_step, declaration, step, request.user)
    context = {"declaration": declaration, "step": step, "form": form, "refusal": refusal}
    return render(request, "conflicts/step.html", context)


def _taken(form: StepForm, declaration: Declaration, step: Step, by: User) -> bool:
    now = timezone.now()
    if step.name == "acknowledge":
        return attempt(form, acknowledge_plan, declaration=declaration, by=by, now=now) is not None
    reason = form.cleaned_data.get("reason", "")
    done = attempt(form, perform, declaration=declaration, step=step.name, by=by, now=now, reason=reason)
    return done is not None


@require_http_methods(["GET", "POST"])
@open_to_all_signed_in
@reads_declaration
@once
def pass_on(request: SignedInRequest, declaration: Declaration) -> HttpResponse:
    """Name somebody else who decides. Whoever passed it on reads it no longer."""
    now, step = timezone.now(), BY_NAME["escalate"]
    form = PassOnForm(declaration, timezone.localdate(now), posted(request))
    if form.is_valid():
        given = {"declaration": declaration, "by": request.user, "now": now, **form.cleaned_data}
        if attempt(form, escalate, **given):
            messages.success(request, f"Passed on: {form.cleaned_data['to']} decides now, and is told.")
            return redirect("conflicts:to_decide")
    refusal = why_not(check_may_step, declaration, step, request.user)
    context = {"declaration": declaration, "step": step, "form": form, "refusal": refusal}
    return render(request, "conflicts/step.html", context)


@require_http_methods(["GET", "POST"])
@open_to_all_signed_in
@reads_declaration
@once
def pass_approval(request: SignedInRequest, declaration: Declaration) -> HttpResponse:
    """Name somebody else who approves the plan."""
    now = timezone.now()
    form = PassOnForm(declaration, timezone.localdate(now), posted(request), label="Who approves the plan instead?")
    if form.is_valid():
        given = {"declaration": declaration, "by": request.user, "now": now, **form.cleaned_data}
        if attempt(form, pass_on_approval, **given):
            messages.success(request, f"{form.cleaned_data['to']} approves the plan now, and is told.")
            return redirect("conflicts:to_decide")
    refusal = why_not(check_may_pass_approval, declaration, request.user)
    step = {"label": "Let somebody else approve the plan", "says": "The person you name approves it instead."}
    context = {"declaration": declaration, "step": step, "form": form, "refusal": refusal}
    return render(request, "conflicts/step.html", context)
