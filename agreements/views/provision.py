"""The provisions of an agreement, all on one page."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from agreements.actions.provision import provisions_digest, save_provisions
from agreements.choices import Answer
from agreements.errors import Stale
from agreements.fetch import agreement_or_404
from agreements.forms.provision import ProvisionForm, answers, provision_forms
from agreements.models import Agreement
from agreements.pages.section import section_page
from agreements.policies.agreement import check_may_edit_part, why_not
from agreements.sections import part
from people.access import permission
from people.request import SignedInRequest, posted
from people.roles import Permission
from records.errors import Refused


@require_http_methods(["GET", "POST"])
@permission(Permission.READ_AGREEMENTS)
def provisions(request: SignedInRequest, reference: str, number: int | None = None) -> HttpResponse:
    """Read or answer which provisions stand in the document."""
    agreement = agreement_or_404(request.user, reference, whole=True, number=number)
    forms = provision_forms(posted(request), agreement, request.user)
    more: dict[str, Any] = {"seen": request.POST.get("seen", provisions_digest(agreement))}
    if request.method == "POST" and _all_valid(forms):
        try:
            save_provisions(agreement=agreement, answers=answers(forms), seen=more["seen"], by=request.user)
        except Stale as stale:
            more |= {"seen": stale.seen, "stale": stale}
        except (ValidationError, Refused) as problem:
            _show_problem(forms, problem)
        else:
            messages.success(request, "Saved: provisions.")
            return redirect(agreement)
    return _show(request, agreement, forms, more)


def _all_valid(forms: list[ProvisionForm]) -> bool:
    """Each is asked, so that each shows its own errors."""
    return not [form for form in forms if not form.is_valid()]


def _show_problem(forms: list[ProvisionForm], problem: ValidationError | Refused) -> None:
    if isinstance(problem, Refused):
        forms[0].add_error(None, str(problem))
        return
    for form in forms:
        for error in problem.error_dict.get(form.kind.code, []):
            present = form.cleaned_data.get("answer") == Answer.PRESENT and "evidence" in form.fields
            form.add_error("evidence" if present else "why_absent", error)


def _show(
    request: SignedInRequest, agreement: Agreement, forms: list[ProvisionForm], more: dict[str, Any]
) -> HttpResponse:
    page = section_page(agreement, part(agreement, "provisions"), request.user, timezone.localdate())
    refusal = why_not(check_may_edit_part, agreement, "provisions", request.user)
    return render(
        request, "agreements/provisions.html", {"page": page, "forms": forms, "refusal": refusal, "stale": None} | more
    )
