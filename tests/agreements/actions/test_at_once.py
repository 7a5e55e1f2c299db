"""People at the same moment, on real connections: one wins and the other is told; many make many, each with its own."""

from collections.abc import Callable, Sequence
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection

from agreements.actions.agreement import create_agreement
from agreements.actions.row import add_row
from agreements.actions.section import section_values, update_section
from agreements.choices import Status
from agreements.digest import digest
from agreements.errors import Stale
from agreements.models import Agreement, Author, Party, ReferenceCounter, Terms
from agreements.rows import KINDS
from agreements.sections import BY_NAME
from people.roles import Role
from tests.agreements_at import agreement_at, organisation
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 60  # seconds after which a thread counts as stuck


def all_at_once(calls: Sequence[Callable[[], object]]) -> list[Exception]:
    """Make the calls, each in a thread and on a connection of its own, from one moment on; what they raised."""
    start, raised = Barrier(len(calls)), list[Exception]()

    def one(call: Callable[[], object]) -> None:
        start.wait(PATIENCE)
        try:
            call()
        except Exception as problem:  # noqa: BLE001 - the test looks at each
            raised.append(problem)
        finally:
            connection.close()

    threads = [Thread(target=one, args=(call,), daemon=True) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert not any(thread.is_alive() for thread in threads), "they wait for one another"
    return raised


@pytest.mark.parametrize("turn", range(3))
def test_of_two_who_save_a_section_one_wins_and_the_other_loses_nothing(turn: int) -> None:
    cast = Cast()
    draft, section = agreement_at(Status.DRAFT, cast), BY_NAME["people"]
    now = section_values(draft, section)
    people = {"Hers": cast.privacy_officer, "His": cast.user(Role.PRIVACY_OFFICER, "Tama Rewi")}

    def saving(words: str) -> Callable[[], object]:
        agreement, values = Agreement.objects.get(pk=draft.pk), now | {"necessity": words}
        return lambda: update_section(
            agreement=agreement, section=section, values=values, seen=digest(now), by=people[words]
        )

    [told] = all_at_once([saving(words) for words in people])
    assert isinstance(told, Stale)
    saved = Terms.objects.get(agreement=draft).necessity
    [difference] = told.differences
    assert told.who == str(people[saved])
    assert (difference.field, difference.theirs) == ("necessity", saved)
    assert difference.yours in set(people) - {saved}
    assert Terms.history.filter(agreement=draft, necessity__in=people).count() == 1
    again = section_values(Agreement.objects.get(pk=draft.pk), section) | {"necessity": difference.yours}
    loser = people[str(difference.yours)]
    update_section(agreement=draft, section=section, values=again, seen=told.seen, by=loser)
    assert Terms.objects.get(agreement=draft).necessity == difference.yours


def test_twenty_who_make_agreements_get_twenty_references_without_a_gap() -> None:
    cast = Cast()
    organisation(cast.agency.name, agency=cast.agency)
    officers = [cast.user(Role.PRIVACY_OFFICER, f"Officer {number}") for number in range(20)]

    def making(number: int) -> Callable[[], object]:
        given: dict[str, Any] = {"title": f"Draft {number}", "kind": "deed", "purpose": "To help.", "now": NOW}
        return lambda: create_agreement(**given, by=officers[number])

    assert all_at_once([making(number) for number in range(20)]) == []
    references = Agreement.objects.order_by("reference").values_list("reference", flat=True)
    assert list(references) == [f"MCW-2026-{number:04d}" for number in range(1, 21)]
    assert ReferenceCounter.objects.get().last == 20
    assert set(Agreement.objects.values_list("created_by", flat=True)) == {officer.pk for officer in officers}


def test_twenty_who_add_a_party_to_one_draft_add_twenty() -> None:
    cast = Cast()
    draft, by = agreement_at(Status.DRAFT, cast), cast.user(Role.PRIVACY_OFFICER, "Tama Rewi")
    bodies = [organisation(f"Provider {number}") for number in range(20)]
    before = Party.objects.count()

    def adding(number: int) -> Callable[[], object]:
        values = {"organisation": bodies[number], "role": "receives"}
        agreement = Agreement.objects.get(pk=draft.pk)
        return lambda: add_row(agreement=agreement, kind=KINDS["party"], values=values, by=by)

    assert all_at_once([adding(number) for number in range(20)]) == []
    assert Party.objects.count() == before + 20
    assert Author.objects.filter(terms=draft.current_terms, user=by).count() == 1


def test_of_two_who_add_the_same_party_one_does_and_the_other_is_told() -> None:
    cast = Cast()
    draft = agreement_at(Status.DRAFT, cast)
    body = organisation("Pūkeko Housing")
    values = {"organisation": body, "role": "receives"}
    by = [cast.privacy_officer, cast.user(Role.PRIVACY_OFFICER, "Tama Rewi")]
    [told] = all_at_once(
        [lambda who=who: add_row(agreement=draft, kind=KINDS["party"], values=values, by=who) for who in by]  # type: ignore[misc]
    )
    assert "already a party here" in str(told)
    assert Party.objects.filter(organisation=body).count() == 1
