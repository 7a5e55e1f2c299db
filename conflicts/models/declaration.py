"""Declarations: when, why and in which capacity somebody said what their interests are, or that there is nothing."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.crypto import get_random_string

from agreements.models import Agreement, Contract, Organisation, Subcontractor
from conflicts.choices import (
    BEING_WRITTEN,
    IN_HAND,
    OF_ORGANISATIONS,
    Capacity,
    DeclarationStatus,
    Declared,
    Occasion,
    Said,
    Stage,
    Standing,
)
from conflicts.interest_kinds import BY_NAME
from conflicts.models.interest import Interest, InterestContent
from people.models import Agency, Person, User
from people.permissions import may
from people.roles import Permission
from records.constraints import in_order, one_of, together
from records.models import Recorded

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is mistaken for another


def new_code() -> str:
    """An address nobody can guess: 31 to the power of 16."""
    return get_random_string(16, LETTERS)


class DeclarationQuerySet(models.QuerySet["Declaration"]):
    """Declarations as somebody may read them: by what they have to do with it, never by rank (domain.md 9.5)."""

    def visible_to(self, user: User) -> Self:
        """The user's own, those they decide, approve, fill in or recorded, and all submitted to the integrity team."""
        mine = user.person_id
        related = Q(person=mine) | Q(recorded_by=user) | Q(filled_in_by=mine, status__in=BEING_WRITTEN)
        asked = Q(decider=mine) | Q(approver=mine) | self._of_my_suppliers(user)
        if may(user, Permission.SEE_DECLARATIONS):
            asked |= Q(submitted_at__isnull=False)
        submitted = ~Q(status__in=BEING_WRITTEN) | Q(status=DeclarationStatus.RETURNED)
        return self.filter(related | asked & submitted, agency=user.agency)

    def kept_by(self, user: User) -> Self:
        """Those whose plan in force names the user as who sees that it is kept: they read the plan, and no more."""
        plan = Q(plans__monitored_by=user.person_id, plans__approved_at__isnull=False, plans__ended_on=None)
        return self.filter(plan, agency=user.agency).exclude(person=user.person_id)

    def _of_my_suppliers(self, user: User) -> Q:
        if not may(user, Permission.RECORD_DECLARATIONS):
            return Q(pk__in=[])
        mine = Q(contract__manager=user.person_id) | Q(agreement__manager=user.person_id)
        return Q(person=None) & mine

    def waiting_for(self, user: User) -> Self:
        """Those in which a decision or a plan may be the user's next: whose turn it is, policies.py says.

        The integrity team writes plans beside the decider, and stands in where nobody is named.
        """
        theirs = Q(decider=user.person_id) | Q(approver=user.person_id)
        if may(user, Permission.SEE_DECLARATIONS):
            theirs |= Q(decider=None) | Q(approver=None, status=DeclarationStatus.PLAN_DRAFTED)
            theirs |= Q(decider=F("approver"), status=DeclarationStatus.MANAGEABLE)
        return self.visible_to(user).filter(theirs, status__in=IN_HAND).exclude(person=user.person_id)

    def being_written(self) -> Self:
        """Drafts, and those returned for more."""
        return self.filter(status__in=BEING_WRITTEN)


