"""Record all good rows of a checked sheet at once, or nothing; and undo that while nothing was touched since."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import partial

from django.db import connection
from django.utils.timezone import localdate

from agreements.actions.changes import lock
from agreements.actions.import_batch import lock_open, raws
from agreements.actions.reference import next_references
from agreements.actions.search_entry import rebuild_search_entries
from agreements.errors import NotNow, NotYours
from agreements.extensions import after_changes, organisations_named
from agreements.imports.building import Built, Setting, build, settle_bodies
from agreements.imports.checking import Result, check
from agreements.imports.known import load
from agreements.imports.row import Body, Checked
from agreements.imports.undoing import added_organisations, belongings, made_beside, obstacles
from agreements.models import BatchState, ImportBatch, ImportRow, Organisation, SearchEntry
from people.models import User
from people.permissions import check_may
from people.progress import Tell, counted, quiet
from people.roles import Permission
from records import bulk
from records.acting import action
from records.locks import hold

AT_ONCE = 250  # agreements made findable between two words about them
# What ``tell`` hears of, by number. Bulk statements are not counted row by row.
STEPS = (
    "Reading the rows again",
    "Adding organisations",
    "Writing agreements, parties and flows",
    "Making them findable",
    "Telling the rest of the register",
    "Checking the whole against its history",
)


@action
def run_import(*, batch: ImportBatch, by: User, now: datetime, reason: str = "", tell: Tell = quiet) -> ImportBatch:
    """Record every good row in one transaction. Raises NotNow while questions are open or when no row is good.

    Everything is written in bulk with its history (records.bulk): 400 rows take a few seconds. ``tell`` hears of each
    of STEPS.
    """
    locked = lock_open(batch, by)
    hold("names of organisations")  # two imports at once add no name twice
    rows = _good_rows(locked, by, localdate(now), tell)
    tell(2, None)
    setting = _setting(locked, rows, by, now)
    references = next_references(by.agency, localdate(now).year, len(rows))
    for row in rows:
        settle_bodies(row.draft, setting.bodies)
    built = build(rows, setting, references, _keys("agreements_terms", len(rows)))
    tell(3, None)
    _write(built)
    _finish(locked, rows, built, now)
    _make_findable([agreement.pk for agreement in built.agreements], tell)
    tell(5, None)
    after_changes(built.agreements, by, localdate(now))
    organisations_named(_bodies(built), by, localdate(now))
    tell(6, None)  # the commit itself
    return locked


def _bodies(built: Built) -> set[int]:
    return {one.organisation_id for one in (*built.parties, *built.subcontractors)}


def _good_rows(batch: ImportBatch, by: User, on: date, tell: Tell) -> list[Checked]:
    """The rows that can be recorded, checked once more: the register may have changed since the page was read."""
    found = raws(batch.rows.filter(skipped=False).order_by("number"))
    pace = partial(counted, tell=tell, step=1)
    result: Result = check(found, batch.mapping, batch.choices, load(by), on, pace)
    if result.open:
        raise NotNow("Questions about this sheet are still open: answer them first")
    rows = [row for row in result.rows if row.good]
    if not rows:
        raise NotNow("There is no row that can be imported: put the rows right, or upload a corrected sheet")
    return rows


def _setting(batch: ImportBatch, rows: Sequence[Checked], by: User, now: datetime) -> Setting:
    wanted: set[Body] = set()
    for draft in (row.draft for row in rows):
        wanted |= {*draft.parties, *draft.subcontractors, *draft.senders, *draft.receivers}
        wanted |= {body for _, body in draft.duties} | {body for body, _ in draft.access}
    bodies: dict[Body, Organisation] = {}
    bodies.update(Organisation.objects.in_bulk([body for body in wanted if isinstance(body, int)]))
    bodies.update(_add_organisations([body for body in wanted if isinstance(body, str)], batch))
    own = Organisation.objects.filter(agency=by.agency).first()
    return Setting(batch, by, now, own, bodies)


def _add_organisations(names: Iterable[str], batch: ImportBatch) -> dict[str, Organisation]:
    added = []
    for name in sorted(names):
        body = Organisation(source=f"Imported from {batch.file_name}"[:300])
        body.set_name(name)
        body.clean_fields()
        added.append(body)
    bulk.create(added)
    return {body.name: body for body in added}


def _keys(table: str, many: int) -> Iterator[int]:
    """Keys of a table's own sequence, taken before its rows are written."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, many])
        return iter([key for (key,) in cursor.fetchall()])


def _write(built: Built) -> None:
    bulk.create(built.agreements)
    bulk.create(built.terms)
    bulk.create(built.parties)
    bulk.create(built.subcontractors)
    bulk.create(built.flows)
    bulk.create(built.information)
    bulk.create(built.legal_bases)
    bulk.create(built.provisions)
    bulk.create(built.responsibilities)
    bulk.create(built.access_holders)
    bulk.create(built.status_changes)
    bulk.create(built.authors)


def _make_findable(keys: list[int], tell: Tell) -> None:
    for start in range(0, len(keys), AT_ONCE):
        tell(4, start)
        rebuild_search_entries(keys[start : start + AT_ONCE])


def _finish(batch: ImportBatch, rows: Sequence[Checked], built: Built, now: datetime) -> None:
    agreements = {row.number: agreement for row, agreement in zip(rows, built.agreements, strict=True)}
    found = list(batch.rows.filter(number__in=agreements))
    for row in found:
        row.agreement = agreements[row.number]
    ImportRow.objects.bulk_update(found, ["agreement"], batch_size=1_000)
    batch.state, batch.done_at = BatchState.DONE, now
    batch.summary = {**batch.summary, "done": len(rows)}
    batch.save()


@action
def undo_import(*, batch: ImportBatch, reason: str, by: User, now: datetime) -> ImportBatch:
    """Take every agreement of an import out again, and the organisations it added that nothing else names.

    Their history stays. Raises NotNow, naming what stands in the way, once anything was touched; NotYours.
    """
    check_may(by, Permission.IMPORT_AGREEMENTS)
    locked = ImportBatch.objects.select_for_update(of=("self",), no_key=True).get(pk=batch.pk)
    if locked.agency_id != by.agency.pk:
        raise NotYours("This import belongs to another agency")
    if locked.state != BatchState.DONE:
        raise NotNow("Only an import that was run can be undone")
    if not reason.strip():
        raise NotNow("Say why it is undone: the reason is kept")
    for agreement in locked.agreements.order_by("pk"):
        lock(agreement)
    in_the_way = obstacles(locked)
    if in_the_way:
        raise NotNow(f"It cannot be undone as a whole any more: {in_the_way[0].says}")
    _take_out(locked)
    locked.state, locked.undone_at, locked.undone_why = BatchState.UNDONE, now, reason[:300]
    locked.save()
    return locked


def _take_out(batch: ImportBatch) -> None:
    """Children before parents; keys that point in a circle are checked at the end of the transaction."""
    added = added_organisations(batch)
    batch.rows.update(agreement=None)
    plain, of_record = made_beside(batch)
    for entries in (SearchEntry.objects.filter(agreement__batch=batch), *plain):
        entries.delete()
    for rows in [*belongings(batch), *of_record]:
        bulk.delete(rows)
    bulk.delete(added)
