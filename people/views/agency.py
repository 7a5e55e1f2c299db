"""The agency's own settings."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from people.access import permission
from people.actions.agency import change_agency
from people.forms.agency import AgencyForm, RoleLabelsForm
from people.models import Agency
from people.request import SignedInRequest
from people.roles import Permission
from records.refusals import attempt


@require_http_methods(["GET", "POST"])
@permission(Permission.MANAGE_PEOPLE)
def agency(request: SignedInRequest) -> HttpResponse:
    """Name, title of the head, marking, and what roles are called."""
    own = request.user.agency
    form = AgencyForm(request.POST or None, instance=Agency.objects.visible_to(request.user).get())
    labels = RoleLabelsForm(request.POST or None, prefix="role", labels=own.own_words)
    if request.method == "POST" and form.is_valid() and labels.is_valid():
        given = {"values": form.cleaned_data, "labels": labels.cleaned_data, "by": request.user}
        if attempt(form, change_agency, agency=own, **given):
            messages.success(request, "The settings are saved.")
            return redirect("people:agency")
    return render(request, "people/agency.html", {"form": form, "labels": labels})
