"""Documents of an agreement: list, put in, one document with its versions, download."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from agreements.actions import document as actions
from agreements.digest import digest
from agreements.errors import Stale
from agreements.fetch import agreement_or_404
from agreements.forms.document import AboutForm, DocumentForm, VersionForm
from agreements.models import Document
from agreements.pages.document import attachment, documents_of, readable
from agreements.policies import why_not
from people.access import permission
from people.request import SignedInRequest, posted
from people.roles import Permission
from records.errors import Refused
from records.once import once
from records.refusals import show_refusal
from records.scanning import scanner
from records.uploads import NotAccepted


@require_safe
@permission(Permission.READ_AGREEMENTS)
def documents(request: SignedInRequest, reference: str) -> HttpResponse:
    """Every document of the agreement that the person may read."""
    agreement = agreement_or_404(request.user, reference)
    context = {
        "agreement": agreement,
        "documents": documents_of(agreement, request.user),
        "refusal": why_not(actions.check_may_add, agreement, request.user),
        "scanned": bool(scanner()),
    }
    return render(request, "agreements/documents.html", context)


@require_http_methods(["GET", "POST"])
@permission(Permission.READ_AGREEMENTS)
@once
def document_add(request: SignedInRequest, reference: str) -> HttpResponse:
    """Put a document in."""
    agreement = agreement_or_404(request.user, reference)
    form = DocumentForm(posted(request), request.FILES or None, agency=request.user.agency)
    if form.is_valid():
        name, content = form.uploaded()
        try:
            made = actions.add_document(
                agreement=agreement, values=form.said(), name=name, content=content, by=request.user, now=timezone.now()
            )
        except (ValidationError, Refused) as problem:
            _show(form, problem)
        else:
            messages.success(request, f"“{made}” is kept, as version 1.")
            return redirect("agreements:documents", reference)
    context = {"agreement": agreement, "form": form, "scanned": bool(scanner())}
    context["refusal"] = why_not(actions.check_may_add, agreement, request.user)
    return render(request, "agreements/document_form.html", context)


@require_safe
@permission(Permission.READ_AGREEMENTS)
def document(request: SignedInRequest, pk: int) -> HttpResponse:
    """One document, with every version of it."""
    found = _readable_or_404(request, pk)
    own = found.agency_id == request.user.agency.pk
    refusal = why_not(actions.check_may_change, found, request.user) if own else ""
    return render(request, "agreements/document.html", {"document": found, "own": own, "refusal": refusal})


@require_http_methods(["GET", "POST"])
@permission(Permission.READ_AGREEMENTS)
@once
def document_version(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put in the next version of a document."""
    found = _readable_or_404(request, pk, own=True)
    form = VersionForm(posted(request), request.FILES or None)
    if form.is_valid():
        name, content = form.uploaded()
        note, now = form.cleaned_data["note"], timezone.now()
        try:
            made = actions.add_version(document=found, name=name, content=content, note=note, by=request.user, now=now)
        except (ValidationError, Refused) as problem:
            _show(form, problem)
        else:
            messages.success(request, f"Version {made.number} of “{found}” is kept. The earlier ones stay.")
            return redirect(found)
    refusal = why_not(actions.check_may_change, found, request.user)
    context: dict[str, Any] = {"document": found, "agreement": found.agreement, "form": form, "refusal": refusal}
    context["scanned"] = bool(scanner())
    return render(request, "agreements/document_form.html", context)


@require_http_methods(["GET", "POST"])
@permission(Permission.READ_AGREEMENTS)
def document_change(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say anew what a document is and who may read it."""
    found = _readable_or_404(request, pk, own=True)
    seen = request.POST.get("seen", digest(actions.document_values(found)))
    form = AboutForm(posted(request), initial=actions.document_values(found), agency=request.user.agency)
    context: dict[str, Any] = {"document": found, "agreement": found.agreement, "form": form, "stale": None}
    if form.is_valid():
        values = {name: form.cleaned_data[name] for name in actions.FIELDS}
        reason = form.cleaned_data["reason"]
        try:
            actions.change_document(document=found, values=values, seen=seen, by=request.user, reason=reason)
        except Stale as stale:
            seen, context["stale"] = stale.seen, stale
        except (ValidationError, Refused) as problem:
            show_refusal(form, problem)
        else:
            messages.success(request, f"Saved: {form.cleaned_data['title']}.")
            return redirect(found)
    context |= {"seen": seen, "refusal": why_not(actions.check_may_change, found, request.user)}
    return render(request, "agreements/document_change.html", context)


@require_safe
@permission(Permission.READ_AGREEMENTS)
def document_file(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """The bytes of one version, to save."""
    found = _readable_or_404(request, pk)
    version = get_object_or_404(found.versions.select_related("file"), number=number)
    return HttpResponse(version.file.read(), content_type=version.media_type, headers=attachment(version))


def _readable_or_404(request: SignedInRequest, pk: int, *, own: bool = False) -> Document:
    rows = readable(request.user)
    found: Document = get_object_or_404(rows.filter(agency=request.user.agency) if own else rows, pk=pk)
    if found.agreement and found.agency_id == request.user.agency.pk:
        found.agreement.agency = request.user.agency  # the same one, and it has its words for roles with it
    return found


def _show(form: DocumentForm | VersionForm, problem: ValidationError | Refused) -> None:
    """What is wrong with the file stands at the file."""
    if isinstance(problem, NotAccepted):
        form.add_error("file", problem.sentence)
    else:
        show_refusal(form, problem)
