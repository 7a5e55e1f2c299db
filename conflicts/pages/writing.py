"""Where somebody who writes a declaration goes next, and in which words it is asked."""

from dataclasses import dataclass

from django.urls import reverse

from conflicts.choices import Said, Standing
from conflicts.models import Declaration, DeclaredInterest
from people.models import User


def next_address(declaration: Declaration) -> str:
    """The next thing to answer: each interest of last time, then whether there is anything, then the check."""
    asked = declaration.declared.filter(standing=Standing.ASKED).order_by("pk").first()
    if asked:
        return reverse("conflicts:last_time", args=[declaration.code, asked.pk])
    silent = declaration.said == Said.SILENT and not declaration.declared.exclude(standing=Standing.ENDED).exists()
    return reverse("conflicts:say" if silent else "conflicts:check", args=[declaration.code])


@dataclass(frozen=True)
class Words:
    """In which words the pages speak: to the declarant, or about them."""

    own: bool
    name: str

    @property
    def anything(self) -> str:
        """The one question of a declaration."""
        return "Do you have anything to declare?" if self.own else f"Does {self.name} have anything to declare?"


def words_of(declaration: Declaration, user: User) -> Words:
    """The words for this person."""
    return Words(declaration.person_id == user.person_id, str(declaration.declarant))


def place_of(row: DeclaredInterest) -> tuple[int, int]:
    """Which of the interests of last time this is, and how many there are."""
    rows = row.declaration.declared.filter(interest__isnull=False).order_by("pk").values_list("pk", flat=True)
    keys = list(rows)
    return keys.index(row.pk) + 1, len(keys)
