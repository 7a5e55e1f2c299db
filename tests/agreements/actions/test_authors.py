"""Whoever wrote part of the terms does not approve them; whoever only looked after the agreement does."""

from collections.abc import Callable
from datetime import date
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from agreements.actions.bulk import set_in_bulk
from agreements.actions.duplicate import duplicate_agreement
from agreements.actions.handover import hand_over_agreement
from agreements.actions.provision import provision_values, provisions_digest, save_provisions
from agreements.actions.responsibility import responsibilities_digest, save_responsibilities
from agreements.actions.row import add_row, change_row, remove_row, row_values
from agreements.actions.section import section_values, update_section
from agreements.actions.status import perform
from agreements.choices import Answer, Status
from agreements.digest import digest
from agreements.errors import NotYours
from agreements.models import Agreement, Author, Party
from agreements.rows import KINDS
from agreements.sections import BY_NAME
from people.models import Person, RoleGrant, User
from people.roles import Role
from records.acting import acting
from tests.agreements_at import agreement_at, answer, organisation
from tests.cast import NOW, TODAY, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    """People of an agency in which somebody else could approve; for a team of one see test_checkers.py."""
    people = Cast()
    assert people.chief_executive
    return people


@pytest.fixture
def second(cast: Cast) -> User:
    """Somebody who may edit every agreement and may approve."""
    user = cast.user(Role.APPROVER, "Sina Faleolo")
    with acting(by=user):
        RoleGrant(
            person=user.person, role=Role.PRIVACY_OFFICER, starts_on=date(2020, 1, 1), granted_by=cast.privacy_officer
        ).save()
    return User.objects.get(pk=user.pk)


@pytest.fixture
def draft(cast: Cast) -> Agreement:
    return agreement_at(Status.DRAFT, cast)


def provider(agreement: Agreement) -> Party:
    return Party.objects.filter(terms__agreement=agreement).order_by("pk")[1]


def _section(agreement: Agreement, by: User) -> None:
    answer(agreement, "people", by, necessity="Without it children are not found.")


def _title(agreement: Agreement, by: User) -> None:
    answer(agreement, "purpose", by, title="Another title")


def _add(agreement: Agreement, by: User) -> None:
    values = {"organisation": organisation("Pūkeko Housing"), "role": "receives"}
    add_row(agreement=agreement, kind=KINDS["party"], values=values, by=by)


def _change(agreement: Agreement, by: User) -> None:
    row, kind = provider(agreement), KINDS["party"]
    now = row_values(kind, row)
    change_row(agreement=agreement, kind=kind, pk=row.pk, values=now | {"contact": "Mere"}, seen=digest(now), by=by)


def _remove(agreement: Agreement, by: User) -> None:
    values = {"organisation": organisation("Pūkeko Housing"), "role": "receives"}
    row = add_row(agreement=agreement, kind=KINDS["party"], values=values, by=agreement.created_by)
    remove_row(agreement=agreement, kind=KINDS["party"], pk=row.pk, by=by)


def _provision(agreement: Agreement, by: User) -> None:
    answers = provision_values(agreement)
    answers["C1"] = answers["C1"] | {"answer": Answer.PRESENT.value, "clause": "2"}
    save_provisions(agreement=agreement, answers=answers, seen=provisions_digest(agreement), by=by)


def _responsibility(agreement: Agreement, by: User) -> None:
    wanted = {("lead", provider(agreement).pk)}
    save_responsibilities(agreement=agreement, wanted=wanted, seen=responsibilities_digest(agreement), by=by)


EDITS = [_section, _title, _add, _change, _remove, _provision, _responsibility]


@pytest.mark.parametrize("edit", EDITS)
def test_who_wrote_any_part_does_not_approve(
    cast: Cast, second: User, draft: Agreement, client: Client, edit: Callable[[Agreement, User], None]
) -> None:
    edit(Agreement.objects.get(pk=draft.pk), second)
    perform(agreement=draft, step="submit", by=cast.privacy_officer, now=NOW)
    with pytest.raises(NotYours, match="You wrote part of these terms: somebody else approves them"):
        perform(agreement=draft, step="approve", by=second, now=NOW)
    client.force_login(second)
    address = f"/agreements/{draft.reference}/steps/approve/"
    page = client.get(draft.get_absolute_url()).content.decode()
    assert "You wrote part of these terms" in page
    assert address not in page
    assert "You wrote part of these terms" in client.post(address).content.decode()
    draft.refresh_from_db()
    assert draft.status == Status.IN_REVIEW
    perform(agreement=draft, step="approve", by=cast.approver, now=NOW)


