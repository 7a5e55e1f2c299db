"""Rounds: whom they ask, that they ask everybody once, and how they keep up with people."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from conflicts.actions.invitation import excuse, extend
from conflicts.actions.round import change_round, close_round, launch_round
from conflicts.audience import audience, reach
from conflicts.errors import NotNow, NotReady
from conflicts.models import Invitation, Round
from conflicts.rounds import reminders_queued, rounds_kept
from people.actions.person import add_person, mark_left
from people.actions.placement import place
from people.actions.unit import add_unit
from people.models import Person
from people.permissions import NotPermitted
from people.roles import Role
from records.actions.mail import Letter, queue_many
from records.models import Mail
from records.working_days import is_working_day
from tests.cast import Cast
from tests.conflicts.rounds import invitation_of, prepared, running
from tests.declaring import Team

pytestmark = pytest.mark.django_db


def today() -> date:
    return timezone.localdate()


def joins(cast: Cast, name: str, **values: object) -> Person:
    given = {"name": name, "email": f"{name.lower()}@mcw.example.nz", "started_on": today()} | values
    return add_person(agency=cast.agency, values=given, on=today(), by=cast.administrator)


def test_the_audience_is_narrowed_by_units_with_those_below_by_roles_and_by_seniority(team: Team) -> None:
    cast, by = team.cast, team.cast.administrator
    group = add_unit(agency=cast.agency, values={"name": "Group"}, by=by)
    branch = add_unit(agency=cast.agency, values={"name": "Branch", "parent": group}, by=by)
    other = add_unit(agency=cast.agency, values={"name": "Other"}, by=by)
    ana, hemi = joins(cast, "Ana", unit=branch, senior=True), joins(cast, "Hemi", unit=other, email="")
    joins(cast, "Gone", unit=group, started_on=today() + timedelta(days=9))
    whole = prepared(cast)
    assert {ana, hemi} < set(audience(whole, today()))
    assert list(audience(prepared(cast, [group], title="Group"), today())) == [ana]
    assert list(audience(prepared(cast, senior_only=True, title="Senior"), today())) == [ana]
    assert list(audience(prepared(cast, roles=[Role.ADMINISTRATOR], title="Roles"), today())) == [by.who]
    assert reach(whole, today()).without_address == 1
    with pytest.raises(NotReady, match="It asks nobody"):
        running(cast, [other], senior_only=True, title="Nobody")


def test_launched_everybody_is_asked_once_and_whoever_has_an_address_by_mail(team: Team) -> None:
    joins(team.cast, "Paper", email="")
    joins(team.cast, "Bent", email="bent@mcw.example.nz")
    by, round_ = team.cast.integrity_champion, prepared(team.cast)
    round_ = launch_round(round_=round_, by=by, now=timezone.now())
    assert round_.invitations.count() == Person.objects.count()
    assert Mail.objects.filter(key__startswith="declaration asked").count() == Person.objects.exclude(email="").count()
    assert invitation_of(team.staff, round_).manager == team.manager.who
    with pytest.raises(NotNow, match="launched already"):
        launch_round(round_=round_, by=by, now=timezone.now())
    with pytest.raises(NotNow, match="People were asked already"):
        change_round(round_=round_, values={"title": "Other"}, units=[], by=by)
    with pytest.raises(NotPermitted):
        close_round(round_=round_, by=team.cast.privacy_officer, now=timezone.now())
    assert Round.objects.get().closed_at is None


def test_who_joins_is_asked_who_leaves_is_dropped_and_who_moves_is_with_the_new_manager(team: Team) -> None:
    cast, by = team.cast, team.cast.administrator
    cast.integrity_champion  # noqa: B018 - here before the round
    leaver = joins(cast, "Leaver")
    round_ = running(cast)
    joins(cast, "Joiner")
    mark_left(person=leaver, left_on=today(), by=by, on=today())
    place(person=team.staff.who, on=today(), by=by, manager=team.second.who)
    assert rounds_kept(today()) == 3
    assert rounds_kept(today()) == 0, "a second tick finds nothing to do"
    joined = Invitation.objects.get(person__name="Joiner")
    assert (joined.is_open, joined.due_on) == (True, round_.due_on), "at least a fortnight"
    assert invitation_of(leaver, round_).state == "left"
    assert invitation_of(team.staff, round_).manager == team.second.who


def test_who_joins_near_the_end_has_a_fortnight(team: Team) -> None:
    round_ = running(team.cast, due_on=today() + timedelta(days=2))
    joins(team.cast, "Joiner")
    rounds_kept(today())
    joined = Invitation.objects.get(person__name="Joiner")
    assert (joined.round, joined.due_on) == (round_, today() + timedelta(days=14))


def test_longer_and_excused_only_with_a_reason_and_only_while_it_runs(team: Team) -> None:
    by, round_, now = team.cast.integrity_champion, running(team.cast), timezone.now()
    one, later = invitation_of(team.staff, round_), round_.due_on + timedelta(days=5)
    with pytest.raises(NotNow, match="Say why"):
        extend(invitation=one, to=later, reason=" ", by=by, now=now)
    with pytest.raises(NotNow, match="Choose a day after"):
        extend(invitation=one, to=round_.due_on, reason="Leave", by=by, now=now)
    assert extend(invitation=one, to=later, reason="Leave", by=by, now=now).due_on == later
    assert Mail.objects.filter(to=team.staff.email).count() == 2
    with pytest.raises(NotNow, match="Say why"):
        excuse(invitation=one, reason="", by=by, now=now)
    excuse(invitation=one, reason="Parental leave", by=by, now=now)
    with pytest.raises(NotNow, match="excused"):
        extend(invitation=one, to=later + timedelta(days=5), reason="Leave", by=by, now=now)
    close_round(round_=round_, by=by, now=now)
    with pytest.raises(NotNow, match="not running"):
        excuse(invitation=invitation_of(team.manager, round_), reason="Leave", by=by, now=now)


def working_day() -> date:
    """Today, or the next day on which somebody works."""
    day = today()
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def test_a_person_gets_one_reminder_a_day_and_a_manager_one_digest(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    day = working_day()
    monkeypatch.setattr("conflicts.rounds.localdate", lambda: day)
    for title in ("One", "Two"):
        running(team.cast, title=title, due_on=day + timedelta(days=7))
    Mail.objects.all().delete()
    assert reminders_queued(day) > 0
    [mine] = Mail.objects.filter(to=team.staff.email)
    assert mine.text.count("/conflicts/answer/") == 2
    [team_mail] = Mail.objects.filter(key=f"declaration team {team.manager.person_id} {day}")
    assert "- Ana Staff" in team_mail.text
    assert "/conflicts/answer/" not in team_mail.text
    assert reminders_queued(day) == 0, "a second tick mails nobody again"
    assert reminders_queued(day - timedelta(days=1)) == 0


def test_no_reminder_between_the_days_nor_once_answered_or_closed(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    day = date(2026, 11, 25)  # a Wednesday
    monkeypatch.setattr("conflicts.rounds.localdate", lambda: day)
    round_ = running(team.cast, due_on=day + timedelta(days=365))
    for due, reminded in ((7, True), (5, False), (1, True), (0, False), (-1, True), (-3, False), (-8, True)):
        last = day + timedelta(days=due)
        monkeypatch.setattr("conflicts.models.Invitation.due_on", last)
        Mail.objects.all().delete()
        assert (reminders_queued(day) > 0) is reminded, due
    close_round(round_=round_, by=team.cast.integrity_champion, now=timezone.now())
    Mail.objects.all().delete()
    assert reminders_queued(day) == 0


def test_a_wrong_address_holds_nobody_up_and_is_listed_as_not_sent(cast: Cast) -> None:
    letters = [Letter(f"key {to}", to, "Kia ora", "Text", "A round") for to in ("no address", "ana@mcw.example.nz")]
    for new in (2, 0):
        assert queue_many(agency="MCW", letters=letters, by=cast.administrator, now=timezone.now()) == new
    assert dict(Mail.objects.values_list("to", "state")) == {"no address": "failed", "ana@mcw.example.nz": "queued"}
