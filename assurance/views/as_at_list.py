"""The register as at a day, as a list: what it held then, and how it stood."""

from datetime import date

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from agreements.views.sheet import as_file
from assurance.forms.as_at_list import DayForm
from assurance.pages.as_at_list import HEADINGS, register_then, sheet_rows
from people.access import permission
from people.request import SignedInRequest
from people.roles import Permission

LINES = 50  # on a page


@require_safe
@permission(Permission.READ_AGREEMENTS)
def as_at_list(request: SignedInRequest) -> HttpResponse:
    """What the register held at the end of a day; today where the address names none."""
    form = _form(request)
    day = _day(form)
    rows = register_then(request.user, day) if day else []
    page = Paginator(rows, LINES).get_page(request.GET.get("page", "1")[:9])
    return render(request, "assurance/as_at_list.html", {"form": form, "day": day, "page": page, "many": len(rows)})


@require_safe
@permission(Permission.EXPORT_AGREEMENTS)
def as_at_sheet(request: SignedInRequest, form: str) -> HttpResponseBase:
    """The same as csv or xlsx; an address that names no day is refused."""
    day = _day(_form(request))
    if day is None:
        return HttpResponse("Give a day that is not in the future.", content_type="text/plain", status=400)
    return as_file(f"register as at {day.isoformat()}", form, HEADINGS, sheet_rows(request.user, day))


def _form(request: HttpRequest) -> DayForm:
    today = timezone.localdate()
    return DayForm(today, request.GET if "on" in request.GET else {"on": f"{today.day} {today:%B %Y}"})


def _day(form: DayForm) -> date | None:
    day: date | None = form.cleaned_data["on"] if form.is_valid() else None
    return day
