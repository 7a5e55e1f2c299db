"""Search what was named in declarations. It shows content, so it is asked what for, and noted for each declarant."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from conflicts.forms.named import NamedForm
from conflicts.pages.named import who_named
from people.access import permission
from people.request import SignedInRequest, posted
from people.roles import Permission


@require_http_methods(["GET", "POST"])
@permission(Permission.SEE_DECLARATIONS)
def named(request: SignedInRequest) -> HttpResponse:
    """Asked by POST, so that no address, log or history of a browser keeps what was looked for."""
    form, found = NamedForm(posted(request)), None
    if form.is_valid():
        asked = form.cleaned_data
        found = who_named(asked["named"], request.user, asked["purpose"], timezone.now())
    return render(request, "conflicts/named.html", {"form": form, "found": found})
