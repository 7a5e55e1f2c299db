"""Search what was named in declarations: the words, and what for."""

from typing import Any

from django import forms

from agreements.normalise import normalise

SHORTEST = 3  # letters: fewer would open declarations that nobody looked for


class NamedForm(forms.Form):
    """What to look for, and the purpose that declarants are shown."""

    named = forms.CharField(
        label="What did somebody name?",
        max_length=200,
        help_text="An organisation or matter, or part of its name; capitals and macrons do not matter.",
    )
    purpose = forms.CharField(
        label="What do you look for it for?",
        max_length=150,
        help_text="Everybody whose declaration is found is shown your name and this.",
    )

    def clean_named(self) -> Any:
        """Long enough to mean something."""
        named = self.cleaned_data["named"].strip()
        if len(normalise(named)) < SHORTEST:
            raise forms.ValidationError(f"Type at least {SHORTEST} letters")
        return named


class WhoseForm(forms.Form):
    """For what somebody wants to know whose interests they are."""

    purpose = forms.CharField(
        label="What do you look for it for?", max_length=150,
        help_text="Everybody who is named here is shown your name and this.",
    )  # fmt: skip
