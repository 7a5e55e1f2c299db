"""What the register knows of a supplier before it is engaged: nothing is stored, and no declaration is shown."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.utils.module_loading import import_string

from agreements.lookalikes import Lookalike, lookalikes
from agreements.models import Organisation, Pause
from conflicts.choices import MatchState
from conflicts.counting import Count, exact, guarded
from conflicts.matching import Found, of_body, of_text
from conflicts.models import Declaration, Interest, Match
from conflicts.reads import opened
from conflicts.taking_part import akin
from conflicts.works_on import Place, places_of
from people.models import User
from people.permissions import may
from people.roles import Permission

ASKED = "Asked what if we engaged somebody: "


@dataclass(frozen=True)
class Touching:
    """Whose declared interest may be about it; shown to those alone who may read declarations."""

    who: str
    how: str
    score: str


@dataclass(frozen=True)
class Finding:
    """An open finding about an organisation: what it says, and its page."""

    title: str
    url: str


@dataclass(frozen=True)
class WhatIf:
    """Everything the page shows. ``akin`` are its owners and what it owns, with where they take part."""

    text: str
    alike: list[Lookalike]
    organisation: Organisation | None
    count: Count
    interests: Sequence[Found] = ()
    places: list[Place] = field(default_factory=list)
    akin: list[tuple[Organisation, list[Place]]] = field(default_factory=list)
    pauses: list[Pause] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def others(self) -> list[Lookalike]:
        """Those alike besides the one that is shown."""
        return [one for one in self.alike if one.organisation != self.organisation]


def what_if(text: str, chosen: int, user: User) -> WhatIf:
    """What is known of a name, or of the organisation of the register that was chosen among those alike."""
    alike = lookalikes(text)
    organisation = Organisation.objects.visible_to(user).current().filter(pk=chosen).first()
    if organisation is None and alike and alike[0].score == 1:
        organisation = alike[0].organisation
    found = _interests(text, organisation, user)
    count = exact(len(found)) if may(user, Permission.SEE_DECLARATIONS) else guarded(len(found))
    if organisation is None:
        return WhatIf(text, alike, None, count, found)
    kin = list(Organisation.objects.filter(pk__in=akin([organisation.pk])[organisation.pk]).order_by("name"))
    places = places_of([organisation.pk, *(one.pk for one in kin)], user.agency.pk)
    return WhatIf(
        text, alike, organisation, count, found,
        places=places.get(organisation.pk, []),
        akin=[(one, places.get(one.pk, [])) for one in kin],
        pauses=list(Pause.objects.open().filter(organisation=organisation, agency=user.agency)),
        findings=_findings(organisation, user),
    )  # fmt: skip


def _interests(text: str, organisation: Organisation | None, user: User) -> list[Found]:
    """Each interest once; one that was said not to be about it is left out."""
    if organisation is None:
        return of_text(text, user.agency.pk)
    found = of_body(organisation.pk, user.agency.pk)
    rejected = Match.objects.filter(organisation=organisation, state=MatchState.REJECTED)
    gone = set(rejected.values_list("interest", flat=True))
    return [one for one in found if one.interest not in gone]


def whose(found: Sequence[Found], user: User, purpose: str, now: datetime) -> list[Touching]:
    """Whose these interests are, for a purpose: it counts as opening what they declared. None without the right."""
    if not may(user, Permission.SEE_DECLARATIONS):
        return []
    keys = [one.interest for one in found]
    readable = Declaration.objects.visible_to(user).filter(declared__interest__in=keys, submitted_at__isnull=False)
    newest = readable.order_by("declared__interest", "-pk").distinct("declared__interest")
    for declaration in {one.pk: one for one in newest}.values():
        opened(declaration, user, f"{ASKED}{purpose}", now)
    rows = Interest.objects.filter(pk__in=[one.interest for one in found]).select_related("person", "supplier")
    by_key = {row.pk: row for row in rows}
    names = [(by_key[one.interest], one) for one in found]
    return [Touching(str(row.person or row.supplier), one.how.label, f"{one.score:.2f}") for row, one in names]


def _findings(organisation: Organisation, user: User) -> list[Finding]:
    """From whoever keeps findings: settings.ORGANISATION_FINDINGS."""
    return [one for path in settings.ORGANISATION_FINDINGS for one in import_string(path)(organisation, user)]
