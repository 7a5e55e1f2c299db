"""The library of legal bases: search it, add to it."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from agreements.actions.legal_provision import (
    add_legal_provision,
    check_may_retire,
    retire_legal_provision,
    return_legal_provision,
)
from agreements.choices import BasisKind
from agreements.forms.legal_provision import LegalProvisionForm
from agreements.legal_search import matching
from agreements.models import Agreement, LegalProvision
from people.access import permission
from people.forms.fields import ReasonForm
from people.permissions import may
from people.request import SignedInRequest
from people.roles import Permission
from records.once import once
from records.refusals import attempt, why_not


@permission(Permission.READ_AGREEMENTS)
@require_safe
def legal_provisions(request: SignedInRequest) -> HttpResponse:
    """The common library and the agency's own, by words and kind."""
    text, kind = request.GET.get("q", "")[:200].strip(), request.GET.get("kind", "")
    library = LegalProvision.objects.visible_to(request.user).select_related("agency").order_by("act", "id")
    found = [row for row in matching(library, text) if kind in ("", row.basis_kind)]
    page = Paginator(found, 25).get_page(request.GET.get("page"))
    context = {"page": page, "q": text, "kind": kind, "kinds": BasisKind.choices, "count": len(found)}
    context["may_add"] = may(request.user, Permission.KEEP_ORGANISATIONS)
    return render(request, "agreements/legal_provisions.html", context)


@permission(Permission.KEEP_ORGANISATIONS)
@require_http_methods(["GET", "POST"])
@once
def legal_provision_add(request: SignedInRequest) -> HttpResponseBase:
    """Add a provision that the library lacks."""
    form = LegalProvisionForm(request.POST or None, initial={"act": request.GET.get("name", "")[:200]})
    if request.method == "POST" and form.is_valid():
        try:
            provision = add_legal_provision(values=form.cleaned_data, by=request.user)
        except ValidationError as problem:
            already = "code" in getattr(problem, "error_dict", {})
            form.add_error(None, "Your agency’s library already has this section" if already else problem)
        else:
            messages.success(request, f"{provision} is in your agency’s library.")
            return redirect("agreements:legal_provisions")
    return render(request, "agreements/legal_provision_form.html", {"form": form})


@permission(Permission.KEEP_ORGANISATIONS)
@require_http_methods(["GET", "POST"])
def legal_provision_retire(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say what follows, ask why, and offer a provision no more."""
    return _change(request, pk, retire_legal_provision, "is retired: it is no longer offered.")


@permission(Permission.KEEP_ORGANISATIONS)
@require_http_methods(["GET", "POST"])
def legal_provision_return(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask why, and offer a retired provision again."""
    return _change(request, pk, return_legal_provision, "is offered again.")


def _change(request: SignedInRequest, pk: int, act: Callable[..., LegalProvision], done: str) -> HttpResponse:
    found: LegalProvision = get_object_or_404(LegalProvision.objects.visible_to(request.user), pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        changed = attempt(form, act, provision=found, by=request.user, reason=form.cleaned_data["reason"])
        if changed:
            messages.success(request, f"{found} {done}")
            return redirect("agreements:legal_provisions")
    resting = Agreement.objects.visible_to(request.user).filter(current_terms__legal_bases__provision=found)
    context = {"provision": found, "form": form, "uses": resting.distinct().count()}
    context["refusal"] = why_not(check_may_retire, found, request.user)
    return render(request, "agreements/legal_provision_retire.html", context)
