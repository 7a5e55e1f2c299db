"""Two questions of the register: what flows between two organisations, and where a kind of information goes."""

from collections.abc import Iterable
from urllib.parse import urlencode

from django.http import HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from agreements.flow_sheets import HEADINGS, between_rows, information_rows
from agreements.forms.flows import BetweenForm, InformationForm
from agreements.models import Organisation
from agreements.pages.flows_between import flows_between
from agreements.pages.flows_information import where_it_goes
from agreements.sheets import Cell, csv_lines
from people.access import permission
from people.permissions import may
from people.request import SignedInRequest
from people.roles import Permission


@require_safe
@permission(Permission.READ_AGREEMENTS)
def between(request: SignedInRequest) -> HttpResponseBase:
    """What flows between two organisations. Once both are known the address holds their keys alone."""
    form, on = _between_form(request), timezone.localdate()
    pair = form.pair
    keys = {"a": str(pair[0].pk), "b": str(pair[1].pk)} if pair else {}
    if pair and request.GET.dict() != keys:
        return redirect(f"{reverse('agreements:flows_between')}?{urlencode(keys)}")
    answer = flows_between(*pair, request.user, on) if pair else None
    context = {"form": form, "answer": answer, "may_export": may(request.user, Permission.EXPORT_AGREEMENTS)}
    return render(request, "agreements/flows_between.html", context)


@require_safe
@permission(Permission.EXPORT_AGREEMENTS)
def between_csv(request: SignedInRequest) -> HttpResponseBase:
    """The same answer as a sheet."""
    pair, on = _between_form(request).pair, timezone.localdate()
    if pair is None:
        return redirect("agreements:flows_between")
    answer = flows_between(*pair, request.user, on)
    return _csv("flows-between", between_rows(answer, on))


@require_safe
@permission(Permission.READ_AGREEMENTS)
def information(request: SignedInRequest) -> HttpResponseBase:
    """Where a kind of information goes; the address is the question."""
    form = InformationForm(request.GET)
    wanted = form.wanted()
    asked = any(wanted.values())
    answer = where_it_goes(request.user, wanted, timezone.localdate(), request.GET.get("page")) if asked else None
    context = {"form": form, "wanted": wanted, "answer": answer, "query": _query(request)}
    context["may_export"] = may(request.user, Permission.EXPORT_AGREEMENTS)
    return render(request, "agreements/flows_information.html", context)


@require_safe
@permission(Permission.EXPORT_AGREEMENTS)
def information_csv(request: SignedInRequest) -> HttpResponseBase:
    """All of it as a sheet."""
    wanted = InformationForm(request.GET).wanted()
    return _csv("where-information-goes", information_rows(request.user, wanted, timezone.localdate()))


def _between_form(request: SignedInRequest) -> BetweenForm:
    own = Organisation.objects.visible_to(request.user).filter(agency=request.user.agency).first()
    return BetweenForm(request.GET, own)


def _query(request: SignedInRequest) -> str:
    """The question as it stands in the address, without the page."""
    asked = request.GET.copy()
    asked.pop("page", None)
    return asked.urlencode()


def _csv(name: str, rows: Iterable[list[Cell]]) -> StreamingHttpResponse:
    response = StreamingHttpResponse(csv_lines(HEADINGS, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}-{timezone.localdate():%Y-%m-%d}.csv"'
    return response
