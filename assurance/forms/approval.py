"""The approval of an AISA or of matching, and the amendment of an AISA."""

from django import forms

from agreements.forms.organisation import OrganisationChoiceField
from assurance.models import Amendment, Approval
from records.forms import NZDateField


class ApprovalForm(forms.ModelForm):
    """What Part 7 asks to be recorded; nothing is asked twice."""

    lead = OrganisationChoiceField(label="Lead agency", required=False)
    order_on = NZDateField(label="Day of the Order", required=False)
    address = forms.URLField(label="Internet address of a copy", required=False, assume_scheme="https", max_length=500)

    class Meta:
        model = Approval
        fields = (
            "lead", "order", "order_on", "address", "public_services", "information", "notice_days", "notice_ground",
        )  # fmt: skip


class AmendmentForm(forms.ModelForm):
    """A further Order, or a listed exception."""

    order_on = NZDateField(label="Day of the Order", required=False)

    class Meta:
        model = Amendment
        fields = ("order", "order_on", "exception", "note")
