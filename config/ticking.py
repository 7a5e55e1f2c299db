"""The daily tick: what only time changes, step by step (settings.TICK_STEPS).

A step is a function ``(on: date) -> int`` that says how many things it did. It finds out by itself what was done
before, so that a second tick, or one after a crash, does only what is left.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from people.actions.system import system_user
from people.models import User
from records.actions.tick import note_run
from records.locks import hold

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Outcome:
    """What one step did, or the kind of error that stopped it."""

    step: str
    done: int = 0
    failed: str = ""

    def __str__(self) -> str:
        return f"{self.step}: {f'FAILED, {self.failed}' if self.failed else f'{self.done} done'}"


def run_steps(on: date) -> Iterator[Outcome]:
    """Run every step for the day, in the order of the setting. One that fails is logged and the others still run."""
    by = system_user("tick")
    for step in settings.TICK_STEPS:
        try:
            yield _run(step, on, by)
        except Exception as problem:
            log.exception("A step of the tick failed: %s", step)
            kind = type(problem).__name__
            note_run(step=step, on=on, at=timezone.now(), failed=kind, by=by)
            yield Outcome(step, failed=kind)


def _run(step: str, on: date, by: User) -> Outcome:
    """One transaction and one lock a step: of two ticks at once the second waits, and then finds nothing to do."""
    with transaction.atomic():
        hold(f"tick {step}")
        done = import_string(step)(on)
        note_run(step=step, on=on, at=timezone.now(), done=done, by=by)
    return Outcome(step, done)
