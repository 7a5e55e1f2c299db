"""Organisations: the list, one with everything it takes part in, and its history."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from agreements.forms.organisation import OrganisationFilters
from agreements.history import page_asked
from agreements.lookalikes import lookalikes
from agreements.models import Organisation
from agreements.organisation_history import organisation_changes
from agreements.pages.organisation import organisation_page
from agreements.pages.organisation_list import organisation_list
from people.access import permission
from people.permissions import may
from people.request import SignedInRequest
from people.roles import Permission


@require_safe
@permission(Permission.READ_AGREEMENTS)
def organisations(request: SignedInRequest) -> HttpResponse:
    """The organisations of the register; the address is the search."""
    form = OrganisationFilters(request.GET)
    wanted = form.wanted()
    page = organisation_list(request.user, wanted, request.GET.get("page"))
    nothing = not page.object_list
    context = {
        "form": form,
        "in_use": form.in_use,
        "q": wanted["q"],
        "page": page,
        "alike": lookalikes(wanted["q"], limit=3) if nothing and wanted["q"] else [],
        "may_add": may(request.user, Permission.CREATE_AGREEMENTS),
    }
    return render(request, "agreements/organisations.html", context)


@require_safe
@permission(Permission.READ_AGREEMENTS)
def organisation(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """One organisation; one that was merged leads to the one it was merged into."""
    body = get_object_or_404(Organisation.objects.visible_to(request.user).select_related("agency"), pk=pk)
    if body.merged_into_id:
        return redirect("agreements:organisation", pk=body.merged_into_id)
    page = organisation_page(body, request.user, timezone.localdate(), request.GET.get("page"))
    context = {"page": page, "body": body, "reads_history": may(request.user, Permission.READ_HISTORY)}
    return render(request, "agreements/organisation.html", context)


@require_safe
@permission(Permission.READ_HISTORY)
def organisation_history(request: SignedInRequest, pk: int) -> HttpResponse:
    """What happened to an organisation, also to one that was merged; people of other agencies are not named."""
    found = Organisation.objects.visible_to(request.user).select_related("agency", "merged_into")
    body = get_object_or_404(found, pk=pk)
    timeline = organisation_changes(body, request.user, page_asked(request.GET.get("page", "1")))
    return render(request, "agreements/organisation_history.html", {"body": body, "timeline": timeline})
