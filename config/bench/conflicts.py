"""What conflicts of interest cost with 20,000 staff: lists, a team, matching, and a round launched for everybody."""

import time
from collections.abc import Callable, Iterator
from datetime import timedelta

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from agreements.models import Organisation
from config.bench.measure import Browser, Figure, Timing, timed
from conflicts.actions.match import match_declared, match_organisations
from conflicts.actions.round import create_round, launch_round
from conflicts.models import Declaration, Invitation, Round
from people.actions.system import system_user
from people.actions.user import sign_in_for_link
from people.models import Person, User
from records.models import Mail

Aim = tuple[int, float]  # queries, milliseconds
AIMS: dict[str, Aim] = {
    "Declarations, first page": (10, 60.0),
    "Declarations, a declarant": (10, 60.0),
    "Conflicts in figures": (10, 60.0),
    "A manager’s team": (10, 60.0),
    "A round of everybody": (10, 60.0),
    "Who has not answered, first page": (10, 60.0),
    "One new declaration matched": (10_000, 50.0),
    "One new party matched": (10_000, 50.0),
    "Launch for everybody": (10_000_000, 60_000.0),
}


def figures(champion: User) -> Iterator[Figure]:
    """The launch first, so that the pages of rounds have one to show."""
    yield launch(champion)
    connection.cursor().execute("ANALYZE")
    browser, listed = Browser(champion), reverse("conflicts:declarations")
    yield browser.page("Declarations, first page", listed)
    yield browser.page("Declarations, a declarant", f"{listed}?q=ngata-1500")
    yield browser.page("Conflicts in figures", reverse("conflicts:overview"))
    yield Browser(_a_manager()).page("A manager’s team", reverse("conflicts:team"))
    round_ = Round.objects.latest("pk")
    yield browser.page("A round of everybody", round_.get_absolute_url())
    asked = reverse("conflicts:round_people", args=[round_.pk])
    yield browser.page("Who has not answered, first page", f"{asked}?state=waiting")
    yield from matches(champion)


def launch(champion: User) -> Figure:
    """Everybody asked in one transaction: their invitations with history, and their mail."""
    today, told = timezone.localdate(), list[int]()
    values = {"title": "Everybody", "occasion": "annual", "opens_on": today, "due_on": today + timedelta(days=30)}
    round_ = create_round(values=values, units=[], by=champion)
    start, busy = time.perf_counter(), time.process_time()
    launch_round(round_=round_, by=champion, now=timezone.now(), tell=lambda step, done: told.append(done or 0))
    waited, worked = (time.perf_counter() - start) * 1000, (time.process_time() - busy) * 1000
    asked, mail = Invitation.objects.filter(round=round_).count(), Mail.objects.count()
    note = f"{asked:,} people asked, {mail:,} mails queued, progress told {len(told)} times"
    return Figure("Launch for everybody", Timing(waited, waited, worked), note=note)


def matches(user: User) -> Iterator[Figure]:
    """One declaration against every party, and one party against every declared interest; nothing of it is kept."""
    declaration, today = Declaration.objects.order_by("pk")[25_000], timezone.localdate()
    party = Organisation.objects.filter(parties__isnull=False).order_by("pk").first()
    if party is None:
        raise RuntimeError("There is no party to match")
    yield _undone("One new declaration matched", lambda: match_declared(declaration=declaration, by=user, on=today))
    yield _undone("One new party matched", lambda: match_organisations(organisations=[party.pk], by=user, on=today))


def _undone(name: str, match: Callable[[], int]) -> Figure:
    found: list[int] = []

    def run() -> None:
        with transaction.atomic():
            found.append(match())
            transaction.set_rollback(True)

    with CaptureQueriesContext(connection) as asked:
        run()
    return Figure(name, timed(run), queries=len(asked), note=f"{found[0]} candidates written")


def _a_manager() -> User:
    """Somebody in the middle with a whole team."""
    person = Person.objects.filter(reports__isnull=False).distinct().order_by("pk")[500]
    return sign_in_for_link(person=person, by=system_user("bench"), on=timezone.localdate())
