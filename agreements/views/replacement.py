"""Say which agreement another one replaces."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from agreements.actions.replacement import set_replaced
from agreements.fetch import agreement_or_404
from agreements.forms.refusal import show_refusal
from agreements.forms.replacement import ReplacementForm
from agreements.policies.agreement import check_may_edit, why_not
from people.access import permission
from people.request import SignedInRequest, posted
from people.roles import Permission
from records.errors import Refused
from records.once import once


@require_http_methods(["GET", "POST"])
@permission(Permission.READ_AGREEMENTS)
@once
def replaces(request: SignedInRequest, reference: str) -> HttpResponse:
    """Name it by its reference, or none."""
    agreement = agreement_or_404(request.user, reference, whole=True)
    start = {"replaced": agreement.replaces.reference if agreement.replaces else ""}
    form = ReplacementForm(request.user, posted(request), initial=start)
    if form.is_valid():
        try:
            set_replaced(agreement=agreement, by=request.user, now=timezone.now(), **form.cleaned_data)
        except (ValidationError, Refused) as problem:
            show_refusal(form, problem)
        else:
            messages.success(request, "Saved: both agreements show it.")
            return redirect(agreement)
    refusal = why_not(check_may_edit, agreement, request.user)
    return render(request, "agreements/replaces.html", {"agreement": agreement, "form": form, "refusal": refusal})
