"""Who named something in their declarations: what is shown of a declaration counts as having opened it."""

from dataclasses import dataclass
from datetime import datetime

from agreements.normalise import normalise
from conflicts.models import Declaration, DeclaredInterest, Interest
from conflicts.reads import opened
from people.models import User

MOST = 50  # shown, and noted, at once
SEARCHED = "Searched what was named: "


@dataclass(frozen=True)
class Found:
    """The newest declaration of each interest that names it, by declarant; ``more`` where some are not shown."""

    rows: list[DeclaredInterest]
    more: bool


def who_named(text: str, user: User, purpose: str, now: datetime) -> Found:
    """Look for it among what the user may read, and note for each declarant shown that their declaration was read."""
    keys = Interest.objects.filter(agency=user.agency, normalised__contains=normalise(text)).values("pk")
    readable = Declaration.objects.visible_to(user).filter(submitted_at__isnull=False).values("pk")
    newest = DeclaredInterest.objects.filter(interest__in=keys, declaration__in=readable)
    newest = newest.select_related("declaration__person", "declaration__supplier")
    rows = list(newest.order_by("interest", "-declaration").distinct("interest")[: MOST + 1])
    shown = sorted(rows[:MOST], key=lambda row: str(row.declaration.declarant))
    for declaration in {row.declaration_id: row.declaration for row in shown}.values():
        opened(declaration, user, f"{SEARCHED}{purpose}", now)
    return Found(shown, len(rows) > MOST)
