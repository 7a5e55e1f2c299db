"""The form that takes a file to be checked, and keeps nothing of it."""

from django import forms

from records.uploads import LARGEST


class CopyForm(forms.Form):
    """One file."""

    file = forms.FileField(
        label="File to check",
        help_text="As it reached you, up to 25 MB. It is read once, and nothing of it is kept.",
        max_length=1000,
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.xlsx,.json"}),
    )

    def clean_file(self) -> object:
        """Refuse what is larger than anything that we issue."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError("This file is larger than 25 MB: nothing that we issue is")
        return file

    def content(self) -> bytes:
        """Its bytes."""
        content: bytes = self.cleaned_data["file"].read()
        return content
