"""Forms of the written assurance: its words, answers to exceptions, signature, and to whom it went."""

from collections.abc import Sequence
from typing import Any

from django import forms

from assurance.models import GroupDecision, Implemented, Statement
from assurance.policies.statement import holders
from assurance.statement.groups import GroupState, RowState
from people.models import Person, User
from people.roles import Permission
from records.forms import NZDateField, let_choose
from records.uploads import LARGEST


class WordsForm(forms.Form):
    """Everything of a statement that people write."""

    period_from = NZDateField(label="The period begins on")
    period_to = NZDateField(label="The period ends on")
    addressee = forms.CharField(label="To whom is it addressed?", max_length=300)
    deputy = forms.ModelChoiceField(
        queryset=Person.objects.none(), label="Who answers for the exceptions?",
        help_text="A deputy who is accountable: they say what is being done about each exception, and by when.",
    )  # fmt: skip
    signatory = forms.ModelChoiceField(queryset=Person.objects.none(), label="Who signs?")
    sign_by = NZDateField(
        label="By when is it to be signed?", required=False,
        help_text="Whoever answers and signs is told this day, and it is in their calendar.",
    )  # fmt: skip
    implemented = forms.ChoiceField(
        label="Is the Information Sharing Standard implemented?", choices=Implemented, required=False,
        widget=forms.RadioSelect, help_text="The figures suggest an answer; you give it.",
    )  # fmt: skip
    implemented_why = forms.CharField(
        label="Why do you say so?", required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )
    covering = forms.CharField(
        label="Covering words", required=False, max_length=10_000, widget=forms.Textarea(attrs={"rows": 10}),
        help_text="They open the statement and the letter. No word changes a number.",
    )  # fmt: skip
    corrects_why = forms.CharField(
        label="What does it correct?", max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, user: User, on: Any, *args: Any, corrects: Statement | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, needed in (("deputy", Permission.READ_STATEMENTS), ("signatory", Permission.SIGN_STATEMENTS)):
            people = holders(user.agency, needed, on)
            rows = Person.objects.filter(pk__in=[one.pk for one in people]).order_by("name")
            let_choose(self.fields[name], rows)
            if len(people) == 1:
                self.initial.setdefault(name, people[0].pk)
        if corrects is None:
            del self.fields["corrects_why"]


class DraftForm(WordsForm):
    """A new statement: its day as well, which stays."""

    field_order = ("corrects_why", "day")
    day = NZDateField(
        label="Day of the figures",
        help_text="Today or an earlier day. It cannot be changed afterwards.",
    )


class RowsForm(forms.Form):
    """What is done about some exceptions of a group, and by when."""

    whom = forms.ChoiceField(label="Which exceptions?", widget=forms.RadioSelect)
    rows = forms.MultipleChoiceField(label="Which exceptions?", widget=forms.CheckboxSelectMultiple)
    what = forms.CharField(label="What is being done?", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    by_when = NZDateField(label="By when?")

    def __init__(self, state: GroupState, shown: Sequence[RowState], *args: Any, **kwargs: Any) -> None:
        """Of ``shown`` those without an answer are ticked; where that is not all of the group, all can be chosen."""
        super().__init__(*args, **kwargs)
        self.open = [one.row.pk for one in state.open]
        named = [(str(one.row.pk), f"{one.row.reference} {one.row.title}".strip()) for one in shown]
        let_choose(self.fields["rows"], named)
        self.fields["rows"].initial = [str(one.row.pk) for one in shown if one.row.pk in self.open]
        if len(shown) == len(state.rows):
            del self.fields["whom"]
            return
        whole = [("open", f"All {len(self.open):,} without an answer"), ("ticked", "Those ticked below, of this page")]
        let_choose(self.fields["whom"], whole if self.open else whole[1:])
        self.fields["rows"].label, self.fields["rows"].required = "Of this page", False

    def chosen(self) -> list[int]:
        """Keys of the exceptions that the answer is about."""
        if self.cleaned_data.get("whom") == "open":
            return self.open
        return [int(one) for one in self.cleaned_data["rows"]]


class GroupForm(forms.Form):
    """Accept or return a group, and why."""

    decision = forms.ChoiceField(
        label="Decision", widget=forms.RadioSelect,
        choices=[(GroupDecision.ACCEPTED, "I accept what is done"), (GroupDecision.RETURNED, "I return it")],
    )  # fmt: skip
    why = forms.CharField(
        label="Reason", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Shown in the statement beside the exceptions.",
    )  # fmt: skip


class CommentForm(forms.Form):
    """Something to say while it is made."""

    text = forms.CharField(label="Comment", max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))


class SignForm(forms.Form):
    """One thing to tick, and another where the history does not hold together."""

    read = forms.BooleanField(
        label="I have read the figures, the exceptions and the answers, and I sign this statement"
    )
    although_broken = forms.BooleanField(
        label="I sign although the history of the register does not hold together", required=False
    )

    def __init__(self, *args: Any, broken: bool, **kwargs: Any) -> None:
        """``broken``: the history was found not to hold together."""
        super().__init__(*args, **kwargs)
        if not broken:
            del self.fields["although_broken"]


class PaperForm(forms.Form):
    """The scan of a signed paper."""

    signed_on = NZDateField(label="Signed on")
    file = forms.FileField(
        label="Scan of the signed statement", help_text="PDF, PNG or JPEG, up to 25 MB.", max_length=1000,
        allow_empty_file=True, widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg"}),
    )  # fmt: skip

    def uploaded(self) -> tuple[str, bytes]:
        """The name and the bytes; of a file that is too large only so many that it is refused."""
        file = self.cleaned_data["file"]
        return file.name, file.read(LARGEST + 1)


class SentForm(forms.Form):
    """To whom a signed statement went."""

    to = forms.CharField(label="Recipient", max_length=300)
    how = forms.CharField(label="How was it sent?", max_length=200, help_text="For example by e-mail, or by hand.")
    on = NZDateField(label="Day it was sent")
    onward = forms.BooleanField(label="It was forwarded by somebody who had it from us", required=False)


class WithdrawStatementForm(forms.Form):
    """Why it is given up."""

    why = forms.CharField(label="Why is it withdrawn?", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
