"""What the benchmark measures is a register like any other: guarded, searchable, verifiable."""

from datetime import timedelta

import pytest
from django.utils import timezone

from agreements.actions.reference_data import load_reference_data
from agreements.models import Agreement, SearchEntry
from config.bench.generate import Generator
from config.demo.people import add_cast
from config.management.commands.bench import history_rows
from people.actions.system import system_user

pytestmark = pytest.mark.django_db


def test_whole_agreements_carry_sixty_history_rows_and_lean_ones_eight() -> None:
    by, now = system_user("bench"), timezone.now()
    load_reference_data(by=by)
    generator = Generator(add_cast(by=by, on=timezone.localdate(now) - timedelta(days=900)), by, now)
    generator.add_bodies()
    before = history_rows()
    generator.add(10, whole=True)
    whole = history_rows()
    generator.add(10, whole=False)
    assert 58 * 10 <= whole - before <= 64 * 10
    assert 8 * 10 <= history_rows() - whole <= 9 * 10
    assert Agreement.objects.count() == SearchEntry.objects.count() == 20
