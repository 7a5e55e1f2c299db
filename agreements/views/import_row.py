"""Put one row of a sheet right in the page."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from agreements.actions.import_batch import put_right
from agreements.forms.import_batch import RowForm
from agreements.models import BatchState, ImportBatch, ImportRow
from agreements.views.import_batch import own_batch
from people.access import permission
from people.request import SignedInRequest
from people.roles import Permission
from records.errors import Refused


@permission(Permission.IMPORT_AGREEMENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def import_row(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """One row: its cells, what there is to say about them, and whether it is imported."""
    batch = own_batch(request, pk)
    row = batch.rows.filter(number=number).first()
    if row is None or batch.state == BatchState.UPLOADED:
        raise Http404
    form = RowForm(request.POST if request.method == "POST" else None, batch=batch, row=row)
    if form.is_bound and form.is_valid():
        answers = {
            "cells": form.cells(),
            "skipped": form.cleaned_data["skipped"],
            "anyway": form.cleaned_data.get("anyway", False),
        }
        try:
            put_right(batch=batch, number=number, **answers, by=request.user, on=timezone.localdate())
            return _next(batch, row)
        except Refused as refused:
            form.add_error(None, refused.sentence)
    return render(request, "agreements/import_row.html", {"batch": batch, "row": row, "form": form})


def _next(batch: ImportBatch, row: ImportRow) -> HttpResponse:
    """The same row while it is still held back, else the list."""
    row.refresh_from_db()
    held = not row.skipped and any(problem["level"] == "error" for problem in row.problems)
    return redirect("agreements:import_row", batch.pk, row.number) if held else redirect(batch)
