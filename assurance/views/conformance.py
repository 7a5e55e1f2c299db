"""What the standards ask of an agreement: the newest assessment, earlier ones, and what changed between them."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from agreements.fetch import agreement_or_404
from assurance.models import ConformanceRun
from assurance.pages.conformance import conformance_page
from people.access import permission
from people.request import SignedInRequest
from people.roles import Permission

WHOLE, SHORT = "assurance/conformance.html", "assurance/_conformance_short.html"


@require_safe
@permission(Permission.READ_AGREEMENTS)
def conformance(request: SignedInRequest, reference: str) -> HttpResponse:
    """The newest assessment; in short where the agreement's own page asks for its region."""
    agreement = agreement_or_404(request.user, reference)
    today = timezone.localdate()
    page = conformance_page(agreement, request.user, today, show=request.GET.get("show", ""))
    name = SHORT if "HX-Request" in request.headers else WHOLE
    context = {"agreement": agreement, "page": page, "standing": agreement.standing(today)}
    response = render(request, name, context)
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_safe
@permission(Permission.READ_AGREEMENTS)
def conformance_run(request: SignedInRequest, reference: str, pk: int) -> HttpResponse:
    """One assessment as it was found, to be read."""
    agreement = agreement_or_404(request.user, reference)
    rows = ConformanceRun.objects.visible_to(request.user).filter(agreement=agreement)
    today = timezone.localdate()
    run = get_object_or_404(rows, pk=pk)
    page = conformance_page(agreement, request.user, today, run, show=request.GET.get("show", ""))
    return render(request, WHOLE, {"agreement": agreement, "page": page, "standing": agreement.standing(today)})
