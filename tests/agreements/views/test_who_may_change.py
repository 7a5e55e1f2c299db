"""The page says what the register does: each of its lines is tried against the rules themselves."""

import pytest
from django.test import Client

from agreements.actions.status import check_may_take
from agreements.choices import Status, TermsState
from agreements.lifecycle import STEPS
from agreements.models import Agreement
from agreements.pages.who_may_change import TERMS, of_agreement, of_variation
from agreements.policies.agreement import check_may_edit_terms, why_not
from agreements.variation_lifecycle import VARIATION_STEPS
from people.permissions import NotPermitted
from people.roles import Role
from tests.agreements_at import agreement_at
from tests.cast import TODAY, Cast

pytestmark = pytest.mark.django_db


def test_every_step_and_state_is_on_the_page_in_the_agencys_words(client: Client, cast: Cast) -> None:
    client.force_login(cast.adviser)
    page = client.get("/agreements/who-may-change/").content.decode()
    wanted = [*(step.label for step in (*STEPS, *VARIATION_STEPS)), *Status.labels]
    assert [word for word in wanted if word not in page] == []
    assert "The register does it by itself on its day" in page
    assert "Past" not in [stage.word for stage in of_variation(cast.agency)]


@pytest.mark.parametrize("status", Status)
def test_a_role_that_is_not_named_is_refused(cast: Cast, status: Status) -> None:
    agreement = Agreement.objects.get(pk=agreement_at(status, cast).pk)
    stage = next(each for each in of_agreement(cast.agency) if each.state == status)
    by_label = {line.what: {*line.roles, *line.own} for line in stage.lines}
    for step in STEPS:
        if status not in step.sources:
            continue
        for role in set(Role) - {Role.PRIVACY_OFFICER}:
            try:
                check_may_take(agreement, step, getattr(cast, role.value), TODAY)
            except NotPermitted:
                assert str(role.label) not in by_label[step.label], (step.name, role)
            except Exception:  # noqa: BLE001 - other rules speak only after the role was let through
                assert str(role.label) in by_label[step.label] or step.of_terms, (step.name, role)


@pytest.mark.parametrize("status", Status)
def test_terms_are_editable_where_the_page_says(cast: Cast, status: Status) -> None:
    agreement = agreement_at(status, cast)
    stage = next(each for each in of_agreement(cast.agency) if each.state == status)
    free = any(line.what == TERMS and not line.note for line in stage.lines)
    assert free == (not why_not(check_may_edit_terms, agreement, cast.privacy_officer))
    assert agreement.terms_now.state != TermsState.PAST
