"""The name of a saved view."""

from django import forms
from django.http import QueryDict

from agreements.models import SavedView
from agreements.models.saved_view import LISTS


class SavedViewForm(forms.ModelForm):
    """Name it; the list itself is in the query."""

    class Meta:
        model = SavedView
        fields: tuple[str, ...] = ("name",)
        labels = {"name": "Name of the view"}


class NewSavedViewForm(SavedViewForm):
    """Name a list that stands in the address of another page."""

    list_name = forms.ChoiceField(
        choices=[(name, name) for name in LISTS], initial="agreements", required=False, widget=forms.HiddenInput
    )

    class Meta(SavedViewForm.Meta):
        fields = ("name", "query", "list_name")
        widgets = {"query": forms.HiddenInput}

    def clean_list_name(self) -> str:
        """The register where the page says nothing."""
        return self.cleaned_data["list_name"] or "agreements"

    def clean_query(self) -> str:
        """The list without the page that was open."""
        parts = QueryDict(self.cleaned_data["query"], mutable=True)
        parts.pop("page", None)
        return parts.urlencode()
