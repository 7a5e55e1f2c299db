"""Every stage that a contract reached, as a row that never changes."""

from django.db import models

from agreements.choices import ContractStage
from agreements.contract_lifecycle import BY_STEP, CORRECTED, RECORDED
from agreements.models.contract import Contract
from people.models import User
from records.constraints import one_of
from records.models import Recorded
from records.words import nz_date


class ContractStageChange(Recorded):
    """From which stage to which, by whom, when recorded (``at``), true from which day (``on``), and why."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="stage_changes")
    step = models.CharField(max_length=10)
    source = models.CharField("from", max_length=12, choices=ContractStage.choices, blank=True)
    target = models.CharField("to", max_length=12, choices=ContractStage.choices)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("recorded at")
    on = models.DateField("true from")
    why = models.TextField(max_length=2000, blank=True)

    class Meta:
        verbose_name = "stage"
        indexes = [models.Index(fields=["contract", "-id"], name="contract_stage_newest")]
        constraints = [
            one_of("source", ["", *ContractStage.values], "contract_stage_source_known"),
            one_of("target", ContractStage.values, "contract_stage_target_known"),
            one_of("step", [RECORDED, CORRECTED, *BY_STEP], "contract_stage_step_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_target_display()} from {nz_date(self.on)}"

    @property
    def said(self) -> str:
        """The step in a few words: Procurement started, Ended."""
        words = {RECORDED: "Recorded as it stood", CORRECTED: "Put right"}
        return words.get(self.step) or BY_STEP[self.step].done
