"""The yearly self-assessment: four sections, three levels, facts of the register beside each, last year's too."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError
from django.db.transaction import atomic
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from assurance.actions.maturity_answer import rate_element
from assurance.due.yearly import maturity_due, readable_maturity
from assurance.maturity.elements import elements
from assurance.maturity.facts import FACTS
from assurance.models import MaturityAnswer
from people.models import Notice
from records.acting import acting
from tests.assurance.yearly import YEAR, led, policy_of
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db
HOSTILE = "<b>bold</b>"


def rate(cast: Cast, key: str = "policies", **more: Any) -> MaturityAnswer:
    given: dict[str, Any] = {"year": YEAR, "level": "foundational", "comment": "", "facts": [], "seen": 0} | more
    return rate_element(key=key, by=cast.privacy_officer, now=NOW, **given)


def test_four_sections_and_every_fact_is_known() -> None:
    sections: dict[str, int] = {}
    for one in elements():
        sections[one.section] = sections.get(one.section, 0) + 1
    assert list(sections.values()) == [5, 3, 2, 6]
    assert {name for one in elements() for name in (*one.facts, *one.near)} == set(FACTS)
    assert not [one.key for one in elements() if set(one.facts) & set(one.near)], "the thing itself, or only near it"
    assert len({one.key for one in elements()}) == 16


def test_an_answer_keeps_what_the_register_said_and_last_year_stands_beside(officer: Client, cast: Cast) -> None:
    led(cast)
    policy_of(cast)
    rate(cast, year=YEAR - 1, level="informal")
    place = reverse("maturity_rate", args=[YEAR, "policies"])
    assert "Policies that are current</a>: 0 of 1" in officer.get(place).text
    page = officer.post(place, {"level": "managed", "comment": HOSTILE, "seen": "0"}, follow=True).text
    assert "&lt;b&gt;bold" in page
    assert "Up since last year" in page
    assert "Agreements that run</a>: 1" in page
    assert 'href="/agreements/?status=signed&amp;status=suspended">Agreements that run' in page
    answer = MaturityAnswer.objects.latest("pk")
    assert answer.facts == [["Policies that are current", "0 of 1"]]
    page = officer.post(place, {"level": "informal", "comment": "Mine", "seen": "0"}).text
    assert "rated this after you opened it: Managed" in page
    assert "Mine" in page
    page = officer.post(place, {"level": "informal", "comment": "Mine", "seen": str(answer.pk)}, follow=True).text
    assert "As last year" in page
    assert "earlier ratings" in page
    assert MaturityAnswer.objects.filter(year=YEAR).count() == 2
    assert "<title>Error: " in officer.post(place, {"level": "best", "comment": "x"}).text
    for unknown in ([YEAR, "nothing"], [1999, "policies"], [2999, "policies"]):
        assert officer.get(reverse("maturity_rate", args=unknown)).status_code == 404


def test_who_rates_who_reads_and_what_the_database_keeps(cast: Cast, client: Client) -> None:
    answer = rate(cast, comment="Ours")
    client.force_login(cast.auditor)
    page = client.get(reverse("maturity_year", args=[YEAR])).text
    assert "Ours" in page
    assert "Rate it" not in page
    assert client.post(reverse("maturity_rate", args=[YEAR, "open"]), {"level": "managed"}).status_code == 403
    client.force_login(Cast("THR", "Community Service Agency").privacy_officer)
    assert "Ours" not in client.get(reverse("maturity_year", args=[YEAR])).text
    answer.level = "managed"
    with pytest.raises(IntegrityError, match="row of record"), acting(by=cast.privacy_officer), atomic():
        answer.save()


def test_it_is_told_in_june_and_late_only_where_it_was_begun() -> None:
    cast, other = Cast(), Cast("THR", "Community Service Agency")
    told = {cast.privacy_officer.who, other.privacy_officer.who}
    assert maturity_due(date(2026, 5, 30)) == 0
    maturity_due(date(2026, 6, 1))
    assert {one.recipient for one in Notice.objects.open()} == told
    assert {one.kind for one in Notice.objects.open()} == {"maturity_due"}
    for one in elements()[:-1]:
        rate(cast, one.key)
    maturity_due(date(2026, 7, 1))
    late = Notice.objects.open().get()
    assert (late.kind, late.recipient, late.due_on) == ("maturity_late", cast.privacy_officer.who, date(2026, 6, 30))
    assert "1 element is not rated" in late.text.replace("\xa0", " ")
    assert readable_maturity(cast.auditor, [late.about]) == {}
    rate(cast, elements()[-1].key)
    maturity_due(date(2026, 7, 2))
    assert not Notice.objects.open().exists()


def test_budget(officer: Client, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    for one in elements():
        rate(cast, one.key)
    officer.get(reverse("maturity_year", args=[YEAR]))
    with django_assert_max_num_queries(15):
        officer.get(reverse("maturity_year", args=[YEAR]))
