"""Take a spreadsheet in and prepare it: sheet, columns, decisions, single rows. Nothing is recorded yet."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from agreements.errors import NotNow, NotYours
from agreements.imports.checking import Raw, Result, check
from agreements.imports.columns import TARGETS, called, in_own_words
from agreements.imports.headings import body, guess_mapping, heading_line, headings
from agreements.imports.known import load
from agreements.models import BatchState, ImportBatch, ImportRow
from people.models import User
from people.permissions import check_may
from people.roles import Permission
from records.acting import action
from records.files import store
from records.sheets.reading import check_file, read
from records.sheets.sheet import MOST_ROWS, Sheet, Unreadable, too_many

ROWS_AT_ONCE = 1_000


@action
def upload(*, content: bytes, file_name: str, by: User, now: datetime) -> ImportBatch:
    """Keep the file and read its fullest sheet. Raises Unreadable with a sentence, NotPermitted."""
    check_may(by, Permission.IMPORT_AGREEMENTS)
    check_file(content)
    found = read(content)
    sheet = max(found.sheets, key=lambda one: len(one.lines))
    batch = ImportBatch(
        agency=by.agency,
        file_name=file_name[-200:],
        file=store(content),
        encoding=found.encoding,
        uploaded_by=by,
        uploaded_at=now,
    )
    _take(batch, sheet, heading_line(sheet), len(found.sheets))
    return batch


def _take(batch: ImportBatch, sheet: Sheet, line: int, sheets: int) -> None:
    """Read the rows below the headings anew; what was decided about an earlier sheet of the same headings is kept."""
    lines = body(sheet, line)
    if not lines:
        raise Unreadable("There are headings in this sheet, but no rows below them.")
    if len(lines) > MOST_ROWS:
        raise Unreadable(f"This sheet has {too_many(MOST_ROWS)}")
    batch.sheet, batch.heading_line = sheet.name, line
    batch.columns = headings(sheet, line)
    before = _as_before(batch)
    meant = {before.columns[int(at)]: name for at, name in before.mapping.items()} if before else {}
    batch.mapping = guess_mapping(batch.columns, lines, in_own_words(batch.columns, batch.agency) | meant)
    batch.choices = before.choices if before else {}
    batch.state, batch.rows_total, batch.summary = BatchState.UPLOADED, len(lines), {"sheets": sheets}
    batch.save()
    batch.rows.all().delete()
    ImportRow.objects.bulk_create(
        [ImportRow(batch=batch, number=one.number, values=one.cells, notes=one.notes) for one in lines],
        batch_size=ROWS_AT_ONCE,
    )


def _as_before(batch: ImportBatch) -> ImportBatch | None:
    """The agency's newest import with nearly the same headings, such as the sheet before it was corrected."""
    earlier = ImportBatch.objects.filter(agency=batch.agency).exclude(pk=batch.pk).exclude(state=BatchState.UPLOADED)
    for one in earlier.order_by("-pk")[:20]:
        if len(set(one.columns) & set(batch.columns)) >= 0.8 * len(set(one.columns)):
            return one
    return None


@action
def choose_sheet(*, batch: ImportBatch, sheet: str, line: int, by: User) -> ImportBatch:
    """Take another sheet, or another line as the headings. Raises Unreadable, NotNow, NotYours."""
    locked = lock_open(batch, by)
    sheets = read(locked.file.read()).sheets
    found = next((one for one in sheets if one.name == sheet), None)
    if found is None:
        raise NotNow("This file has no sheet of that name")
    _take(locked, found, line, len(sheets))
    return locked


@action
def map_columns(*, batch: ImportBatch, mapping: Mapping[str, str], by: User, on: date) -> ImportBatch:
    """Say what each column means, by its number; then check every row. Raises NotNow where no column is the title."""
    locked = lock_open(batch, by)
    if "title" not in mapping.values():
        raise NotNow("Say which column holds the title: without one nothing can be recorded")
    names = [name for name in mapping.values() if name]
    double = next((name for name in names if names.count(name) > 1 and not TARGETS[name].many), None)
    if double:
        raise NotNow(f"Two columns are both called “{called(double, by.agency)}”: choose one, and ignore the other")
    locked.mapping = dict(mapping)
    recheck(locked, by, on)
    return locked


