"""The approval of an AISA or of matching, and the amendment of an AISA."""

from typing import Any

from django import forms

from agreements.choices import Kind
from agreements.forms.organisation import OrganisationChoiceField
from assurance.aisa.counting import NOTICE
from assurance.models import Amendment, Approval
from records.forms import NZDateField

OF_AN_ORDER = ("order", "order_on", "address", "public_services", "information")
IN_PUBLIC = "Stands in the public register, Schedule 2 of the Privacy Act."


class ApprovalForm(forms.ModelForm):
    """What Part 7 asks to be recorded; nothing is asked twice, and of matching nothing that only an Order has."""

    lead = OrganisationChoiceField(label="Lead agency", required=False, help_text=IN_PUBLIC)
    order_on = NZDateField(label="Day of the Order", required=False, help_text="The day it was made.")
    address = forms.URLField(
        label="Internet address of a copy", required=False, assume_scheme="https", max_length=500, help_text=IN_PUBLIC
    )

    class Meta:
        model = Approval
        fields = (
            "lead", "order", "order_on", "address", "public_services", "information", "notice_days", "notice_ground",
        )  # fmt: skip
        help_texts = {
            "order": "Its title and number, as legislation has them.",
            "public_services": IN_PUBLIC,
            "information": IN_PUBLIC,
            "notice_ground": "Only where people are told later than that, or not at all.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = Kind(self.instance.agreement.kind)
        self.fields["notice_days"].help_text = f"At least {NOTICE[kind]}, to be confirmed."
        for name in OF_AN_ORDER if kind == Kind.MATCHING else ():
            del self.fields[name]


class AmendmentForm(forms.ModelForm):
    """A further Order, or a listed exception."""

    order_on = NZDateField(label="Day of the Order", required=False, help_text="The day it was made.")

    class Meta:
        model = Amendment
        fields = ("exception", "order", "order_on", "note")
        labels = {"exception": "Does it fall under a listed exception?", "order": "Further Order in Council"}
        help_texts = {
            "order": "Its title and number. Leave it empty until it is made, or where an exception applies.",
            "note": "For example when the Commissioner and the Minister had notice in writing.",
        }
        widgets = {"exception": forms.RadioSelect, "note": forms.Textarea(attrs={"rows": 3})}
