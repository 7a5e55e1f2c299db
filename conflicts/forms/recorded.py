"""Record what a supplier, or somebody who never signs in, declared: from which document, of which day."""

from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from conflicts.choices import OF_ORGANISATIONS, Capacity, Occasion, Stage
from conflicts.models import Declaration
from people.models import Person, User
from records.forms import NZDateField, PickField, let_choose

OCCASIONS = (Occasion.NEW_AGREEMENT, Occasion.PROCUREMENT, Occasion.ANNUAL, Occasion.CHANGE)
KEPT = ("spoken_by", "document", "document_on", "occasion", "stage")


class RecordedForm(forms.Form):
    """Who speaks, the document and its day, and why now."""

    document = forms.CharField(
        label="From which document?",
        max_length=300,
        help_text="For example: signed form of 3 July, kept with the contract. A word in a meeting is none.",
    )
    document_on = NZDateField(label="Dated")
    spoken_by = forms.CharField(
        label="Who speaks for them?", max_length=200, help_text="Name and position, as the document has them."
    )
    occasion = forms.ChoiceField(
        label="Why now?", choices=[(one.value, one.label) for one in OCCASIONS], widget=forms.RadioSelect
    )
    stage = forms.ChoiceField(
        label="At which stage?", required=False, choices=[("", "None in particular"), *Stage.choices]
    )

    def __init__(self, on: date, data: QueryDict | None = None, declaration: Declaration | None = None) -> None:
        usual: dict[str, Any] = {"occasion": Occasion.ANNUAL}
        super().__init__(data, initial={name: getattr(declaration, name) for name in KEPT} if declaration else usual)
        self.on = on

    def clean_document_on(self) -> date:
        """A document is not of a day to come."""
        found: date = self.cleaned_data["document_on"]
        if found > self.on:
            raise forms.ValidationError("That day is still to come")
        return found

    def values(self) -> dict[str, Any]:
        """What was answered, as the model keeps it."""
        return {name: self.cleaned_data[name] for name in KEPT}


class RecordedPersonForm(RecordedForm):
    """The same for somebody of the agency who has no sign-in."""

    person = PickField(queryset=Person.objects.none(), label="Who declares?", help_text="People without a sign-in.")
    capacity = forms.ChoiceField(
        label="In which capacity?", choices=[one for one in Capacity.choices if one[0] not in OF_ORGANISATIONS]
    )
    field_order = ("person", "capacity", *KEPT)

    def __init__(self, user: User, on: date, data: QueryDict | None = None) -> None:
        super().__init__(on, data)
        people = Person.objects.visible_to(user).here_on(on).filter(user=None)
        let_choose(self.fields["person"], people.order_by("name"))

    def values(self) -> dict[str, Any]:
        """With the capacity."""
        return super().values() | {"capacity": self.cleaned_data["capacity"]}
