"""Staff conversations: half a minute, for those who report to one, read by the two and the integrity team."""

import pytest
from django.test import Client
from django.urls import reverse

from conflicts.actions.staff_conversation import record_staff_conversation
from conflicts.errors import NotYours
from conflicts.models import Conversation
from tests.cast import NOW, TODAY, Cast
from tests.declaring import Team

pytestmark = pytest.mark.django_db
PAGE, RECORD = reverse("conflicts:staff_conversations"), reverse("conflicts:staff_conversation_record")
STAFF = "Ana Staff (ana.staff@mcw.example.nz)"
GIVEN = {"person": STAFF, "outcome": "nothing", "on": "1 July 2026", "note": ""}


def test_a_manager_records_one_in_one_form_and_both_read_it(client: Client, team: Team) -> None:
    client.force_login(team.manager)
    assert "No conversation recorded" in client.get(PAGE).text
    page = client.get(f"{RECORD}?person={team.staff.person_id}").text
    assert STAFF in page
    assert "you talked with Ana Staff" in client.post(RECORD, GIVEN, follow=True).text
    assert "lies in the future" in client.post(RECORD, GIVEN | {"on": "1 July 2046"}).text
    client.force_login(team.staff)
    assert "Ana Manager and Ana Staff" in client.get(PAGE).text
    client.force_login(team.second)
    assert "Ana Manager and Ana Staff" not in client.get(PAGE).text


def test_nobody_records_one_with_themselves_or_with_those_who_do_not_report_to_them(client: Client, team: Team) -> None:
    client.force_login(team.staff)
    assert "Nobody reports to you" in client.get(RECORD).text
    assert "Nothing is called" in client.post(RECORD, GIVEN).text
    values = {"outcome": "nothing", "on": TODAY}
    other = Cast("OTH", "Other Ministry").staff_member
    for person, by in ((team.staff, team.staff), (team.manager, team.staff), (other, team.manager)):
        with pytest.raises(NotYours):
            record_staff_conversation(person=person.who, values=values, by=by, now=NOW, today=TODAY)
    assert not Conversation.objects.exists()


def test_coverage_is_a_count_that_points_at_nobody(client: Client, team: Team) -> None:
    record_staff_conversation(
        person=team.staff.who, values={"outcome": "nothing", "on": TODAY}, by=team.manager, now=NOW, today=TODAY
    )
    team.cast.integrity_champion  # noqa: B018 - makes them
    client.force_login(team.cast.auditor)
    page = client.get(PAGE).text
    assert "fewer than 5 of" in page
    assert "Ana Staff" not in page
    client.force_login(team.cast.integrity_champion)
    assert "1 of" in client.get(PAGE).text


def test_the_guide_is_one_page_for_everybody(client: Client, team: Team) -> None:
    client.force_login(team.staff)
    page = client.get(reverse("conflicts:staff_conversation_guide")).text
    assert "How could it look to somebody who does not know you?" in page
    assert "It is not the Commission’s own guide" in page
