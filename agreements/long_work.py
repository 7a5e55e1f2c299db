"""What of agreements takes longer than somebody waits: big imports, exports and documents (people/long_work.py)."""

from datetime import datetime

from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils.timezone import localdate

from agreements import filters
from agreements.actions.import_run import STEPS, run_import
from agreements.exports import csv_lines, keys_of, xlsx_file
from agreements.fetch import face_or_404, own_agreement
from agreements.lists.agreement import matching
from agreements.models import Agreement, ImportBatch
from agreements.pdf.issue import issue_summary
from agreements.search import search
from people import worker
from people.actions.work import ask_work
from people.long_work import Kind, Outcome
from people.models import User, Work
from people.progress import Tell
from people.roles import Permission
from records.errors import Refused
from records.files import store

# More rows than these are the worker's. A row of an import takes 12 to 24 ms (docs/adr/0008), of CSV about 2 ms
# (docs/performance.md), of a summary's tables 7 ms and more, by how much it says; Excel was not measured.
IMPORTED, EXPORTED, PRINTED = 100, 1_000, 150
FORMS = {"csv": "CSV", "xlsx": "Excel"}


def is_long(rows: int, most: int, now: datetime) -> bool:
    """Whether the worker should do it. Without a worker it is done at once, however long it takes."""
    return rows > most and worker.is_here(now)


def wanted(user: User, query: QueryDict, now: datetime) -> tuple[list[int], list[str]]:
    """Keys of the agreements that an address of the list asks for, and what is wrong with it."""
    visible = Agreement.objects.visible_to(user)
    address = filters.read(user, localdate(now), query)
    if address.problems:
        return [], address.problems
    return keys_of(matching(address, search(address.q, visible, user.agency), visible)), []


def ask_import(batch: ImportBatch, rows: int, *, by: User, now: datetime) -> Work:
    """Let the worker run an import."""
    return ask_work(kind="import", about=batch.file_name, given={"batch": str(batch.pk)}, total=rows, by=by, now=now)


def ask_export(form: str, query: str, rows: int, *, by: User, now: datetime) -> Work:
    """Let the worker write the agreements that an address asks for."""
    about = f"{rows:,} agreements as {FORMS[form]}"
    return ask_work(kind="export", about=about, given={"form": form, "query": query}, total=rows, by=by, now=now)


def ask_pdf(agreement: Agreement, *, by: User, now: datetime) -> Work:
    """Let the worker issue the summary of an agreement."""
    given = {"reference": agreement.reference}
    return ask_work(kind="pdf", about=f"Summary of {agreement.reference}", given=given, total=None, by=by, now=now)


def _import(given: dict[str, str], by: User, now: datetime, tell: Tell) -> Outcome:
    batch = ImportBatch.objects.visible_to(by).get(pk=given["batch"])
    run_import(batch=batch, by=by, now=now, reason=f"Imported from {batch.file_name}", tell=tell)
    return Outcome(url=batch.get_absolute_url())


def _export(given: dict[str, str], by: User, now: datetime, tell: Tell) -> Outcome:
    keys, problems = wanted(by, QueryDict(given["query"]), now)
    if problems:
        raise Refused(problems[0])
    today, form = localdate(now), given["form"]
    if form == "xlsx":
        with xlsx_file(keys, today, tell) as book:
            content = book.read()
    else:
        content = "".join(csv_lines(keys, today, tell)).encode()
    return Outcome(file=store(content), file_name=f"agreements-{today.isoformat()}.{form}")


def _pdf(given: dict[str, str], by: User, now: datetime, tell: Tell) -> Outcome:
    reference = given["reference"]
    try:
        agreement = own_agreement(by, reference) or face_or_404(by, reference)
    except Http404:
        raise Refused("Your agency can no longer see this agreement") from None
    issued = issue_summary(agreement, by=by, now=now)
    return Outcome(url=reverse("agreements:issued_copy", args=[reference, issued.pk]))


IMPORT = Kind(
    "Import", Permission.IMPORT_AGREEMENTS, _import, STEPS,
    nothing="Nothing of the sheet was recorded.", ready="See what was recorded",
)  # fmt: skip
EXPORT = Kind(
    "Export", Permission.EXPORT_AGREEMENTS, _export, ("Writing the sheet",),
    nothing="No file was made.", ready="Download the file",
)  # fmt: skip
PDF = Kind(
    "Summary as PDF", Permission.READ_AGREEMENTS, _pdf, ("Laying out the pages",),
    nothing="Nothing was issued.", ready="Download the PDF",
)  # fmt: skip
