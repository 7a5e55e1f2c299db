"""Which provisions a sheet says are in the document: a column for each, or one that lists them."""

from collections.abc import Mapping

from agreements.choices import Answer
from agreements.imports import answers, values
from agreements.imports.cells import LEAVE, Cell, Cells, Desk
from agreements.imports.row import Checked
from agreements.normalise import normalise

WORDING = 40  # characters: what is longer is no word for yes or no, but a sentence


def read_provisions(row: Checked, cells: Cells, desk: Desk) -> None:
    """Every answer of a row about the provisions."""
    for cell in cells.get("provisions", ()):
        _read_list(row, cell)
    for name, found in cells.items():
        if name.startswith(answers.PREFIX):
            _read_one(row, name.removeprefix(answers.PREFIX), found[0], desk)


def _read_list(row: Checked, cell: Cell) -> None:
    """A column that lists those that are there: codes, ranges of codes, titles."""
    for piece in [] if values.says_nothing(cell.text) else values.split_list(cell.text):
        codes = answers.codes_in(piece)
        for code in codes:
            row.draft.provisions[code] = {"answer": Answer.PRESENT}
        if not codes:
            row.say("warning", f"“{_short(piece)}” is none of the provisions C1 to C25: not recorded", cell.column)


def _read_one(row: Checked, code: str, cell: Cell, desk: Desk) -> None:
    if values.says_nothing(cell.text):
        row.say("note", f"“{_short(cell.text)}” does not say whether {code} is there: not recorded", cell.column)
        return
    stands = answers.read_answer(cell.text)
    if stands.said:
        row.say("warning", f"“{_short(cell.text)}” was read as {code} present; {stands.said}", cell.column)
    fields = stands.fields if stands.fields is not None else _ask(row, code, cell, desk)
    if fields:
        row.draft.provisions[code] = dict(fields)


def _ask(row: Checked, code: str, cell: Cell, desk: Desk) -> Mapping[str, str] | None:
    """Sentences are decided on once for the whole sheet; other words each once."""
    present = (str(Answer.PRESENT), "Present")
    if len(cell.text) > WORDING:
        key, text = "provision:wording", "Some cells about provisions hold a sentence, not yes or no. Record them as"
        options = [(present[0], "Present: the cells hold the wording of the clause"), LEAVE]
    else:
        key, text = f"provision:{normalise(cell.text)}", f"Provisions: what does “{_short(cell.text)}” mean?"
        options = [present, (str(Answer.ABSENT), "Absent"), LEAVE]
    decided = desk.asking.ask(row.number, key, "words", text, options, "")
    if decided is None:
        row.say("error", f"“{_short(cell.text)}” waits for your answer: {code}", cell.column)
    elif not decided:
        row.say("note", f"“{_short(cell.text)}” is not recorded, as you decided", cell.column)
    return {"answer": decided} if decided else None


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= 60 else f"{plain[:57]}..."
