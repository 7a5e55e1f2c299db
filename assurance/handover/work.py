"""What a leaver was to do of assurance work (settings.OWNED_ITEMS), and who takes it over (HANDOVER_TAKERS)."""

from django.utils import timezone

from agreements.errors import NotNow
from assurance.actions.action import hand_over_action
from assurance.actions.activity import hand_over_activity
from assurance.models import Action, ActionState, Activity
from people.models import Handover, Person, User
from people.owned import OwnedItem


def owned_activities(person: Person) -> list[OwnedItem]:
    """Activities that name the person and are to be done; those of an agreement follow its manager."""
    rows = Activity.objects.open().filter(responsible=person).select_related("agreement").order_by("due_on", "pk")
    return [OwnedItem("activity", one.code, str(one)[:200]) for one in rows]


def owned_actions(person: Person) -> list[OwnedItem]:
    """Actions about findings that the person is to do."""
    rows = Action.objects.filter(owner=person, state=ActionState.OPEN).order_by("due_on", "pk")
    return [OwnedItem("action", one.code, one.what[:200]) for one in rows]


def take_activity(*, handover: Handover, to: Person, by: User) -> None:
    """Name somebody else. Raises NotYours, NotPermitted, NotNow where somebody else does it by now."""
    rows = Activity.objects.filter(agreement__agency=handover.agency_id, code=handover.subject)
    found = rows.select_related("agreement").first()
    if found is None:
        raise NotNow("Nothing is left to hand over")
    hand_over_activity(activity=found, leaver=handover.leaver, to=to, by=by, now=timezone.now())


def take_action(*, handover: Handover, to: Person, by: User) -> None:
    """Give it to somebody else. Raises NotYours, NotPermitted, NotNow where somebody else does it by now."""
    rows = Action.objects.filter(finding__agency=handover.agency_id, code=handover.subject)
    found = rows.select_related("finding").first()
    if found is None:
        raise NotNow("Nothing is left to hand over")
    hand_over_action(action_=found, leaver=handover.leaver, to=to, by=by, now=timezone.now())
