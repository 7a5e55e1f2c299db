"""The name of a saved view."""

from django import forms
from django.http import QueryDict

from agreements.models import SavedView


class SavedViewForm(forms.ModelForm):
    """Name it; the list itself is in the query."""

    class Meta:
        model = SavedView
        fields: tuple[str, ...] = ("name",)
        labels = {"name": "Name of the view"}


class NewSavedViewForm(SavedViewForm):
    """Name a list that stands in the address of another page."""

    class Meta(SavedViewForm.Meta):
        fields = ("name", "query")
        widgets = {"query": forms.HiddenInput}

    def clean_query(self) -> str:
        """The list without the page that was open."""
        parts = QueryDict(self.cleaned_data["query"], mutable=True)
        parts.pop("page", None)
        return parts.urlencode()
