"""What the page of one declaration shows: each interest beside last time, who opened it, and what the reader may do."""

from dataclasses import dataclass
from datetime import date

from conflicts.choices import Standing
from conflicts.models import Declaration, DeclaredInterest
from conflicts.policies import check_may_write
from conflicts.reads import Reader, readers_of
from people.models import User
from records.refusals import why_not
from records.words import nz_date

COMPARED = {
    "named_as": "Organisation or matter",
    "says": "The interest",
    "connected": "Who is connected",
    "nzbn": "NZBN",
    "touches": "How it could touch the work",
    "starts_on": "Since",
    "ends_on": "Until",
    "stand_down_until": "Stands down until",
}


@dataclass(frozen=True)
class Change:
    """One answer that differs from last time."""

    label: str
    before: str
    now: str


@dataclass(frozen=True)
class Beside:
    """One interest as it was declared, and what differs from last time."""

    one: DeclaredInterest
    changes: list[Change]


@dataclass(frozen=True)
class DeclarationPage:
    """What whoever may read a declaration sees of it."""

    interests: list[Beside]
    readers: list[Reader]
    may_write: bool


def page_of(declaration: Declaration, user: User) -> DeclarationPage:
    """The page for this person; as many queries for ten interests as for one."""
    return DeclarationPage(
        interests=beside_last_time(declaration),
        readers=readers_of(declaration),
        may_write=not why_not(check_may_write, declaration, user),
    )


def beside_last_time(declaration: Declaration) -> list[Beside]:
    """Each interest with what was said of it in the declaration before; two queries."""
    rows = sorted(declaration.declared.all(), key=lambda row: row.pk)
    keys = [row.interest_id for row in rows if row.interest_id]
    earlier = DeclaredInterest.objects.filter(interest__in=keys, declaration__pk__lt=declaration.pk).order_by("pk")
    before = {row.interest_id: row for row in earlier}
    return [Beside(row, _changes(before.get(row.interest_id) if row.interest_id else None, row)) for row in rows]


def _changes(before: DeclaredInterest | None, row: DeclaredInterest) -> list[Change]:
    if before is None or row.standing == Standing.ASKED:
        return []
    pairs = [(label, getattr(before, name), getattr(row, name)) for name, label in COMPARED.items()]
    return [Change(label, _shown(then), _shown(now)) for label, then, now in pairs if then != now]


def _shown(value: object) -> str:
    return nz_date(value) if isinstance(value, date) else str(value or "")
