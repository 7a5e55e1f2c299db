"""Add organisations, correct them, give them names and owners."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from agreements.actions import organisation as actions
from agreements.digest import digest
from agreements.errors import Stale
from agreements.forms.organisation import (
    AddOrganisationForm,
    LinkEndForm,
    NameGoneForm,
    OrganisationForm,
    OrganisationLinkForm,
    OrganisationNameForm,
)
from agreements.forms.refusal import show_refusal
from agreements.models import Organisation
from agreements.policies.organisation import check_may_change
from people.access import permission
from people.request import SignedInRequest
from people.roles import Permission
from records.errors import Refused
from records.once import once


@require_http_methods(["GET", "POST"])
@permission(Permission.CREATE_AGREEMENTS)
@once
def organisation_add(request: SignedInRequest) -> HttpResponseBase:
    """Add an organisation, unless it turns out to be one that is there."""
    form = AddOrganisationForm(request.POST or None, initial={"name": request.GET.get("name", "")[:200]})
    if request.method == "POST" and form.existing:
        messages.info(request, f"Nothing was added: {form.existing.name} is already in the register.")
        return redirect("agreements:organisation", pk=form.existing.pk)
    if request.method == "POST" and form.is_valid():
        values = {name: value for name, value in form.cleaned_data.items() if name not in ("name", "meant")}
        try:
            body = actions.add_organisation(name=form.cleaned_data["name"], values=values, by=request.user)
        except (ValidationError, Refused) as problem:
            show_refusal(form, problem)
        else:
            messages.success(request, f"{body.name} is in the register.")
            return redirect("agreements:organisation", pk=body.pk)
    return render(request, "agreements/organisation_form.html", {"form": form})


@require_http_methods(["GET", "POST"])
@permission(Permission.KEEP_ORGANISATIONS)
def organisation_edit(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """Correct an organisation; a change made meanwhile is told, and nothing typed is lost."""
    body = _mine(request, pk)
    seen = digest(actions.organisation_values(body))
    form = OrganisationForm(request.POST or None, instance=body)
    stale = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_organisation(
                organisation=body,
                values=form.cleaned_data,
                seen=request.POST.get("seen", ""),
                reason=request.POST.get("reason", "")[:300],
                by=request.user,
            )
        except Stale as problem:
            stale, seen = problem, problem.seen
        except (ValidationError, Refused) as problem:
            show_refusal(form, problem)
        else:
            messages.success(request, "Saved.")
            return redirect("agreements:organisation", pk=pk)
    context = {"form": form, "body": _mine(request, pk), "seen": seen, "stale": stale}
    return render(request, "agreements/organisation_edit.html", context)


@require_http_methods(["GET", "POST"])
@permission(Permission.KEEP_ORGANISATIONS)
@once
def organisation_name_add(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """Give an organisation another name."""
    body = _mine(request, pk)
    form = OrganisationNameForm(request.POST or None)
    context = {"body": body, "heading": "Add another name", "lead": "Search and import find it by this name too."}
    return _one_step(request, body, form, context, lambda values: actions.add_name(organisation=body, **values))


@require_http_methods(["GET", "POST"])
@permission(Permission.KEEP_ORGANISATIONS)
@once
def organisation_link_add(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """Say who owns an organisation."""
    body = _mine(request, pk)
    form = OrganisationLinkForm(request.POST or None)
    context = {"body": body, "heading": "Add an owner or parent body", "lead": "It is shown in both directions."}
    return _one_step(request, body, form, context, lambda values: actions.link_organisations(owned=body, **values))


@require_http_methods(["GET", "POST"])
@permission(Permission.KEEP_ORGANISATIONS)
def organisation_name_remove(request: SignedInRequest, pk: int, name: int) -> HttpResponseBase:
    """Take away a name that was never the organisation's."""
    body = _mine(request, pk)
    wrong = get_object_or_404(body.names, pk=name)
    context = {"body": body, "heading": f"Remove the name {wrong.name}", "lead": "Its history stays."}
    form = NameGoneForm(request.POST or None)
    return _one_step(request, body, form, context, lambda said: actions.remove_name(organisation=body, pk=name, **said))


@require_http_methods(["GET", "POST"])
@permission(Permission.KEEP_ORGANISATIONS)
def organisation_link_end(request: SignedInRequest, pk: int, link: int) -> HttpResponseBase:
    """Say that an owner owns the organisation no longer."""
    body = _mine(request, pk)
    found = get_object_or_404(body.owned_by.select_related("owner", "owned"), pk=link, ends_on=None)
    context = {"body": body, "heading": f"{found.owner} no longer", "lead": "The link is kept, with its last day."}
    form = LinkEndForm(request.POST or None)
    return _one_step(request, body, form, context, lambda said: actions.end_link(link=found, **said))


def _mine(request: SignedInRequest, pk: int) -> Organisation:
    """The organisation, if the person may change it; 404 for none, 403 with a sentence otherwise."""
    body = get_object_or_404(Organisation.objects.visible_to(request.user).select_related("merged_into"), pk=pk)
    check_may_change(body, request.user)
    return body


def _one_step(request: SignedInRequest, body: Organisation, form: Any, context: Any, act: Any) -> HttpResponse:
    """Ask, act, go back to the organisation."""
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data | {"by": request.user})
        except (ValidationError, Refused) as problem:
            show_refusal(form, problem)
        else:
            messages.success(request, "Saved.")
            return redirect("agreements:organisation", pk=body.pk)
    return render(request, "agreements/organisation_step.html", context | {"form": form})
