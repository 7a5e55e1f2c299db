"""The plan for existing arrangements: the list, one item, moving it, the same as a sheet."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from agreements.digest import digest
from agreements.errors import Stale
from agreements.policies.agreement import check_may_edit
from agreements.views.listing import show_list
from agreements.views.sheet import as_file, refused_sheet
from assurance.actions.plan_item import check_may_move, item_values, mandatory_open, move_item
from assurance.forms.plan_item import LABELS, MoveForm, shown
from assurance.found import find, matching
from assurance.lists.plan import COHORTS, HEADINGS, WORDS, done_with_open, in_plan, listed, progress, read, sheet_rows
from assurance.models import PlanItem
from assurance.pages.plan_item import still_open
from people.access import permission
from people.models import User
from people.permissions import may
from people.request import SignedInRequest, posted
from people.roles import Permission
from records.errors import Refused
from records.refusals import show_refusal, why_not


@require_safe
@permission(Permission.READ_AGREEMENTS)
def plan(request: SignedInRequest) -> HttpResponse:
    """The plan as its address asks for it, and how far each tier has come."""
    today = timezone.localdate()
    address, tiers = read(request.user, today, request.GET), progress(in_plan(request.user), today)
    found = find(address, listed(request.user), WORDS(address.q))
    context = {
        "found": found,
        "tiers": tiers,
        "total": sum(tier.numbers[0][1] for tier in tiers),
        "today": today,
        "may_export": may(request.user, Permission.EXPORT_AGREEMENTS),
    }
    page = address.page(found.rows, found.count)
    context["although"] = done_with_open(page.object_list, today)
    return show_list(request, "assurance/plan.html", address, page, context, counts=found.counts)


@require_safe
@permission(Permission.EXPORT_AGREEMENTS)
def plan_sheet(request: SignedInRequest, form: str) -> HttpResponseBase:
    """The items that the address asks for, as csv or xlsx. An address that is refused exports nothing."""
    today = timezone.localdate()
    address = read(request.user, today, request.GET)
    if address.problems:
        return refused_sheet(address)
    rows = matching(address, listed(request.user), WORDS(address.q))
    return as_file("Plan", form, HEADINGS, sheet_rows(rows, today))


@require_safe
@permission(Permission.READ_AGREEMENTS)
def plan_item(request: SignedInRequest, reference: str) -> HttpResponse:
    """One item: why it stands where it does, what is left, who moved it and why."""
    item, today = _item(request.user, reference), timezone.localdate()
    context = {
        "item": item,
        "cohort": dict(COHORTS)[item.cohort],
        "moves": item.moves.select_related("by__person").order_by("-pk"),
        "agreement": item.agreement,
        "left": still_open(item.agreement, today),
        "page": {"may_answer": not why_not(check_may_edit, item.agreement, request.user)},
        "refusal": why_not(check_may_move, item, request.user),
        "today": today,
        "overdue": item.is_overdue(today),
    }
    return render(request, "assurance/plan_item.html", context)


@require_http_methods(["GET", "POST"])
@permission(Permission.READ_AGREEMENTS)
def plan_move(request: SignedInRequest, reference: str) -> HttpResponse:
    """Move an item with a reason; a move made meanwhile is told, and nothing typed is lost."""
    item, now = _item(request.user, reference), timezone.now()
    stands, today = item_values(item), timezone.localdate(now)
    form = MoveForm(request.user, item, today, posted(request), initial=_initial(stands))
    more: dict[str, Any] = {"seen": request.POST.get("seen", digest(stands)), "stale": None, "differences": []}
    if form.is_valid():
        kept = {name: stands[name] for name in stands if request.POST.get(f"keep-{name}") == "theirs"}
        told = {"why": form.cleaned_data["why"], "although_open": form.cleaned_data["although_open"]}
        try:
            move_item(item=item, values=form.values() | kept, seen=more["seen"], by=request.user, now=now, **told)
        except Stale as stale:
            more = {"seen": stale.seen, "stale": stale, "differences": _differences(stale)}
        except (ValidationError, Refused) as problem:
            show_refusal(form, problem)
        else:
            messages.success(request, "Moved. The reason stands in the plan.")
            return redirect("plan_item", reference=item.agreement.reference)
    refusal = why_not(check_may_move, item, request.user)
    left = mandatory_open(item.agreement_id, today)
    return render(
        request, "assurance/plan_move.html", {"form": form, "item": item, "refusal": refusal, "left": left} | more
    )


def _item(user: User, reference: str) -> PlanItem:
    rows = PlanItem.objects.visible_to(user).select_related("agreement__current_terms", "owner", "done_by__person")
    found: PlanItem = get_object_or_404(rows, agreement__reference=reference)
    found.agreement.agency = user.agency
    return found


def _initial(stands: dict[str, Any]) -> dict[str, Any]:
    return stands | {"target": stands["target"].isoformat() if stands["target"] else ""}


def _differences(stale: Stale) -> list[dict[str, str]]:
    return [
        {
            "field": each.field,
            "label": LABELS[each.field],
            "theirs": shown(each.theirs, each.field),
            "yours": shown(each.yours, each.field),
        }
        for each in stale.differences
    ]
