"""What is measured at one size of the register."""

import itertools
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db import connection, models, transaction
from django.urls import reverse
from django.utils import timezone
from simple_history.models import HistoricalRecords

from agreements.actions.section import section_values, update_section
from agreements.digest import digest
from agreements.fetch import own_agreement
from agreements.models import Agreement, Terms
from agreements.pdf.issue import issue_summary
from agreements.sections import BY_NAME
from config.bench.measure import Browser, Figure, Timing, interleaved, timed
from people.models import User
from records.acting import acting
from records.verify import verify

SAVES = 60  # runs: one takes a few milliseconds


def pages(user: User) -> Iterator[Figure]:
    """The list, searches, an agreement, and as it stood on a day."""
    browser = Browser(user)
    register = reverse("agreements:register")
    yield browser.page("List, first page", register)
    yield browser.page("Search by word", f"{register}?q=housing+waikato")
    yield browser.page("Search with a slip of one letter", f"{register}?q=houzing")
    reference = _some_agreement().reference
    yield browser.page("Agreement page", reverse("agreements:agreement", args=[reference]))
    day = timezone.localdate() - timedelta(days=100)
    yield browser.page("Agreement as at a day", f"{reverse('agreements:as_at', args=[reference])}?on={day}")
    yield browser.stream("CSV of everything", reverse("agreements:export", args=["csv"]))


def _some_agreement() -> Agreement:
    """One that can be edited, in the middle of the register."""
    drafts = Agreement.objects.filter(status="draft").order_by("pk")
    return drafts[drafts.count() // 2]


def saves(user: User) -> Iterator[Figure]:
    """Saving one section, and the row alone, against plain django-simple-history without guards and ledger."""
    plain, guarded, section = interleaved(_plain_save(), _guarded_save(user), _section_save(user), runs=SAVES)
    yield Figure("Terms.save() in an action", guarded, bare=plain, note="against plain save()")
    yield Figure("Save of one section (whole action)", section, bare=plain, note="the same")


def _guarded_save(user: User) -> Any:
    pk = _some_agreement().terms_now.pk
    turns = itertools.count()

    def save() -> None:
        with acting(by=user), transaction.atomic():
            terms = Terms.objects.get(pk=pk)
            terms.retention = f"Kept {next(turns)} years"
            terms.save()

    return save


def _section_save(user: User) -> Any:
    agreement, section = _some_agreement(), BY_NAME["safeguards"]
    turns = itertools.count()

    def save() -> None:
        current = Agreement.objects.select_related("current_terms").get(pk=agreement.pk)
        seen = section_values(current, section)
        values = seen | {"safeguards": f"Encrypted {next(turns)}"}
        update_section(agreement=current, section=section, values=values, seen=digest(seen), by=user)

    return save


def _plain_save() -> Any:
    """The same row in a table of its own with django-simple-history as it comes."""
    model = _plain_model()
    values = Terms.objects.values().get(pk=_some_agreement().terms_now.pk)
    model(**values).save()
    turns = itertools.count()

    def save() -> None:
        with transaction.atomic():
            row = model.objects.get(pk=values["id"])
            row.retention = f"Kept {next(turns)} years"
            row.save()

    return save


def _plain_model() -> Any:
    fields: dict[str, Any] = {}
    for field in Terms._meta.concrete_fields:
        copy = field.clone()
        if isinstance(copy, models.ForeignKey):
            copy = models.BigIntegerField(null=copy.null)
            fields[field.attname] = copy
        else:
            fields[field.name] = copy
    meta = type("Meta", (), {"app_label": "records", "db_table": "bench_plain"})
    body = fields | {"Meta": meta, "__module__": __name__, "history": HistoricalRecords(app="records")}
    plain = type("BenchPlain", (models.Model,), body)
    with connection.schema_editor() as editor:
        editor.create_model(plain)
        editor.create_model(plain.history.model)  # type: ignore[attr-defined]
    return plain


def documents(user: User) -> Iterator[Figure]:
    """The PDF when it is made, and when the same state is asked for again."""
    newest = Agreement.objects.filter(agency=user.agency).order_by("-pk")  # nobody asked for these before
    references = list(newest.values_list("reference", flat=True)[:6])

    def issue(reference: str) -> None:
        agreement = own_agreement(user, reference)
        if agreement:
            issue_summary(agreement, by=user, now=timezone.now()).file.read()

    fresh = iter(references)
    yield Figure("PDF, first time", timed(lambda: issue(next(fresh)), runs=5))
    yield Figure("PDF, asked for again", timed(lambda: issue(references[0])))


def verification() -> Figure:
    """The whole record verified, scaled to a million history rows."""
    start, busy = time.perf_counter(), time.process_time()
    report = verify()
    seconds, worked = time.perf_counter() - start, time.process_time() - busy
    if not report.ok:
        raise RuntimeError(f"The benchmark's own record does not verify: {report.problems[0].sentence}")
    scaled = seconds / report.rows * 1_000_000
    timing = Timing(seconds * 1000, seconds * 1000, worked * 1000)
    return Figure("verify_history", timing, note=f"{report.rows:,} rows; {scaled:.0f} s per million rows")
