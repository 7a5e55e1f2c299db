"""Start a variation, see what it changes, take its steps."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agreements.actions.variation import look_again as look
from agreements.actions.variation import start_variation as start
from agreements.actions.variation import take_variation_step
from agreements.checkers import needs_outside_check
from agreements.difference import difference
from agreements.fetch import agreement_or_404, variation_or_404
from agreements.forms.outside_check import gathered
from agreements.forms.refusal import show_refusal
from agreements.forms.variation import StartVariationForm, VariationStepForm
from agreements.pages.variation import (
    base_of,
    cannot_mend,
    left_to_begin,
    left_to_sign,
    variation_page,
    weakens,
)
from agreements.policies.agreement import why_not
from agreements.policies.variation import check_may_vary, check_may_vary_step
from agreements.variation_lifecycle import VARIATION_BY_NAME
from people.access import permission
from people.request import SignedInRequest, posted
from people.roles import Permission
from records.errors import Refused
from records.once import once
from records.refusals import reasons_why_not

BEFORE_SIGNING = ("vary_submit", "vary_approve")


@require_http_methods(["GET", "POST"])
@permission(Permission.READ_AGREEMENTS)
@once
def start_variation(request: SignedInRequest, reference: str) -> HttpResponse:
    """Say why the terms change, and get a copy of them to edit."""
    agreement = agreement_or_404(request.user, reference)
    form = StartVariationForm(posted(request), initial={"kind": request.GET.get("kind", "change")})
    if form.is_valid():
        try:
            made = start(agreement=agreement, by=request.user, now=timezone.now(), **form.cleaned_data)
        except (ValidationError, Refused) as problem:
            show_refusal(form, problem)
        else:
            messages.success(request, f"Variation {made.terms_now.number} started. Edit it; the terms in force stay.")
            return redirect(made)
    refusal = why_not(check_may_vary, agreement, request.user)
    left = [] if refusal else left_to_begin(agreement, timezone.localdate())
    context = {"agreement": agreement, "form": form, "refusal": refusal, "left": left}
    return render(request, "agreements/start_variation.html", context)


@require_safe
@permission(Permission.READ_AGREEMENTS)
def variation(request: SignedInRequest, reference: str, number: int) -> HttpResponse:
    """What the variation changes, and its next steps."""
    agreement = variation_or_404(request.user, reference, number, whole=True)
    page = variation_page(agreement, request.user, timezone.localdate())
    return render(request, "agreements/variation.html", {"page": page})


@require_http_methods(["GET", "POST"])
@permission(Permission.READ_AGREEMENTS)
@once
def variation_step(request: SignedInRequest, reference: str, number: int, name: str) -> HttpResponse:
    """Say what a step does, show what the variation changes, ask what the step needs, and take it."""
    agreement = variation_or_404(request.user, reference, number, whole=True)
    step = VARIATION_BY_NAME.get(name)
    if step is None or step.by_itself:
        raise Http404("There is no such step")
    now = timezone.now()
    alone = step.not_the_author and needs_outside_check(agreement, request.user, timezone.localdate(now))
    said = weakens(agreement) if step.not_the_author else ""
    form = VariationStepForm(step, posted(request), alone=alone, weakens=bool(said))
    if form.is_valid():
        try:
            told = gathered(form.cleaned_data)
            taken = take_variation_step(agreement=agreement, step=name, by=request.user, now=now, **told)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"{step.done}.")
            return redirect(taken)
    refusals = reasons_why_not(check_may_vary_step, agreement, step, request.user, timezone.localdate(now))
    says = step.explained(agreement.agency)
    context = {"agreement": agreement, "step": step, "says": says, "form": form, "refusals": refusals}
    context["weakens"] = said
    context["shows_left"] = name in BEFORE_SIGNING
    left = left_to_sign(agreement, timezone.localdate(now)) if name in BEFORE_SIGNING else []
    context |= {"left": left, "cannot_mend": cannot_mend(agreement.terms_now, left)}
    context["changes"] = difference(base_of(agreement), agreement.terms_now)
    return render(request, "agreements/step.html", context)


@require_POST
@permission(Permission.READ_AGREEMENTS)
def look_again(request: SignedInRequest, reference: str, number: int) -> HttpResponse:
    """Say that the variation was compared with the terms in force as they now stand."""
    agreement = variation_or_404(request.user, reference, number)
    look(agreement=agreement, by=request.user)
    messages.success(request, "Noted: the difference is to the terms in force as they now stand.")
    return redirect(agreement)
