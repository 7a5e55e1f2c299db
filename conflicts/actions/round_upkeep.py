"""Keep running rounds in step with people who join, leave, come back and move (a step of the daily tick)."""

from datetime import date, datetime, timedelta

from conflicts.actions.round import ask
from conflicts.audience import Place, audience, places
from conflicts.choices import InvitationState
from conflicts.models import Invitation, Round
from people.models import User
from records import bulk
from records.acting import action

JOINERS_HAVE = timedelta(days=14)  # from the day they come into a running round


@action
def keep_rounds(*, on: date, by: User, now: datetime) -> int:
    """Bring every running round up to the day; how many invitations that changed or made."""
    rows = Round.objects.select_for_update(of=("self",), no_key=True).select_related("agency")
    running = rows.filter(launched_at__isnull=False, closed_at=None, launched_at__date__lte=on).order_by("pk")
    return sum(_joiners(each, on, now, by) + _gone_or_back(each, on) + _movers(each, on) for each in running)


def _joiners(round_: Round, on: date, now: datetime, by: User) -> int:
    known = Invitation.objects.filter(round=round_).values("person")
    new = audience(round_, on).exclude(pk__in=known).select_related("agency").order_by("pk")
    return ask(round_, list(new), now=now, by=by, until=on + JOINERS_HAVE)


def _of(round_: Round, *states: InvitationState) -> list[Invitation]:
    rows = Invitation.objects.select_for_update(of=("self",), no_key=True).filter(round=round_, state__in=states)
    return list(rows.select_related("person").order_by("pk"))


def _gone_or_back(round_: Round, on: date) -> int:
    """Who left is asked no more; whose leaving was taken back is asked as before."""
    changed = []
    for each in _of(round_, InvitationState.WAITING, InvitationState.STARTED, InvitationState.LEFT):
        gone, left = each.person.has_left(on), each.state == InvitationState.LEFT
        if gone != left:
            begun = InvitationState.STARTED if each.declaration_id else InvitationState.WAITING
            each.state = InvitationState.LEFT if gone else begun
            changed.append(each)
    bulk.update(changed, ["state"])
    return len(changed)


def _movers(round_: Round, on: date) -> int:
    """Whose unit or manager is another now: the digest of the new manager names them."""
    waiting = _of(round_, InvitationState.WAITING, InvitationState.STARTED)
    where = places([each.person_id for each in waiting], on)
    moved = []
    for each in waiting:
        place = where.get(each.person_id, Place())
        if (each.unit_id, each.manager_id) != (place.unit, place.manager):
            each.unit_id, each.manager_id = place.unit, place.manager
            moved.append(each)
    bulk.update(moved, ["unit", "manager"])
    return len(moved)
