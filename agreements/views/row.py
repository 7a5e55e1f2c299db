"""Add, change and remove one repeating row; each has a page of its own, so that it needs no script."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods
from django_htmx.http import reselect, reswap, retarget

from agreements.actions.row import add_row as add
from agreements.actions.row import along_digest, check_may_edit_rows, row_values
from agreements.actions.row import change_row as change
from agreements.actions.row import remove_row as remove
from agreements.addresses import address
from agreements.digest import digest
from agreements.errors import Stale
from agreements.fetch import agreement_or_404
from agreements.forms.refusal import show_refusal
from agreements.forms.row import WORDS, RowForm
from agreements.forms.section import initial
from agreements.models import Agreement
from agreements.pages.rows import HEADINGS
from agreements.policies.agreement import why_not
from agreements.rows import KINDS, RowKind
from agreements.sections import OF_ROWS
from people.access import permission
from people.request import SignedInRequest, posted
from people.roles import Permission
from records.errors import Refused
from records.once import once


def _found(request: SignedInRequest, reference: str, kind: str, number: int | None) -> tuple[Agreement, RowKind]:
    if kind not in HEADINGS or (number is not None and not KINDS[kind].of_terms):
        raise Http404("There is no such kind of row")
    return agreement_or_404(request.user, reference, number=number), KINDS[kind]


def _row_or_404(agreement: Agreement, kind: RowKind, pk: int) -> Model:
    row = kind.of(agreement).filter(pk=pk).first()
    if row is None:
        raise Http404("It is not part of this agreement, or was removed")
    return row


def _section_url(agreement: Agreement, kind: RowKind) -> str:
    return address(agreement, "section", OF_ROWS[kind.name].name)


def _show(
    request: SignedInRequest, agreement: Agreement, kind: RowKind, form: RowForm, more: dict[str, Any]
) -> HttpResponse:
    context = {
        "agreement": agreement,
        "kind": kind,
        "section": OF_ROWS[kind.name],
        "back": _section_url(agreement, kind),
        "form": form,
        "refusal": why_not(check_may_edit_rows, agreement, kind, request.user),
        "row": None,
        "stale": None,
        "differences": [],
        "seen": "",
    }
    if not request.htmx:
        return render(request, "agreements/row.html", context | more)
    fragment = render(request, "agreements/_row_form.html", context | more)
    return reswap(reselect(retarget(fragment, "#row-form"), "#row-form"), "outerHTML") if form.is_bound else fragment


def _after_adding(request: SignedInRequest, agreement: Agreement, kind: RowKind) -> HttpResponse:
    """Back to the list, or to the next empty form; with htmx the list opens it."""
    section = _section_url(agreement, kind)
    if "another" not in request.POST:
        return redirect(section)
    return redirect(f"{section}?add={kind.name}" if request.htmx else request.path)


@require_http_methods(["GET", "POST"])
@permission(Permission.READ_AGREEMENTS)
@once
def add_row(request: SignedInRequest, reference: str, kind: str, number: int | None = None) -> HttpResponse:
    """Add a row; with "save and add another" the next form follows at once."""
    agreement, of_kind = _found(request, reference, kind, number)
    chosen = {name: request.GET[name] for name in of_kind.fields if name in request.GET}
    form = RowForm(of_kind, agreement, request.user, posted(request), initial=chosen)
    if form.is_valid():
        try:
            row = add(agreement=agreement, kind=of_kind, values=form.values(), by=request.user)
        except (ValidationError, Refused) as problem:
            show_refusal(form, problem)
        else:
            messages.success(request, f"Added: {row}.")
            return _after_adding(request, agreement, of_kind)
    return _show(request, agreement, of_kind, form, {})


@require_http_methods(["GET", "POST"])
@permission(Permission.READ_AGREEMENTS)
def change_row(request: SignedInRequest, reference: str, kind: str, pk: int, number: int | None = None) -> HttpResponse:
    """Change a row."""
    agreement, of_kind = _found(request, reference, kind, number)
    row = _row_or_404(agreement, of_kind, pk)
    now = row_values(of_kind, row)
    form = RowForm(of_kind, agreement, request.user, posted(request), initial=initial(now))
    more: dict[str, Any] = {"row": row, "seen": request.POST.get("seen", digest(now))}
    if form.is_valid():
        kept = {name: now[name] for name in now if request.POST.get(f"keep-{name}") == "theirs"}
        values = form.values() | kept
        try:
            change(agreement=agreement, kind=of_kind, pk=pk, values=values, seen=more["seen"], by=request.user)
        except Stale as stale:
            more |= {"seen": stale.seen, "stale": stale, "differences": _differences(of_kind, stale)}
        except (ValidationError, Refused) as problem:
            show_refusal(form, problem)
        else:
            messages.success(request, f"Saved: {row}.")
            return redirect(_section_url(agreement, of_kind))
    return _show(request, agreement, of_kind, form, more)


def _differences(kind: RowKind, stale: Stale) -> list[dict[str, str]]:
    words = WORDS[kind.name]
    return [
        {
            "field": each.field,
            "label": words[each.field][0],
            "theirs": str(each.theirs or "Nothing"),
            "yours": str(each.yours or "Nothing"),
        }
        for each in stale.differences
    ]


@require_http_methods(["GET", "POST"])
@permission(Permission.READ_AGREEMENTS)
def remove_row(request: SignedInRequest, reference: str, kind: str, pk: int, number: int | None = None) -> HttpResponse:
    """Ask, then remove a row; its history stays."""
    agreement, of_kind = _found(request, reference, kind, number)
    row = _row_or_404(agreement, of_kind, pk)
    refusal = why_not(check_may_edit_rows, agreement, of_kind, request.user) or why_not(of_kind.check_removal, row)
    if request.method == "POST":
        title = str(row)
        try:
            remove(agreement=agreement, kind=of_kind, pk=pk, seen=request.POST.get("seen"), by=request.user)
        except Refused as problem:
            refusal = str(problem)
        else:
            messages.success(request, f"Removed: {title}. The history keeps it.")
            return redirect(_section_url(agreement, of_kind))
    context = {
        "agreement": agreement,
        "kind": of_kind,
        "row": row,
        "refusal": refusal,
        "along": of_kind.goes_along(row),
        "seen": along_digest(of_kind, row),
        "back": _section_url(agreement, of_kind),
    }
    return render(request, "agreements/remove_row.html", context)
