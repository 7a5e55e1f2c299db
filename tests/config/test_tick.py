"""The daily tick: every step once, whatever happens to it."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings as register
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django.fixtures import Settings

from agreements.choices import Status
from config.ticking import run_steps
from people.models import Notice
from records.models import HeadSent, TickRun
from tests.agreements_at import agreement_at, answer
from tests.cast import Cast
from tests.config.processes import ended, start

REVIEWS = "agreements.due.agreement.reviews_due"
STEPS = "tests.config.steps"


@pytest.fixture(autouse=True)
def heads_file(settings: Settings, tmp_path: Path) -> Path:
    settings.HEADS_FILE = str(tmp_path / "heads.txt")
    return tmp_path / "heads.txt"


def due_review(cast: Cast, title: str = "School attendance liaison", days: int = 3) -> str:
    """A signed agreement of the privacy officer's whose review is due in some days."""
    agreement = agreement_at(Status.SIGNED, cast, title=title)
    day = timezone.localdate() + timedelta(days=days)
    return answer(agreement, "ownership", cast.privacy_officer, review_due_on=day).reference


@pytest.mark.django_db
def test_a_line_a_step_and_a_row_that_operators_read(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    settings.TICK_STEPS = [f"{STEPS}.three"]
    call_command("tick")
    assert capsys.readouterr().out == f"{STEPS}.three: 3 done\n"
    run = TickRun.objects.get()
    assert (run.label, run.on, run.done, run.failed) == ("three", timezone.localdate(), 3, "")


@pytest.mark.django_db
def test_a_step_that_fails_is_logged_and_the_others_still_run(
    settings: Settings, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    settings.TICK_STEPS = [f"{STEPS}.broken", f"{STEPS}.gone", f"{STEPS}.three"]
    with pytest.raises(CommandError, match="2 of the steps failed"):
        call_command("tick")
    said = capsys.readouterr().out
    assert f"{STEPS}.broken: FAILED, ValueError" in said
    assert f"{STEPS}.gone: FAILED, ImportError" in said
    assert f"{STEPS}.three: 3 done" in said
    assert len(caplog.records) == 2
    assert list(TickRun.objects.order_by("pk").values_list("done", "failed")) == [
        (0, "ValueError"), (0, "ImportError"), (3, ""),
    ]  # fmt: skip
    assert "secret" not in said + "".join(TickRun.objects.values_list("failed", flat=True))


@pytest.mark.django_db
def test_a_day_to_come_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(CommandError, match="has not come yet"):
        call_command("tick", on=tomorrow)
    with pytest.raises(CommandError, match="is no day: write it as 2026-07-14"):
        call_command("tick", "--on", "14/7")
    assert not TickRun.objects.exists()


@pytest.mark.django_db
def test_twice_and_for_last_month_nothing_is_made_twice(heads_file: Path) -> None:
    cast = Cast()
    due_review(cast)
    today = timezone.localdate()
    first = {outcome.step: outcome.done for outcome in run_steps(today)}
    assert first[REVIEWS] == 1
    assert [outcome.failed for outcome in run_steps(today)] == [""] * len(register.TICK_STEPS)
    assert {outcome.step: outcome.done for outcome in run_steps(today)} == dict.fromkeys(register.TICK_STEPS, 0)
    last_month = list(run_steps(today - timedelta(days=30)))
    assert [outcome.done for outcome in last_month] == [0] * len(register.TICK_STEPS)
    assert Notice.objects.open().count() == 1
    assert HeadSent.objects.count() == 1
    assert len(heads_file.read_text().splitlines()) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("change", [date(2026, 4, 5), date(2026, 9, 27)], ids=["back", "forward"])
def test_the_days_on_which_the_clocks_change_are_days_like_any_other(change: date) -> None:
    """23 and 25 hours long; what is due is a matter of days, so each is told once and late the day after."""
    cast = Cast()
    agreement = agreement_at(Status.SIGNED, cast)
    answer(agreement, "ownership", cast.privacy_officer, review_due_on=change)
    for on in (change - timedelta(days=1), change, change, change + timedelta(days=1)):
        assert not [outcome for outcome in run_steps(on) if outcome.failed]
    found = Notice.objects.order_by("pk").values_list("kind", "made_on", "closed_on")
    assert list(found) == [
        ("review_due", change - timedelta(days=1), change + timedelta(days=1)),
        ("review_late", change + timedelta(days=1), None),
    ]


@pytest.mark.django_db(transaction=True)
def test_killed_in_the_middle_and_run_again() -> None:
    due_review(Cast())
    killed = start("tick", steps=f"{STEPS}.reviews_due_and_wait")
    assert killed.stdout is not None
    assert killed.stdout.readline() == "waiting\n"
    killed.kill()
    killed.communicate(timeout=60)
    assert not Notice.objects.exists()
    assert not TickRun.objects.exists()
    assert ended(start("tick", steps=REVIEWS)) == f"{REVIEWS}: 1 done\n"
    assert Notice.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_at_once_do_everything_once() -> None:
    cast = Cast()
    for number in range(3):
        due_review(cast, f"Agreement {number}")
    both = [start("tick", steps=REVIEWS) for _ in range(2)]
    assert sorted(ended(process) for process in both) == [f"{REVIEWS}: 0 done\n", f"{REVIEWS}: 3 done\n"]
    assert Notice.objects.count() == 3
