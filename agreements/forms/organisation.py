"""Choosing, adding and editing organisations."""

from decimal import Decimal
from typing import Any

from django import forms

from agreements.choices import OrganisationKind
from agreements.forms.search_choice import Offer, SearchChoiceField
from agreements.lookalikes import Lookalike, exactly, lookalikes, near, only_digits
from agreements.models import Organisation, OrganisationName
from records.forms import NZDateField, YesNoUnknownField, ask, let_choose


def offer(found: Lookalike) -> Offer:
    """An organisation as something to choose: its name, what kind of body it is, and why it is offered."""
    body = found.organisation
    return Offer(body.pk, body.name, f"{body.get_kind_display()}. {found.how}")


class OrganisationChoiceField(SearchChoiceField):
    """Choose an organisation by any of its names, its abbreviation or its NZBN; gives an Organisation.

    In a form: ``organisation = OrganisationChoiceField()``; in a ModelForm the same, declared in its place. It needs no
    view of its own, no script, and no narrowing: organisations are shared by all agencies. A name nobody has entered
    is refused with a way to add it (with htmx without leaving the form). See forms/search_choice.py for what is posted.
    """

    url_name = "agreements:organisation_offers"
    add_url_name = "agreements:organisation_add"
    legend = "Which organisation?"

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("queryset", Organisation.objects.current())
        kwargs.setdefault("label", "Organisation")
        kwargs.setdefault("help_text", "Type a name, a former name, an abbreviation or an NZBN.")
        super().__init__(**kwargs)
        self.error_messages["required"] = "Name the organisation"

    def named(self, text: str) -> list[Any]:
        """Those of this very name, other name or NZBN."""
        return [body for body in exactly(text) if self.queryset.filter(pk=body.pk).exists()]

    def offers(self, text: str) -> list[Offer]:
        """Those that are alike."""
        return [offer(found) for found in lookalikes(text)]

    def nothing_found(self, text: str) -> str:
        """Not in the register: check, or add it."""
        return f"No organisation in the register is called “{text}”. Check the spelling, or add it first"


class OrganisationForm(forms.ModelForm):
    """Adding an organisation, or correcting one."""

    name = forms.CharField(max_length=200, help_text="As it stands in the Companies Register or the Act, in full.")
    nzbn = forms.CharField(
        label="New Zealand Business Number (NZBN)",
        max_length=20,
        required=False,
        help_text="13 digits; spaces are fine.",
    )
    website = forms.URLField(required=False, assume_scheme="https", max_length=200)
    state_services = YesNoUnknownField(label="Is it part of the State services?", initial="unknown")
    public_service = YesNoUnknownField(label="Is it a public service agency?", initial="unknown")

    class Meta:
        model = Organisation
        fields = ("name", "kind", "state_services", "public_service", "nzbn", "country", "website")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        because = "The Information Sharing Standard applies to sharing with bodies outside the State services."
        ask(self.fields["state_services"], why=because)
        ask(self.fields["public_service"], shown_by=("state_services", "yes"))
        for name in ("nzbn", "country"):
            ask(self.fields[name], width="medium")

    def clean_nzbn(self) -> str:
        """The digits alone."""
        typed: str = self.cleaned_data["nzbn"]
        return only_digits(typed) or typed.strip()


class AddOrganisationForm(OrganisationForm):
    """Adding one: where others are alike, the person chooses one of them or says that theirs is another."""

    DIFFERENT = "different"
    meant = forms.ChoiceField(
        label="Did you mean one of these?",
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether it is one of these, so that it is not in the register twice"},
    )

    field_order = ("name", "meant")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.alike: list[Lookalike] = []
        if self.is_bound:
            self.alike = near(str(self.data.get("name", ""))[:200], nzbn=str(self.data.get("nzbn", ""))[:20])
        if not self.alike:
            del self.fields["meant"]
            return
        field = self.fields["meant"]
        found = [(str(one.organisation.pk), f"{one.organisation.name}: use this one") for one in self.alike]
        let_choose(field, [*found, (self.DIFFERENT, "None of these: mine is a different organisation")])
        ask(field, choice_hints={str(one.organisation.pk): offer(one).note for one in self.alike})

    @property
    def existing(self) -> Organisation | None:
        """The organisation of the register that the person meant."""
        chosen = self.data.get("meant")
        return next((one.organisation for one in self.alike if str(one.organisation.pk) == chosen), None)


class OrganisationFilters(forms.Form):
    """What the list is narrowed by; the address is the state, and an answer that makes no sense counts as none."""

    q = forms.CharField(required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(required=False, choices=[("", "Any kind"), *OrganisationKind.choices])
    state_services = forms.ChoiceField(
        label="State services",
        required=False,
        choices=[("", "Any"), ("yes", "Part of them"), ("no", "Outside them"), ("unknown", "Not known yet")],
        widget=forms.RadioSelect,
    )
    ours = forms.MultipleChoiceField(
        label="Agreements",
        required=False,
        choices=[("yes", "Only those in our agreements")],
        widget=forms.CheckboxSelectMultiple,
    )

    def wanted(self) -> dict[str, Any]:
        """The answers that make sense."""
        self.is_valid()
        names = ("q", "kind", "state_services", "ours")
        return {name: self.cleaned_data.get(name, "") for name in names}

    @property
    def in_use(self) -> int:
        """How many filters are set."""
        return sum(bool(self.wanted()[name]) for name in ("kind", "state_services", "ours"))


class OrganisationNameForm(forms.ModelForm):
    """Another name of an organisation."""

    class Meta:
        model = OrganisationName
        fields = ("name", "kind")
        labels = {"name": "The name", "kind": "What kind of name is it?"}
        widgets = {"kind": forms.RadioSelect}


class OrganisationLinkForm(forms.Form):
    """Who owns this organisation, or is its parent body."""

    owner = OrganisationChoiceField(label="Which organisation owns it, or is its parent body?")
    kind = forms.ChoiceField(
        label="How",
        choices=[("owner", "It owns it, or a share in it"), ("parent", "It is its parent body")],
        widget=forms.RadioSelect,
        initial="owner",
    )
    share = forms.DecimalField(
        label="Share", required=False, min_value=Decimal("0.01"), max_value=100, max_digits=5, decimal_places=2
    )
    starts_on = NZDateField(label="Since", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask(self.fields["share"], width="short", suffix="per cent")


class NameGoneForm(forms.Form):
    """Why a name was never the organisation's."""

    reason = forms.CharField(label="Why was it never its name?", max_length=300)


class LinkEndForm(forms.Form):
    """Since when an organisation owns another no longer."""

    on = NZDateField(label="Until when?", help_text="The last day it held.")


class MergeForm(forms.Form):
    """Into which organisation."""

    into = OrganisationChoiceField(
        label="Into which organisation?", help_text="The one that stays. Type any name of it."
    )


class MergeReasonForm(forms.Form):
    """Why two organisations are one."""

    reason = forms.CharField(
        label="Why are they one and the same?",
        max_length=300,
        help_text="Kept with every row that changes.",
        error_messages={"required": "Say why: the reason is kept with the history of both"},
    )
