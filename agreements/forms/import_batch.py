"""Forms of importing a spreadsheet: each is built from what the sheet holds."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from django import forms

from agreements.imports.answers import PREFIX
from agreements.imports.columns import DUTY, IGNORE, TARGETS, called
from agreements.imports.questions import GROUPS, Question
from agreements.models import ImportBatch, ImportRow
from people.models import Agency
from records.forms import ask, let_choose
from records.sheets.sheet import LARGEST_FILE, Sheet

RADIOS = {"dates", "split", "rows"}  # groups of few questions; the others may be long lists
FEW = 5  # more options than this stand in a select all the same


class UploadForm(forms.Form):
    """One file."""

    file = forms.FileField(
        label="Your spreadsheet",
        help_text="An Excel workbook (.xlsx) or a CSV file, up to 25 MB and 5,000 rows. Nothing is recorded yet.",
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx,.txt,.tsv"}),
        error_messages={
            "required": "Choose the file that holds your list",
            "empty": "This file is empty. Choose the file that holds your list",
        },
    )

    def clean_file(self) -> Any:
        """Refuse a file that is too large before it is read into memory."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError(
                "This file is larger than 25 MB. Delete pictures and sheets you do not need, or split it"
            )
        return file


class SheetForm(forms.Form):
    """Which sheet, and which line holds the headings."""

    sheet = forms.ChoiceField(label="Which sheet holds the list?", required=False, widget=forms.RadioSelect)
    line = forms.IntegerField(
        label="Which line holds the headings?", min_value=1, help_text="As Excel numbers the lines."
    )
    ask(line, width="short")

    def __init__(self, *args: Any, sheets: Sequence[Sheet], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(sheet.name, f"{sheet.name} ({len(sheet.lines):,} lines)") for sheet in sheets]
        let_choose(self.fields["sheet"], choices)
        if len(sheets) == 1:
            self.fields["sheet"].widget = forms.HiddenInput()


class ColumnsForm(forms.Form):
    """What each column of the sheet means."""

    def __init__(self, *args: Any, batch: ImportBatch, samples: Sequence[Sequence[str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = _meanings(batch.agency)
        for at, heading in enumerate(batch.columns):
            said = " · ".join(f"“{text[:60]}”" for text in samples[at]) or "Nothing stands in this column"
            self.fields[f"column-{at}"] = forms.ChoiceField(
                label=heading,
                choices=choices,
                required=False,
                help_text=said,
                initial=batch.mapping.get(str(at), IGNORE),
            )

    def mapping(self) -> dict[str, str]:
        """The meaning of each column by its number."""
        return {name.removeprefix("column-"): value for name, value in self.cleaned_data.items()}


def _meanings(agency: Agency) -> list[tuple[str, Any]]:
    """Every meaning a column can have, provisions and duties in groups of their own."""
    apart = {"Who does what": DUTY, "Provisions": PREFIX}
    grouped = {
        title: [(name, TARGETS[name].heading) for name in TARGETS if name.startswith(prefix)]
        for title, prefix in apart.items()
    }
    plain = [(name, called(name, agency)) for name in TARGETS if not name.startswith(tuple(apart.values()))]
    return [(IGNORE, "Ignore this column"), *plain, *grouped.items()]


class DecisionsForm(forms.Form):
    """What is decided once for the whole sheet."""

    may_be_incomplete = True

    def __init__(self, *args: Any, questions: Sequence[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._keys = {_name(question.key): question.key for question in questions}
        self._groups = {_name(question.key): question.group for question in questions}
        for question in questions:
            radios = question.group in RADIOS and len(question.options) <= FEW
            rows = len(question.rows)
            self.fields[_name(question.key)] = forms.ChoiceField(
                label=question.text,
                choices=question.options,
                required=question.shown != "",
                initial=question.shown,
                widget=forms.RadioSelect if radios else forms.Select,
                help_text=f"{rows:,} row{'' if rows == 1 else 's'}, the first is row {min(question.rows)}",
                error_messages={"required": f"Choose an answer: {question.text}"},
            )

    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields under the heading of their group, in the order of the page."""
        found = [
            (title, [self[name] for name, group in self._groups.items() if group == key])
            for key, title in GROUPS.items()
        ]
        return [(title, fields) for title, fields in found if fields]

    def choices(self) -> dict[str, str]:
        """The decisions by the key of each question."""
        return {self._keys[name]: value for name, value in self.cleaned_data.items()}


def _name(key: str) -> str:
    """A name for a field from whatever words a sheet holds."""
    return f"q-{sha256(key.encode()).hexdigest()[:12]}"


class RowForm(forms.Form):
    """The cells of one row, by the headings of the sheet."""

    may_be_incomplete = True
    skipped = forms.BooleanField(label="Skip this row: do not import it", required=False)
    anyway = forms.BooleanField(label="Import it although it looks like another one", required=False)

    def __init__(self, *args: Any, batch: ImportBatch, row: ImportRow, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._cells: list[str] = [*row.values, *[""] * (len(batch.columns) - len(row.values))]
        own = {name: self.fields.pop(name) for name in ("skipped", "anyway")}
        if not row.anyway and not any(problem.get("twice") for problem in row.problems):
            del own["anyway"]
        by_column = _sentences(row.problems)
        for at, heading in enumerate(batch.columns):
            target = batch.mapping.get(str(at), "")
            if target in TARGETS:
                meaning = called(target, batch.agency)
                self.fields[f"cell-{at}"] = forms.CharField(
                    label=heading if heading == meaning else f"{heading} (read as {meaning[:1].lower()}{meaning[1:]})",
                    required=False,
                    strip=True,
                    initial=self._cells[at],
                    help_text=" ".join(by_column.get(at, [])),
                    widget=forms.Textarea(attrs={"rows": 3}) if _long(self._cells[at]) else forms.TextInput,
                )
        self.fields.update(own)
        self.initial = {**self.initial, "skipped": row.skipped, "anyway": row.anyway}

    def cells(self) -> list[str]:
        """Every cell of the row, those of ignored columns as they were."""
        return [self.cleaned_data.get(f"cell-{at}", text).replace("\r\n", "\n") for at, text in enumerate(self._cells)]


def _long(text: str) -> bool:
    return "\n" in text or len(text) > 80


def _sentences(problems: Sequence[Mapping[str, Any]]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for problem in problems:
        if problem["column"] is not None:
            found.setdefault(problem["column"], []).append(f"{problem['text']}.")
    return found


class UndoForm(forms.Form):
    """Why an import is undone."""

    reason = forms.CharField(
        label="Why is it undone?",
        max_length=300,
        help_text="Kept in the history of every agreement that is taken out.",
        error_messages={"required": "Say why it is undone: the reason is kept"},
    )
