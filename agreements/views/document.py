"""Documents of an agreement or a contract: list, put in, one document with its versions, download."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from agreements.actions import document as actions
from agreements.actions.set_aside import check_may_set_aside
from agreements.digest import digest
from agreements.errors import Stale
from agreements.fetch import agreement_or_404, contract_or_404
from agreements.forms.document import AboutForm, DocumentForm, VersionForm
from agreements.models import Agreement, Contract, Document
from agreements.pages.document import Shelf, attachment, documents_of, readable
from agreements.policies.agreement import why_not
from people.access import permission
from people.request import SignedInRequest, posted
from people.roles import Permission
from records.errors import Refused
from records.models import Damaged
from records.once import once
from records.refusals import show_refusal
from records.scanning import scanner
from records.uploads import NotAccepted


@require_safe
@permission(Permission.READ_AGREEMENTS)
def documents(request: SignedInRequest, reference: str) -> HttpResponse:
    """Every document of the agreement that the person may read."""
    return _list(request, agreement_or_404(request.user, reference))


@require_safe
@permission(Permission.READ_AGREEMENTS)
def contract_documents(request: SignedInRequest, pk: int) -> HttpResponse:
    """Every document of the contract that the person may read."""
    return _list(request, contract_or_404(request.user, pk))


def _list(request: SignedInRequest, holder: Agreement | Contract) -> HttpResponse:
    context = {
        "holder": holder,
        "shelf": Shelf(holder),
        "documents": documents_of(holder, request.user),
        "refusal": why_not(actions.check_may_add, holder, request.user),
        "scanned": bool(scanner()),
    }
    return render(request, "agreements/documents.html", context)


@require_http_methods(["GET", "POST"])
@permission(Permission.READ_AGREEMENTS)
@once
def document_add(request: SignedInRequest, reference: str) -> HttpResponse:
    """Put a document in under an agreement."""
    return _add(request, agreement_or_404(request.user, reference))


@require_http_methods(["GET", "POST"])
@permission(Permission.KEEP_CONTRACTS)
@once
def contract_document_add(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put a document in under a contract."""
    return _add(request, contract_or_404(request.user, pk))


def _add(request: SignedInRequest, holder: Agreement | Contract) -> HttpResponse:
    holder.agency = request.user.agency  # the same one, and it has its words for roles with it
    shelf, form = Shelf(holder), DocumentForm(posted(request), request.FILES or None, holder=holder)
    if form.is_valid():
        name, content = form.uploaded()
        values, now = form.said(), timezone.now()
        try:
            made = actions.add_document(
                holder=holder, values=values, name=name, content=content, by=request.user, now=now
            )
        except (ValidationError, Refused) as problem:
            _show(form, problem)
        else:
            messages.success(request, f"“{made}” is kept, as version 1.")
            return redirect(shelf.url)
    refusal = why_not(actions.check_may_add, holder, request.user)
    context = {"holder": holder, "shelf": shelf, "form": form, "refusal": refusal, "scanned": bool(scanner())}
    return render(request, "agreements/document_form.html", context)


@require_safe
@permission(Permission.READ_AGREEMENTS)
def document(request: SignedInRequest, pk: int) -> HttpResponse:
    """One document, with every version of it."""
    found = readable_or_404(request, pk)
    own = found.agency_id == request.user.agency.pk
    context: dict[str, Any] = {"document": found, "holder": found.holder, "own": own, "refusal": "", "not_aside": ""}
    if own:
        context["refusal"] = why_not(actions.check_may_change, found, request.user)
        context["not_back"] = why_not(actions.check_may_add, found.holder, request.user)
        context["not_aside"] = why_not(check_may_set_aside, found, request.user)
    return render(request, "agreements/document.html", context)


@require_http_methods(["GET", "POST"])
@permission(Permission.READ_AGREEMENTS)
@once
def document_version(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put in the next version of a document."""
    found = readable_or_404(request, pk, own=True)
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
    context: dict[str, Any] = {"document": found, "holder": found.holder, "shelf": Shelf(found.holder)}
    context |= {"form": form, "refusal": refusal, "scanned": bool(scanner())}
    return render(request, "agreements/document_form.html", context)


@require_http_methods(["GET", "POST"])
@permission(Permission.READ_AGREEMENTS)
def document_change(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say anew what a document is and who may read it."""
    found = readable_or_404(request, pk, own=True)
    seen = request.POST.get("seen", digest(actions.document_values(found)))
    form = AboutForm(posted(request), initial=actions.document_values(found), holder=found.holder)
    context: dict[str, Any] = {"document": found, "holder": found.holder, "form": form, "stale": None}
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
    found = readable_or_404(request, pk)
    version = get_object_or_404(found.versions.select_related("file"), number=number)
    try:
        content = version.file.read()
    except Damaged as gone:  # disposed of, most likely: the sentence says when
        messages.error(request, gone.sentence)
        return redirect(found)
    return HttpResponse(content, content_type=version.media_type, headers=attachment(version))


def readable_or_404(request: SignedInRequest, pk: int, *, own: bool = False) -> Document:
    """A document that the person may read; with ``own`` only of their own agency."""
    rows = readable(request.user)
    found: Document = get_object_or_404(rows.filter(agency=request.user.agency) if own else rows, pk=pk)
    if found.agency_id == request.user.agency.pk:
        found.holder.agency = request.user.agency  # the same one, and it has its words for roles with it
    return found


def _show(form: DocumentForm | VersionForm, problem: ValidationError | Refused) -> None:
    """What is wrong with the file stands at the file."""
    if isinstance(problem, NotAccepted):
        form.add_error("file", problem.sentence)
    else:
        show_refusal(form, problem)
