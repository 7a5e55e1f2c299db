"""The forms of a privacy breach: what is known of it, and each thing that is done about it."""

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.timezone import localdate

from agreements.forms.contract import AgreementField
from agreements.forms.document import FileForm
from agreements.forms.organisation import OrganisationChoiceField
from agreements.models import Agreement
from assurance.models import BreachKind, BreachSeverity, Complaint, PrivacyBreach
from people.models import Person, User
from people.notices import who_may
from people.roles import Permission
from records.forms import NZDateField, NZMomentField, PickField, YesNoUnknownField, ask, let_choose

MOMENT = "Day and time, for example 1 July 2025, 4.12 pm."
FACTOR = "Leave empty what is not known yet: the page then says so."
SECTION = "Privacy Act 2020, section 113"


def words(label: str, longest: int, rows: int = 3, hint: str = "", *, needed: bool = True) -> forms.CharField:
    """A question that is answered in words."""
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=longest, widget=area, help_text=hint, required=needed)


class BreachForm(forms.Form):
    """What is known; most of it may stay open, and is said again as more is known."""

    may_be_incomplete = True

    kind = forms.ChoiceField(label="What is it?", choices=BreachKind.choices, widget=forms.RadioSelect)
    title = forms.CharField(label="Title", max_length=200, help_text="In a few words, without names of people.")
    what_happened = words("What happened?", 4000, 5)
    happened_on = NZDateField(label="When did it happen?", required=False)
    found_how = words("How was it found?", 1000, 2, needed=False)
    agency_aware_at = NZMomentField(label="When was the agency told, or did it notice?", help_text=MOMENT)
    provider_aware_at = NZMomentField(
        label="When did the provider know?", required=False,
        help_text="Where it happened at a provider acting for us. What they know counts as known to us.",
    )  # fmt: skip
    severity = forms.ChoiceField(label="Severity", choices=BreachSeverity.choices, widget=forms.RadioSelect)
    people_affected = forms.IntegerField(
        label="How many people are affected?", min_value=0, max_value=2_000_000_000, required=False
    )
    contained = YesNoUnknownField(label="Is it contained?")
    containment = words("What was done to contain it?", 2000, 3, needed=False)
    factor_mitigation = words("What was done to lower the risk of harm?", 2000, 2, FACTOR, needed=False)
    factor_sensitivity = words("Is any of the information sensitive?", 2000, 2, needed=False)
    factor_harm = words("What harm could it do, and to whom?", 2000, 2, needed=False)
    factor_holder = words("Who has it, or may have it?", 2000, 2, needed=False)
    factor_security = words("Is it protected, for example encrypted?", 2000, 2, needed=False)
    factor_other = words("Anything else that matters?", 2000, 2, needed=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask(self.fields["people_affected"], width="short")
        because = "These factors decide whether serious harm is likely, and so whether it has to be notified."
        ask(self.fields["factor_mitigation"], why=because, source=SECTION)
        agents = "The clock counts from the earlier of the two: what an agent knows, its principal is taken to know."
        ask(self.fields["provider_aware_at"], why=agents, source="Privacy Act 2020, sections 119 to 121")

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        return {name: value for name, value in self.cleaned_data.items() if name not in {"agreement", "organisation"}}


class NewBreachForm(BreachForm):
    """The same, with an agreement and an organisation; more are linked on its page."""

    agreement = AgreementField(
        queryset=Agreement.objects.none(), label="Which agreement is it about?", required=False,
        help_text="Type its reference or title. More can be linked on its page.",
    )  # fmt: skip
    organisation = OrganisationChoiceField(label="At which organisation did it happen?", required=False)

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        let_choose(self.fields["agreement"], Agreement.objects.visible_to(user))


class DecideForm(forms.Form):
    """Notifiable or not, and why."""

    notifiable = forms.TypedChoiceField(
        label="Does it have to be notified?",
        choices=[("yes", "Yes: it has caused serious harm, or is likely to"), ("no", "No")],
        widget=forms.RadioSelect,
        coerce=lambda value: value == "yes",
    )
    reasons = words("Why?", 4000, 4, "By the factors of section 113. A later decision stands beside this one.")


class CommissionerForm(forms.Form):
    """When, and the reference."""

    at = NZMomentField(label="When was the Commissioner notified?", help_text=MOMENT)
    reference = forms.CharField(
        label="Reference", max_length=100, required=False, help_text="What NotifyUs gave. It can be added later."
    )


class PeopleForm(forms.Form):
    """When and how, or why not."""

    at = NZMomentField(label="When were people notified?", required=False, help_text=MOMENT)
    how = words("How?", 1000, 2, "By letter, by telephone, by public notice.", needed=False)
    why_not = words(
        "Why are they told later, or not?", 1000, 3,
        "Only where an exception or a ground for delay of section 116 applies: say which.", needed=False,
    )  # fmt: skip


class StepForm(forms.Form):
    """What was done and when."""

    at = NZMomentField(label="When?", help_text=MOMENT)
    said = words("What was done?", 4000, 3)


class CloseForm(forms.Form):
    """What was learned."""

    lessons = words("What was learned?", 4000, 4, "What would stop it from happening again, and who does that.")


class WhyForm(forms.Form):
    """Why."""

    why = words("Why?", 1000, 3)


class LinkAgreementForm(forms.Form):
    """Which agreement."""

    agreement = AgreementField(
        queryset=Agreement.objects.none(), label="Which agreement?", help_text="Type its reference or title."
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        let_choose(self.fields["agreement"], Agreement.objects.visible_to(user))


class UnlinkForm(WhyForm):
    """Which of the linked agreements it is not about, and why."""

    agreement = forms.ModelChoiceField(
        queryset=Agreement.objects.none(), label="Which agreement is it not about?", widget=forms.RadioSelect,
        empty_label=None,
    )  # fmt: skip
    field_order = ("agreement", "why")

    def __init__(self, record: PrivacyBreach | Complaint, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        linked: Any = record.agreement_links.standing().values("agreement")
        let_choose(self.fields["agreement"], Agreement.objects.filter(pk__in=linked))


class EvidenceForm(FileForm):
    """A file and what it shows."""

    what = forms.CharField(label="What does it show?", max_length=200)
    field_order = ("what", "file")

    def clean(self) -> dict[str, Any]:
        """The action takes the name and the bytes."""
        given = super().clean() or {}
        if given.get("file") is not None:
            given["name"], given["content"] = self.uploaded()
            del given["file"]
        return given


class KeeperForm(forms.Form):
    """Who looks after it."""

    owner = PickField(queryset=Person.objects.none(), label="Who looks after it?", help_text="Type a name.")

    def __init__(self, user: User, now: datetime, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        let_choose(self.fields["owner"], who_take(user, Permission.KEEP_BREACHES, now))


def who_take(user: User, permission: Permission, now: datetime) -> "QuerySet[Person]":
    """The people of the agency whose role allows it today, by name."""
    keys = who_may(permission, localdate(now)).get(user.agency.pk, set())
    return Person.objects.visible_to(user).filter(pk__in=keys).order_by("name")


class LinkOrganisationForm(forms.Form):
    """Which organisation."""

    organisation = OrganisationChoiceField(label="Which organisation?")
