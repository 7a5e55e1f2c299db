"""Every step of a declaration's life, and every decision, as rows that never change."""

from django.db import models
from django.db.models import Q

from conflicts.choices import ConflictType, DeclarationStatus, Outcome
from conflicts.lifecycle import BESIDES, BY_NAME, STEP_CHOICES, STEP_NAMES
from conflicts.models.declaration import Declaration, DeclaredInterest
from people.models import User
from records.constraints import one_of
from records.models import Recorded
from records.words import nz_date


class DeclarationStep(Recorded):
    """From which status to which, by whom, when, and why."""

    declaration = models.ForeignKey(Declaration, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=20, choices=STEP_CHOICES)
    source = models.CharField("from", max_length=13, choices=DeclarationStatus, blank=True)
    target = models.CharField("to", max_length=13, choices=DeclarationStatus)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("recorded at")
    on = models.DateField("true from")
    why = models.TextField(max_length=2000, blank=True)

    class Meta:
        verbose_name = "step"
        indexes = [models.Index(fields=["declaration", "-id"], name="declaration_step_newest")]
        constraints = [
            one_of("step", STEP_NAMES, "declaration_step_known"),
            one_of("target", DeclarationStatus.values, "declaration_step_target_known"),
        ]

    def __str__(self) -> str:
        return f"{self.said} on {nz_date(self.on)}"

    @property
    def said(self) -> str:
        """The step in a few words."""
        return BESIDES.get(self.step) or BY_NAME[self.step].done


class Decision(Recorded):
    """What was decided about one declared interest, or about the declaration as a whole where nothing was declared.

    "No conflict" is a decision like any other: with who, when and why (domain.md 3.1, M6). ``decided_by`` names who
    decided outside the register, such as the Commission about a chief executive, and from which document.
    """

    never_empty = ("reasons",)

    declaration = models.ForeignKey(Declaration, on_delete=models.PROTECT, related_name="decisions")
    declared = models.ForeignKey(
        DeclaredInterest, on_delete=models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    outcome = models.CharField("decision", max_length=12, choices=Outcome)
    type = models.CharField("which type of conflict?", max_length=9, choices=ConflictType, blank=True)
    outsider = models.TextField("what would an outsider think?", max_length=2000, blank=True)
    reasons = models.TextField("why?", max_length=4000)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("recorded at")
    on = models.DateField("decided on")
    decided_by = models.CharField("who decided outside the register", max_length=200, blank=True)
    document = models.CharField("by which document", max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["declaration", "-id"], name="decision_newest")]
        constraints = [
            one_of("outcome", Outcome.values, "decision_outcome_known"),
            models.CheckConstraint(condition=~Q(reasons=""), name="decision_has_reasons"),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.NONE, type="") | ~Q(outcome=Outcome.NONE) & Q(type__in=ConflictType.values),
                name="decision_conflict_has_a_type",
                violation_error_message="Say which type of conflict it is; where there is none, leave it open",
            ),
            models.CheckConstraint(
                condition=Q(decided_by="", document="") | ~Q(decided_by="") & ~Q(document=""),
                name="decision_outside_has_a_document",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}, {nz_date(self.on)}"
