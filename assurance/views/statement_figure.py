"""The list behind a figure of a statement, as it was kept."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from agreements.views.sheet import as_file
from assurance.figures.base import PARTS
from assurance.models import Statement, StatementFigure
from assurance.pages.statement import before, kept_figure
from assurance.views.statement import statement_or_404
from people.access import permission
from people.request import SignedInRequest
from people.roles import Permission

HEADINGS = ("Reference", "Title", "Note")
LINES = 50  # on a page


@require_safe
@permission(Permission.READ_STATEMENTS)
def statement_figure(request: SignedInRequest, code: str, key: str) -> HttpResponse:
    """One figure: what it counts, what it said last year, and every line behind it."""
    found = statement_or_404(request, code)
    figure, previous = _figure(found, key), before(found)
    last = kept_figure(previous, key) if previous else None
    context = {
        "statement": found, "figure": figure, "part": PARTS.get(figure.part, ""), "last": last, "previous": previous,
        "page": Paginator(figure.rows, LINES).get_page(request.GET.get("page", "1")[:9]),
    }  # fmt: skip
    return render(request, "assurance/statement_figure.html", context)


@require_safe
@permission(Permission.READ_STATEMENTS)
def statement_figure_sheet(request: SignedInRequest, code: str, key: str, form: str) -> HttpResponseBase:
    """The list as csv or xlsx."""
    figure = _figure(statement_or_404(request, code), key)
    rows = ([reference, title, note] for reference, title, _, note in figure.rows)
    return as_file(figure.key.replace(".", " ")[:31], form, HEADINGS, rows)


def _figure(found: Statement, key: str) -> StatementFigure:
    figure = kept_figure(found, key)
    if figure is None:
        raise Http404("There is no such figure in this statement")
    return figure
