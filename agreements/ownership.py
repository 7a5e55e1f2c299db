"""Who owns whom: chains of owners and parent bodies, read in a fixed number of queries."""

from collections.abc import Iterable

from django.db.models.expressions import RawSQL

from agreements.errors import NotNow
from agreements.models import Organisation, OrganisationLink

UP_AND_DOWN = """
WITH RECURSIVE open AS (
  SELECT id, owner_id, owned_id FROM agreements_organisationlink WHERE ends_on IS NULL
), up AS (
  SELECT id, owner_id FROM open WHERE owned_id = %s
  UNION SELECT open.id, open.owner_id FROM open JOIN up ON open.owned_id = up.owner_id
), down AS (
  SELECT id, owned_id FROM open WHERE owner_id = %s
  UNION SELECT open.id, open.owned_id FROM open JOIN down ON open.owner_id = down.owned_id
) SELECT id FROM up UNION SELECT id FROM down
"""


def links_around(organisation: Organisation) -> list[OrganisationLink]:
    """Every open link above and below an organisation, at every depth, with both ends. One query."""
    found = OrganisationLink.objects.filter(pk__in=RawSQL(UP_AND_DOWN, [organisation.pk] * 2))  # noqa: S611 - our own text
    return list(found.select_related("owner", "owned").order_by("owner__name", "owned__name", "id"))


def check_no_cycle(owner: Organisation, owned: Organisation) -> None:
    """Refuse (NotNow) a link by which an organisation would come to own itself, over however many steps."""
    if owner.pk == owned.pk:
        raise NotNow("An organisation cannot own itself: choose another")
    if owner.pk in _reached(owned.pk, _edges()):
        raise NotNow(f"{owned} already owns {owner}, directly or through others: it cannot be owned by it as well")


def would_cycle(merged: Organisation, into: Organisation) -> bool:
    """Whether somebody would come to own themselves, were the two one."""
    one = {(_as_one(a, merged, into), _as_one(b, merged, into)) for a, b in _edges()}
    return into.pk in _reached(into.pk, {(a, b) for a, b in one if a != b})


def _as_one(pk: int, merged: Organisation, into: Organisation) -> int:
    return into.pk if pk == merged.pk else pk


def _edges() -> set[tuple[int, int]]:
    return set(OrganisationLink.objects.filter(ends_on=None).values_list("owner_id", "owned_id"))


def _reached(start: int, edges: Iterable[tuple[int, int]]) -> set[int]:
    """Everything that ``start`` owns, at every depth."""
    below: dict[int, set[int]] = {}
    for owner, owned in edges:
        below.setdefault(owner, set()).add(owned)
    reached: set[int] = set()
    waiting = [start]
    while waiting:
        fresh = below.get(waiting.pop(), set()) - reached
        reached |= fresh
        waiting += fresh
    return reached
