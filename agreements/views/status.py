"""Steps of the lifecycle, each asked on a page of its own."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from agreements.actions.status import check_may_take, perform
from agreements.checkers import needs_outside_check
from agreements.fetch import agreement_or_404
from agreements.forms.outside_check import gathered
from agreements.forms.status import StepForm
from agreements.lifecycle import BY_NAME
from agreements.material import says_weakened
from people.access import permission
from people.request import SignedInRequest, posted
from people.roles import Permission
from records.errors import Refused
from records.once import once
from records.refusals import reasons_why_not


@require_http_methods(["GET", "POST"])
@permission(Permission.READ_AGREEMENTS)
@once
def step(request: SignedInRequest, reference: str, name: str) -> HttpResponse:
    """Say what a step does, ask what it needs, and take it."""
    agreement = agreement_or_404(request.user, reference)
    if name not in BY_NAME:
        raise Http404("There is no such step")
    chosen, now = BY_NAME[name], timezone.now()
    on = timezone.localdate(now)
    alone = chosen.not_the_author and needs_outside_check(agreement, request.user, on)
    weakens = says_weakened(agreement.terms_now.weakened) if chosen.not_the_author else ""
    form = StepForm(chosen, posted(request), alone=alone, weakens=bool(weakens))
    if form.is_valid():
        try:
            perform(agreement=agreement, step=name, by=request.user, now=now, **gathered(form.cleaned_data))
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"{chosen.done}.")
            return redirect(agreement)
    refusals = reasons_why_not(check_may_take, agreement, chosen, request.user, on)
    says = chosen.explained(agreement.agency)
    context = {"agreement": agreement, "step": chosen, "says": says, "form": form, "refusals": refusals}
    context |= {"weakens": weakens, "approved_before": True}
    return render(request, "agreements/step.html", context)
