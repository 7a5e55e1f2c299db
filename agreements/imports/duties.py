"""Who does what, and who has access, where a sheet says so: only parties of the same row can be named."""

import re
from collections.abc import Iterator

from agreements.choices import Duty
from agreements.imports import values
from agreements.imports.cells import Cell, Cells
from agreements.imports.columns import DUTY
from agreements.imports.parties import Bodies
from agreements.imports.row import Body, Checked
from agreements.imports.words import CALLED
from agreements.normalise import normalise

US = {"us", "we", "our agency", "ourselves", "this agency", "the agency"}
BRACKETS = re.compile(r"(?P<outside>[^()]+?)\s*\((?P<inside>[^()]+)\)")
LONGEST = 200  # characters of a name or a description


def read_duties(row: Checked, cells: Cells, bodies: Bodies) -> None:
    """Who is accountable for what, from a column for each duty or from one that names duty and party."""
    for name, found in cells.items():
        if name.startswith(DUTY):
            _parties(row, name.removeprefix(DUTY), found[0].text, found[0], bodies)
    for cell in cells.get("responsibilities", ()):
        for piece in _pieces(cell):
            what, colon, who = piece.partition(":")
            duty = _duty(what)
            if colon and duty:
                _parties(row, duty, who, cell, bodies)
            else:
                row.say("warning", f"“{_short(piece)}” does not say who does what: not recorded", cell.column)


def _duty(words: str) -> str:
    plain = normalise(words)
    called = {normalise(word): name.removeprefix(DUTY) for name, many in CALLED["headings"].items()
              if name.startswith(DUTY) for word in many}  # fmt: skip
    return values.choice_of(words, Duty.choices) or called.get(plain, "")


def _parties(row: Checked, duty: str, text: str, cell: Cell, bodies: Bodies) -> None:
    for piece in [] if values.says_nothing(text) else values.split_list(text):
        body, person = party_and_rest(row, piece, bodies)
        if body is None:
            says = f"“{_short(piece)}” is not recorded: it is no party of this row ({Duty(duty).label.lower()})"
            row.say("warning", says, cell.column)
        else:
            row.draft.duties.setdefault((duty, body), person[:LONGEST])


def party_and_rest(row: Checked, text: str, bodies: Bodies) -> tuple[Body | None, str]:
    """The party of the row that a text names, and what stands in brackets beside it: `Te Whare (Ana Faleolo)`."""
    whole = _party(row, text, bodies)
    found = BRACKETS.fullmatch(text.strip())
    if not found:
        return whole, ""
    outside = _party(row, found["outside"], bodies)
    return (outside, found["inside"].strip()) if outside is not None else (whole, "")


def _party(row: Checked, text: str, bodies: Bodies) -> Body | None:
    own = sorted(bodies.desk.known.own)
    if normalise(text) in US | {normalise(bodies.desk.known.agency.code), normalise(bodies.desk.known.agency.name)}:
        return own[0] if own else None
    body = bodies.known_as(text)
    taking_part = {*own, *row.draft.parties, *row.draft.subcontractors}
    return body if body in taking_part else None


def read_access(row: Checked, cells: Cells, bodies: Bodies) -> None:
    """Who can reach the information, and at which party: `Case workers (Te Whare)`, or the one other party's."""
    for cell in cells.get("access_holders", ()):
        for piece in _pieces(cell):
            body, who = _holder(row, piece, bodies)
            if body is None:
                row.say("warning", f"“{_short(piece)}” is not recorded: it is not said at which party", cell.column)
            elif len(who) > LONGEST:
                row.say("warning", f"Who has access is longer than {LONGEST} characters: not recorded", cell.column)
            else:
                row.draft.access.append((body, who))


def _holder(row: Checked, piece: str, bodies: Bodies) -> tuple[Body | None, str]:
    before, colon, after = piece.partition(":")
    if colon and (body := _party(row, before, bodies)) is not None:
        return body, after.strip()
    brackets = BRACKETS.fullmatch(piece.strip())
    if brackets and (body := _party(row, brackets["inside"], bodies)) is not None:
        return body, brackets["outside"].strip()
    who, at, where = piece.rpartition(" at ")
    if at and (body := _party(row, where, bodies)) is not None:
        return body, who.strip()
    return (next(iter(row.draft.parties)), piece.strip()) if len(row.draft.parties) == 1 else (None, "")


def _pieces(cell: Cell) -> Iterator[str]:
    """By line or semicolon; a comma may stand inside one."""
    for piece in [] if values.says_nothing(cell.text) else re.split(r"[;\n|]", cell.text):
        plain = re.sub(r"^[-•*\s]+", "", piece).strip()
        if plain and not values.says_nothing(plain):
            yield plain


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= 60 else f"{plain[:57]}..."