@action
def decide(*, batch: ImportBatch, choices: Mapping[str, str], by: User, on: date) -> ImportBatch:
    """Keep what was decided, by the key of each question, and check every row anew."""
    locked = lock_open(batch, by)
    locked.choices = {**locked.choices, **choices}
    recheck(locked, by, on)
    return locked


@action
def put_right(
    *, batch: ImportBatch, number: int, cells: Sequence[str], skipped: bool, anyway: bool, by: User, on: date
) -> ImportBatch:
    """Correct one row in place, or skip it; the uploaded file stays as it is. Checks every row anew."""
    locked = lock_open(batch, by)
    row = locked.rows.get(number=number)
    if list(cells) != list(row.values):
        changed = {at for at, text in enumerate(cells) if at >= len(row.values) or text != row.values[at]}
        row.notes = {at: note for at, note in row.notes.items() if int(at) not in changed}
        row.values, row.edited = list(cells), True
    row.skipped, row.anyway = skipped, anyway
    row.save()
    recheck(locked, by, on)
    return locked


@action
def skip_rows_with_errors(*, batch: ImportBatch, by: User, on: date) -> int:
    """Skip every row that is held back now; gives their number."""
    locked = lock_open(batch, by)
    skipped = locked.rows.filter(skipped=False).with_level("error").update(skipped=True)
    recheck(locked, by, on)
    return skipped


@action
def discard_upload(*, batch: ImportBatch, by: User, now: datetime) -> ImportBatch:
    """Give up a sheet that was not imported: its rows go, the file stays. Raises NotNow, NotYours, NotPermitted."""
    locked = lock_open(batch, by)
    locked.rows.all().delete()
    locked.state, locked.undone_at = BatchState.DROPPED, now
    locked.save()
    return locked


def lock_open(batch: ImportBatch, by: User) -> ImportBatch:
    """The batch, locked until the transaction ends, if this person may still change it."""
    check_may(by, Permission.IMPORT_AGREEMENTS)
    locked = ImportBatch.objects.select_for_update(of=("self",), no_key=True).select_related("file").get(pk=batch.pk)
    if locked.agency_id != by.agency.pk:
        raise NotYours("This import belongs to another agency")
    if not locked.open:
        raise NotNow(
            f"This import is {locked.get_state_display().lower()} already: upload the sheet again to change it"
        )
    return locked


def look(batch: ImportBatch, by: User, on: date) -> Result:
    """Check the rows that are not skipped, without writing anything."""
    return check(raws(batch.rows.filter(skipped=False).order_by("number")), batch.mapping, batch.choices, load(by), on)


def raws(rows: Iterable[ImportRow]) -> list[Raw]:
    """Rows as the check reads them."""
    return [Raw(row.number, row.values, row.notes, anyway=row.anyway) for row in rows]


def recheck(batch: ImportBatch, by: User, on: date) -> Result:
    """Check every row and keep what there is to say about it."""
    result = look(batch, by, on)
    problems = {row.number: [problem.as_json() for problem in row.in_order()] for row in result.rows}
    changed = []
    for row in batch.rows.all():
        now = problems.get(row.number, [])
        if row.problems != now:
            row.problems = now
            changed.append(row)
    ImportRow.objects.bulk_update(changed, ["problems"], batch_size=ROWS_AT_ONCE)
    batch.summary = _summary(batch, result)
    batch.state = BatchState.CHECKED
    batch.save()
    return result


def _summary(batch: ImportBatch, result: Result) -> dict[str, Any]:
    levels = [{problem.level for problem in row.problems} for row in result.rows]
    return {
        "sheets": batch.summary.get("sheets", 1),
        "good": sum("error" not in found for found in levels),
        "errors": sum("error" in found for found in levels),
        "warnings": sum("warning" in found for found in levels),
        "notes": sum("note" in found for found in levels),
        "skipped": batch.rows_total - len(result.rows),
        "questions": len(result.questions),
        "open": len(result.open),
        "new_names": result.new_names,
    }
