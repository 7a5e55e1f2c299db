"""What a page says of the pauses of an organisation: one's own with their reasons, of others that there are some."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from agreements.actions.pause import check_may_pause
from agreements.models import Organisation, Party, Pause, Terms
from agreements.policies.agreement import why_not
from people.models import User


@dataclass(frozen=True)
class Pauses:
    """The open pause of the person's agency, its past ones newest first, and what other agencies let be known."""

    now: Pause | None
    past: list[Pause]
    others: int
    named: list[str]
    why_not: str

    @property
    def others_in_words(self) -> str:
        """`Another agency has paused it`, with the names of those that let theirs be known."""
        if not self.others:
            return ""
        said = "Another agency has paused it" if self.others == 1 else f"{self.others} other agencies have paused it"
        return f"{said}: {', '.join(self.named)}" if self.named else said


def pauses_of(organisation: Organisation, user: User, on: date) -> Pauses:
    """Two queries, and one for the person's delegation."""
    mine = Pause.objects.visible_to(user).filter(organisation=organisation).order_by("-on", "-pk")
    rows = list(mine.select_related("by__person", "lifted_by__person"))
    theirs = Pause.objects.open().filter(organisation=organisation).exclude(agency=user.agency)
    agencies = list(theirs.order_by("agency__name").values_list("agency__name", "agency__names_shared"))
    return Pauses(
        now=next((row for row in rows if row.lifted_on is None), None),
        past=[row for row in rows if row.lifted_on],
        others=len(agencies),
        named=[name for name, shared in agencies if shared],
        why_not=_why_not(organisation, user, on),
    )


def _why_not(organisation: Organisation, user: User, on: date) -> str:
    if organisation.agency_id == user.agency.pk:
        return "This is your own agency"
    return why_not(check_may_pause, user, on)


def paused_parties(terms: Terms) -> list[Organisation]:
    """Those parties of these terms that the agreement's own agency has paused, once each; no queries after whole()."""
    parties: Iterable[Any] = terms.parties.all()
    found = {party.organisation_id: party.organisation for party in parties if is_paused(party)}
    return list(found.values())


def is_paused(party: Party) -> bool:
    """What AgreementQuerySet.whole() noted of it; of a picture of the past nothing is known."""
    return bool(getattr(party, "paused", False))
