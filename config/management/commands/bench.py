"""``manage.py bench``: measure the register at several sizes and write docs/performance.md."""

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from config.bench import conflicts, database, figures
from config.bench.conformance import conformance
from config.bench.generate import Generator
from config.bench.report import Size, write
from config.bench.section import kept_section, replace_section, section
from config.bench.staff import Staff
from config.demo.people import add_cast
from people.actions.system import system_user
from records.models import Recorded

MIDDLE, PARTIES_OF = 5_000, 500


class Command(BaseCommand):
    """Works in a database of its own inside the private Postgres, and drops it afterwards."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Options."""
        parser.add_argument("--sizes", type=int, nargs="+", default=[500, MIDDLE, 50_000], help="agreements")
        parser.add_argument("--only", choices=["conflicts"], help="measure this part alone, and replace its section")
        parser.add_argument("--out", type=Path, default=settings.BASE_DIR / "docs" / "performance.md")

    def handle(self, *, sizes: list[int], out: Path, only: str | None = None, **options: Any) -> None:
        """Fill, measure, write; up to 5,000 agreements are whole, further ones lean."""
        if not settings.PRIVATE_DATABASE:
            raise CommandError("DATABASE_URL is set: the benchmark only works in the private Postgres.")
        call_command("collectstatic", interactive=False, verbosity=0)
        database.make_anew()
        if only:
            self._conflicts(out)
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
