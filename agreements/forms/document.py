"""Putting documents in, and saying what they are."""

from typing import Any

from django import forms

from agreements.forms.readers import privileged_readers
from agreements.models import Agreement, Contract, Document, DocumentKind, Readers
from people.labels import role_in_text
from people.roles import Role
from records.forms import ask, let_choose
from records.uploads import ACCEPTED, ENDINGS, LARGEST

READERS_HINTS = {
    Readers.OURS: "Whoever reads the agreement here. The usual answer.",
    Readers.SHARED: "Stands on the signed face too, once it is signed.",
    Readers.PRIVILEGED: "Legal advice and the like: only {readers}, and whoever added it. Never on the signed face.",
}


def ask_readers(form: forms.BaseForm, holder: Agreement | Contract) -> None:
    """Offer who may read it, each with what that means here; what a contract holds is never shared."""
    field, of_contract = form.fields["readers"], isinstance(holder, Contract)
    owner = f"its {role_in_text(holder.agency, Role.CONTRACT_MANAGER)}" if of_contract else "the owner"
    readers = privileged_readers(holder.agency, owner)
    offered = [one for one in Readers.choices if not of_contract or one[0] != Readers.SHARED]
    let_choose(field, offered)
    ours = {Readers.OURS: "Whoever reads the contracts here. The usual answer."} if of_contract else {}
    hints = {each: hint.format(readers=readers) for each, hint in (READERS_HINTS | ours).items()}
    ask(field, choice_hints=hints)


def file_field(label: str = "File") -> forms.FileField:
    """Asks for one file of the types that are kept."""
    return forms.FileField(
        label=label,
        help_text=f"{ACCEPTED}, up to 25 MB. Its content decides what it is, not its name.",
        max_length=1000,
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(f".{ending}" for ending in ENDINGS)}),
    )


class FileForm(forms.Form):
    """Asks for one file; its size is looked at before it is read."""

    file = file_field()

    def uploaded(self) -> tuple[str, bytes]:
        """The name and the bytes; of a file that is too large only so many that it is refused."""
        file = self.cleaned_data["file"]
        return file.name, file.read(LARGEST + 1)


class DocumentForm(FileForm):
    """A new document."""

    field_order = ("file", "title", "kind", "readers")
    title = forms.CharField(max_length=200, required=False, help_text="Left empty, it is called as the file.")
    kind = forms.ChoiceField(
        label="What is it?", choices=[("", "Choose what it is"), *DocumentKind.choices], initial=""
    )
    readers = forms.ChoiceField(
        label="Who may read it?", choices=Readers.choices, initial=Readers.OURS, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, holder: Agreement | Contract, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_readers(self, holder)

    def said(self) -> dict[str, Any]:
        """What is said about the document."""
        return {name: self.cleaned_data[name] for name in ("title", "kind", "readers")}


class VersionForm(FileForm):
    """The next version."""

    note = forms.CharField(label="What is new in it?", max_length=300, required=False)


class AboutForm(forms.ModelForm):
    """What a document is and who may read it."""

    readers = forms.ChoiceField(label="Who may read it?", choices=Readers.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label="Why",
        max_length=300,
        required=False,
        help_text="Kept in the history, above all where its readers change.",
    )

    class Meta:
        model = Document
        fields = ("title", "kind", "readers")
        labels = {"kind": "What is it?"}

    def __init__(self, *args: Any, holder: Agreement | Contract, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_readers(self, holder)


class AsideForm(forms.Form):
    """Why a document is set aside."""

    reason = forms.CharField(
        label="Why is it set aside?",
        max_length=300,
        help_text="For example: added to the wrong agreement. Everybody who may read it reads this too.",
    )
