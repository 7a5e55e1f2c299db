"""Who takes part in a row, in which part, and what flows between them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from agreements.choices import PartyRole
from agreements.imports import values
from agreements.imports.cells import Cell, Cells, Desk
from agreements.imports.names import Names, spellings, split_names
from agreements.imports.row import Body, Checked, Draft
from agreements.normalise import normalise

LIKELY = 0.8  # so much alike that "the same" is the better guess
LONGEST_NAME = 200  # characters
DIRECTIONS = (
    ("out", "We provide it to the other parties"),
    ("in", "We receive it from the other parties"),
    ("both", "It goes both ways"),
    ("leave", "Leave what is shared out; it stays in the uploaded file"),
)


@dataclass
class Bodies:
    """Finds the organisation that a name means: one in the register, or one that this sheet adds."""

    desk: Desk
    fresh: Names = field(default_factory=Names)
    _fresh_names: list[str] = field(default_factory=list)

    def names_in(self, row: Checked, cell: Cell) -> list[str]:
        """The names in one cell; where a person must say whether they are one or several, the row waits."""
        split = split_names(cell.text, self.desk.known.names)
        if split.sure or len(split.names) < 2:
            return [name for name in split.names if not _says_nothing(row, name, cell)]
        some_known = any(self.desk.known.names.find(name) is not None for name in split.names)
        decided = self.desk.asking.ask(
            row.number,
            f"split:{normalise(cell.text)[:150]}",
            "split",
            f"“{cell.text[:150]}”: one party or {len(split.names)}?",
            [
                ("split", f"{len(split.names)} parties: {' · '.join(split.names)}"),
                ("whole", f"One party: {cell.text[:150]}"),
            ],
            "split" if some_known or "/" in cell.text or len(split.names) > 2 else "whole",
        )
        if decided is None:
            row.say("error", f"“{cell.text[:60]}” waits for your answer: one party or several", cell.column)
            return []
        names = list(split.names) if decided == "split" else [cell.text]
        return [name for name in names if not _says_nothing(row, name, cell)]

    def find(self, row: Checked, name: str, cell: Cell) -> Body | None:
        """The organisation that a name means; None while a person must decide, or when it was left out."""
        plain = " ".join(name.split())
        if len(plain) > LONGEST_NAME:
            self.desk.cannot_read(
                row, f"A party’s name has {len(plain)} characters; at most {LONGEST_NAME} are kept", cell.column
            )
            return None
        found = self.desk.known.names.find(plain)
        if found is not None:
            return found
        before = self.fresh.find(plain)
        if before is not None:
            return self._fresh_names[before]
        return self._decide(row, plain, cell)

    def known_as(self, name: str) -> Body | None:
        """What a name was found to mean so far, without asking anybody."""
        plain = " ".join(name.split())
        found = self.desk.known.names.find(plain)
        before = self.fresh.find(plain)
        if found is not None or before is not None:
            return found if before is None or found is not None else self._fresh_names[before]
        question = self.desk.asking.questions.get(f"party:{normalise(plain)[:150]}")
        decided = question.chosen if question else None
        if not decided or decided == "new":
            return None
        return decided.removeprefix("as:") if decided.startswith("as:") else int(decided)

    def _decide(self, row: Checked, name: str, cell: Cell) -> Body | None:
        options, suggested = self._options(name)
        if not options:
            return self._add(name)
        decided = self.desk.asking.ask(
            row.number,
            f"party:{normalise(name)[:150]}",
            "party",
            f"Which organisation is “{name}”?",
            [*options, ("new", f"A new one: add “{name}”"), ("", "Leave it out")],
            suggested,
        )
        if decided is None:
            row.say("error", f"“{name[:60]}” waits for your answer: which organisation it is", cell.column)
        if decided == "":
            row.say("warning", f"“{name[:60]}” is left out, as you decided", cell.column)
        if not decided:
            return None
        if decided == "new":
            return self._add(name)
        return decided.removeprefix("as:") if decided.startswith("as:") else int(decided)

    def _options(self, name: str) -> tuple[list[tuple[str, str]], str]:
        known = self.desk.known.names
        several = {key for spelling in spellings(name) for key in known.exact.get(spelling, ())}
        if len(several) > 1:
            return [(str(key), known.shown[key]) for key in sorted(several)], str(min(several))
        near = [(str(one.key), f"{one.name} (in the register)", one.score) for one in known.near(name)]
        near += [(f"as:{one.name}", f"{one.name} (also in this sheet)", one.score) for one in self.fresh.near(name)]
        near.sort(key=lambda one: -one[2])
        best = near[0][0] if near and near[0][2] >= LIKELY else "new"
        return [(value, label) for value, label, _ in near[:5]], best

    def _add(self, name: str) -> str:
        self.fresh.add(len(self._fresh_names), name)
        self._fresh_names.append(name)
        return name


def _says_nothing(row: Checked, name: str, cell: Cell) -> bool:
    if not values.says_nothing(name):
        return False
    row.say("note", f"“{name}” names no party: not recorded", cell.column)
    return True


def read_parties(row: Checked, cells: Cells, bodies: Bodies) -> None:
    """Parties with their roles, subcontractors, and the flows that follow from who provides and who receives."""
    found = {
        name: _bodies(row, cells.get(name, ()), bodies)
        for name in ("parties", "provides", "receives", "subcontractors")
    }
    own = bodies.desk.known.own
    others = [body for name in ("parties", "provides", "receives") for body in found[name] if body not in own]
    draft = row.draft
    draft.senders, draft.receivers = found["provides"], found["receives"]
    draft.parties = {body: _role(body, draft.senders, draft.receivers) for body in dict.fromkeys(others)}
    _given_roles(row, cells, found["parties"])
    _subcontractors(row, cells, [body for body in found["subcontractors"] if body not in draft.parties])
    if not draft.parties:
        row.say("warning", "No other party is named")
    _information(row, cells, bodies.desk)


def _bodies(row: Checked, cells: Sequence[Cell], bodies: Bodies) -> list[Body]:
    found: list[Body] = []
    for cell in cells:
        for name in bodies.names_in(row, cell):
            body = bodies.find(row, name, cell)
            if body is not None and body not in found:
                found.append(body)
    return found


def _role(body: Body, senders: Sequence[Body], receivers: Sequence[Body]) -> str:
    if body in senders and body in receivers:
        return PartyRole.EXCHANGES
    if body in senders:
        return PartyRole.PROVIDES
    return PartyRole.RECEIVES if body in receivers else PartyRole.OTHER


def _given_roles(row: Checked, cells: Cells, parties: Sequence[Body]) -> None:
    """Roles stand in the order of the parties; the agency itself always leads."""
    for cell in cells.get("roles", ()):
        roles = [values.choice_of(role, PartyRole.choices) for role in values.split_list(cell.text)]
        if len(roles) != len(parties):
            row.say("note", f"{len(roles)} roles for {len(parties)} parties: the roles are not recorded", cell.column)
            continue
        for body, role in zip(parties, roles, strict=True):
            if body in row.draft.parties and role and role != PartyRole.SUBCONTRACTOR:
                row.draft.parties[body] = role


def _subcontractors(row: Checked, cells: Cells, bodies: Sequence[Body]) -> None:
    """A subcontractor hangs under the party that engages it; a sheet says which only when there is one."""
    if len(row.draft.parties) == 1:
        row.draft.subcontractors = list(bodies)
        return
    for body in bodies:
        row.draft.parties[body] = PartyRole.OTHER
        row.say(
            "warning",
            "Whose subcontractor it is cannot be told: recorded as another party",
            cells["subcontractors"][0].column,
        )


def _information(row: Checked, cells: Cells, desk: Desk) -> None:
    """What is shared, and between whom: it can only be recorded as carried by a flow."""
    draft, own = row.draft, sorted(desk.known.own)
    _read_information(row, cells)
    if draft.information and draft.parties and own and not draft.senders and not draft.receivers:
        _ask_direction(row, cells["information"][0], desk)
    if draft.senders and not draft.receivers:
        draft.receivers = _the_rest(draft, draft.senders, own)
    elif draft.receivers and not draft.senders:
        draft.senders = _the_rest(draft, draft.receivers, own)
    if draft.information and not (draft.senders and draft.receivers):
        draft.information = []
        row.say("warning", "What is shared is not recorded: it is not said from whom to whom")


def _the_rest(draft: Draft, ends: Sequence[Body], own: Sequence[int]) -> list[Body]:
    """The other end of a flow: the agency itself, else every other party."""
    agency: list[Body] = [body for body in own if body not in ends]
    return agency or [body for body in draft.parties if body not in ends]


def _read_information(row: Checked, cells: Cells) -> None:
    for cell in cells.get("information", ()):
        for piece in [] if values.says_nothing(cell.text) else values.split_list(cell.text):
            name = " ".join(piece.split())
            if len(name) > LONGEST_NAME:
                sentence = f"What is shared is shortened to {LONGEST_NAME} characters; the file keeps the rest"
                row.say("warning", sentence, cell.column)
                name = f"{name[: LONGEST_NAME - 3]}..."
            if name not in row.draft.information:
                row.draft.information.append(name)


def _ask_direction(row: Checked, cell: Cell, desk: Desk) -> None:
    decided = desk.asking.ask(
        row.number,
        "direction",
        "rows",
        "Some rows say what is shared, but not from whom to whom. Which way does it go?",
        DIRECTIONS,
        "leave",
    )
    own, others = sorted(desk.known.own), list(row.draft.parties)
    if decided is None:
        row.say("error", "What is shared waits for your answer: which way it goes", cell.column)
    if decided in {"out", "both"}:
        row.draft.senders, row.draft.receivers = [*own], [*others]
    if decided == "in":
        row.draft.senders, row.draft.receivers = [*others], [*own]
    if decided == "both":
        row.draft.senders, row.draft.receivers = [*own, *others], [*own, *others]
    if decided in {"in", "both"}:
        role = PartyRole.PROVIDES if decided == "in" else PartyRole.EXCHANGES
        row.draft.parties = dict.fromkeys(row.draft.parties, role)
    if decided == "out":
        row.draft.parties = dict.fromkeys(row.draft.parties, PartyRole.RECEIVES)
