"""The interests of a draft: how those of last time stand, add one, change one, take one out."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from agreements.digest import digest
from conflicts.actions.declaration import declare_interest, remove_interest
from conflicts.choices import Standing
from conflicts.fetch import reads_declaration
from conflicts.forms.interest import InterestForm, LastTimeForm
from conflicts.interest_kinds import BY_NAME
from conflicts.models import Declaration, DeclaredInterest
from conflicts.pages.writing import next_address, place_of, words_of
from conflicts.seen import row_values
from conflicts.views.seen import attempt_seen
from conflicts.views.writing import writes
from people.access import open_to_all_signed_in
from people.request import SignedInRequest, posted
from records.errors import Refused
from records.once import once
from records.refusals import show_refusal


@require_http_methods(["GET", "POST"])
@open_to_all_signed_in
@reads_declaration
@writes
def last_time(request: SignedInRequest, declaration: Declaration, row: int) -> HttpResponse:
    """One interest of last time: the same, changed or ended."""
    found = _row(declaration, row)
    if found.interest_id is None:
        return redirect("conflicts:interest", declaration.code, found.pk)
    seen, stale = request.POST.get("seen", digest(row_values(found))), None
    form = LastTimeForm(found, timezone.localdate(), posted(request))
    if form.is_valid():
        if form.cleaned_data["standing"] == Standing.CHANGED:
            return redirect("conflicts:interest", declaration.code, found.pk)
        values = form.values()
        given = {"declaration": declaration, "declared": found, "values": values, "by": request.user}
        done, seen, stale = attempt_seen(form, declare_interest, seen=seen, **given)
        if done:
            return redirect(next_address(declaration))
    which, of = place_of(found)
    context = {"form": form, "declaration": declaration, "told": found, "which": which, "of": of}
    context |= {"seen": seen, "stale": stale, "words": words_of(declaration, request.user)}
    return render(request, "conflicts/last_time.html", context)


@require_safe
@open_to_all_signed_in
@reads_declaration
@writes
def kinds(request: SignedInRequest, declaration: Declaration) -> HttpResponse:
    """Which kind of interest: a list to choose from, each explained."""
    context = {"declaration": declaration, "kinds": BY_NAME.values(), "words": words_of(declaration, request.user)}
    return render(request, "conflicts/kinds.html", context)


@require_http_methods(["GET", "POST"])
@open_to_all_signed_in
@reads_declaration
@once
@writes
def interest_add(request: SignedInRequest, declaration: Declaration, kind: str) -> HttpResponse:
    """Add an interest of one kind."""
    if kind not in BY_NAME:
        raise Http404("There is no such kind of interest")
    form = InterestForm(BY_NAME[kind], posted(request), organisation=declaration.for_organisation)
    if form.is_valid():
        values = form.cleaned_data | {"kind": kind}
        try:
            declare_interest(declaration=declaration, values=values, by=request.user)
        except (ValidationError, Refused) as problem:
            show_refusal(form, problem)
        else:
            messages.success(request, "Added. Add another, or go on.")
            return redirect(next_address(declaration))
    context: dict[str, Any] = {"form": form, "declaration": declaration, "kind": BY_NAME[kind], "one": None}
    return render(request, "conflicts/interest.html", context | {"stale": None})


@require_http_methods(["GET", "POST"])
@open_to_all_signed_in
@reads_declaration
@writes
def interest(request: SignedInRequest, declaration: Declaration, row: int) -> HttpResponse:
    """Change what the draft says of one interest."""
    found = _row(declaration, row)
    stands = row_values(found)
    seen, stale = request.POST.get("seen", digest(stands)), None
    organisation = declaration.for_organisation
    form = InterestForm(found.of_kind, posted(request), organisation=organisation, initial=stands)
    if form.is_valid():
        values = form.cleaned_data | ({"standing": Standing.CHANGED} if found.interest_id else {})
        given = {"declaration": declaration, "declared": found, "values": values, "by": request.user}
        done, seen, stale = attempt_seen(form, declare_interest, seen=seen, **given)
        if done:
            return redirect(next_address(declaration))
    context = {"form": form, "declaration": declaration, "kind": found.of_kind, "one": found}
    return render(request, "conflicts/interest.html", context | {"seen": seen, "stale": stale})


@require_http_methods(["GET", "POST"])
@open_to_all_signed_in
@reads_declaration
@once
@writes
def interest_remove(request: SignedInRequest, declaration: Declaration, row: int) -> HttpResponse:
    """Ask, then take an interest out that was added to this draft."""
    found, refusal = _row(declaration, row), ""
    if request.method == "POST":
        try:
            remove_interest(declared=found, by=request.user)
        except Refused as refused:
            refusal = str(refused)
        else:
            messages.success(request, f"Taken out: {found.named_as}.")
            return redirect(next_address(declaration))
    context = {"declaration": declaration, "told": found, "refusal": refusal}
    return render(request, "conflicts/interest_remove.html", context)


def _row(declaration: Declaration, key: int) -> DeclaredInterest:
    return get_object_or_404(declaration.declared.all(), pk=key)