class Declaration(Recorded):
    """One declaration of a person, or of a supplier through whoever manages the contract.

    ``decider`` and ``approver`` follow from the table of routes when it is submitted. ``recorded_by`` is who recorded
    it for somebody who never signs in, from which document of which day. ``begins_on`` is the day from which the work,
    contract or panel that it is about begins, where neither contract nor agreement says.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="declarations")
    code = models.CharField(max_length=16, unique=True, default=new_code, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="declarations")
    supplier = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="declarations"
    )
    capacity = models.CharField("in which capacity?", max_length=16, choices=Capacity)
    occasion = models.CharField("why now?", max_length=16, choices=Occasion)
    stage = models.CharField("at which stage?", max_length=16, choices=Stage, blank=True)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    subcontractor = models.ForeignKey(
        Subcontractor, on_delete=models.PROTECT, null=True, blank=True, related_name="declarations"
    )
    about = models.CharField("which work is it about?", max_length=200, blank=True)
    begins_on = models.DateField("when does that work begin?", null=True, blank=True)
    said = models.CharField(max_length=9, choices=Said, default=Said.SILENT)
    status = models.CharField(max_length=13, choices=DeclarationStatus, default=DeclarationStatus.DRAFT)
    started_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", editable=False)
    started_at = models.DateTimeField(editable=False)
    filled_in_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="may fill it in for you"
    )
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    spoken_by = models.CharField("who speaks for them?", max_length=200, blank=True)
    document = models.CharField("from which document?", max_length=300, blank=True)
    document_on = models.DateField("dated", null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True, help_text="The last time.")
    submitted_on = models.DateField("declared on", null=True, blank=True)
    route = models.CharField(max_length=30, blank=True, help_text="The row of the table of routes.")
    decider = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="to_decide")
    approver = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="to_approve")

    objects = DeclarationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person=None, supplier__isnull=False) | Q(person__isnull=False, supplier=None),
                name="declaration_of_a_person_or_a_supplier",
            ),
            one_of("status", DeclarationStatus.values, "declaration_status_known"),
            one_of("capacity", Capacity.values, "declaration_capacity_known"),
            one_of("occasion", Occasion.values, "declaration_occasion_known"),
            one_of("stage", ["", *Stage.values], "declaration_stage_known"),
            one_of("said", Said.values, "declaration_said_known"),
            together("submitted_at", "submitted_on", "declaration_submitted_on_a_day"),
            models.CheckConstraint(
                condition=Q(status__in=[*BEING_WRITTEN, DeclarationStatus.WITHDRAWN])
                | Q(submitted_at__isnull=False) & ~Q(said=Said.SILENT),
                name="declaration_submitted_says_something",
            ),
            models.CheckConstraint(
                condition=Q(supplier=None) | Q(recorded_by__isnull=False), name="declaration_of_a_supplier_is_recorded"
            ),
            models.CheckConstraint(
                condition=Q(person=None) | ~Q(capacity__in=OF_ORGANISATIONS), name="declaration_capacity_fits"
            ),
            models.CheckConstraint(
                condition=(Q(decider=None) | ~Q(decider=F("person"))) & (Q(approver=None) | ~Q(approver=F("person"))),
                name="declaration_nobody_decides_their_own",
                violation_error_message="Nobody decides on, or approves the plan of, their own declaration",
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "status"], name="declaration_by_status"),
            models.Index(fields=["agency", "-submitted_on"], name="declaration_newest"),
        ]

    def __str__(self) -> str:
        return f"Declaration of {self.declarant}"

    def get_absolute_url(self) -> str:
        """The declaration's own page."""
        return reverse("conflicts:declaration", args=[self.code])

    @property
    def declarant(self) -> Person | Organisation:
        """Whose interests these are."""
        return self.person or self.supplier  # type: ignore[return-value]  # the database knows that one of them is there

    @property
    def is_being_written(self) -> bool:
        """Whether the declarant can change what it says."""
        return self.status in BEING_WRITTEN

    @property
    def for_organisation(self) -> bool:
        """Whether a supplier declares."""
        return self.person_id is None


class DeclaredInterest(Recorded, InterestContent):
    """What a declaration says of one interest. It stands as it was submitted; the interest itself lives on."""

    never_empty = ("named_as", "normalised")

    declaration = models.ForeignKey(Declaration, on_delete=models.PROTECT, related_name="declared")
    interest = models.ForeignKey(Interest, on_delete=models.PROTECT, null=True, blank=True, related_name="declared")
    standing = models.CharField(max_length=7, choices=Standing, default=Standing.NEW)
    touches = models.TextField("how could it touch your work?", max_length=2000, blank=True)
    declared_as = models.CharField("what do you think it is?", max_length=9, choices=Declared, default=Declared.UNSURE)

    class Meta:
        constraints = [
            one_of("kind", BY_NAME, "declared_interest_kind_known"),
            one_of("standing", Standing.values, "declared_interest_standing_known"),
            one_of("declared_as", Declared.values, "declared_interest_declared_as_known"),
            in_order("starts_on", "ends_on", "declared_interest_in_order", "It cannot end before it began"),
            models.UniqueConstraint(
                fields=["declaration", "interest"], name="declared_interest_once", nulls_distinct=True
            ),
        ]

    def __str__(self) -> str:
        return f"{self.of_kind.title}: {self.named_as}"
