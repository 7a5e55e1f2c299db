"""Organisations: the list, and one with everything it takes part in."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from agreements.actions.organisation import add_organisation
from agreements.forms.organisation import AddOrganisationForm
from agreements.models import Organisation
from people.access import permission
from people.request import SignedInRequest
from people.roles import Permission


@require_safe
@permission(Permission.READ_AGREEMENTS)
def organisation(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """One organisation; one that was merged leads to the one it was merged into."""
    body = get_object_or_404(Organisation.objects.visible_to(request.user), pk=pk)
    if body.merged_into_id:
        return redirect("agreements:organisation", pk=body.merged_into_id)
    return render(request, "agreements/organisation.html", {"body": body})


@require_http_methods(["GET", "POST"])
@permission(Permission.CREATE_AGREEMENTS)
def organisation_add(request: SignedInRequest) -> HttpResponseBase:
    """Add an organisation, unless it turns out to be one that is there."""
    form = AddOrganisationForm(request.POST or None, initial={"name": request.GET.get("name", "")[:200]})
    if request.method == "POST" and form.existing:
        messages.info(request, f"Nothing was added: {form.existing.name} is already in the register.")
        return redirect("agreements:organisation", pk=form.existing.pk)
    if request.method == "POST" and form.is_valid():
        values = {name: value for name, value in form.cleaned_data.items() if name not in ("name", "meant")}
        try:
            body = add_organisation(name=form.cleaned_data["name"], values=values, by=request.user)
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, f"{body.name} is in the register.")
            return redirect("agreements:organisation", pk=body.pk)
    return render(request, "agreements/organisation_form.html", {"form": form}, status=200)
