"""What providers were asked: the list, one request, asking, and what is done about one that waits."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from agreements.fetch import agreement_or_404
from agreements.models import Organisation
from agreements.views.listing import show_list
from agreements.views.sheet import as_file, refused_sheet
from assurance.actions.provider_request import ask_provider, take_up_subcontractor
from assurance.acts.base import act_context, offered
from assurance.acts.provider import ACTS, BY_NAME
from assurance.forms.provider_request import AskProviderForm, TakeUpForm, WhichProviderForm
from assurance.found import find
from assurance.lists.provider import HEADINGS, named_by, read, rows_for, sheet_rows
from assurance.models import NamedSubcontractor, ProviderRequest
from assurance.pages.provider_request import STEPS, first_values, providers_page, request_page
from assurance.policies.provider import check_may_ask, check_may_take_up, providers_of, to_ask_about
from people.access import permission
from people.models import User
from people.request import SignedInRequest, posted
from people.roles import Permission
from records.once import once
from records.refusals import attempt, why_not

CRUMBS = "assurance/_provider_crumbs.html"


@require_safe
@permission(Permission.READ_AGREEMENTS)
def provider_requests(request: SignedInRequest) -> HttpResponse:
    """The list as its address asks for it."""
    today = timezone.localdate()
    address = read(request.user, today, request.GET)
    found = find(address, rows_for(request.user), named_by(address.q))
    page = address.page(found.rows.prefetch_related("asked"), found.count)
    context = {
        "rows": [(row, row.state(today)) for row in page],
        "refusal": why_not(check_may_ask, request.user),
    }  # fmt: skip
    return show_list(request, "assurance/provider_requests.html", address, page, context, counts=found.counts)


@require_safe
@permission(Permission.EXPORT_AGREEMENTS)
def provider_request_sheet(request: SignedInRequest, form: str) -> HttpResponseBase:
    """The requests that the address asks for, as csv or xlsx: who answered, not what they said."""
    address = read(request.user, timezone.localdate(), request.GET)
    if address.problems:
        return refused_sheet(address)
    found = find(address, rows_for(request.user), named_by(address.q))
    return as_file("Providers", form, HEADINGS, sheet_rows(found.rows))


@require_safe
@permission(Permission.READ_AGREEMENTS)
def provider_request(request: SignedInRequest, reference: str) -> HttpResponse:
    """One request: where it stands, its mail, and what the provider said and gave."""
    found = _request(request.user, reference)
    context = request_page(found, request.user, timezone.localdate())
    acts = offered(ACTS, found, request.user)
    return render(request, "assurance/provider_request.html", context | {"acts": acts})


@require_http_methods(["GET", "POST"])
@permission(Permission.ASK_PROVIDERS)
@once
def provider_ask(request: SignedInRequest) -> HttpResponse:
    """Ask: first which organisation (``?organisation=`` by its name), then about what and by when."""
    now, user = timezone.now(), request.user
    which = WhichProviderForm(providers_of(user, timezone.localdate(now)), request.GET or None)
    if not which.is_valid():
        return render(request, "assurance/provider_which.html", {"form": which})
    body: Organisation = which.cleaned_data["organisation"]
    offered_here = to_ask_about(body, user, timezone.localdate(now))
    form = AskProviderForm(offered_here, posted(request), initial=first_values(body, user, request.GET))
    if form.is_valid():
        given = {"organisation": body, "agreements": list(form.cleaned_data["agreements"]), "values": form.values()}
        made = attempt(form, ask_provider, **given, by=user, now=now)
        if made:
            messages.success(request, f"Asked. The link goes to {made.email}.")
            return redirect(made)
    return render(request, "assurance/provider_ask.html", {"form": form, "organisation": body})


@require_http_methods(["GET", "POST"])
@permission(Permission.ASK_PROVIDERS)
@once
def provider_act(request: SignedInRequest, reference: str, name: str) -> HttpResponse:
    """Send again, replace, give more time, withdraw (assurance/acts/provider.py)."""
    found, now, act = _request(request.user, reference), timezone.now(), BY_NAME.get(name)
    if act is None:
        raise Http404
    form = act.form(request.user, found, now, posted(request))
    given = {"request": found, "by": request.user, "now": now}
    if form.is_valid() and attempt(form, act.perform, **form.cleaned_data, **given):
        messages.success(request, act.done)
        return redirect(found)
    context = act_context(act, form, found, request.user, CRUMBS)
    return render(request, "assurance/act.html", context | {"back": found.get_absolute_url()})


@require_http_methods(["GET", "POST"])
@permission(Permission.ASK_PROVIDERS)
def subcontractor_take_up(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say what was done about a subcontractor that a provider named."""
    rows = NamedSubcontractor.objects.visible_to(request.user)
    named = get_object_or_404(rows.select_related("asked__asking__organisation", "asked__agreement"), pk=pk)
    form = TakeUpForm(posted(request))
    if form.is_valid():
        given: dict[str, Any] = {"named": named, "what": form.cleaned_data["what"], "by": request.user}
        if attempt(form, take_up_subcontractor, **given, now=timezone.now()):
            messages.success(request, f"Taken up: {named}.")
            return redirect("providers_of", named.asked.agreement.reference)
    refusal = why_not(check_may_take_up, named, request.user)
    context = {"form": form, "named": named, "refusal": refusal, "record": named.asked.asking}
    return render(request, "assurance/subcontractor_take_up.html", context)


@require_safe
@permission(Permission.READ_AGREEMENTS)
def providers_of_agreement(request: SignedInRequest, reference: str) -> HttpResponse:
    """What providers were asked about an agreement, and whom they named. Also a region of its page."""
    agreement = agreement_or_404(request.user, reference)
    context = providers_page(agreement, request.user, timezone.localdate())
    return render(request, "assurance/providers_of.html", context)


def _request(user: User, reference: str) -> ProviderRequest:
    people = ("asked_by__person", "withdrawn_by__person", "owner")
    rows = ProviderRequest.objects.visible_to(user).select_related("organisation", "agency", *people)
    found: ProviderRequest = get_object_or_404(rows.prefetch_related(STEPS), reference=reference)
    return found
