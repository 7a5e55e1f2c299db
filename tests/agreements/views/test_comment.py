"""Comments: colleagues are named and asked, other agencies see nothing, and what is asked is said to be done."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from agreements.actions.comment import add_comment, settle_comment
from agreements.choices import Status
from agreements.errors import NotNow, NotYours
from agreements.models import Agreement, Comment, Mention
from agreements.pages.comment import asked_of, for_person
from people.models import User
from people.roles import Role
from tests.agreements.views.conftest import SignIn
from tests.agreements_at import agreement_at, contract_of, organisation
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreement(cast: Cast) -> Agreement:
    """Something to talk about."""
    return agreement_at(Status.SIGNED, cast)


@pytest.fixture
def colleague(cast: Cast) -> User:
    """Somebody with a macron in her name."""
    return cast.user(Role.ADVISER, "Mereana Kōwhai")


def said(client: Client, address: str, text: str, asked: str = "") -> str:
    data = {"comment-text": text, "comment-assigned_to": asked}
    return client.post(address, data, follow=True).text


def here(about: Any) -> str:
    return f"{about.get_absolute_url()}comments/"


def test_a_colleague_is_named_asked_and_says_that_it_is_done(
    officer: Client, agreement: Agreement, colleague: User, sign_in: SignIn
) -> None:
    name = f"{colleague.who.name} ({colleague.who.email})"
    said(officer, here(agreement), "Could you check clause 7, @mereana kowhai?", name)
    comment = Comment.objects.get()
    assert [mention.person for mention in comment.mentions.all()] == [colleague.person]
    assert list(asked_of(colleague.who)) == [comment]
    client = sign_in(colleague)
    assert "Could you check clause 7" in client.get("/").text
    response = client.post(f"/comments/{comment.pk}/done/", {"then": "home"})
    assert response["Location"] == "/"
    assert not asked_of(colleague.who).exists()
    assert "Asked of you" not in client.get("/").text
    assert "Said by Mereana Kōwhai" in officer.get(here(agreement)).text


def test_a_contract_has_comments_of_its_own(officer: Client, cast: Cast) -> None:
    contract = contract_of(cast)
    said(officer, here(contract), "Ask for the report")
    assert Comment.objects.get().about == contract
    assert f'hx-get="{here(contract)}"' in officer.get(contract.get_absolute_url()).text


@pytest.mark.parametrize("text", ["@Mereana Kōwhai.", "See @mereana kōwhai, please", "(@MEREANA KOWHAI)", "{email}"])
def test_a_name_is_found_however_it_is_written(cast: Cast, agreement: Agreement, colleague: User, text: str) -> None:
    text = text.format(email=f"@{colleague.who.email} look")
    add_comment(about=agreement, text=text, by=cast.privacy_officer, now=NOW)
    assert Mention.objects.get().person == colleague.person


@pytest.mark.parametrize("text", ["Write to info@mcw.example.nz", "5 @ $3", "Ends in @"])
def test_not_every_at_names_somebody(cast: Cast, agreement: Agreement, text: str) -> None:
    add_comment(about=agreement, text=text, by=cast.privacy_officer, now=NOW)
    assert not Mention.objects.exists()


def test_a_name_that_fits_nobody_or_two_is_said_and_nothing_is_lost(
    officer: Client, cast: Cast, agreement: Agreement, colleague: User
) -> None:
    page = said(officer, here(agreement), "Please look, @Meriana Kowhai")
    assert "Nobody here is called “@Meriana Kowhai”" in page
    assert "Please look, @Meriana Kowhai" in page
    stranger = Cast("OTH", "Other Ministry").user(Role.ADVISER, "Ash Stranger")
    assert "Nobody here is called" in said(officer, here(agreement), f"@{stranger.who.name}")
    twin = cast.user(Role.ADVISER, "Mereana  Kōwhai")
    assert twin.who.email != colleague.who.email
    assert "More than one person" in said(officer, here(agreement), "@Mereana Kōwhai")
    assert not Comment.objects.exists()


def test_nobody_is_asked_who_would_never_see_it(officer: Client, cast: Cast, agreement: Agreement) -> None:
    staff = cast.user(Role.STAFF_MEMBER, "Jess Holloway")
    page = said(officer, here(agreement), "Please", f"{staff.who.name} ({staff.who.email})")
    assert "no role that reads agreements" in page
    assert not Comment.objects.exists()


@pytest.mark.parametrize("text", ["", " ", "x" * 100_000])
def test_a_comment_says_something_and_not_a_book(officer: Client, agreement: Agreement, text: str) -> None:
    assert "needs another look" in said(officer, here(agreement), text)
    assert not Comment.objects.exists()


def test_what_is_typed_is_shown_as_text(officer: Client, agreement: Agreement) -> None:
    page = said(officer, here(agreement), "<script>alert(1)</script>")
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in officer.get(here(agreement)).text


def test_only_who_was_asked_or_who_asked_says_that_it_is_done(
    cast: Cast, agreement: Agreement, colleague: User
) -> None:
    by = cast.privacy_officer
    comment = add_comment(about=agreement, text="Please", assigned_to=colleague.person, by=by, now=NOW)
    plain = add_comment(about=agreement, text="Well done", by=by, now=NOW)
    with pytest.raises(NotYours, match="says that it is done"):
        settle_comment(comment=comment, by=cast.approver, now=NOW)
    with pytest.raises(NotYours, match="asks nothing"):
        settle_comment(comment=plain, by=by, now=NOW)
    settle_comment(comment=comment, by=by, now=NOW)
    with pytest.raises(NotNow, match="has said already"):
        settle_comment(comment=comment, by=colleague, now=NOW)


def test_no_other_agency_sees_or_settles_one(cast: Cast, sign_in: SignIn, colleague: User) -> None:
    other = Cast("OTH", "Other Ministry")
    organisation(other.name, agency=other.agency)
    agreement = agreement_at(Status.SIGNED, cast, parties=(other.name,))
    by = cast.privacy_officer
    comment = add_comment(about=agreement, text="Between us", assigned_to=colleague.person, by=by, now=NOW)
    client = sign_in(other.privacy_officer)
    assert "Between us" not in client.get(agreement.get_absolute_url()).text
    assert client.get(here(agreement)).status_code == 404
    assert client.post(here(agreement), {"comment-text": "Hello"}).status_code == 404
    assert client.post(f"/comments/{comment.pk}/done/").status_code == 404
    with pytest.raises(NotYours):
        add_comment(about=agreement, text="Hello", by=other.privacy_officer, now=NOW)


def test_home_shows_what_is_asked_then_what_names_one_for_a_fortnight(
    cast: Cast, agreement: Agreement, colleague: User
) -> None:
    by, now = cast.privacy_officer, timezone.now()
    for text, ago in (("Old @Mereana Kōwhai", 15), ("New @Mereana Kōwhai", 1)):
        add_comment(about=agreement, text=text, by=by, now=now - timedelta(days=ago))
    add_comment(about=agreement, text="Me, @Mereana Kōwhai", by=colleague, now=now)
    add_comment(about=agreement, text="Asked", assigned_to=colleague.person, by=by, now=now - timedelta(days=90))
    assert [comment.text for comment in for_person(colleague.who, now)] == ["Asked", "New @Mereana Kōwhai"]


def test_queries_do_not_grow(
    cast: Cast, officer: Client, agreement: Agreement, colleague: User, django_assert_max_num_queries: Any
) -> None:
    for _ in range(50):
        text = "Look, @Mereana Kōwhai"
        add_comment(about=agreement, text=text, assigned_to=colleague.person, by=cast.privacy_officer, now=NOW)
    officer.get("/")
    with django_assert_max_num_queries(8):
        officer.get(here(agreement))
