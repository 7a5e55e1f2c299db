"""Stages of a contract, each asked on a page of its own."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from agreements.actions.contract_stage import take_stage_step
from agreements.contract_lifecycle import BY_STEP
from agreements.fetch import contract_or_404
from agreements.forms.contract_stage import StageStepForm
from agreements.policies.contract import check_may_take_stage
from people.access import permission
from people.request import SignedInRequest, posted
from people.roles import Permission
from records.once import once
from records.refusals import attempt, why_not


@require_http_methods(["GET", "POST"])
@permission(Permission.KEEP_CONTRACTS)
@once
def contract_step(request: SignedInRequest, pk: int, name: str) -> HttpResponse:
    """Say what a step does, ask what it needs, and take it."""
    contract = contract_or_404(request.user, pk)
    if name not in BY_STEP:
        raise Http404("There is no such step")
    step = BY_STEP[name]
    form = StageStepForm(step, posted(request))
    if form.is_valid():
        said = {"on": form.cleaned_data["on"], "reason": form.cleaned_data["reason"]}
        if attempt(form, take_stage_step, contract=contract, step=name, by=request.user, now=timezone.now(), **said):
            messages.success(request, f"{step.done}.")
            return redirect(contract)
    refusal = why_not(check_may_take_stage, contract, step, request.user)
    context = {"contract": contract, "step": step, "form": form, "refusal": refusal}
    return render(request, "agreements/contract_step.html", context)
