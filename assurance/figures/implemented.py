"""Part 2: whether the Standard is implemented, as the other figures suggest it. People say it; this only reckons."""

from collections.abc import Mapping

from assurance.figures.base import Figure, Row

ABOUT = (
    "Yes where every agreement since the Standard meets every mandatory check, none lacks both contract and "
    "conflict-of-interest provision, ownership is settled and nothing in the plan is overdue, and nothing of that is "
    "unknown. No where no agreement since the Standard meets it. Partly otherwise."
)
HAS_TO_BE = ("since.compliant", "integrity.gap", "ownership.settled", "plan.all.overdue")
WORDS = {"yes": "Yes", "partly": "Partly", "no": "No", "": "Not known: no agreement is recorded"}


def implemented(found: Mapping[str, Figure]) -> Figure:
    """What the figures suggest, and what stands against a yes."""
    against = [found[key] for key in HAS_TO_BE if key in found and not found[key].is_whole]
    since = found.get("since.compliant")
    none_meets = since is not None and since.of and not since.value and not since.unknown
    answer = "no" if none_meets else "partly" if against else "yes"
    whole = found.get("population")
    if whole is not None and not whole.value + whole.unknown:
        answer = ""
    rows = tuple(Row("", one.label, "", f"{one.words}; {one.beside}" if one.beside else one.words) for one in against)
    return Figure(
        "implemented", "The Standard is implemented, as the register reckons", ABOUT, int(answer == "yes"),
        says=WORDS[answer], rows=rows, part=2,
    )  # fmt: skip
