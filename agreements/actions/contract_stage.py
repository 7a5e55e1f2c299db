"""Lead a contract from stage to stage: the one writer of its stage and of the rows that say how it came there."""

from datetime import date, datetime

from django.utils.timezone import localdate

from agreements.actions.changes import changing
from agreements.actions.contract import lock_contract
from agreements.actions.status import check_said
from agreements.choices import ContractStage
from agreements.contract_lifecycle import BY_STEP, StageStep
from agreements.errors import NotNow
from agreements.models import Contract, ContractStageChange
from agreements.policies.contract import check_may_take_stage
from people.models import User
from records.acting import action


@action
def take_stage_step(
    *, contract: Contract, step: str, by: User, now: datetime, on: date | None = None, reason: str = ""
) -> Contract:
    """Take one step of contract_lifecycle.py; ``on`` is the day it is true from (today), never in the future.

    Raises NotNow, NotYours or NotPermitted; nothing is written then.
    """
    chosen, today = BY_STEP[step], localdate(now)
    locked = lock_contract(contract)
    check_may_take_stage(locked, chosen, by)
    check_said(chosen.needs_reason, reason, on or today, today)
    source, target = locked.stage, _target(locked, chosen)
    locked.stage = target
    locked.save()
    row = ContractStageChange(contract=locked, step=step, source=source, target=target, why=reason.strip())
    row.by, row.at, row.on = by, now, on or today
    row.save()
    for link in locked.agreement_links.select_related("agreement").order_by("agreement"):
        with changing(link.agreement, by, today):
            pass  # what others conclude from its contract is concluded again
    return locked


def _target(contract: Contract, step: StageStep) -> str:
    """Where the step leads; undoing, to the stage from which the present one was reached."""
    if step.target:
        return step.target
    reached = contract.stage_changes.filter(target=contract.stage).exclude(step="undo").order_by("-pk").first()
    if reached is None or reached.source not in ContractStage.values:
        raise NotNow("It was recorded at this stage: there is none before it in the register")
    return reached.source
