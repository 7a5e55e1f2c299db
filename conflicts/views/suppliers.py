"""Record declarations of suppliers, of every tier below them, and of people who never sign in."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from agreements.fetch import contract_or_404
from agreements.models import Contract, Subcontractor
from conflicts.actions.declaration import start_declaration
from conflicts.choices import Capacity
from conflicts.forms.recorded import RecordedForm, RecordedPersonForm
from conflicts.pages.suppliers import Stands, declarers_of
from conflicts.pages.writing import next_address
from people.access import permission
from people.request import SignedInRequest, posted
from people.roles import Permission
from records.errors import Refused
from records.once import once
from records.refusals import show_refusal


@require_safe
@permission(Permission.RECORD_DECLARATIONS)
def suppliers(request: SignedInRequest, pk: int) -> HttpResponse:
    """The supplier and every tier of subcontractor: declared, out of date, or nothing yet."""
    contract = contract_or_404(request.user, pk)
    rows = declarers_of(contract, request.user, timezone.localdate())
    gaps = sum(row.stands == Stands.GAP for row in rows)
    return render(request, "conflicts/suppliers.html", {"contract": contract, "rows": rows, "gaps": gaps})


@require_http_methods(["GET", "POST"])
@permission(Permission.RECORD_DECLARATIONS)
@once
def record_supplier(request: SignedInRequest, pk: int) -> HttpResponse:
    """Begin to record what the supplier of a contract declared."""
    contract = contract_or_404(request.user, pk)
    return _record(request, contract, None)


@require_http_methods(["GET", "POST"])
@permission(Permission.RECORD_DECLARATIONS)
@once
def record_subcontractor(request: SignedInRequest, pk: int, row: int) -> HttpResponse:
    """The same of one of its subcontractors."""
    contract = contract_or_404(request.user, pk)
    return _record(request, contract, get_object_or_404(contract.subcontractors.select_related("organisation"), pk=row))


def _record(request: SignedInRequest, contract: Contract, row: Subcontractor | None) -> HttpResponse:
    body, now = row.organisation if row else contract.supplier, timezone.now()
    form = RecordedForm(timezone.localdate(now), posted(request))
    if form.is_valid():
        capacity = Capacity.SUBCONTRACTOR if row else Capacity.SUPPLIER
        values = form.values() | {"capacity": capacity, "contract": contract, "subcontractor": row}
        try:
            draft = start_declaration(values=values, supplier=body, by=request.user, now=now)
        except (ValidationError, Refused) as problem:
            show_refusal(form, problem)
        else:
            return redirect(next_address(draft))
    context: dict[str, Any] = {"form": form, "contract": contract, "body": body}
    return render(request, "conflicts/recorded.html", context)


@require_http_methods(["GET", "POST"])
@permission(Permission.RECORD_DECLARATIONS)
@once
def record_person(request: SignedInRequest) -> HttpResponse:
    """Begin to record what somebody without a sign-in declared."""
    now = timezone.now()
    form = RecordedPersonForm(request.user, timezone.localdate(now), posted(request))
    if form.is_valid():
        who = form.cleaned_data["person"]
        try:
            draft = start_declaration(values=form.values(), person=who, by=request.user, now=now)
        except (ValidationError, Refused) as problem:
            show_refusal(form, problem)
        else:
            return redirect(next_address(draft))
    return render(request, "conflicts/recorded.html", {"form": form, "contract": None, "body": None})
