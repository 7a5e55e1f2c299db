"""Rounds over time: steps of the daily tick that keep who is asked, and remind. And the launch as long work."""

from collections import defaultdict
from datetime import date, datetime, timedelta

from django.utils.timezone import localdate
from django.utils.timezone import now as clock

from conflicts.actions.round import launch_round
from conflicts.actions.round_upkeep import keep_rounds
from conflicts.letters import reminder, team_reminder
from conflicts.models import Invitation, Round
from people.actions.system import system_user
from people.actions.work import ask_work
from people.long_work import Kind, Outcome
from people.models import Person, User, Work
from people.progress import Tell
from people.roles import Permission
from records.actions.mail import Letter, queue_many
from records.working_days import is_working_day

LAUNCHED = 100  # more people than these are asked by the worker
BEFORE, EVERY = (7, 1), 7  # days before the last day, and then every so many days after it


def rounds_kept(on: date) -> int:
    """Ask those who came into the audience of a running round, drop who left, follow who moved."""
    return keep_rounds(on=on, by=system_user("tick"), now=clock())


def reminders_queued(on: date) -> int:
    """Queue the reminders of the day: one mail a person for all they were asked, one a manager for the team.

    A day that is over gets none; what would fall on a day on which nobody works comes with the next working day.
    """
    if on != localdate() or not is_working_day(on):
        return 0
    waiting = Invitation.objects.open().running().select_related("round", "person__agency", "manager__agency")
    due = [each for each in waiting.order_by("pk") if _reminds(each, on)]
    letters: dict[str, list[Letter]] = defaultdict(list)
    for person, theirs in _grouped(due).items():
        letters[person.agency.code].append(reminder(person, sorted(theirs, key=lambda one: one.due_on), on))
    for manager, names in _teams(due).items():
        letters[manager.agency.code].append(team_reminder(manager, names, on))
    by, now = system_user("tick"), clock()
    return sum(queue_many(agency=code, letters=some, by=by, now=now) for code, some in sorted(letters.items()))


def _reminds(invitation: Invitation, on: date) -> bool:
    """Whether a reminder falls on this day, or fell on one since the last working day."""
    day = on
    while True:
        left = (invitation.due_on - day).days
        if left in BEFORE or (left < 0 and (-left - 1) % EVERY == 0):
            return True
        day -= timedelta(days=1)
        if is_working_day(day):
            return False


def _grouped(due: list[Invitation]) -> dict[Person, list[Invitation]]:
    found: dict[Person, list[Invitation]] = defaultdict(list)
    for each in due:
        if each.person.email:
            found[each.person].append(each)
    return found


def _teams(due: list[Invitation]) -> dict[Person, list[str]]:
    found: dict[Person, set[str]] = defaultdict(set)
    for each in due:
        if each.manager and each.manager.email:
            found[each.manager].add(each.person.name)
    return {manager: sorted(names) for manager, names in found.items()}


def ask_launch(round_: Round, people: int, *, by: User, now: datetime) -> Work:
    """Let the worker launch it."""
    given = {"round": str(round_.pk)}
    return ask_work(
        kind="round", about=f"{round_.title}: ask {people:,} people", given=given, total=people, by=by, now=now
    )


def _launch(given: dict[str, str], by: User, now: datetime, tell: Tell) -> Outcome:
    round_ = Round.objects.visible_to(by).get(pk=given["round"])
    launch_round(round_=round_, by=by, now=now, tell=tell)
    return Outcome(url=round_.get_absolute_url())


LAUNCH = Kind(
    "Round of declarations", Permission.RUN_ROUNDS, _launch, ("Asking each person",),
    nothing="Nobody was asked.", ready="See how the round goes",
)  # fmt: skip
