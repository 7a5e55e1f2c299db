"""The approval of an AISA or of a matching programme, its public columns, its amendments (Privacy Act 2020 Part 7)."""

from typing import Self

from django.db import models
from django.db.models import Q

from agreements.models import Agreement, Organisation, Terms
from people.models import User
from records.constraints import one_of
from records.models import Recorded


class ApprovalQuerySet(models.QuerySet["Approval"]):
    """Approvals as somebody may read them."""

    def visible_to(self, user: User) -> Self:
        """Those of the user's own agency's agreements."""
        return self.filter(agreement__agency=user.agency)


class Approval(Recorded):
    """Lead, Order and the columns of the public register in Schedule 2; periods of notice in working days."""

    agreement = models.OneToOneField(Agreement, on_delete=models.PROTECT, related_name="approval")
    lead = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="lead agency"
    )
    order = models.CharField("Order in Council", max_length=200, blank=True)
    order_on = models.DateField("day of the Order", null=True, blank=True)
    public_services = models.TextField("public services it facilitates", max_length=2000, blank=True)
    address = models.URLField("internet address of a copy", max_length=500, blank=True)
    information = models.TextField("description of the personal information", max_length=4000, blank=True)
    notice_days = models.PositiveSmallIntegerField(
        "working days of notice before an adverse action", null=True, blank=True
    )
    notice_ground = models.CharField("ground on which notice is shortened", max_length=500, blank=True)

    objects = ApprovalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(order_on=None) | ~Q(order=""), name="approval_day_of_an_order")
        ]

    def __str__(self) -> str:
        return f"approval of {self.agreement.reference}"


class AmendmentException(models.TextChoices):
    """Amendments that need no further Order (section 157)."""

    NONE = "", "None: it needs an Order"
    FEES = "fees", "Only fees change"
    NAMES = "names", "Only a party's name or description changes"
    CLASS = "class", "A party of the class is added or removed"
    NO_EFFECT = "no_effect", "No effect on privacy, after consulting the Commissioner"


class AmendmentQuerySet(models.QuerySet["Amendment"]):
    """Amendments as somebody may read them."""

    def visible_to(self, user: User) -> Self:
        """Those of the user's own agency's agreements."""
        return self.filter(terms__agreement__agency=user.agency)


class Amendment(Recorded):
    """How the variation of an AISA may take effect: by a further Order, or as a listed exception."""

    terms = models.OneToOneField(Terms, on_delete=models.PROTECT, related_name="amendment")
    order = models.CharField("further Order in Council", max_length=200, blank=True)
    order_on = models.DateField("day of the Order", null=True, blank=True)
    exception = models.CharField(
        "listed exception",
        max_length=9,
        choices=AmendmentException,
        blank=True,
        default=AmendmentException.NONE,
    )
    note = models.CharField("consultation and notices", max_length=1000, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("recorded at")

    objects = AmendmentQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("exception", AmendmentException.values, "amendment_exception_known"),
            models.CheckConstraint(condition=~Q(order="") | ~Q(exception=""), name="amendment_by_order_or_exception"),
            models.CheckConstraint(condition=Q(order_on=None) | ~Q(order=""), name="amendment_day_of_an_order"),
        ]

    def __str__(self) -> str:
        return f"Amendment by {self.order or self.get_exception_display()}"
