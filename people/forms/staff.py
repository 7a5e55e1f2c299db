"""Uploading a list of staff."""

from django import forms

from records.sheets.sheet import LARGEST_FILE


class StaffForm(forms.Form):
    """The file."""

    file = forms.FileField(label="List of staff", help_text="CSV or Excel (.xlsx), with one line of headings.")

    def clean_file(self) -> bytes:
        """The bytes; a file that is too large is not read."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError("This file is larger than 25 MB. Split it.")
        content: bytes = file.read()
        return content
