"""A group of exceptions: the deputy answers its rows, the head of the agency accepts or returns it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from assurance.actions.answering import answer_group, answer_rows
from assurance.forms.statement import GroupForm, RowsForm
from assurance.models import Statement
from assurance.policies.statement import check_is_signatory, check_may_answer_rows, newest_briefing
from assurance.statement.groups import GroupState, group_states
from assurance.views.statement import statement_or_404
from people.access import permission
from people.request import SignedInRequest, posted
from people.roles import Permission
from records.once import once
from records.refusals import attempt, why_not

LINES = 50  # exceptions on a page


@require_http_methods(["GET", "POST"])
@permission(Permission.READ_STATEMENTS)
@once
def statement_group(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """Its exceptions with their answers; whoever answers them does it here."""
    found, now = statement_or_404(request, code), timezone.now()
    state, today = _state(found, pk), timezone.localdate(now)
    no_rows = why_not(check_may_answer_rows, found, request.user)
    no_group = why_not(check_is_signatory, found, request.user, today)
    act = request.POST.get("act", "")
    page = Paginator(state.rows, LINES).get_page(request.GET.get("page", "1")[:9])
    rows = RowsForm(state, [*page], posted(request) if act == "rows" else None, prefix="deputy")
    group = GroupForm(posted(request) if act == "group" else None, prefix="head")
    if act == "rows" and rows.is_valid():
        given = {"rows": rows.chosen(), "what": rows.cleaned_data["what"], "by_when": rows.cleaned_data["by_when"]}
        if many := attempt(rows, answer_rows, group=state.group, by=request.user, now=now, **given):
            messages.success(request, f"{many} answer{'s' if many > 1 else ''} kept.")
            return redirect(found)
    if act == "group" and group.is_valid():
        given = group.cleaned_data | {"seen": request.POST.get("seen", "")}
        if made := attempt(group, answer_group, group=state.group, by=request.user, now=now, **given):
            messages.success(request, f"{made.get_decision_display()}: {state.group}.")
            return redirect(found)
    context = {"statement": found, "state": state, "page": page, "rows": rows, "form": group}
    return render(request, "assurance/statement_group.html", context | {"no_rows": no_rows, "no_group": no_group})


def _state(found: Statement, pk: int) -> GroupState:
    signing = getattr(found, "signing", None)
    briefing = signing.briefing if signing else newest_briefing(found)
    states = group_states(briefing, only=pk)
    if not states:
        raise Http404("There is no such group, or the figures were taken anew")
    states[0].group.briefing.statement = found
    return states[0]
