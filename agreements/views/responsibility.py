"""Who does what: one matrix, saved at once."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from agreements.actions.responsibility import Held, responsibilities_digest, save_responsibilities
from agreements.errors import Stale
from agreements.fetch import agreement_or_404
from agreements.models import Agreement
from agreements.pages.matrix import duties
from agreements.pages.section import section_page
from agreements.policies.agreement import check_may_edit_part, why_not
from agreements.sections import part
from people.access import permission
from people.request import SignedInRequest
from people.roles import Permission
from records.errors import Refused


@require_http_methods(["GET", "POST"])
@permission(Permission.READ_AGREEMENTS)
def responsibilities(request: SignedInRequest, reference: str, number: int | None = None) -> HttpResponse:
    """Read or tick which party is accountable for what."""
    agreement = agreement_or_404(request.user, reference, whole=True, number=number)
    context: dict[str, Any] = {"seen": responsibilities_digest(agreement), "stale": None, "problem": ""}
    if request.method == "POST":
        try:
            save_responsibilities(
                agreement=agreement, wanted=_ticked(request), seen=request.POST.get("seen", ""), by=request.user
            )
        except Stale as stale:
            context |= {"seen": stale.seen, "stale": stale}
        except Refused as refused:
            context["problem"] = str(refused)
        else:
            messages.success(request, "Saved: who does what.")
            return redirect(agreement)
    return render(request, "agreements/responsibilities.html", context | _page(request, agreement))


def _ticked(request: SignedInRequest) -> set[Held]:
    pairs = (value.rpartition(":") for value in request.POST.getlist("held"))
    return {(duty, int(party)) for duty, _, party in pairs if party.isdecimal()}


def _page(request: SignedInRequest, agreement: Agreement) -> dict[str, Any]:
    return {
        "page": section_page(agreement, part(agreement, "responsibilities"), request.user, timezone.localdate()),
        "matrix": duties(agreement, _ticked(request) if request.method == "POST" else None),
        "refusal": why_not(check_may_edit_part, agreement, "responsibilities", request.user),
    }
