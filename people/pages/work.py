"""What the page of a piece of work says: how far it is, whether anybody does it, and what came of it."""

from dataclasses import dataclass
from datetime import datetime

from people import worker
from people.long_work import Kind, kind_of
from people.models import Work, WorkState
from people.progress import Progress, progress


@dataclass(frozen=True)
class WorkPage:
    """One piece of work. ``at`` is None where nobody has it in hand now."""

    work: Work
    kind: Kind
    at: Progress | None
    ahead: int
    worker_at: datetime | None
    worker_is_here: bool

    @property
    def interrupted(self) -> bool:
        """Whether it was begun, is not over, and nobody has it in hand."""
        return self.work.state == WorkState.RUNNING and self.at is None

    @property
    def says(self) -> str:
        """What is being done."""
        return self.kind.steps[self.at.step - 1] if self.at else ""

    @property
    def percent(self) -> int | None:
        """How far along its steps it is; None where that is not known."""
        if self.at is None or not self.work.total:
            return None
        within = (self.at.done or 0) / self.work.total
        return round(100 * (self.at.step - 1 + within) / len(self.kind.steps))


def work_page(work: Work, now: datetime) -> WorkPage:
    """At most four queries, and none of them for what is over."""
    at, ahead, heard = None, 0, None
    if not work.over:
        at, heard = progress(work.pk), worker.heard_at()
    if work.state == WorkState.WAITING:
        ahead = Work.objects.open().filter(asked_at__lt=work.asked_at).count()
    is_here = heard is not None and now - heard < worker.SILENCE
    return WorkPage(work, kind_of(work.kind), at, ahead, heard, is_here)
