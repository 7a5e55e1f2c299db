"""Set owner and next review of many agreements: first what will happen, then it happens."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from agreements import filters
from agreements.actions.bulk import MOST, Outcome, set_in_bulk
from agreements.forms.bulk import BulkForm
from agreements.forms.refusal import show_refusal
from agreements.lists.agreement import matching
from agreements.models import Agreement
from agreements.policies.agreement import sort_out
from agreements.search import search
from people.access import permission
from people.request import SignedInRequest
from people.roles import Permission
from records.errors import Refused


@permission(Permission.EDIT_OWN_AGREEMENTS)
@require_http_methods(["GET", "POST"])
def bulk(request: SignedInRequest) -> HttpResponse:
    """The chosen agreements, which of them can be changed, and the form that changes them."""
    today = timezone.localdate()
    chosen = list(_chosen(request).select_related("owner"))
    form = BulkForm(request.user, today, request.POST or None, initial={"references": _joined(chosen)})
    if request.method == "POST" and form.is_valid():
        asked = {name: form.cleaned_data[name] for name in ("owner", "review_due_on", "reason")}
        try:
            outcome = set_in_bulk(keys=[one.pk for one in chosen], **asked, by=request.user, on=today)
        except Refused as problem:
            show_refusal(form, problem)
        else:
            _tell(request, outcome)
            return redirect(f"{reverse('agreements:register')}?{request.GET.get('list', '')}".rstrip("?"))
    allowed, refused = sort_out(chosen, request.user)
    context = {"form": form, "allowed": allowed, "refused": refused, "most": MOST, "query": request.GET.get("list", "")}
    return render(request, "agreements/bulk.html", context)


def _chosen(request: SignedInRequest) -> "QuerySet[Agreement]":
    """Those of the form that was sent, all that a list finds, or those ticked; one more than can be changed at once."""
    visible: QuerySet[Agreement] = Agreement.objects.visible_to(request.user)
    if request.method == "POST":
        found = visible.filter(reference__in=request.POST.get("references", "").split(",")).order_by("reference")
    elif request.GET.get("all"):
        address = filters.read(request.user, timezone.localdate(), QueryDict(request.GET.get("list", "")))
        looked_for = search(address.q, visible, request.user.agency)
        found = visible.none() if address.problems else matching(address, looked_for, visible)
    else:
        found = visible.filter(reference__in=request.GET.getlist("pick")).order_by("reference")
    return found[: MOST + 1]


def _joined(agreements: list[Agreement]) -> str:
    return ",".join(agreement.reference for agreement in agreements)


def _tell(request: SignedInRequest, outcome: Outcome) -> None:
    number = len(outcome.changed)
    messages.success(request, f"Saved. {number:,} agreement{'' if number == 1 else 's'} changed.")
    if outcome.refused:
        named = ". ".join(f"{agreement.reference}: {sentence}" for agreement, sentence in outcome.refused[:10])
        messages.warning(request, f"{len(outcome.refused):,} could not be changed. {named}.")
