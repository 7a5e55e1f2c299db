"""The rooms of assurance, in the order of the work: one table, read by its first page."""

from dataclasses import dataclass

from django.urls import resolve, reverse

from people.models import User
from people.permissions import may
from people.roles import Permission

# Heading, then label, name of the address, and what is done there. Who may enter, the view says.
ROOMS: tuple[tuple[str, tuple[tuple[str, str, str], ...]], ...] = (
    (
        "Check what was promised",
        (
            ("Activities", "activities", "Confirmations, reports, audits and visits: due, late and done."),
            ("Calendar", "activity_calendar", "The next twelve months of activities, by month and kind."),
            ("Providers", "provider_requests", "Ask them through a link whether they comply; what each confirmed."),
            ("Samples", "audit_samples", "Draw agreements at random, with a seed, and keep the working paper."),
            ("Cycles", "cycles", "How often each kind of activity is due, by residual risk."),
        ),
    ),
    (
        "Put right what was found",
        (
            ("Findings", "findings", "What is wrong, how much it matters, and who accepted a risk."),
            ("Actions", "finding_actions", "Who does what by when, and who verified it."),
        ),
    ),
    (
        "Hear what went wrong",
        (
            ("Privacy breaches", "breaches", "Breaches and near misses, with the clock that runs."),
            ("Concerns", "concerns", "Raised by name or without one; acknowledged, answered, never lost."),
            ("Complaints", "complaints", "About use of information, by theme and agreement."),
            ("Concerns, in numbers", "concern_counts", "How many concerns and complaints, and which wait too long."),
        ),
    ),
    (
        "Keep the agency ready",
        (
            ("Asked of the agency", "agency_conformance", "What the letter and the model standards ask of all of us."),
            ("Policies", "policies", "Who owns each, when it was approved, when it is looked at again."),
            ("Privacy maturity", "maturity", "The self-assessment of the year, beside what the register knows."),
            ("Automated decisions", "automated_decisions", "Where a machine decides or helps, and its reviews."),
            ("AISA reports", "aisa_reports", "What each approved agreement has to report for the year."),
        ),
    ),
    (
        "Say so, and prove it",
        (
            ("Written assurance", "statements", "Draft, answer, sign: what the agency tells the Commissioner."),
            ("Register as at a day", "as_at_list", "The agreements as they stood on a day."),
            ("Check a copy", "verify_copy", "Whether a PDF was issued by this register and is unchanged."),
        ),
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Room:
    """A list of assurance and what is done there."""

    label: str
    url: str
    said: str


def rooms_of(user: User) -> list[tuple[str, list[Room]]]:
    """The rooms that the user may enter, under their headings."""
    found = [
        (heading, [Room(label, reverse(name), said) for label, name, said in rooms if _opens(user, reverse(name))])
        for heading, rooms in ROOMS
    ]
    return [(heading, rooms) for heading, rooms in found if rooms]


def _opens(user: User, url: str) -> bool:
    needed = getattr(resolve(url).func, "permission", None)
    return not isinstance(needed, Permission) or may(user, needed)
