"""Record a contract, correct it, say which agreements it serves."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from agreements.actions.contract import add_contract, change_contract, contract_values, link_agreement, unlink_agreement
from agreements.digest import digest
from agreements.errors import Stale
from agreements.fetch import agreement_or_404, contract_or_404
from agreements.forms.contract import WORDS, ContractForm, LinkForm, shown
from agreements.forms.refusal import show_refusal
from agreements.forms.section import initial
from agreements.models import Contract
from agreements.policies.contract import check_may_change_contract
from people.access import permission
from people.request import SignedInRequest, posted
from people.roles import Permission
from records.errors import Refused
from records.once import once
from records.refusals import attempt, why_not


@require_http_methods(["GET", "POST"])
@permission(Permission.KEEP_CONTRACTS)
@once
def contract_add(request: SignedInRequest) -> HttpResponse:
    """Record a contract; ``?agreement=`` names one that it serves."""
    reference = request.GET.get("agreement", "")
    agreement = agreement_or_404(request.user, reference.upper()) if reference else None
    form = ContractForm(request.user, posted(request), new=True, initial={"manager": request.user.person_id})
    if form.is_valid():
        made = attempt(
            form, add_contract, values=form.values(), agreement=agreement, by=request.user, now=timezone.now()
        )
        if made:
            messages.success(request, f"{made.reference} is in the register.")
            return redirect(made)
    return render(request, "agreements/contract_form.html", {"form": form, "agreement": agreement, "contract": None})


@require_http_methods(["GET", "POST"])
@permission(Permission.KEEP_CONTRACTS)
def contract_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Correct a contract; a change made meanwhile is told, and nothing typed is lost."""
    contract = contract_or_404(request.user, pk)
    now = contract_values(contract)
    form = ContractForm(request.user, posted(request), initial=initial(now))
    more: dict[str, Any] = {"seen": request.POST.get("seen", digest(now)), "stale": None, "differences": []}
    if form.is_valid():
        kept = {name: now[name] for name in now if request.POST.get(f"keep-{name}") == "theirs"}
        try:
            change_contract(contract=contract, values=form.values() | kept, seen=more["seen"], by=request.user)
        except Stale as stale:
            more = {"seen": stale.seen, "stale": stale, "differences": _differences(stale)}
        except (ValidationError, Refused) as problem:
            show_refusal(form, problem)
        else:
            messages.success(request, "Saved.")
            return redirect(contract)
    refusal = why_not(check_may_change_contract, contract, request.user)
    context = {"form": form, "contract": contract, "agreement": None, "refusal": refusal} | more
    return render(request, "agreements/contract_form.html", context)


def _differences(stale: Stale) -> list[dict[str, str]]:
    return [
        {
            "field": each.field,
            "label": WORDS[each.field][0],
            "theirs": shown(each.theirs, each.field),
            "yours": shown(each.yours, each.field),
        }
        for each in stale.differences
    ]


@require_http_methods(["GET", "POST"])
@permission(Permission.KEEP_CONTRACTS)
@once
def contract_link(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say that the contract serves an agreement."""
    contract = contract_or_404(request.user, pk)
    form = LinkForm(request.user, contract, posted(request))
    if form.is_valid():
        chosen = form.cleaned_data["agreement"]
        if attempt(form, link_agreement, contract=contract, agreement=chosen, by=request.user, now=timezone.now()):
            messages.success(request, f"It serves {chosen.reference}.")
            return redirect(contract)
    return render(request, "agreements/contract_link.html", _asked(request, contract) | {"form": form})


@require_http_methods(["GET", "POST"])
@permission(Permission.KEEP_CONTRACTS)
def contract_unlink(request: SignedInRequest, pk: int, reference: str) -> HttpResponse:
    """Ask, then say that the contract does not serve an agreement."""
    contract, agreement = contract_or_404(request.user, pk), agreement_or_404(request.user, reference)
    if not contract.agreement_links.filter(agreement=agreement).exists():
        raise Http404("The contract does not serve this agreement")
    context = _asked(request, contract) | {"what": str(agreement), "title": "Take this agreement away from it?"}
    if request.method == "POST":
        try:
            unlink_agreement(contract=contract, agreement=agreement, by=request.user)
        except Refused as problem:
            context["refusal"] = str(problem)
        else:
            messages.success(
                request, f"It does not serve {agreement.reference}. The history keeps that it was said to."
            )
            return redirect(contract)
    return render(request, "agreements/contract_remove.html", context)


def _asked(request: SignedInRequest, contract: Contract) -> dict[str, Any]:
    return {"contract": contract, "refusal": why_not(check_may_change_contract, contract, request.user)}
