"""How often assurance comes round: of the agency by risk, and of one agreement; and the assurance of one agreement."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from agreements.fetch import agreement_or_404
from agreements.models import Rating
from assurance.actions.cycle import change_cycle, change_own_cycle
from assurance.forms.activity import CycleForm
from assurance.models import ActivityKind, Cycle
from assurance.pages.assurance_of import assurance_of, cycles_of
from assurance.policies.provider import to_ask
from assurance.policies.work import check_may_plan
from assurance.views.asking import Asks, ask
from people.access import permission
from people.permissions import check_may, may
from people.request import SignedInRequest, posted
from people.roles import Permission
from records.once import once
from records.refusals import why_not


@require_safe
@permission(Permission.READ_AGREEMENTS)
def agreement_assurance(request: SignedInRequest, reference: str) -> HttpResponse:
    """What comes round for one agreement, what was done last and what is open; also a region of its page."""
    agreement, user, today = agreement_or_404(request.user, reference), request.user, timezone.localdate()
    shown = assurance_of(agreement, today)
    waits = {one.organisation_id for one in shown.waiting}
    context = {
        "agreement": agreement,
        "shown": shown,
        "today": today,
        "refusal": why_not(check_may_plan, agreement, user),
        "to_ask": [one for one in to_ask(agreement, user, today) if one.pk not in waits],
    }
    return render(request, "assurance/agreement_assurance.html", context)


@require_safe
@permission(Permission.READ_AGREEMENTS)
def cycles(request: SignedInRequest) -> HttpResponse:
    """How often each kind comes round, by the risk that remains."""
    rows = Cycle.objects.visible_to(request.user).filter(agreement=None).select_related("by__person").order_by("-pk")
    context = {
        "cycles": cycles_of(request.user.agency),
        "risks": Rating,
        "said": rows,
        "may_change": may(request.user, Permission.ATTEST_FOR_AGENCY),
    }
    return render(request, "assurance/cycles.html", context)


@require_http_methods(["GET", "POST"])
@permission(Permission.ATTEST_FOR_AGENCY)
@once
def cycle_change(request: SignedInRequest, kind: str, risk: str) -> HttpResponse:
    """Change how often a kind comes round for a risk."""
    if kind not in ActivityKind.values or risk not in Rating.values:
        raise Http404
    cell = next(one for of, cells in cycles_of(request.user.agency) if of == kind for one in cells if one.risk == risk)
    form = CycleForm(posted(request), initial={"months": cell.months})
    asks = Asks(
        f"{ActivityKind(kind).label}, risk: {cell.label.lower()}", "Save", reverse("cycles"),
        "Saved. What is scheduled follows.",
        lede="Counts for every agreement with this risk that has no cycle of its own.",
        refusal=why_not(check_may, request.user, Permission.ATTEST_FOR_AGENCY),
    )  # fmt: skip
    return ask(request, form, asks, change_cycle, lambda: {"kind": kind, "risk": risk} | form.cleaned_data)


@require_http_methods(["GET", "POST"])
@permission(Permission.READ_AGREEMENTS)
@once
def own_cycle(request: SignedInRequest, reference: str, kind: str) -> HttpResponse:
    """Give one agreement a cycle of its own, with the reason."""
    agreement = agreement_or_404(request.user, reference)
    if kind not in ActivityKind.values:
        raise Http404
    stands = Cycle.objects.visible_to(request.user).filter(agreement=agreement, kind=kind).order_by("-pk").first()
    form = CycleForm(posted(request), initial={"months": stands.months if stands else None})
    back = reverse("agreement_assurance", args=[reference])
    asks = Asks(
        f"{ActivityKind(kind).label}: a cycle of its own", "Save", back, "Saved. What is scheduled follows.",
        str(agreement), refusal=why_not(check_may_plan, agreement, request.user),
    )  # fmt: skip
    return ask(
        request, form, asks, change_own_cycle, lambda: {"agreement": agreement, "kind": kind} | form.cleaned_data
    )
