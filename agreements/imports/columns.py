"""What a column of somebody's spreadsheet may mean, and a guess from its heading and from what stands in it.

The names are those of the register's own flat sheet (agreements/columns.py), so that an export comes back in as it
went out; a few more stand here that only other people's spreadsheets have.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from agreements.choices import Duty
from agreements.columns import IMPORTED
from agreements.imports import answers
from agreements.imports.dates import looks_like_date
from agreements.imports.words import CALLED
from agreements.normalise import normalise
from agreements.provisions import PROVISIONS
from agreements.questions import QUESTIONS
from people.labels import role_label
from people.models import Agency
from people.roles import Role
from records.sheets.sheet import Line

IGNORE = ""
DUTY = "duty_"


@dataclass(frozen=True)
class Target:
    """What a column may mean: a name of the flat sheet, or one of ours; ``many`` columns may mean the same."""

    name: str
    heading: str
    says: str
    many: bool = False


EXTRA = (
    Target("old_reference", "Old reference", "A number from an old system; kept under “also known as”.", many=True),
    Target("provides", "Who provides", "The party or parties that the information comes from."),
    Target("receives", "Who receives", "The party or parties that the information goes to."),
    Target("subcontractors", "Subcontractors", "Subcontractors of the one other party."),
    Target("ended_on", "Ended on", "The day an agreement that is over ended."),
    Target("frequency", "How often", "How often information moves."),
    Target("control", "How they reach it", "View only, API, download or collection."),
    Target("method", "How it moves", "By which way the information is sent."),
    Target("identifiability", "How far it identifies people", "Identified, by code, de-identified or aggregated."),
    Target("sensitivity", "Sensitivity", "Low, medium or high."),
    Target(
        "provisions", "Provisions in it", "Codes or titles of the provisions that stand in the document.", many=True
    ),
    Target(
        "responsibilities", "Who does what", "Duty and party, such as “Lead: MSD; Complaints: the Trust”.", many=True
    ),
    Target("access_holders", "Who has access", "Who can reach the information, and at which party.", many=True),
    *(Target(f"{DUTY}{one.value}", f"Who does what: {one.label.lower()}", "The party that does it.") for one in Duty),
    *(Target(f"{answers.PREFIX}{one.code}", f"{one.code} {one.title}", one.help) for one in PROVISIONS),
)
MANY = {"parties", "information", "legal_bases", "purpose", "known_as", "recorded_from"}
ORDER = ("title", "kind", "status", "parties", "provides", "receives", "subcontractors", "roles")


def _targets() -> dict[str, Target]:
    own = [Target(column.name, column.heading, column.says, column.name in MANY) for column in IMPORTED]
    found = {target.name: target for target in (*own, *EXTRA)}
    return {name: found[name] for name in dict.fromkeys((*ORDER, *found))}


TARGETS = _targets()


def called(name: str, agency: Agency) -> str:
    """The heading of a target as the agency's people read it: in its own word, where it asks for a role by another."""
    question = QUESTIONS.get(name)
    heading = TARGETS[name].heading
    return role_label(agency, Role(question.role), heading) if question and question.role else heading


def in_own_words(columns: Sequence[str], agency: Agency) -> dict[str, str]:
    """Headings that are the agency's own words for a role, with the target that asks for whoever holds it."""
    own = {normalise(called(name, agency)): name for name, question in QUESTIONS.items() if question.role}
    return {heading: own[normalise(heading)] for heading in columns if normalise(heading) in own}


DATES = {"signed_on", "starts_on", "ends_on", "ended_on", "review_due_on"}


def _by_heading() -> dict[str, str]:
    words = {normalise(synonym): name for name, synonyms in CALLED["headings"].items() for synonym in synonyms}
    words |= {normalise(target.name): target.name for target in TARGETS.values()}
    words |= {normalise(target.heading): target.name for target in TARGETS.values()}
    # The register's own reference comes back as one to know an agreement by; it is never given twice.
    return words | {"reference": "old_reference"}


HEADINGS = _by_heading()


def meaning(heading: str) -> str:
    """What a heading means by its words alone: a target's name, or empty."""
    plain = normalise(heading)
    if heading.strip() in TARGETS:  # public_service, which is not "Public service"
        return heading.strip()
    if plain in HEADINGS:
        return HEADINGS[plain]
    without_brackets = normalise(heading.split("(", maxsplit=1)[0])
    if without_brackets in HEADINGS:
        return HEADINGS[without_brackets]
    code = answers.code_in(heading)
    return f"{answers.PREFIX}{code}" if code else ""


def guess(headings: Sequence[str], lines: Sequence[Line]) -> dict[str, str]:
    """For each column, by its number as text, a target or IGNORE; no target twice unless it takes many."""
    mapping: dict[str, str] = {}
    taken: set[str] = set()
    for at, heading in enumerate(headings):
        name = meaning(heading) or _by_title(heading, at, lines) or _by_part(heading) or _by_content(at, lines, taken)
        if name and name in taken and not TARGETS[name].many:
            name = IGNORE
        taken.add(name)
        mapping[str(at)] = name
    if "title" not in taken:
        mapping |= _title_from(mapping)
    return mapping


def _title_from(mapping: dict[str, str]) -> dict[str, str]:
    """Without a title nothing can be recorded: another name, else the purpose, stands in for it."""
    for standing_in in ("known_as", "purpose"):
        at = next((at for at, name in mapping.items() if name == standing_in), None)
        if at is not None:
            return {at: "title"}
    return {}


def _by_title(heading: str, at: int, lines: Sequence[Line]) -> str:
    """A provision's title over cells that say whether it is there; over prose the heading means something else."""
    code = answers.titled(heading)
    cells = [line.cells[at] for line in lines[:200] if at < len(line.cells)]
    return f"{answers.PREFIX}{code}" if code and answers.looks_answered(cells) else IGNORE


def _by_part(heading: str) -> str:
    """A long heading that holds the words of a short one, the longest first."""
    words = f" {normalise(heading)} "
    fitting = [known for known in HEADINGS if len(known) > 4 and f" {known} " in words]
    return HEADINGS[max(fitting, key=len)] if fitting else IGNORE


def _by_content(at: int, lines: Sequence[Line], taken: set[str]) -> str:
    """A column of days under a heading that says nothing: the first is the start, the second the end."""
    seen = [line.cells[at] for line in lines[:200] if at < len(line.cells) and line.cells[at].strip()]
    if len(seen) < 3 or sum(map(looks_like_date, seen)) < len(seen) * 0.7:
        return IGNORE
    return next((name for name in ("starts_on", "ends_on", "review_due_on") if name not in taken), IGNORE)


def samples(at: int, lines: Sequence[Line], most: int = 3) -> list[str]:
    """The first different values of a column."""
    seen = (line.cells[at] for line in lines if at < len(line.cells) and line.cells[at].strip())
    return list(dict.fromkeys(seen))[:most] if lines else []
