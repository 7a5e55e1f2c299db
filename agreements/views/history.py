"""What happened to an agreement, and how it stood at the end of any day."""

from datetime import date

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from agreements.fetch import agreement_or_404
from agreements.history import AGREEMENT, in_words_of, page_asked
from agreements.models import Agreement
from agreements.pages.agreement import as_at_page
from people.access import permission
from people.request import SignedInRequest
from people.roles import Permission
from records.as_at import as_at
from records.forms import NZDateField
from records.timeline import changes


@require_safe
@permission(Permission.READ_HISTORY)
def history(request: SignedInRequest, reference: str) -> HttpResponse:
    """Every change, newest first, one card a request."""
    agreement = agreement_or_404(request.user, reference)
    page = page_asked(request.GET.get("page", "1"))
    timeline = in_words_of(agreement.agency, changes(AGREEMENT, agreement.pk, page=page))
    context = {"agreement": agreement, "standing": agreement.standing(timezone.localdate()), "timeline": timeline}
    return render(request, "agreements/history.html", context)


@require_safe
@permission(Permission.READ_HISTORY)
def as_at_day(request: SignedInRequest, reference: str) -> HttpResponse:
    """The agreement as it stood at the end of a day; the day is in the address."""
    agreement = agreement_or_404(request.user, reference)
    typed = request.GET.get("on", "")
    day, problem = _day(typed)
    picture = as_at(AGREEMENT, agreement.pk, day) if day else None
    context = {
        "agreement": agreement,
        "typed": typed,
        "day": day,
        "problem": problem,
        "first": _first_recorded(agreement),
        "page": as_at_page(picture, request.user, picture.day) if picture else None,
        "entered_afterwards": picture.entered_afterwards if picture else False,
    }
    return render(request, "agreements/as_at.html", context)


def _day(typed: str) -> tuple[date | None, str]:
    try:
        day = NZDateField(required=False).clean(typed)
    except ValidationError as wrong:
        return None, wrong.messages[0]
    if day is None:
        return None, "Enter a day, such as 30 June 2026"
    if day > timezone.localdate():
        return None, "This day lies in the future: nobody knows yet how the agreement will stand"
    return day, ""


def _first_recorded(agreement: Agreement) -> date:
    return timezone.localdate(agreement.history.earliest("history_date").history_date)
