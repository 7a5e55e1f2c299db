"""Answer a requirement that no check can answer: of an agreement, or of the agency as a whole."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from agreements.fetch import agreement_or_404
from agreements.forms.evidence import documents_to_choose
from agreements.policies.agreement import check_may_edit
from assurance.actions.attestation import AnsweredMeanwhile, attest_for_agency, find_attested, newest_answer
from assurance.actions.attestation import attest as attest_agreement
from assurance.editions import Requirement
from assurance.forms.attestation import AttestationForm
from assurance.models import Attestation
from assurance.pages.agency import agency_page
from people.access import permission
from people.permissions import check_may
from people.request import SignedInRequest, posted
from people.roles import Permission
from records.errors import Refused
from records.forms import say_instead
from records.once import once
from records.refusals import show_refusal, why_not


@require_http_methods(["GET", "POST"])
@permission(Permission.READ_AGREEMENTS)
@once
def attest(request: SignedInRequest, reference: str, requirement: str) -> HttpResponse:
    """Answer for one agreement, with a document, its page and date."""
    agreement, now = agreement_or_404(request.user, reference), timezone.now()
    asked = _asked_or_404(requirement, "agreement")
    newest = newest_answer(request.user, asked.id, agreement)
    documents = documents_to_choose(agreement, request.user)
    form = AttestationForm(documents, posted(request), initial={"seen": newest.pk if newest else 0})
    context: dict[str, Any] = {"agreement": agreement, "asked": asked, "newest": newest, "form": form}
    save = partial(attest_agreement, agreement=agreement, requirement=asked.id, by=request.user, now=now)
    if form.is_valid() and _save(form, save, context):
        messages.success(request, f"Answered: {asked.title[:1].lower()}{asked.title[1:]}.")
        return redirect(f"{reverse('conformance', args=[agreement.reference])}#{asked.id}")
    context["refusal"] = why_not(check_may_edit, agreement, request.user)
    context["back"] = reverse("conformance", args=[agreement.reference])
    context["before_signing"] = bool((asked.options or {}).get("before_signing"))
    return render(request, "assurance/attest.html", context)


@require_http_methods(["GET", "POST"])
@permission(Permission.READ_AGREEMENTS)
@once
def agency_attest(request: SignedInRequest, requirement: str) -> HttpResponse:
    """Answer for the agency as a whole, with the evidence in words."""
    asked = _asked_or_404(requirement, "agency")
    newest = newest_answer(request.user, asked.id, None)
    form = AttestationForm(None, posted(request), initial={"seen": newest.pk if newest else 0})
    context: dict[str, Any] = {"agreement": None, "asked": asked, "newest": newest, "form": form}
    save = partial(attest_for_agency, requirement=asked.id, by=request.user, now=timezone.now())
    if form.is_valid() and _save(form, save, context):
        messages.success(request, f"Answered: {asked.title[:1].lower()}{asked.title[1:]}.")
        return redirect(f"{reverse('agency_conformance')}#{asked.id}")
    context["refusal"] = why_not(check_may, request.user, Permission.ATTEST_FOR_AGENCY)
    context["back"] = reverse("agency_conformance")
    return render(request, "assurance/attest.html", context)


def _save(form: AttestationForm, save: Callable[..., Attestation], context: dict[str, Any]) -> bool:
    """Whether it was saved; where somebody answered meanwhile the form then knows that answer."""
    try:
        save(values=form.answer(), seen=form.seen_key())
    except AnsweredMeanwhile as meanwhile:
        context["meanwhile"] = context["newest"] = meanwhile.answer
        say_instead(form, seen=str(meanwhile.answer.pk))
    except (ValidationError, Refused) as problem:
        show_refusal(form, problem)
    else:
        return True
    return False


def _asked_or_404(requirement: str, about: str) -> Requirement:
    asked = find_attested(requirement, about, timezone.now())
    if asked is None:
        raise Http404("No standard in force asks a person to answer this")
    return asked


@require_safe
@permission(Permission.READ_AGREEMENTS)
def agency_conformance(request: SignedInRequest) -> HttpResponse:
    """What the standards ask of the agency as a whole, and what was answered."""
    context = {
        "page": agency_page(request.user, timezone.localdate()),
        "refusal": why_not(check_may, request.user, Permission.ATTEST_FOR_AGENCY),
    }
    return render(request, "assurance/agency.html", context)
