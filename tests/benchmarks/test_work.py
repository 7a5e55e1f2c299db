"""The assurance work that the benchmark measures is work like any other: guarded, with its steps, and kept apart."""

from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone
from django.utils.timezone import localdate

from agreements.models import Agreement
from assurance.actions.conformance import reassess_locked
from assurance.models import Action, Activity, ActivityEvidence, ConformanceRun, Finding, FindingStep
from config.bench import section
from config.bench.assurance import AIMS, figures
from config.bench.generate import Generator
from config.bench.work import Work
from config.demo.people import add_cast
from people.actions.system import system_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def work() -> Work:
    by, now = system_user("bench"), timezone.now()
    generator = Generator(add_cast(by=by, on=localdate(now)), by, now)
    generator.add_bodies()
    generator.add(3, whole=False)
    keys = list(Agreement.objects.values_list("pk", flat=True))
    reassess_locked(agreements=keys, on=localdate(now), by=by)
    filled = Work(generator.cast, by, now, activities=40, findings=10, actions=30)
    filled.fill()
    return filled


def test_a_little_work_is_guarded_and_measured_to_the_end(work: Work) -> None:
    assert Activity.objects.filter(scheduled=False).count() == 40
    assert ActivityEvidence.objects.count() == 30
    assert Finding.objects.open().count() == 2
    assert Action.objects.filter(state="verified").count() == 24
    assert FindingStep.objects.count() == 10 + 8 + 30
    assert ConformanceRun.objects.filter(on__lt=work.today).count() == 3
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # the guards of the history judge what was written
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    assert {one.name for one in figures(work.cast, runs=1)} == set(AIMS)


def test_one_section_never_takes_the_other_along(tmp_path: Path) -> None:
    path = tmp_path / "performance.md"
    path.write_text("# Performance\n", encoding="utf-8")
    for new in (f"{section.ASSURANCE}\nours\n", f"{section.HEADING}\nold\n", f"{section.HEADING}\nnew\n"):
        section.replace_section(path, new)
    said = path.read_text(encoding="utf-8")
    assert said == f"# Performance\n\n{section.HEADING}\nnew\n\n{section.ASSURANCE}\nours\n"
    assert section.kept_section(path) == f"\n{section.HEADING}\nnew\n\n{section.ASSURANCE}\nours\n"
