"""Flows of information between parties, and what each carries."""

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Lower

from agreements.choices import Category, Control, Frequency, Identifiability, Sensitivity
from agreements.models.party import Party
from agreements.models.terms import Terms
from records.choices import YesNoUnknown, yes_no_unknown
from records.constraints import one_of
from records.models import Recorded

MARKED, PLAIN = "ĀĒĪŌŪāēīōūäëïöü", "AEIOUaeiouaeiou"


def plain_name() -> Lower:
    """A name in small letters without macrons, as the index holds it: the database's unaccent() cannot be indexed."""
    return Lower(Func("name", Value(MARKED), Value(PLAIN), function="translate", output_field=models.TextField()))


class Flow(Recorded):
    """Information moving from one party to another."""

    terms = models.ForeignKey(Terms, on_delete=models.CASCADE, related_name="flows")
    sender = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="sends", verbose_name="from")
    receiver = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="receives", verbose_name="to")
    method = models.CharField("how it moves", max_length=300, blank=True)
    control = models.CharField(
        "how the receiver reaches it", max_length=8, choices=Control.choices, default=Control.UNKNOWN
    )
    frequency = models.CharField("how often", max_length=10, choices=Frequency.choices, default=Frequency.UNKNOWN)
    volume = models.PositiveIntegerField("records a year", null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(sender=F("receiver")),
                name="flow_between_two_parties",
                violation_error_message="Information flows from one party to another: choose two different parties",
            ),
            one_of("control", Control.values, "flow_control_known"),
            one_of("frequency", Frequency.values, "flow_frequency_known"),
        ]

    def __str__(self) -> str:
        return f"From {self.sender} to {self.receiver}"


class Information(Recorded):
    """One kind of information that a flow carries."""

    never_empty: ClassVar[tuple[str, ...]] = ("name",)

    flow = models.ForeignKey(Flow, on_delete=models.CASCADE, related_name="information")
    name = models.CharField("what information", max_length=200)
    category = models.CharField(max_length=14, choices=Category.choices, default=Category.UNKNOWN)
    identifiability = models.CharField(
        "how far it identifies people", max_length=14, choices=Identifiability.choices, default=Identifiability.UNKNOWN
    )
    sensitivity = models.CharField(max_length=8, choices=Sensitivity.choices, default=Sensitivity.UNKNOWN)
    about_whom = models.CharField("about whom", max_length=200, blank=True)
    children = yes_no_unknown("about children or young people?")
    health = yes_no_unknown("about health?")
    maori = yes_no_unknown("Māori data?")

    class Meta:
        verbose_name_plural = "information shared"
        indexes = [GinIndex(OpClass(plain_name(), name="gin_trgm_ops"), name="information_plain_name")]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="information_has_a_name"),
            one_of("category", Category.values, "information_category_known"),
            one_of("identifiability", Identifiability.values, "information_identifiability_known"),
            one_of("sensitivity", Sensitivity.values, "information_sensitivity_known"),
            *(
                one_of(name, YesNoUnknown.values, f"information_{name}_known")
                for name in ("children", "health", "maori")
            ),
        ]

    def __str__(self) -> str:
        return self.name
