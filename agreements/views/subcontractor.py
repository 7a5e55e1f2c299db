"""Who does part of the work of a contract: added, corrected, taken away."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from agreements.actions import subcontractor as actions
from agreements.digest import digest
from agreements.errors import Stale
from agreements.fetch import contract_or_404
from agreements.forms.contract import SUBCONTRACTOR_WORDS, SubcontractorForm, shown
from agreements.forms.refusal import show_refusal
from agreements.forms.section import initial
from agreements.models import Contract, Subcontractor
from agreements.policies.contract import check_is_free, check_may_change_contract
from people.access import permission
from people.request import SignedInRequest, posted
from people.roles import Permission
from records.errors import Refused
from records.once import once
from records.refusals import attempt, why_not


@require_http_methods(["GET", "POST"])
@permission(Permission.KEEP_CONTRACTS)
@once
def subcontractor_add(request: SignedInRequest, pk: int) -> HttpResponse:
    """Record a subcontractor."""
    contract = contract_or_404(request.user, pk)
    form = SubcontractorForm(request.user, contract, posted(request))
    if form.is_valid():
        made = attempt(form, actions.add_subcontractor, contract=contract, values=form.values(), by=request.user)
        if made:
            messages.success(request, f"Added: {made}.")
            return redirect(contract)
    return render(request, "agreements/subcontractor.html", _context(request, contract) | {"form": form})


@require_http_methods(["GET", "POST"])
@permission(Permission.KEEP_CONTRACTS)
def subcontractor_edit(request: SignedInRequest, pk: int, row: int) -> HttpResponse:
    """Correct a subcontractor; a change made meanwhile is told, and nothing typed is lost."""
    contract = contract_or_404(request.user, pk)
    found = _row(contract, row)
    now = actions.subcontractor_values(found)
    form = SubcontractorForm(request.user, contract, posted(request), initial=initial(now))
    more: dict[str, Any] = {"row": found, "seen": request.POST.get("seen", digest(now))}
    if form.is_valid():
        kept = {name: now[name] for name in now if request.POST.get(f"keep-{name}") == "theirs"}
        try:
            actions.change_subcontractor(
                contract=contract, pk=row, values=form.values() | kept, seen=more["seen"], by=request.user
            )
        except Stale as stale:
            more |= {"seen": stale.seen, "stale": stale, "differences": _differences(stale)}
        except (ValidationError, Refused) as problem:
            show_refusal(form, problem)
        else:
            messages.success(request, f"Saved: {found}.")
            return redirect(contract)
    return render(request, "agreements/subcontractor.html", _context(request, contract) | {"form": form} | more)


def _differences(stale: Stale) -> list[dict[str, str]]:
    return [
        {
            "field": each.field,
            "label": SUBCONTRACTOR_WORDS[each.field][0],
            "theirs": shown(each.theirs, each.field, Subcontractor),
            "yours": shown(each.yours, each.field, Subcontractor),
        }
        for each in stale.differences
    ]


@require_http_methods(["GET", "POST"])
@permission(Permission.KEEP_CONTRACTS)
def subcontractor_remove(request: SignedInRequest, pk: int, row: int) -> HttpResponse:
    """Ask, then take away one recorded by mistake."""
    contract = contract_or_404(request.user, pk)
    found = _row(contract, row)
    context = _context(request, contract) | {"what": str(found), "title": "Take this subcontractor away?"}
    context["refusal"] = context["refusal"] or why_not(check_is_free, found)
    if request.method == "POST":
        try:
            actions.remove_subcontractor(contract=contract, pk=row, by=request.user)
        except Refused as problem:
            context["refusal"] = str(problem)
        else:
            messages.success(request, f"Taken away: {context['what']}. The history keeps it.")
            return redirect(contract)
    return render(request, "agreements/contract_remove.html", context)


def _row(contract: Contract, pk: int) -> Subcontractor:
    found: Subcontractor = get_object_or_404(contract.subcontractors.select_related("organisation", "parent"), pk=pk)
    return found


def _context(request: SignedInRequest, contract: Contract) -> dict[str, Any]:
    refusal = why_not(check_may_change_contract, contract, request.user)
    return {"contract": contract, "refusal": refusal, "row": None, "stale": None, "differences": [], "seen": ""}
