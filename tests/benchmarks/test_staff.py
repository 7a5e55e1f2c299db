"""The staff that the benchmark of rounds measures are people like any others: guarded and placed."""

from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone
from django.utils.timezone import localdate

from config.bench import section, staff
from config.bench.generate import Generator
from config.demo.people import add_cast
from conflicts.models import Declaration, DeclaredInterest, Interest
from people.actions.system import system_user
from people.models import Placement

pytestmark = pytest.mark.django_db


def test_a_few_staff_with_what_they_declared(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"STAFF": 40, "DECLARATIONS": 60, "INTERESTS": 90, "CHUNK": 20, "UNITS": 3, "RARE": 2}.items():
        monkeypatch.setattr(staff, name, value)
    by, now = system_user("bench"), timezone.now()
    generator = Generator(add_cast(by=by, on=localdate(now)), by, now)
    generator.add_bodies()
    staff.Staff(generator.cast, by, now, generator.bodies).fill()
    assert (Declaration.objects.count(), Interest.objects.count(), DeclaredInterest.objects.count()) == (60, 90, 90)
    assert Placement.objects.filter(manager__name__contains="-").count() == 39
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # the guards of the history judge what was written


def test_the_section_is_kept_by_what_writes_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "performance.md"
    path.write_text("# Performance\n", encoding="utf-8")
    for _ in range(2):
        section.replace_section(path, f"{section.HEADING}\nnew\n")
    assert path.read_text(encoding="utf-8").count(section.HEADING) == 1
    assert section.kept_section(path) == f"\n{section.HEADING}\nnew\n"
