"""Write into the log of oversight, in half a minute."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from agreements.actions.oversight import log_oversight
from agreements.fetch import agreement_or_404, contract_or_404
from agreements.forms.evidence import documents_to_choose, evidence_initial
from agreements.forms.oversight import OversightForm
from agreements.models import Agreement, Contract, Document, Oversight
from agreements.policies.agreement import check_may_edit
from agreements.policies.contract import check_may_log
from people.access import permission
from people.request import SignedInRequest, posted
from people.roles import Permission
from records.once import once
from records.refusals import attempt, why_not


@require_http_methods(["GET", "POST"])
@permission(Permission.KEEP_CONTRACTS)
@once
def contract_log(request: SignedInRequest, pk: int) -> HttpResponse:
    """Log oversight of a contract; ``?corrects=`` names an entry that the new one puts right."""
    contract = contract_or_404(request.user, pk)
    refusal = why_not(check_may_log, contract, request.user)
    return _log(request, contract, contract.oversight.order_by("pk"), refusal)


@require_http_methods(["GET", "POST"])
@permission(Permission.READ_AGREEMENTS)
@once
def agreement_log(request: SignedInRequest, reference: str) -> HttpResponse:
    """Log oversight of an agreement that needs no contract to be looked after."""
    agreement = agreement_or_404(request.user, reference)
    refusal = why_not(check_may_edit, agreement, request.user)
    return _log(request, agreement, agreement.oversight.order_by("pk"), refusal)


def _log(
    request: SignedInRequest, about: Contract | Agreement, entries: "QuerySet[Oversight]", refusal: str
) -> HttpResponse:
    wrong = _wrong(request, entries)
    documents = documents_to_choose(about, request.user, *([wrong] if wrong else []))
    initial = _as_it_was(wrong, documents) if wrong else {}
    form = OversightForm(documents, posted(request), today=timezone.localdate(), initial=initial, prefix="log")
    if not form.is_bound:
        form.fields["note"].widget.attrs["autofocus"] = True  # one key opens the page, then one types
    if form.is_valid():
        corrects = wrong.pk if wrong else None
        values, now = form.cleaned_data, timezone.now()
        if attempt(form, log_oversight, about=about, values=values, corrects=corrects, by=request.user, now=now):
            messages.success(request, f"Logged for {about.reference}.")
            return _back(request, about)
    context: dict[str, Any] = {"form": form, "about": about, "wrong": wrong, "refusal": refusal}
    return render(request, "agreements/oversight.html", context)


def _wrong(request: SignedInRequest, entries: "QuerySet[Oversight]") -> Oversight | None:
    key = request.GET.get("corrects", "")
    return get_object_or_404(entries, pk=int(key) if key.isdecimal() and len(key) < 19 else 0) if key else None


def _as_it_was(wrong: Oversight, documents: list[Document]) -> dict[str, Any]:
    """What the entry said, without a document that this person may not read."""
    said = {name: getattr(wrong, name) for name in ("kind", "on", "note", "evidence_note")}
    return said | (evidence_initial(wrong) if wrong.evidence_id in {one.pk for one in documents} else {})


def _back(request: SignedInRequest, about: Contract | Agreement) -> HttpResponse:
    if request.GET.get("then") == "mine":
        return redirect("agreements:my_contracts")
    return redirect(f"{about.get_absolute_url()}#{'log' if isinstance(about, Contract) else 'panel-contracts'}")
