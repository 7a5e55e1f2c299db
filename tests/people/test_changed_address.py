"""Another sign-in address: a reason, an end to every session, and a mail to both addresses."""

import re

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse

from people.actions.person import change_person
from people.actions.user import invite
from people.models import Person, User
from records.models import Mail
from tests.cast import TODAY, Cast
from tests.mailing import deliver_all

pytestmark = pytest.mark.django_db
NEW = "arjun.mehta@mcw.example.nz"


def signed_in(user: User) -> Client:
    """A browser in which they are signed in."""
    client = Client()
    client.force_login(user)
    assert is_in(client)
    return client


def is_in(client: Client) -> bool:
    return client.get(reverse("people:me")).status_code == 200


def change(by: Client, person: Person, **sent: str) -> str:
    """Send the form; gives the page that follows."""
    values = {"name": person.name, "email": person.email, "engagement": "staff"} | sent
    return by.post(reverse("people:change_person", args=[person.pk]), values, follow=True).content.decode()


def letter_to(address: str) -> EmailMessage:
    deliver_all()
    (found,) = [letter for letter in mail.outbox if letter.to == [address]]
    return found


def test_every_session_ends_and_both_addresses_are_told(cast: Cast) -> None:
    theirs, other, admin = signed_in(cast.auditor), signed_in(cast.adviser), signed_in(cast.administrator)
    old = cast.auditor.email
    change(admin, cast.auditor.who, email=NEW, reason="New name after marriage")
    assert (is_in(theirs), is_in(other), is_in(admin)) == (False, True, True)
    deliver_all()
    assert len(mail.outbox) == 2
    before, after = letter_to(old), letter_to(NEW)
    assert "Your sign-in address was changed" in str(before.subject)
    assert "If you did not expect this" in str(before.body)
    assert cast.agency.privacy_email in str(before.body)
    assert NEW not in str(before.body), "whoever reads the old mailbox need not learn the new address"
    assert f"Before, it was {old}" in str(after.body)
    user = User.objects.get(pk=cast.auditor.pk)
    assert user.history.latest("history_id").history_change_reason == "New name after marriage"
    assert is_in(signed_in(user))


def test_a_session_stays_dead_when_the_address_goes_back(cast: Cast) -> None:
    theirs, admin, old = signed_in(cast.auditor), signed_in(cast.administrator), cast.auditor.email
    change(admin, cast.auditor.who, email=NEW, reason="Mistyped")
    change(admin, Person.objects.get(pk=cast.auditor.who.pk), email=old, reason="It was right before")
    assert not is_in(theirs)


def test_without_a_reason_nothing_changes(cast: Cast) -> None:
    theirs, admin = signed_in(cast.auditor), signed_in(cast.administrator)
    page = change(admin, cast.auditor.who, email=NEW, reason="  ")
    assert "Say why the address changes" in page
    assert NEW in page
    assert (is_in(theirs), mail.outbox) == (True, [])
    assert not User.objects.filter(email=NEW).exists()
    with pytest.raises(ValidationError, match="Say why the address changes"):
        change_person(person=cast.auditor.who, values={"email": NEW}, by=cast.administrator)


def test_what_leaves_the_address_ends_nothing_and_needs_no_reason(cast: Cast) -> None:
    theirs, admin = signed_in(cast.auditor), signed_in(cast.administrator)
    change(admin, cast.auditor.who, name="Arjun Mehta", email=cast.auditor.email.upper())
    assert Person.objects.get(pk=cast.auditor.who.pk).name == "Arjun Mehta"
    assert (is_in(theirs), mail.outbox) == (True, [])


def test_someone_without_a_sign_in_is_asked_for_no_reason(cast: Cast, aroha: Person) -> None:
    admin = signed_in(cast.administrator)
    change(admin, aroha, email=NEW)
    assert (Person.objects.get(pk=aroha.pk).email, mail.outbox) == (NEW, [])


def test_a_code_sent_to_the_old_address_lets_nobody_in(cast: Cast) -> None:
    thief, admin = Client(), signed_in(cast.administrator)
    thief.post(reverse("account_request_login_code"), {"email": cast.auditor.email})
    code = re.search(r"^    (\S+)$", str(mail.outbox[0].body), re.MULTILINE)
    assert code
    change(admin, cast.auditor.who, email=NEW, reason="The old mailbox was taken over")
    thief.post(reverse("account_confirm_login_code"), {"code": code[1]})
    assert not is_in(thief)


def test_a_link_sent_to_the_old_address_sets_no_password(cast: Cast) -> None:
    thief, admin = Client(), signed_in(cast.administrator)
    thief.post(reverse("account_reset_password"), {"email": cast.auditor.email})
    link = re.search(r"https?://[^/]+(/\S+)", str(mail.outbox[0].body))
    assert link
    change(admin, cast.auditor.who, email=NEW, reason="The old mailbox was taken over")
    assert "This link no longer works" in thief.get(link[1], follow=True).content.decode()


def test_who_changes_their_own_address_stays_where_they_are(cast: Cast) -> None:
    here, elsewhere = signed_in(cast.administrator), signed_in(cast.administrator)
    change(here, cast.administrator.who, email="kevin@mcw.example.nz", reason="Shorter")
    assert (is_in(here), is_in(elsewhere)) == (True, False)


def test_the_mails_wait_until_the_change_is_kept_and_a_refused_change_leaves_none(cast: Cast) -> None:
    admin = signed_in(cast.administrator)
    change(admin, cast.auditor.who, email=cast.adviser.email, reason="Shorter")
    assert not Mail.objects.exists()
    change(admin, cast.auditor.who, email=NEW, reason="Shorter")
    assert list(Mail.objects.values_list("state", "agency", "readable")) == [("queued", "MCW", True)] * 2
    assert mail.outbox == []


def test_an_invited_person_is_told_how_to_sign_in(cast: Cast, aroha: Person) -> None:
    invite(person=aroha, on=TODAY, by=cast.administrator)
    change(signed_in(cast.administrator), aroha, email=NEW, reason="Mistyped")
    assert "/accounts/" in str(letter_to(NEW).body) or "code" in str(letter_to(NEW).body)
