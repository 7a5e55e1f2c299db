"""Mail about rounds: asked, reminded, and to managers who has not answered. Never what anybody declared."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from conflicts.links import address_of
from conflicts.models import Invitation
from people.models import Agency, Person
from records.actions.mail import Letter
from records.words import nz_date

MAIL = "declaration "  # every key of mail about rounds begins so
ABOUT = "A round of declarations"
ASKED = "conflicts/email/asked"
REMINDER = "conflicts/email/reminder"
TEAM = "conflicts/email/team"


@dataclass(frozen=True)
class Asked:
    """What a mail says of one invitation."""

    title: str
    due: str
    late: bool
    url: str
    note: str = ""


def asked(invitation: Invitation, on: date) -> Letter:
    """The mail that asks, with the link. Sent once for each version of the link."""
    words = f"{invitation.round.title}: please answer by {nz_date(invitation.due_on)}"
    context = {"one": _asked(invitation, on), "opens_on": nz_date(invitation.round.opens_on)}
    key = f"{MAIL}asked {invitation.pk} {invitation.version}"
    return _letter(invitation.person, key, words, ASKED, context)


def reminder(person: Person, invitations: Sequence[Invitation], on: date) -> Letter:
    """One mail about everything that the person has not answered."""
    waiting = [_asked(each, on) for each in invitations]
    late = any(each.late for each in waiting)
    words = "Your declaration is late" if late else f"Your declaration is due on {waiting[0].due}"
    return _letter(person, f"{MAIL}reminder {person.pk} {on}", words, REMINDER, {"waiting": waiting})


def team_reminder(manager: Person, names: Sequence[str], on: date) -> Letter:
    """One mail to a manager: who of the team has not answered. Nothing of what others declared."""
    people = "person has" if len(names) == 1 else "people have"
    context = {"names": sorted(names), "url": settings.PUBLIC_ADDRESS.rstrip("/") + reverse("conflicts:team")}
    words = f"{len(names)} {people} not answered in your team"
    return _letter(manager, f"{MAIL}team {manager.pk} {on}", words, TEAM, context)


def _asked(invitation: Invitation, on: date) -> Asked:
    url = address_of(invitation.code, invitation.version)
    late = invitation.due_on < on
    return Asked(invitation.round.title, nz_date(invitation.due_on), late, url, invitation.round.note)


def _letter(person: Person, key: str, subject: str, template: str, context: dict[str, object]) -> Letter:
    agency: Agency = person.agency
    known = {
        "first_name": first_name(person),
        "agency": agency.name,
        "privacy_email": agency.privacy_email,
        "register": settings.REGISTER_NAME,
    }
    text = render_to_string(f"{template}_message.txt", known | context)
    return Letter(key, person.email, subject, text.replace("\N{NO-BREAK SPACE}", " ").strip() + "\n", ABOUT)


def first_name(person: Person) -> str:
    """The first of the person's names."""
    return person.name.split()[0]
