"""Check a copy: whether this register issued a file, and whether it was altered since."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from assurance.forms.verify_copy import CopyForm
from assurance.pages.verify_copy import judge
from people.access import public
from people.limit import Limit
from people.sign_in.locked import address_of

TRIES = Limit("copy", most=30, within=60.0)  # each may be 25 MB, and takes a second of a processor
LATER = "Many files were checked from your network just now. Wait a minute, and choose it again"


@require_http_methods(["GET", "POST"])
@public
def verify_copy(request: HttpRequest) -> HttpResponse:
    """Open to everybody: whom a statement was sent to has no sign-in here. The file is hashed and not kept."""
    form = CopyForm(request.POST, request.FILES) if request.method == "POST" else CopyForm()
    if form.is_bound and TRIES.too_many(address_of(request)):
        form.add_error("file", LATER)
        return render(request, "assurance/verify_copy.html", {"form": form, "verdict": None}, status=429)
    verdict = judge(form.content(), request.user) if form.is_bound and form.is_valid() else None
    return render(request, "assurance/verify_copy.html", {"form": form, "verdict": verdict})
