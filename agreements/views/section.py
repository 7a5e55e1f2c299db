"""One section of an agreement: its questions, its rows, and what to do when two people save it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from agreements.actions.section import check_may_edit_section, section_values, update_section
from agreements.addresses import address
from agreements.digest import digest
from agreements.errors import Stale
from agreements.fetch import agreement_or_404
from agreements.forms.refusal import show_refusal
from agreements.forms.section import SectionForm, initial, shown
from agreements.models import Agreement
from agreements.pages.section import next_section, section_page
from agreements.policies.agreement import why_not
from agreements.questions import QUESTIONS
from agreements.sections import Section, by_name
from people.access import permission
from people.request import SignedInRequest
from people.roles import Permission
from records.errors import Refused


@require_http_methods(["GET", "POST"])
@permission(Permission.READ_AGREEMENTS)
def section(request: SignedInRequest, reference: str, name: str, number: int | None = None) -> HttpResponse:
    """Read or answer one section, of the variation of this number where one is given."""
    agreement = agreement_or_404(request.user, reference, whole=True, number=number)
    chosen = by_name(agreement, name)
    if chosen is None:
        raise Http404("There is no such section")
    refusal = why_not(check_may_edit_section, agreement, chosen, request.user)
    if request.method == "POST":
        return _save(request, agreement, chosen)
    values = section_values(agreement, chosen)
    # What somebody typed before their session ended stands in request.POST of this GET (config/unsent.py).
    form = SectionForm(chosen, request.user, request.POST or None, initial=initial(values))
    seen = request.POST.get("seen") or digest(values)
    return _show(request, agreement, chosen, form, {"seen": seen, "refusal": refusal})


def _show(
    request: SignedInRequest, agreement: Agreement, chosen: Section, form: SectionForm, more: dict[str, Any]
) -> HttpResponse:
    page = section_page(agreement, chosen, request.user, timezone.localdate())
    context = {"page": page, "form": form, "refusal": "", "stale": None, "differences": []} | more
    context["open"] = request.GET.get("add", "")
    return render(request, "agreements/section.html", context)


def _save(request: SignedInRequest, agreement: Agreement, chosen: Section) -> HttpResponse:
    form = SectionForm(chosen, request.user, request.POST)
    seen = request.POST.get("seen", "")
    more: dict[str, Any] = {"seen": seen}
    if form.is_valid():
        values = form.values() | _theirs(request, agreement, chosen)
        try:
            saved = update_section(agreement=agreement, section=chosen, values=values, seen=seen, by=request.user)
        except Stale as stale:
            more = {"seen": stale.seen, "stale": stale, "differences": _differences(stale, agreement)}
        except (ValidationError, Refused) as problem:
            show_refusal(form, problem)
        else:
            return _go_on(request, saved, chosen)
    return _show(request, agreement, chosen, form, more)


def _theirs(request: SignedInRequest, agreement: Agreement, chosen: Section) -> dict[str, Any]:
    """The answers of somebody else that the person chose to keep after both had saved."""
    now = section_values(agreement, chosen)
    return {name: value for name, value in now.items() if request.POST.get(f"keep-{name}") == "theirs"}


def _differences(stale: Stale, agreement: Agreement) -> list[dict[str, str]]:
    return [
        {
            "field": each.field,
            "label": QUESTIONS[each.field].asked_by(agreement.agency),
            "theirs": shown(each.field, each.theirs),
            "yours": shown(each.field, each.yours),
        }
        for each in stale.differences
    ]


def _go_on(request: SignedInRequest, agreement: Agreement, chosen: Section) -> HttpResponse:
    following = None if "later" in request.POST else next_section(agreement, chosen)
    then = f" Next: {following.title.lower()}." if following else ""
    messages.success(request, f"Saved: {chosen.title.lower()}.{then}")
    if following:
        return redirect(address(agreement, "section", following.name))
    return redirect(agreement)
