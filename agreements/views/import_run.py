"""Run an import, at once or by the worker, and undo it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from agreements.actions.import_batch import discard_upload
from agreements.actions.import_run import run_import, undo_import
from agreements.forms.import_batch import UndoForm
from agreements.imports.undoing import obstacles
from agreements.long_work import IMPORTED, ask_import, is_long
from agreements.models import BatchState, ImportBatch
from agreements.views.import_batch import own_batch
from people.access import permission
from people.request import SignedInRequest
from people.roles import Permission
from records.errors import Refused


@permission(Permission.IMPORT_AGREEMENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def import_run(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say what will happen, then record every good row in one transaction; many rows are the worker's."""
    batch = own_batch(request, pk)
    if not batch.open:
        messages.info(request, f"This import is {batch.get_state_display().lower()} already.")
        return redirect(batch)
    if request.method == "POST":
        return _run(request, batch)
    if not batch.summary.get("good") or batch.summary.get("open"):
        return redirect(batch)
    return render(request, "agreements/import_run.html", {"batch": batch})


def _run(request: SignedInRequest, batch: ImportBatch) -> HttpResponse:
    now, rows = timezone.now(), batch.summary.get("good") or 0
    if is_long(rows, IMPORTED, now):
        return redirect(ask_import(batch, rows, by=request.user, now=now))
    try:
        done = run_import(batch=batch, by=request.user, now=now, reason=f"Imported from {batch.file_name}")
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect(batch)
    messages.success(request, f"{done.summary['done']:,} agreements are in the register.")
    return redirect(done)


@permission(Permission.IMPORT_AGREEMENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def import_discard(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask once more, then give up an upload that was not imported."""
    batch = own_batch(request, pk)
    if request.method == "POST":
        try:
            discard_upload(batch=batch, by=request.user, now=timezone.now())
        except Refused as refused:
            messages.error(request, refused.sentence)
            return redirect(batch)
        messages.success(request, f"{batch.file_name} is discarded. Nothing of it was recorded.")
        return redirect("agreements:imports")
    if not batch.open:
        messages.info(request, f"This import is {batch.get_state_display().lower()} already.")
        return redirect(batch)
    return render(request, "agreements/import_discard.html", {"batch": batch})


@permission(Permission.IMPORT_AGREEMENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def import_undo(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say what undoing takes out and what stands in the way; then undo."""
    batch = own_batch(request, pk)
    if batch.state != BatchState.DONE:
        messages.info(request, "Only an import that was run can be undone.")
        return redirect(batch)
    form = UndoForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            done = undo_import(
                batch=batch,
                reason=form.cleaned_data["reason"],
                by=request.user,
                now=timezone.now(),
            )
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(
                request, "The import is undone. Its agreements are out of the register; their history stays."
            )
            return redirect(done)
    context = {"batch": batch, "form": form, "obstacles": obstacles(batch)}
    return render(request, "agreements/import_undo.html", context)
