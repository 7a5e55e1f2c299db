"""Say what a declaration is opened for, once, before reading it."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from conflicts.fetch import declaration_or_404
from conflicts.forms.opening import PurposeForm
from conflicts.models import Declaration
from conflicts.reads import opened, purpose_of, usual_purposes
from people.access import open_to_all_signed_in
from people.request import SignedInRequest, posted


@require_http_methods(["GET", "POST"])
@open_to_all_signed_in
def purpose(request: SignedInRequest, code: str) -> HttpResponse:
    """Ask what for; the answer is shown to the declarant with the name. Shows nothing of what was declared."""
    declaration = declaration_or_404(request.user, code)
    form = PurposeForm(usual_purposes(declaration, request.user), posted(request))
    if form.is_valid():
        opened(declaration, request.user, form.said(), timezone.now())
        return redirect(_onward(request, declaration))
    said = purpose_of(declaration, request.user)
    return render(request, "conflicts/purpose.html", {"declaration": declaration, "form": form, "said": said})


def _onward(request: SignedInRequest, declaration: Declaration) -> str:
    wanted = request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    return wanted if safe and wanted.startswith("/conflicts/") else declaration.get_absolute_url()
