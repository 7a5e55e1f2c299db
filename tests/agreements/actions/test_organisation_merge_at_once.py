"""Two people merge the same organisation at the same time: one does, the other is told."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from agreements.actions.organisation_merge import merge_organisations
from agreements.choices import Status
from agreements.errors import NotNow
from agreements.models import Organisation, Party
from people.models import User
from people.roles import Role
from tests.agreements_at import agreement_at, organisation
from tests.cast import Cast

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_second_is_told_what_the_first_did() -> None:
    cast = Cast()
    agreement_at(Status.SIGNED, cast, parties=("Whare Tautoko",))
    twin, one, other = organisation("Whare Tautoko"), organisation("One Trust"), organisation("Other Trust")
    officers = [cast.privacy_officer, cast.user(Role.PRIVACY_OFFICER, "Second Officer")]
    start, said = Barrier(2), list[str]()

    def merge(into: Organisation, by: User) -> None:
        start.wait()
        try:
            merge_organisations(merged=twin, into=into, by=by, reason="The same")
        except NotNow as refused:
            said.append(str(refused))
        finally:
            connection.close()

    threads = [Thread(target=merge, args=pair) for pair in zip((one, other), officers, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    twin.refresh_from_db()
    assert twin.merged_into in (one, other)
    assert said == [f"Whare Tautoko was already merged into {twin.merged_into}"]
    assert set(Party.objects.filter(organisation__in=[twin, one, other]).values_list("organisation", flat=True)) == {
        twin.merged_into_id
    }
