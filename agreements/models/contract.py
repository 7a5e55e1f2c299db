"""Contracts for services: what the agency pays for, from whom, who manages it, and which agreements it serves."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import F, Max, OuterRef, Q, Subquery
from django.db.models.functions import Upper

from agreements.choices import ContractStage, ContractTemplate, ValueBand
from agreements.models.agreement import Agreement
from agreements.models.organisation import Organisation
from people.models import Agency, Person
from records.choices import YesNoUnknown, yes_no_unknown
from records.constraints import in_order, one_of
from records.models import Recorded

if TYPE_CHECKING:
    from people.models import User


class ContractQuerySet(models.QuerySet["Contract"]):
    """Contracts as someone may see them."""

    def visible_to(self, user: "User") -> Self:
        """The contracts of the user's own agency; no party agency ever sees them."""
        return self.filter(agency=user.agency)

    def running(self) -> Self:
        """Those that have not ended."""
        return self.exclude(stage=ContractStage.ENDED)

    def with_last_oversight(self) -> Self:
        """``last_oversight``: the day the contract was last looked after, None where it never was."""
        from agreements.models.oversight import Oversight

        logged = Oversight.objects.filter(contract=OuterRef("pk")).order_by().values("contract")
        return self.annotate(last_oversight=Subquery(logged.annotate(last=Max("on")).values("last")))


class Contract(Recorded):
    """One contract, under its number in the finance system."""

    never_empty: ClassVar[tuple[str, ...]] = ("title",)

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="contracts")
    reference = models.CharField("number in the finance system", max_length=40)
    title = models.CharField(max_length=200)
    supplier = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="contracts")
    stage = models.CharField(max_length=12, choices=ContractStage.choices)
    manager = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="contracts_managed",
        verbose_name="contract manager",
    )
    procurement_ref = models.CharField("procurement reference", max_length=120, blank=True)
    template = models.CharField(
        "template used", max_length=8, choices=ContractTemplate.choices, default=ContractTemplate.UNKNOWN
    )
    value_band = models.CharField(
        "value over its whole life", max_length=9, choices=ValueBand.choices, default=ValueBand.UNKNOWN
    )
    starts_on = models.DateField("starts on", null=True, blank=True)
    ends_on = models.DateField("ends on", null=True, blank=True)
    gmc_considered = yes_no_unknown("model contract conflict-of-interest terms considered")
    gmc_note = models.TextField("what was decided about them", max_length=2000, blank=True)

    objects = ContractQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                F("agency"),
                Upper("reference"),
                name="contract_number_once_an_agency",
                violation_error_message="Another contract of your agency already has this number",
            ),
            one_of("stage", ContractStage.values, "contract_stage_known"),
            one_of("template", ContractTemplate.values, "contract_template_known"),
            one_of("value_band", ValueBand.values, "contract_value_band_known"),
            one_of("gmc_considered", YesNoUnknown.values, "contract_gmc_considered_known"),
            in_order("starts_on", "ends_on", "contract_in_order", "A contract cannot end before it starts"),
            models.CheckConstraint(condition=~Q(reference="") & ~Q(title=""), name="contract_has_number_and_title"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    def get_absolute_url(self) -> str:
        """The contract's own page."""
        from django.urls import reverse

        return reverse("agreements:contract", args=[self.pk])


class AgreementContract(Recorded):
    """A contract serves an agreement; one contract may serve several, and an agreement may rest on several."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="contract_links")
    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="agreement_links")
    by = models.ForeignKey("people.User", on_delete=models.PROTECT, editable=False, related_name="+")
    at = models.DateTimeField("linked at", editable=False)

    class Meta:
        verbose_name = "contract"
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "contract"],
                name="agreement_contract_once",
                violation_error_message="The contract serves this agreement already",
            )
        ]

    def __str__(self) -> str:
        return str(self.contract)


class Subcontractor(Recorded):
    """An organisation that does part of the work of a contract, for the supplier or for another subcontractor."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="subcontractors")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="subcontracts")
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="below", verbose_name="works for"
    )
    does = models.CharField("what it does", max_length=200, blank=True)
    starts_on = models.DateField("starts on", null=True, blank=True)
    ends_on = models.DateField("until", null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("id")), name="subcontractor_not_under_itself"
            ),
            in_order("starts_on", "ends_on", "subcontractor_in_order", "It cannot end before it starts"),
        ]

    def __str__(self) -> str:
        return str(self.organisation)
