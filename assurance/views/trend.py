"""What was left at the end of each quarter."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from assurance.pages.matrix import standards
from assurance.pages.trend import HEIGHT, WIDTH, bars, of_today
from assurance.pages.trend import trend as by_quarter
from people.access import permission
from people.request import SignedInRequest
from people.roles import Permission


@require_safe
@permission(Permission.READ_AGREEMENTS)
def trend(request: SignedInRequest) -> HttpResponse:
    """One standard by quarter, as a chart and as a table; a standard that is none is the first of them."""
    today = timezone.localdate()
    offered = standards(today)
    chosen = next((one for one in offered if one.id == request.GET.get("standard")), offered[0])
    quarters = by_quarter(request.user, chosen.id, today)
    context = {
        "standards": offered,
        "standard": chosen,
        "quarters": quarters,
        "lists": of_today(chosen),
        "bars": bars(quarters),
        "width": WIDTH,
        "height": HEIGHT,
        "any": any(one.total for one in quarters),
    }
    return render(request, "assurance/trend.html", context)
