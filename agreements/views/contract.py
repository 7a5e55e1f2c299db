"""Contracts: the list, one with everything that hangs on it, and those that one person manages."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from agreements.extensions import Panel, contract_panels
from agreements.fetch import agreement_or_404, contract_or_404
from agreements.forms.evidence import documents_to_choose
from agreements.forms.oversight import OversightForm
from agreements.lists.contract import HEADINGS, find, matching, number_in, read, sheet_rows
from agreements.models import Contract, SavedView
from agreements.pages.contract import agreement_contracts, contract_page, my_contracts
from agreements.policies.agreement import check_may_edit, why_not
from agreements.views.listing import show_list
from agreements.views.sheet import as_file, refused_sheet
from people.access import permission
from people.permissions import may
from people.request import SignedInRequest
from people.roles import Permission


@require_safe
@permission(Permission.READ_AGREEMENTS)
def contracts(request: SignedInRequest) -> HttpResponse:
    """The list as its address asks for it; a whole number in the search goes straight to its contract."""
    visible, today = Contract.objects.visible_to(request.user), timezone.localdate()
    asked = request.GET.get("q", "")
    if asked and (key := number_in(asked, visible)):
        return redirect("agreements:contract", key)
    found = find(read(request.user, today, request.GET), visible)
    address = found.address
    views = SavedView.objects.visible_to(request.user).filter(list_name="contracts").order_by("name")
    context = {
        "found": found,
        "views": list(views),
        "today": today,
        "may_export": may(request.user, Permission.EXPORT_AGREEMENTS),
        "may_keep": may(request.user, Permission.KEEP_CONTRACTS),
    }
    page = address.page(found.rows, found.count)
    return show_list(request, "agreements/contracts.html", address, page, context, counts=found.counts)


@require_safe
@permission(Permission.EXPORT_AGREEMENTS)
def contracts_sheet(request: SignedInRequest, form: str) -> HttpResponseBase:
    """The contracts that the address asks for, as csv or xlsx. An address that is refused exports nothing."""
    address = read(request.user, timezone.localdate(), request.GET)
    if address.problems:
        return refused_sheet(address)
    rows = matching(address, Contract.objects.visible_to(request.user))
    return as_file("Contracts", form, HEADINGS, sheet_rows(rows))


@require_safe
@permission(Permission.READ_AGREEMENTS)
def contract(request: SignedInRequest, pk: int) -> HttpResponse:
    """One contract."""
    found, today = contract_or_404(request.user, pk), timezone.localdate()
    page = contract_page(found, request.user, today)
    regions = (("documents", "Documents"), ("comments", "Comments"))
    panels = [Panel(name, title, reverse(f"agreements:contract_{name}", args=[pk])) for name, title in regions]
    panels += contract_panels(found, request.user)
    context = {"page": page, "contract": found, "today": today, "panels": panels}
    context["form"] = OversightForm(documents_to_choose(found, request.user), today=today, prefix="log")
    return render(request, "agreements/contract.html", context)


@require_safe
@permission(Permission.KEEP_CONTRACTS)
def mine(request: SignedInRequest) -> HttpResponse:
    """The contracts that the person manages: what is late, what comes next, what was done last."""
    today = timezone.localdate()
    rows = my_contracts(request.user, today)
    return render(request, "agreements/my_contracts.html", {"rows": rows, "today": today})


@require_safe
@permission(Permission.READ_AGREEMENTS)
def contracts_of(request: SignedInRequest, reference: str) -> HttpResponse:
    """The contracts that serve an agreement and how it is looked after; also a region of its page."""
    agreement, today = agreement_or_404(request.user, reference), timezone.localdate()
    refusal = why_not(check_may_edit, agreement, request.user)
    context = agreement_contracts(agreement, request.user) | {
        "agreement": agreement,
        "refusal": refusal,
        "today": today,
    }
    context |= {
        "form": OversightForm(documents_to_choose(agreement, request.user), today=today, prefix="log"),
        "may_keep": may(request.user, Permission.KEEP_CONTRACTS),
    }
    return render(request, "agreements/contracts_of.html", context)
