"""Choosing legal bases from the library, and adding to it."""

from typing import Any

from django import forms

from agreements.errors import NotNow
from agreements.forms.search_choice import Offer, SearchChoiceField
from agreements.legal_search import NOT_A_BASIS, NOT_LAW, check_is_law, matching
from agreements.models import LegalProvision
from agreements.normalise import normalise
from records.forms import ask

MOST = 12  # offered at once; more words narrow it


def offer(provision: LegalProvision) -> Offer:
    """A provision as something to choose: Act and section, title, and what it allows."""
    return Offer(provision.pk, str(provision), f"{provision.title}. {provision.what_it_allows}")


class LegalProvisionChoiceField(SearchChoiceField):
    """Choose a provision of the library by words of its Act, section, title or description; gives a LegalProvision.

    A form narrows it to its user's library: ``form.fields["provision"].queryset = LegalProvision.objects.visible_to(
    user).filter(retired_why="")``. An agreement or memorandum named as authority is refused with a sentence.
    """

    url_name = "agreements:legal_provision_offers"
    add_url_name = "agreements:legal_provision_add"
    legend = "Which provision?"
    longest = 300

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("queryset", LegalProvision.objects.filter(agency=None, retired_why=""))
        kwargs.setdefault("label", "Legal basis")
        kwargs.setdefault(
            "help_text", "Type words of the Act, its section, or what it allows: for example “privacy 11”."
        )
        super().__init__(**kwargs)
        self.error_messages["required"] = "Name the law that allows it"

    def named(self, text: str) -> list[Any]:
        """The provision that is called exactly this."""
        wanted = normalise(text)
        return [provision for provision in self.queryset if normalise(str(provision)) == wanted]

    def offers(self, text: str) -> list[Offer]:
        """Those that hold every word."""
        return [offer(provision) for provision in matching(self.queryset, text)[:MOST]]

    def nothing_found(self, text: str) -> str:
        """Not in the library; an agreement never is."""
        if not self.may_be_added(text):
            return NOT_A_BASIS
        return f"No provision in the library fits “{text}”. Try fewer words, or add it to the library first"

    def may_be_added(self, text: str) -> bool:
        """An agreement never is."""
        return not NOT_LAW.search(normalise(text))


class LegalProvisionForm(forms.ModelForm):
    """Adding a provision to the agency's library."""

    year = forms.IntegerField(label="Year", required=False, min_value=1840, max_value=2100)

    class Meta:
        model = LegalProvision
        fields = ("act", "year", "provision", "title", "basis_kind", "what_it_allows", "who_may_share", "source")
        labels = {"title": "What it is about", "who_may_share": "Who may share", "source": "Where you read it"}
        help_texts = {
            "act": "An Act, regulation or code of practice. An agreement or memorandum is not a legal basis.",
            "provision": "For example “s 15” or “rule 11(2)”.",
            "what_it_allows": "One or two sentences that somebody who is no lawyer understands.",
            "source": "The address of the page, preferably legislation.govt.nz.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask(self.fields["year"], width="short")
        ask(self.fields["provision"], width="medium")

    def clean(self) -> dict[str, Any]:
        """An agreement is refused as authority, beside the field that named it."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        try:
            check_is_law(cleaned.get("act", ""), cleaned.get("basis_kind", ""))
        except NotNow as refused:
            self.add_error("act", refused.sentence)
        return cleaned
