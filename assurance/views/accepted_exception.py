"""Accept that a requirement is not met for a time, and withdraw that."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from agreements.fetch import agreement_or_404
from agreements.policies.variation import open_variation
from assurance.actions.accepted_exception import accept_exception as accept
from assurance.actions.accepted_exception import check_may_accept, check_may_withdraw, withdraw_exception
from assurance.editions import requirements
from assurance.forms.accepted_exception import ExceptionForm, WithdrawForm
from assurance.models import AcceptedException
from assurance.pages.accepted_exception import at_hand, gates_ahead, who_may_accept
from people.access import permission
from people.request import SignedInRequest, posted
from people.roles import Permission
from records.once import once
from records.refusals import attempt, why_not


@require_http_methods(["GET", "POST"])
@permission(Permission.READ_AGREEMENTS)
@once
def exception_accept(request: SignedInRequest, reference: str, requirement: str) -> HttpResponse:
    """Say which step it opens, why, and until when."""
    agreement, now = agreement_or_404(request.user, reference), timezone.now()
    on = timezone.localdate(now)
    asked = requirements(on).get(requirement)
    if asked is None or not asked.gates:
        raise Http404("This stops no step: there is nothing to accept")
    gates = gates_ahead(agreement, asked, on, varied=open_variation(agreement) is not None)
    form = ExceptionForm(
        gates, posted(request), initial={"gate": request.GET.get("gate") or (gates[0] if gates else "")}
    )
    if form.is_valid():
        about = at_hand(agreement, form.cleaned_data["gate"])
        given = form.cleaned_data | {"agreement": about, "requirement": asked.id, "by": request.user, "now": now}
        if attempt(form, accept, **given):
            messages.success(request, f"Accepted. {asked.id} stays not met, and the step is open until that day.")
            return redirect(f"{reverse('conformance', args=[agreement.reference])}#{asked.id}")
    refusal = why_not(check_may_accept, at_hand(agreement, gates[0] if gates else ""), request.user, on)
    context = {"agreement": agreement, "asked": asked, "form": form, "refusal": refusal, "gates": gates}
    context["who"] = who_may_accept(request.user, on)
    return render(request, "assurance/exception_accept.html", context)


@require_http_methods(["GET", "POST"])
@permission(Permission.READ_AGREEMENTS)
@once
def exception_withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """End it before its day, with a reason."""
    rows = AcceptedException.objects.visible_to(request.user).select_related("agreement__current_terms", "by__person")
    found, now = get_object_or_404(rows, pk=pk), timezone.now()
    form = WithdrawForm(posted(request))
    if form.is_valid():
        why = form.cleaned_data["withdrawn_why"]
        if attempt(form, withdraw_exception, exception=found, why=why, by=request.user, now=now):
            messages.success(request, f"Withdrawn: the exception to {found.requirement}. The step is shut again.")
            return redirect("conformance", found.agreement.reference)
    refusal = why_not(check_may_withdraw, found, request.user, timezone.localdate(now))
    context = {"one": found, "agreement": found.agreement, "form": form, "refusal": refusal}
    return render(request, "assurance/exception_withdraw.html", context)
