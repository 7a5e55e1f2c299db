"""An agreement's page, and the doors by which one comes in."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from agreements.actions.agreement import create_agreement, record_existing
from agreements.actions.duplicate import duplicate_agreement
from agreements.fetch import agreement_or_404, face_or_404, own_agreement
from agreements.forms.agreement import DuplicateForm, ExistingArrangementForm, NewAgreementForm
from agreements.forms.refusal import show_refusal
from agreements.pages.agreement import agreement_page
from agreements.pages.face import face_page
from people.access import permission
from people.permissions import may
from people.request import SignedInRequest, posted
from people.roles import Permission
from records.errors import Refused
from records.once import once


@require_safe
@permission(Permission.READ_AGREEMENTS)
def agreement(request: SignedInRequest, reference: str) -> HttpResponse:
    """The agreement, or its signed face for an agency that is a party to it."""
    on = timezone.localdate()
    own = own_agreement(request.user, reference)
    if own is None:
        page = face_page(face_or_404(request.user, reference), request.user, on)
        return render(request, "agreements/face.html", {"page": page})
    return render(request, "agreements/agreement.html", {"page": agreement_page(own, request.user, on)})


@require_http_methods(["GET", "POST"])
@permission(Permission.CREATE_AGREEMENTS)
@once
def new_agreement(request: SignedInRequest) -> HttpResponse:
    """Make a draft."""
    form = NewAgreementForm(posted(request))
    if form.is_valid():
        try:
            made = create_agreement(**form.cleaned_data, by=request.user, now=timezone.now())
        except (ValidationError, Refused) as problem:
            show_refusal(form, problem)
        else:
            messages.success(request, f"Saved as {made.reference}. Three answers decide how much else is asked.")
            return redirect("agreements:section", made.reference, "scope")
    return render(request, "agreements/new_agreement.html", {"form": form})


@require_http_methods(["GET", "POST"])
@permission(Permission.CREATE_AGREEMENTS)
@once
def record_agreement(request: SignedInRequest) -> HttpResponse:
    """Record an arrangement that exists already, as it stands."""
    form = ExistingArrangementForm(posted(request))
    if form.is_valid():
        values = {name: value for name, value in form.cleaned_data.items() if name not in {"status", "ended_on"}}
        try:
            made = record_existing(
                values=values,
                status=form.cleaned_data["status"],
                ended_on=form.cleaned_data["ended_on"],
                by=request.user,
                now=timezone.now(),
            )
        except (ValidationError, Refused) as problem:
            show_refusal(form, problem)
        else:
            messages.success(
                request, f"Recorded as {made.reference}. What is not recorded is shown, and never in the way."
            )
            return redirect(made)
    context = {"form": form, "may_import": may(request.user, Permission.IMPORT_AGREEMENTS)}
    return render(request, "agreements/record_agreement.html", context)


@require_http_methods(["GET", "POST"])
@permission(Permission.CREATE_AGREEMENTS)
@once
def duplicate(request: SignedInRequest, reference: str) -> HttpResponse:
    """Make a draft with the content of another agreement."""
    source = agreement_or_404(request.user, reference)
    form = DuplicateForm(posted(request), initial={"title": f"{source.title} (copy)"[:200]})
    if form.is_valid():
        try:
            copy = duplicate_agreement(
                agreement=source, title=form.cleaned_data["title"], by=request.user, now=timezone.now()
            )
        except (ValidationError, Refused) as problem:
            show_refusal(form, problem)
        else:
            messages.success(request, f"Duplicated as {copy.reference}. Dates and signatures were not copied.")
            return redirect(copy)
    return render(request, "agreements/duplicate.html", {"form": form, "agreement": source})
