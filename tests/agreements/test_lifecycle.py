"""The table of steps and its diagram."""

from django.conf import settings

from agreements.choices import Status
from agreements.lifecycle import STEPS, steps_from
from agreements.management.commands.lifecycle import page


def test_the_diagram_in_the_docs_is_the_table() -> None:
    assert (settings.BASE_DIR / "docs" / "lifecycle.md").read_text() == page()


def test_every_status_can_be_reached_and_left() -> None:
    reached = {step.target for step in STEPS}
    assert set(Status) - reached == set()
    assert all(steps_from(status) for status in Status)


def test_every_step_says_what_it_does() -> None:
    assert [step.name for step in STEPS if not (step.says and step.done and step.label)] == []
