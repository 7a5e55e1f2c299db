"""``manage.py bench``: measure the register at several sizes and write docs/performance.md."""

import time
from argparse import ArgumentParser
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from agreements.models import Agreement
from assurance.actions.conformance import reassess_locked
from config.bench import assurance, conflicts, database, figures
from config.bench.conformance import conformance
from config.bench.generate import Generator
from config.bench.report import Size, write
from config.bench.section import assurance_section, kept_section, replace_section, section
from config.bench.staff import Staff
from config.bench.work import Work
from config.demo.people import add_cast
from conflicts.models import Declaration
from people.actions.system import system_user
from records.models import Recorded

MIDDLE, PARTIES_OF, FEW = 5_000, 500, 60


class Command(BaseCommand):
    """Works in a database of its own inside the private Postgres, and drops it afterwards."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Options."""
        parser.add_argument("--sizes", type=int, nargs="+", default=[500, MIDDLE, 50_000], help="agreements")
        parser.add_argument(
            "--only", choices=["conflicts", "assurance"], help="measure this part alone, and replace its section"
        )
        parser.add_argument("--few", action="store_true", help="little of assurance: to try it, not to measure")
        parser.add_argument("--out", type=Path, default=settings.BASE_DIR / "docs" / "performance.md")

    def handle(
        self, *, sizes: list[int], out: Path, only: str | None = None, few: bool = False, **options: Any
    ) -> None:
        """Fill, measure, write; up to 5,000 agreements are whole, further ones lean."""
        if not settings.PRIVATE_DATABASE:
            raise CommandError("DATABASE_URL is set: the benchmark only works in the private Postgres.")
        call_command("collectstatic", interactive=False, verbosity=0)
        database.make_anew()
        if only:
            self._assurance(out, few=few) if only == "assurance" else self._conflicts(out)
            return
        generator, kept = _generator(), kept_section(out)
        measured = []
        for size in sorted(sizes):
            measured.append(self._measure(generator, size, saves=size == _middle(sizes)))
            text = write(measured, _middle([one.agreements for one in measured]), timezone.localdate())
            out.write_text(text + kept, encoding="utf-8")
        database.drop()
        self.stdout.write(f"Written to {out}")

    def _conflicts(self, out: Path) -> None:
        """The part about conflicts of interest: 20,000 staff beside 500 lean agreements with their parties."""
        start, generator = time.perf_counter(), _generator()
        generator.add(PARTIES_OF, whole=False)
        Staff(generator.cast, generator.by, generator.now, generator.bodies).fill()
        database.settle()
        seconds = time.perf_counter() - start
        self.stdout.write(f"{history_rows():,} history rows after {seconds:.0f} s; measuring")
        found = []
        for figure in conflicts.figures(generator.cast.users["losa"]):
            found.append(figure)
            self.stdout.write(f"  {figure.name}: {figure.timing.ms:.1f} ms, {figure.queries} queries, {figure.note}")
        replace_section(out, section(found, conflicts.AIMS, history_rows(), seconds, timezone.localdate()))
        database.drop()
        self.stdout.write(f"Written to {out}")

    def _assurance(self, out: Path, *, few: bool) -> None:
        """The part about assurance: work about 5,000 whole agreements, beside 50,000 declarations."""
        start, generator = time.perf_counter(), _generator()
        generator.add(FEW if few else MIDDLE, whole=True)
        agreements = list(Agreement.objects.values_list("pk", flat=True))
        reassess_locked(agreements=agreements, on=timezone.localdate(generator.now), by=generator.by)
        if not few:
            Staff(generator.cast, generator.by, generator.now, generator.bodies).fill()
        work = Work(generator.cast, generator.by, generator.now)
        if few:
            work = replace(work, activities=200, findings=100, actions=150)
        work.fill()
        conflicts.launch(generator.cast.users["losa"])
        database.settle()
        seconds, found = time.perf_counter() - start, []
        self.stdout.write(f"{history_rows():,} history rows after {seconds:.0f} s; measuring")
        for figure in assurance.figures(generator.cast):
            found.append(figure)
            self.stdout.write(f"  {figure.name}: {figure.timing.ms:.1f} ms, {figure.queries} queries, {figure.note}")
        counts = f"{len(agreements):,} agreements, {Declaration.objects.count():,} declarations, {work}"
        written = assurance_section(found, assurance.AIMS, counts, history_rows(), seconds, timezone.localdate())
        replace_section(out, written)
        database.drop()
        self.stdout.write(f"Written to {out}")

    def _measure(self, generator: Generator, size: int, *, saves: bool) -> Size:
        start = time.perf_counter()
        generator.add(size - generator.made, whole=size <= MIDDLE)
        database.settle()
        seconds = time.perf_counter() - start
        self.stdout.write(f"{size:,} agreements after {seconds:.0f} s; measuring")
        user = generator.cast.users["hinemoa"]
        found = [*figures.pages(user), *figures.documents(user)]
        if size <= MIDDLE:
            found += conformance(user)
            found.append(figures.verification())
        if saves:  # last: the plain table beside ours would be a stranger to the verification
            found += figures.saves(user)
        for figure in found:
            self.stdout.write(
                f"  {figure.name}: {figure.timing.ms:.1f} ms, fastest {figure.timing.fastest:.1f}, {figure.note}"
            )
        return Size(size, history_rows(), seconds, found)


def _generator() -> Generator:
    now = timezone.now()
    by = system_user("bench")
    generator = Generator(add_cast(by=by, on=timezone.localdate(now)), by, now)
    generator.add_bodies()
    return generator


def _middle(sizes: list[int]) -> int:
    """The size that is held against the aims."""
    return MIDDLE if MIDDLE in sizes else max(sizes)


def history_rows() -> int:
    """Rows in all history tables."""
    tracked = [model for model in apps.get_models() if issubclass(model, Recorded)]
    return sum(model.history.model.objects.count() for model in tracked)
