"""Pages of importing: upload, sheet, columns, decisions, and the import itself with what became of it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from agreements.actions import import_batch as actions
from agreements.forms.import_batch import ColumnsForm, DecisionsForm, SheetForm, UploadForm
from agreements.imports.columns import samples
from agreements.imports.files import example, problem_sheet
from agreements.imports.headings import letter
from agreements.models import BatchState, ImportBatch
from people.access import permission
from people.request import SignedInRequest
from people.roles import Permission
from records.errors import Refused
from records.once import once
from records.sheets.reading import read
from records.sheets.sheet import Line

PER_PAGE = 50
SHOWN = {
    "held": "Held back",
    "warnings": "With a warning",
    "edited": "Put right here",
    "skipped": "Skipped",
    "all": "All rows",
}


def own_batch(request: SignedInRequest, pk: int) -> ImportBatch:
    """The import, if it belongs to the agency of whoever asks; else 404."""
    found = ImportBatch.objects.visible_to(request.user).select_related("file", "uploaded_by__person")
    batch: ImportBatch = get_object_or_404(found, pk=pk)
    batch.agency = request.user.agency  # the same one, and it has its words for roles with it
    return batch


@permission(Permission.IMPORT_AGREEMENTS)
@require_http_methods(["GET", "HEAD", "POST"])
@once
def imports(request: SignedInRequest) -> HttpResponse:
    """Upload a spreadsheet; below it, every import so far."""
    form = UploadForm(request.POST if request.method == "POST" else None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        batch = _upload(request, form)
        if batch:
            several = batch.summary["sheets"] > 1
            return redirect("agreements:import_sheet" if several else "agreements:import_columns", batch.pk)
    batches = ImportBatch.objects.visible_to(request.user).select_related("uploaded_by__person").order_by("-pk")
    page = Paginator(batches, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "agreements/import_batches.html", {"form": form, "page": page})


def _upload(request: SignedInRequest, form: UploadForm) -> ImportBatch | None:
    file = form.cleaned_data["file"]
    try:
        return actions.upload(content=file.read(), file_name=file.name, by=request.user, now=timezone.now())
    except Refused as refused:
        form.add_error("file", refused.sentence)
        return None


@permission(Permission.IMPORT_AGREEMENTS)
@require_safe
def import_example(request: SignedInRequest) -> HttpResponse:
    """A sheet to fill in."""
    return _download(example(), "import-example.csv")


@permission(Permission.IMPORT_AGREEMENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def import_sheet(request: SignedInRequest, pk: int) -> HttpResponse:
    """Which sheet of the file, and which line holds the headings."""
    batch = own_batch(request, pk)
    sheets = read(batch.file.read()).sheets
    asked = request.POST if request.method == "POST" else None
    form = SheetForm(asked, sheets=sheets, initial={"sheet": batch.sheet, "line": batch.heading_line})
    if asked is not None and form.is_valid():
        answers: dict[str, Any] = form.cleaned_data
        try:
            actions.choose_sheet(batch=batch, **answers, by=request.user)
            return redirect("agreements:import_columns", batch.pk)
        except Refused as refused:
            form.add_error(None, refused.sentence)
    previews = [(sheet, sheet.lines[:8]) for sheet in sheets]
    return render(request, "agreements/import_sheet.html", {"batch": batch, "form": form, "previews": previews})


@permission(Permission.IMPORT_AGREEMENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def import_columns(request: SignedInRequest, pk: int) -> HttpResponse:
    """What each column means, with a guess and three values of each."""
    batch = own_batch(request, pk)
    lines = [Line(0, values) for values in batch.rows.order_by("number").values_list("values", flat=True)[:200]]
    found = [samples(at, lines) for at in range(len(batch.columns))]
    form = ColumnsForm(request.POST if request.method == "POST" else None, batch=batch, samples=found)
    if form.is_bound and form.is_valid():
        try:
            done = actions.map_columns(
                batch=batch,
                mapping=form.mapping(),
                by=request.user,
                on=timezone.localdate(),
            )
            return redirect("agreements:import_decisions", batch.pk) if done.summary["questions"] else redirect(done)
        except Refused as refused:
            form.add_error(None, refused.sentence)
    columns = [(letter(at), field) for at, field in enumerate(form)]
    return render(request, "agreements/import_columns.html", {"batch": batch, "form": form, "columns": columns})


@permission(Permission.IMPORT_AGREEMENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def import_decisions(request: SignedInRequest, pk: int) -> HttpResponse:
    """What is decided once for the whole sheet."""
    batch = own_batch(request, pk)
    on = timezone.localdate()
    questions = actions.look(batch, request.user, on).questions if batch.open else []
    form = DecisionsForm(request.POST if request.method == "POST" else None, questions=questions)
    if form.is_bound and form.is_valid():
        try:
            done = actions.decide(batch=batch, choices=form.choices(), by=request.user, on=on)
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            if not done.summary["open"]:
                return redirect(done)
            messages.info(request, "Your answers led to further questions: they stand here with the others.")
            return redirect("agreements:import_decisions", batch.pk)
    return render(request, "agreements/import_decisions.html", {"batch": batch, "form": form, "questions": questions})


@permission(Permission.IMPORT_AGREEMENTS)
@require_safe
def import_batch(request: SignedInRequest, pk: int) -> HttpResponse:
    """The import: before it is run what would come of every row, afterwards what came of it."""
    batch = own_batch(request, pk)
    if not batch.open:
        agreements = batch.agreements.select_related("current_terms").order_by("reference")
        page = Paginator(agreements, PER_PAGE).get_page(request.GET.get("page"))
        # Of a discarded upload no row is left that could be put right.
        left = 0 if batch.state == BatchState.DROPPED else batch.rows_total - (batch.summary.get("done") or 0)
        return render(request, "agreements/import_done.html", {"batch": batch, "page": page, "left": left})
    if batch.state == BatchState.UPLOADED:
        return redirect("agreements:import_columns", batch.pk)
    shown = request.GET.get("show", "held" if batch.summary.get("errors") else "all")
    page = Paginator(_rows(batch, shown), PER_PAGE).get_page(request.GET.get("page"))
    context = {"batch": batch, "page": page, "shown": shown, "shows": SHOWN, "titles": _titles(batch, page)}
    return render(request, "agreements/import_check.html", context)


def _rows(batch: ImportBatch, shown: str) -> Any:
    rows = batch.rows.order_by("number")
    chosen = {
        "held": rows.filter(skipped=False).with_level("error"),
        "warnings": rows.filter(skipped=False).with_level("warning"),
        "edited": rows.filter(edited=True),
        "skipped": rows.filter(skipped=True),
    }
    return chosen.get(shown, rows)


def _titles(batch: ImportBatch, page: Any) -> list[tuple[Any, str, list[str]]]:
    """Each row of the page with what stands in its column of titles, and its notes."""
    at = next((int(at) for at, name in batch.mapping.items() if name == "title"), 0)
    return [
        (
            row,
            row.values[at][:200] if at < len(row.values) else "",
            [problem["text"] for problem in row.problems if problem["level"] == "note"],
        )
        for row in page
    ]


@permission(Permission.IMPORT_AGREEMENTS)
@require_POST
def import_skip(request: SignedInRequest, pk: int) -> HttpResponse:
    """Skip every row that is held back."""
    batch = own_batch(request, pk)
    skipped = actions.skip_rows_with_errors(batch=batch, by=request.user, on=timezone.localdate())
    messages.success(request, f"{skipped:,} row{'' if skipped == 1 else 's'} will be skipped. They stay in your sheet.")
    return redirect(batch)


@permission(Permission.IMPORT_AGREEMENTS)
@require_GET
def import_problems(request: SignedInRequest, pk: int) -> HttpResponse:
    """The rows that were not, or would not be, imported, and those with a warning, as a sheet to put right."""
    batch = own_batch(request, pk)
    rows = batch.rows.order_by("number")
    wanted = rows.filter(agreement=None) if not batch.open else rows.with_level("error") | rows.with_level("warning")
    return _download(problem_sheet(batch, wanted), "rows-to-put-right.csv")


@permission(Permission.IMPORT_AGREEMENTS)
@require_GET
def import_file(request: SignedInRequest, pk: int) -> HttpResponse:
    """The file as it was uploaded, byte for byte."""
    batch = own_batch(request, pk)
    response = HttpResponse(batch.file.read(), content_type="application/octet-stream")
    response.headers["Content-Disposition"] = f'attachment; filename="import-{batch.pk}{_ending(batch.file_name)}"'
    return response


def _ending(name: str) -> str:
    """The ending of a file's name, if it is an ordinary one."""
    ending = name.rpartition(".")[2].lower()
    return f".{ending}" if ending in {"csv", "xlsx", "txt", "tsv"} else ""


def _download(text: str, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
