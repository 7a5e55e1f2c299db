"""Issue the plan as a PDF, list what was issued, download a kept copy."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from agreements.long_work import is_long
from assurance.long_work import PRINTED, ask_plan
from assurance.pdf.plan import issue_plan, issued_plans, to_lay_out
from people.access import permission
from people.request import SignedInRequest
from people.roles import Permission
from records.models import IssuedFile


@require_POST
@permission(Permission.EXPORT_AGREEMENTS)
def plan_pdf(request: SignedInRequest) -> HttpResponse:
    """Issue the plan as it stands now and download it; unchanged since the last issue, the same bytes again.

    A long one is the worker's.
    """
    now = timezone.now()
    if is_long(to_lay_out(request.user), PRINTED, now):
        return redirect(ask_plan(by=request.user, now=now))
    return _download(issue_plan(by=request.user, now=now))


@require_safe
@permission(Permission.EXPORT_AGREEMENTS)
def plan_issued(request: SignedInRequest) -> HttpResponse:
    """Every issue of the agency's plan, newest first."""
    return render(request, "assurance/plan_issued.html", {"copies": issued_plans(request.user.agency)})


@require_safe
@permission(Permission.EXPORT_AGREEMENTS)
def plan_copy(request: SignedInRequest, pk: int) -> HttpResponse:
    """The bytes of a kept copy."""
    return _download(get_object_or_404(issued_plans(request.user.agency), pk=pk))


def _download(copy: IssuedFile) -> HttpResponse:
    answer = HttpResponse(copy.file.read(), content_type=copy.file.sniffed_type)
    answer["Content-Disposition"] = f'attachment; filename="plan-{timezone.localdate(copy.at).isoformat()}.pdf"'
    return answer
