"""The form that moves an item of the plan."""

from datetime import date
from typing import Any

from django import forms

from assurance.models import PlanItem, PlanState
from assurance.quarters import quarters_from
from people.models import Person, User
from records.forms import PickField, ask, let_choose
from records.words import nz_date

LABELS = {"state": "State", "owner": "Owner", "target": "To be done by", "action": "What has to be done"}


class MoveForm(forms.Form):
    """State, owner, quarter and action of an item, and why they change."""

    state = forms.ChoiceField(label="Where does it stand?", choices=PlanState.choices, widget=forms.RadioSelect)
    although_open = forms.BooleanField(
        label="It is done although something is still open", required=False,
        help_text="Only where it is done. The plan then names what is open, beside your reason.",
    )  # fmt: skip
    owner = PickField(
        queryset=Person.objects.none(), required=False, label="Who owns it?",
        help_text="Type a name and choose from the list.",
    )  # fmt: skip
    target = forms.TypedChoiceField(
        label="By the end of which quarter?", required=False, coerce=date.fromisoformat, empty_value=None
    )
    action = forms.CharField(
        label="What has to be done?", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="For example a variation that adds a right to audit.",
    )  # fmt: skip
    why = forms.CharField(
        label="Why does it change?", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Stands in the plan, for everybody who reads it.",
    )  # fmt: skip

    def __init__(self, user: User, item: PlanItem, on: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask(self.fields["although_open"], shown_by=("state", PlanState.DONE))
        here = Person.objects.visible_to(user).here_on(on) | Person.objects.visible_to(user).filter(
            pk=item.owner_id or 0
        )
        let_choose(self.fields["owner"], here.order_by("name"))
        days = sorted({*quarters_from(on), *([item.target] if item.target else [])})
        choices = [("", "Not set yet"), *((day.isoformat(), nz_date(day)) for day in days)]
        let_choose(self.fields["target"], choices)

    def values(self) -> dict[str, Any]:
        """What was answered, as the model keeps it."""
        given = self.cleaned_data
        return {name: given[name] for name in ("state", "owner", "target")} | {"action": given["action"].strip()}


def shown(value: object, field: str) -> str:
    """An answer in words, for the table of what differs."""
    if field == "state":
        return str(PlanState(str(value)).label)
    return nz_date(value) if isinstance(value, date) else str(value or "Not set")
