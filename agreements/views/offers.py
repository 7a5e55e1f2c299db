"""What pickers offer while somebody types: fragments of a form, a GET each."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from agreements.forms.legal_provision import LegalProvisionChoiceField
from agreements.forms.organisation import OrganisationChoiceField
from agreements.forms.search_choice import SearchChoiceField
from agreements.models import LegalProvision
from people.access import permission
from people.permissions import may
from people.request import SignedInRequest
from people.roles import Permission


@require_safe
@permission(Permission.READ_AGREEMENTS)
def organisation_offers(request: SignedInRequest) -> HttpResponse:
    """Organisations like what was typed in the field that ``?field=`` names."""
    return _offers(request, OrganisationChoiceField(), Permission.CREATE_AGREEMENTS)


@require_safe
@permission(Permission.READ_AGREEMENTS)
def legal_provision_offers(request: SignedInRequest) -> HttpResponse:
    """Provisions of the user's library that fit what was typed."""
    library = LegalProvision.objects.visible_to(request.user).filter(retired_why="")
    return _offers(request, LegalProvisionChoiceField(queryset=library), Permission.KEEP_ORGANISATIONS)


def _offers(request: SignedInRequest, field: SearchChoiceField, to_add: Permission) -> HttpResponse:
    name = request.GET.get("field", "")
    text = request.GET.get(name, "")[: field.longest].strip()
    may_add = text and field.may_be_added(text) and may(request.user, to_add)
    context = {
        "field": name,
        "text": text,
        "pick": "",
        "legend": field.legend,
        "offers": field.offers(text) if text else [],
        "add_url": reverse(field.add_url_name) if may_add else "",
    }
    return render(request, "agreements/_offers.html", context)
