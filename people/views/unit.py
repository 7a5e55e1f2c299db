"""Units of the agency."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from people.access import permission
from people.actions.unit import FIELDS, add_unit, change_unit
from people.fetch import unit_or_404
from people.forms.unit import UnitForm
from people.pages.units import unit_tree
from people.permissions import may
from people.request import SignedInRequest
from people.roles import Permission
from records.once import once
from records.refusals import attempt


@require_safe
@permission(Permission.READ_PEOPLE)
def units(request: SignedInRequest) -> HttpResponse:
    """The tree."""
    tree = unit_tree(request.user, timezone.localdate())
    may_manage = may(request.user, Permission.MANAGE_PEOPLE)
    return render(request, "people/units.html", {"tree": tree, "may_manage": may_manage})


@require_http_methods(["GET", "POST"])
@permission(Permission.MANAGE_PEOPLE)
@once
def add(request: SignedInRequest) -> HttpResponse:
    """Add a unit."""
    form = UnitForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        made = attempt(form, add_unit, agency=request.user.agency, values=form.cleaned_data, by=request.user)
        if made:
            messages.success(request, f"{made} is added.")
            return redirect("people:units")
    return render(request, "people/unit.html", {"form": form, "unit": None})


@require_http_methods(["GET", "POST"])
@permission(Permission.MANAGE_PEOPLE)
def change(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change or close a unit."""
    unit = unit_or_404(request.user, pk)
    now = {name: getattr(unit, name) for name in FIELDS}
    form = UnitForm(request.POST or None, initial=now, user=request.user, unit=unit)
    if request.method == "POST" and form.is_valid():
        given = {"values": form.cleaned_data, "by": request.user, "on": timezone.localdate()}
        if attempt(form, change_unit, unit=unit, **given):
            messages.success(request, f"{unit} is saved.")
            return redirect("people:units")
    return render(request, "people/unit.html", {"form": form, "unit": unit})
