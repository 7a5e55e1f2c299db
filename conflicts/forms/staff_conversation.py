"""The form of a conversation with a member of staff: half a minute."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms

from conflicts.choices import ConversationOutcome
from people.forms.fields import PersonField
from people.models import Person
from records.forms import NZDateField, ask, let_choose

if TYPE_CHECKING:
    from django.db.models import QuerySet

HINTS = {
    ConversationOutcome.NOTHING: "That you talked is worth recording all the same.",
    ConversationOutcome.DECLARED: "They add it to their declaration.",
    ConversationOutcome.MANAGED: "It is declared, and its plan is kept.",
    ConversationOutcome.FOLLOW_UP: "You or they look into something first.",
}


class StaffConversationForm(forms.Form):
    """With whom, what came of it, when; a note where there is one."""

    person = PersonField(label="With whom did you talk?")
    outcome = forms.ChoiceField(label="What came of it?", choices=ConversationOutcome.choices, widget=forms.RadioSelect)
    on = NZDateField(label="When?")
    note = forms.CharField(
        label="Anything to note?", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="No more than is needed; details belong into the declaration. The two of you and the integrity "
        "team can read it.",
    )  # fmt: skip

    def __init__(self, people: "QuerySet[Person]", *args: Any, today: date, who: Person | None, **kwargs: Any) -> None:
        super().__init__(
            *args, **({"initial": {"on": today, "outcome": ConversationOutcome.NOTHING, "person": who}} | kwargs)
        )
        let_choose(self.fields["person"], people)
        ask(self.fields["outcome"], choice_hints=HINTS)