def _reader(agreement: Agreement, by: User) -> None:
    """Pressed save and changed nothing, on every page."""
    section = BY_NAME["people"]
    now = section_values(agreement, section)
    update_section(agreement=agreement, section=section, values=now, seen=digest(now), by=by)
    answers = provision_values(agreement)
    save_provisions(agreement=agreement, answers=answers, seen=provisions_digest(agreement), by=by)
    save_responsibilities(agreement=agreement, wanted=set(), seen=responsibilities_digest(agreement), by=by)


def _owner(agreement: Agreement, by: User) -> None:
    answer(agreement, "ownership", by, owner=by.person, review_due_on=date(2027, 1, 1))


def _in_bulk(agreement: Agreement, by: User) -> None:
    given: dict[str, Any] = {"owner": by.person, "review_due_on": None, "reason": "New unit", "on": TODAY}
    set_in_bulk(keys=[agreement.pk], by=by, **given)


def _access(agreement: Agreement, by: User) -> None:
    values = {"organisation": provider(agreement).organisation, "described_as": "Case workers"}
    add_row(agreement=agreement, kind=KINDS["access_holder"], values=values, by=by)


def _handed_over(agreement: Agreement, by: User) -> None:
    leaver = agreement.created_by.person
    answer(agreement, "ownership", agreement.created_by, owner=leaver)
    assert isinstance(leaver, Person)
    assert by.person is not None
    hand_over_agreement(agreement=agreement, field="owner", leaver=leaver, to=by.person, by=by)


@pytest.mark.parametrize("edit", [_reader, _owner, _in_bulk, _access, _handed_over])
def test_who_changed_what_is_no_part_of_the_terms_approves(
    cast: Cast, second: User, draft: Agreement, edit: Callable[[Agreement, User], None]
) -> None:
    with acting(by=cast.privacy_officer):
        RoleGrant(
            person=second.person, role=Role.ADMINISTRATOR, starts_on=date(2020, 1, 1), granted_by=cast.privacy_officer
        ).save()
    edit(Agreement.objects.get(pk=draft.pk), User.objects.get(pk=second.pk))
    perform(agreement=draft, step="submit", by=cast.privacy_officer, now=NOW)
    assert perform(agreement=draft, step="approve", by=second, now=NOW).status == Status.APPROVED


def test_who_only_submitted_does_not_approve(second: User, draft: Agreement) -> None:
    perform(agreement=draft, step="submit", by=second, now=NOW)
    with pytest.raises(NotYours, match="You submitted it: somebody else approves it"):
        perform(agreement=draft, step="approve", by=second, now=NOW)


def test_who_duplicates_is_the_author_and_the_author_of_the_original_is_not(cast: Cast, second: User) -> None:
    original = agreement_at(Status.SIGNED, cast)
    copy = duplicate_agreement(agreement=original, title="A copy", by=second, now=NOW)
    assert [author.user for author in copy.terms_now.authors.all()] == [second]
    perform(agreement=copy, step="submit", by=cast.privacy_officer, now=NOW)
    with pytest.raises(NotYours, match="You wrote part"):
        perform(agreement=copy, step="approve", by=second, now=NOW)


def test_one_row_a_person_and_it_costs_one_query_from_then_on(second: User, draft: Agreement) -> None:
    _section(draft, second)
    with CaptureQueriesContext(connection) as asked:
        answer(draft, "people", second, necessity="Said better.")
    assert sum("agreements_author" in one["sql"] for one in asked) == 1
    assert Author.objects.filter(terms__agreement=draft, user=second).count() == 1
    assert Author.history.filter(terms=draft.terms_now, user=second).count() == 1


def test_the_migration_knows_who_made_what_is_there_already(draft: Agreement, cast: Cast) -> None:
    with acting(by=cast.privacy_officer):
        for author in Author.objects.all():
            author.delete()
    migration = import_module("agreements.migrations.0007_authors")
    with connection.schema_editor() as editor:
        migration.fill(apps, editor)
    assert [(row.terms, row.user, row.first_on) for row in Author.objects.all()] == [
        (draft.terms_now, cast.privacy_officer, TODAY)
    ]
