"""One mail a day, word by word, and only to those who want it."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core import mail as letters
from django.utils import timezone
from django.utils.timezone import localdate

from agreements.choices import Status
from agreements.due.agreement import reviews_due
from people.actions.person import change_person, mark_left
from people.actions.reminders import choose_digest
from people.digest import LONGEST, digests_queued, text
from people.models import DigestChoice, Notice
from people.notices import Shown
from records.acting import acting
from records.models import Mail
from records.words import nz_date
from tests.agreements_at import agreement_at, answer
from tests.cast import TODAY, Cast
from tests.mailing import deliver_all

SetDay = Callable[[date], date]


@pytest.fixture
def it_is(monkeypatch: pytest.MonkeyPatch) -> SetDay:
    """Let it be some day."""

    def set_day(day: date) -> date:
        monkeypatch.setattr(timezone, "localdate", lambda value=None, tz=None: localdate(value) if value else day)
        return day

    return set_day


@pytest.fixture
def today(it_is: SetDay) -> date:
    """A Tuesday: on most days of the year a mail may be written."""
    return it_is(TODAY)


def due(cast: Cast, day: date, title: str = "School attendance liaison") -> str:
    """A signed agreement of the business owner's whose review is due."""
    agreement = agreement_at(Status.SIGNED, cast, title=title)
    answer(agreement, "ownership", cast.privacy_officer, owner=cast.business_owner.who, review_due_on=day)
    return agreement.reference


def queued() -> list[str]:
    """Subjects, in the order they were made."""
    return list(Mail.objects.order_by("pk").values_list("subject", flat=True))


TEXT = """\
Kia ora Business

2 things are due for you in the Information Sharing Register.

3 days late: The review of MCW-2026-0001 was due on {late}.
http://localhost:8000/agreements/MCW-2026-0001/

In 5 days: The review of MCW-2026-0002 is due on {soon}.
http://localhost:8000/agreements/MCW-2026-0002/

All of it, to mark as done or to hide:
http://localhost:8000/people/due/

You get at most one such mail a day. To get fewer, or none:
http://localhost:8000/people/me/reminders/

Ngā mihi
Information Sharing Register
"""


def test_word_by_word(cast: Cast, today: date) -> None:
    late, soon = today - timedelta(days=3), today + timedelta(days=5)
    due(cast, late)
    due(cast, soon, "<b>Housing & health</b>")
    reviews_due(today)
    assert digests_queued(today) == 1
    deliver_all()
    (letter,) = letters.outbox
    said = {"late": nz_date(late).replace("\xa0", " "), "soon": nz_date(soon).replace("\xa0", " ")}
    assert letter.body == TEXT.format(**said)
    assert letter.subject == "2 things are due for you, 1 of them late"
    assert (letter.to, letter.content_subtype) == ([cast.business_owner.email], "plain")
    assert "attendance" not in letter.body + letter.subject, "titles stay in the register"
    assert not Mail.objects.get().readable


def test_nobody_gets_two_a_day_nor_one_for_a_day_that_is_over(cast: Cast, today: date) -> None:
    due(cast, today)
    reviews_due(today)
    assert digests_queued(today - timedelta(days=30)) == 0
    assert [digests_queued(today), digests_queued(today), digests_queued(today)] == [1, 0, 0]
    assert queued() == ["1 thing is due for you"]


@pytest.mark.parametrize(
    ("choice", "days"),
    [(None, [0, 9]), (DigestChoice.WHEN_DUE, [0, 9]), (DigestChoice.DAILY, [0, 1, 9]), (DigestChoice.NONE, [])],
)
def test_each_gets_as_many_as_they_want(
    cast: Cast, today: date, choice: DigestChoice | None, days: list[int], it_is: SetDay
) -> None:
    """Something new on the first day, due on the tenth."""
    due(cast, today + timedelta(days=9))
    if choice:
        choose_digest(digest=choice, by=cast.business_owner)
    assert told_on(it_is, [today + timedelta(days=day) for day in (0, 1, 9)]) == [
        today + timedelta(days=day) for day in days
    ]


def told_on(it_is: SetDay, days: list[date]) -> list[date]:
    """On which of the days a mail is written, with a tick on each, twice, and one for last month in between."""
    got = []
    for day in days:
        it_is(day)
        written = 0
        for on in (day, day - timedelta(days=30), day):
            reviews_due(on)
            written += digests_queued(on)
        got += [day] * written
    return got


@pytest.mark.parametrize(
    ("due_on", "told"),
    [
        pytest.param(date(2026, 7, 18), date(2026, 7, 20), id="Saturday"),
        pytest.param(date(2026, 7, 10), date(2026, 7, 13), id="Matariki, a Friday"),
        pytest.param(date(2026, 12, 25), date(2026, 12, 29), id="Christmas, with a Monday in its place"),
        pytest.param(date(2026, 4, 5), date(2026, 4, 7), id="Easter Sunday, on which the clocks go back"),
        pytest.param(date(2026, 9, 27), date(2026, 9, 28), id="a Sunday on which they go forward"),
    ],
)
def test_what_falls_due_on_a_day_off_comes_with_the_next_working_day(
    cast: Cast, it_is: SetDay, due_on: date, told: date
) -> None:
    """The first mail when it is found, thirty days before or on the working day after that; the second when due."""
    due(cast, due_on)
    days = [due_on + timedelta(days=number) for number in range(-32, 6)]
    first, second = told_on(it_is, days)
    assert due_on - timedelta(days=30) <= first <= due_on - timedelta(days=26)
    assert second == told
    assert [Mail.objects.filter(key__endswith=str(day)).count() for day in (first, second)] == [1, 1]


def test_nobody_hears_of_what_they_may_no_longer_read_nor_after_they_left(cast: Cast, today: date) -> None:
    due(cast, today)
    reviews_due(today)
    with acting(by=cast.administrator):
        cast.business_owner.who.role_grants.get().delete()
    assert digests_queued(today) == 0
    mark_left(person=cast.business_owner.who, left_on=today, by=cast.administrator, on=today)
    assert digests_queued(today) == 0


def test_a_name_of_two_lines_makes_no_header(cast: Cast, today: date) -> None:
    """Names are kept on one line; and what goes into a subject is one line whatever was kept."""
    change_person(person=cast.business_owner.who, values={"name": "Eve\r\nBcc: all@example.nz"}, by=cast.administrator)
    due(cast, today)
    reviews_due(today)
    digests_queued(today)
    deliver_all()
    message = letters.outbox[0].message()
    assert message["Bcc"] is None
    assert message["To"] == cast.business_owner.email


def test_a_long_list_is_cut_and_says_so(cast: Cast, today: date) -> None:
    notices = [
        Notice(kind="end_90", about=f"MCW-2026-{number:04d}", url="/", text="x", due_on=today, made_on=today)
        for number in range(LONGEST + 2)
    ]
    said = text(cast.business_owner, [Shown(notice, "") for notice in notices], today)
    assert "And 2 more." in said
    assert said.count("\nToday: x.\n") == LONGEST
