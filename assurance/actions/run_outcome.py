"""Keep what each run says of each standard as a whole."""

from collections.abc import Iterable

from assurance.models import ConformanceRun, RunOutcome
from assurance.run_outcomes import outcomes_of


def keep_outcomes(runs: Iterable[ConformanceRun]) -> None:
    """For new runs: one insert, however many."""
    rows = [RunOutcome(run=run, agreement_id=run.agreement_id, on=run.on, **outcomes_of(run.results)) for run in runs]
    RunOutcome.objects.bulk_create(rows, batch_size=500)
