"""The forms of a concern: of whoever raises it, and of those who handle it."""

from datetime import datetime
from typing import Any

from django import forms

from agreements.forms.contract import AgreementField
from agreements.models import Agreement
from assurance.forms.breach import who_take, words
from assurance.models import Complaint, Concern, ConcernAbout, ConcernOutcome
from people.models import Agency, Person, User
from people.roles import Permission
from records.forms import NZDateField, PickField, ask, let_choose

CAREFUL = "Name only people who have to be named. Say what you saw or heard yourself, and when."
SEEN = "Whoever raised it reads this."


class ConcernForm(forms.Form):
    """What it is about."""

    about = forms.ChoiceField(label="What is it about?", choices=ConcernAbout.choices, widget=forms.RadioSelect)
    text = words("What concerns you?", 8000, 8, CAREFUL)


class OwnConcernForm(ConcernForm):
    """The same by somebody signed in, with the agreement it is about."""

    agreement = AgreementField(
        queryset=Agreement.objects.none(), label="Which agreement is it about?", required=False,
        help_text="Type its reference or title, or leave it empty.",
    )  # fmt: skip

    def __init__(self, agreements: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        let_choose(self.fields["agreement"], agreements)
        if not agreements.exists():
            del self.fields["agreement"]


class OpenConcernForm(ConcernForm):
    """Without a sign-in: by name or anonymously, to one of the agencies."""

    who = forms.ChoiceField(
        label="Do you want to give your name?",
        choices=[("anonymous", "No, I stay anonymous"), ("name", "Yes")],
        widget=forms.RadioSelect,
    )
    name = forms.CharField(label="Your name", max_length=200, required=False)
    contact = forms.CharField(
        label="How can we reach you?", max_length=200, required=False,
        help_text="An address or a telephone number. You can follow it with your code in any case.",
    )  # fmt: skip
    agency = forms.ModelChoiceField(queryset=Agency.objects.none(), label="Which agency does it concern?")
    number = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    field_order = ("agency", "about", "text", "who", "name", "contact", "number")

    def __init__(self, agencies: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(agencies) == 1:
            del self.fields["agency"]
        else:
            let_choose(self.fields["agency"], agencies)
        for name in ("name", "contact"):
            ask(self.fields[name], shown_by=("who", "name"))

    @property
    def anonymous(self) -> bool:
        """Whether nothing of who wrote is kept."""
        return bool(self.cleaned_data["who"] == "anonymous")


class FollowForm(forms.Form):
    """The code, and an answer where one is written."""

    receipt = forms.CharField(label="Your code", max_length=60)
    text = words("Write to those who look into it", 4000, 3, needed=False)


class SaidForm(forms.Form):
    """What is told to whoever raised it."""

    said = words("What do you write?", 4000, 4, SEEN)


class NoteForm(forms.Form):
    """What was done, and who sees it."""

    said = words("What was done?", 4000, 3)
    shown = forms.BooleanField(label="Whoever raised it sees this", required=False)


class GiveForm(forms.Form):
    """To whom, and by when it is answered."""

    owner = PickField(queryset=Person.objects.none(), label="Who looks into it?", help_text="Type a name.")
    answer_by = NZDateField(label="To be answered by")

    def __init__(self, user: User, record: Concern | Complaint, now: datetime, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        raised_by = record.raised_by_id if isinstance(record, Concern) else None
        handling = who_take(user, Permission.HANDLE_CONCERNS, now).exclude(pk=raised_by or 0)
        let_choose(self.fields["owner"], handling)


class AnswerForm(forms.Form):
    """What came of it."""

    outcome = forms.ChoiceField(label="What came of it?", choices=ConcernOutcome.choices, widget=forms.RadioSelect)
    answer = words("What do you tell whoever raised it?", 4000, 5, SEEN)


class ClockForm(forms.Form):
    """Working days."""

    acknowledge_days = forms.IntegerField(label="Working days until it is acknowledged", min_value=1, max_value=120)
    answer_days = forms.IntegerField(label="Working days until it is answered", min_value=1, max_value=120)
