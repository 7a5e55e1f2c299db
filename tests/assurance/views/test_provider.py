"""The provider's link: forged, replayed, expired, replaced, forwarded, withdrawn; then how it is meant to work."""

import io
from datetime import timedelta
from unittest import mock

import pypdf
import pytest
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from agreements.actions.organisation_merge import merge_organisations
from agreements.models import Document
from assurance.actions.provider_request import replace_link, send_again, withdraw_request
from assurance.models import (
    Activity,
    ActivityEvidence,
    Finding,
    NamedSubcontractor,
    PrivacyBreach,
    ProviderAnswer,
    ProviderFile,
    ProviderRequest,
)
from assurance.provider.access import OPENINGS
from assurance.provider.links import SALT, token_of
from records.models import Mail
from tests.agreements_at import organisation
from tests.assurance.asking import TRUST, agreed, answered, asked_about, link, sent_in
from tests.cast import Cast
from tests.files import PDF, PNG

pytestmark = pytest.mark.django_db
SEND = {"answered_by": "Ana Rewi", "position": "Manager", "true": "on"}
YES = {"answer_C2": "yes", "answer_C7": "yes", "answer_C17": "yes"}


def test_what_is_no_link_of_ours_says_so_asks_for_nothing_and_is_counted(
    client: Client, cast: Cast, django_assert_num_queries: object
) -> None:
    asking = asked_about(cast)
    forged = [
        "nonsense", asking.code, f"{token_of(asking)[:-3]}abc", signing.dumps([asking.code, 1], salt="another"),
        signing.dumps({"code": asking.code}, salt=SALT), signing.dumps("x", salt=SALT),
    ]  # fmt: skip
    for token in forged:
        with django_assert_num_queries(1) as asked:  # type: ignore[operator]
            page = client.get(f"/provider/{token}/")
        assert '"people_cache"' in asked[0]["sql"], "the count of tries, and nothing else"
        assert page.status_code == 404
        assert "This link does not open" in page.text
        assert TRUST not in page.text
    assert client.get(f"/provider/{signing.dumps(['a' * 16, 1], salt=SALT)}/").status_code == 404
    for _ in range(OPENINGS.most):
        client.get("/provider/nonsense/")
    guessed, real = client.get("/provider/nonsense/"), client.get(link(asking))
    assert guessed.status_code == real.status_code == 429
    assert guessed.text == real.text, "too many guesses: a true link is not told apart from a false one"


def test_a_link_that_is_old_replaced_withdrawn_or_went_astray_opens_nothing(client: Client, cast: Cast) -> None:
    asking, now = asked_about(cast), timezone.now()
    with mock.patch("django.core.signing.time.time", return_value=(now - timedelta(days=61)).timestamp()):
        old = link(asking)
    assert "This link is too old" in client.get(old).text
    first = link(asking)
    assert client.get(link(send_again(request=asking, by=cast.contract_manager, now=now))).status_code == 200
    assert client.get(first).status_code == 200, "sent again, the earlier mail still opens"

    given = {"contact": "Hemi Tau", "email": "hemi@tautoko.example.nz"}
    asking = replace_link(request=asking, **given, by=cast.contract_manager, now=now)
    assert "A newer link was sent" in client.get(first).text
    assert "A newer link was sent" in client.post(f"{first}send/", SEND).text

    second = link(asking)
    assert client.get(f"{second}mistake/").status_code == 200
    assert ProviderRequest.objects.get().misdirected_at is None, "looking at it closes nothing"
    assert "opens no more" in client.post(f"{second}mistake/").text
    assert client.get(second).status_code == 410
    page = cast_client(cast).get(asking.get_absolute_url())
    assert "It reached somebody else" in page.text

    asking = replace_link(request=asking, **given, by=cast.contract_manager, now=now)
    withdraw_request(request=asking, why="Asked twice", by=cast.contract_manager, now=now)
    assert "Nothing is asked of you here any more" in client.get(link(asking)).text
    client.post(f"{link(asking)}about/{agreement_of(asking)}/", YES)
    assert not ProviderAnswer.objects.exists()


def test_whoever_holds_the_link_reads_only_what_the_request_names(client: Client, cast: Cast) -> None:
    asking, other = asked_about(cast), asked_about(cast, body="Another Trust")
    agreed(cast, title="Housing navigators")
    page = client.get(link(asking))
    assert page.status_code == 200
    for words in ("Days missed at school, about pupils: Secure mailbox (weekly)", "Mele Fifita, 04 000 0000",
                  "You keep the information safe.", "Ngā mihi for your work", "This reached me by mistake",
                  "Anybody who has this link can read this page"):  # fmt: skip
        assert words in page.text
    for words in ("Another Trust", "Housing navigators", asking.reference, "Sign out"):
        assert words not in page.text
    theirs = other.asked.get().agreement.reference
    assert client.get(f"{link(asking)}about/{theirs}/").status_code == 404
    assert client.post(f"{link(asking)}about/{theirs}/", YES).status_code == 404
    sub = {"agreement": theirs, "name": "Hidden Ltd", "does": "Hosting"}
    assert "Select a valid choice" in client.post(f"{link(asking)}subcontractor/", sub).text
    assert not ProviderAnswer.objects.exists()
    assert not NamedSubcontractor.objects.exists()
    insider = cast_client(cast)
    assert "Whoever is signed in here cannot answer" in insider.post(f"{link(asking)}send/", SEND).text


def test_answers_are_saved_as_they_go_and_sent_in_once(client: Client, cast: Cast) -> None:
    asking = asked_about(cast)
    questions = f"{link(asking)}about/{agreement_of(asking)}/"
    seen = seen_on(client.get(questions).text)
    page = client.post(questions, {"answer_C2": "yes", "seen": seen}, follow=True)
    assert "1 of 3 questions answered" in page.text
    stale = client.post(questions, {"answer_C7": "no", "words_C7": "Shared sign-in", "seen": seen})
    assert "Somebody else who has the link saved this section after you opened it" in stale.text
    assert "Shared sign-in" in stale.text, "nothing typed is lost"
    short = client.post(questions, {"answer_C2": "yes", "answer_C7": "no", "seen": seen_on(stale.text)}, follow=True)
    assert "1 of 3 questions answered" in short.text, "an answer without its words is not one"
    assert "1 answer still needs a few words" in short.text
    assert 'about/MCW-2026-0001/#id_words_C7">' in short.text
    page = client.get(f"{link(asking)}send/")
    assert "1 question is not answered about “School attendance liaison”" in page.text
    assert "1 answer needs a few words" in page.text
    assert "1 question is not answered" in client.post(f"{link(asking)}send/", SEND).text
    assert ProviderRequest.objects.get().submitted_at is None

    seen = seen_on(client.get(questions).text)
    rest = {"answer_C7": "no", "words_C7": "Shared sign-in", "answer_C17": "yes", "seen": seen}
    assert "3 of 3 questions answered" in client.post(questions, rest, follow=True).text
    receipt = client.post(f"{link(asking)}send/", SEND, follow=True)
    asking.refresh_from_db()
    for words in (asking.receipt, "Ana Rewi, Manager", f"Link {asking.head_seq}", asking.head, "Shared sign-in"):
        assert words in receipt.text

    activity = asking.asked.get().activity
    assert (activity.outcome, str(activity.done_by)) == ("unsatisfactory", "Provider link")
    assert "Ana Rewi, Manager, answered for Te Whare Tautoko Trust" in activity.summary
    finding = Finding.objects.get()
    assert (finding.origin, finding.severity, finding.requirement) == ("provider", "high", "ISS-11")
    assert "Shared sign-in" in finding.detail
    for page_of in ("", "about/" + agreement_of(asking) + "/", "send/", "breach/", "file/"):
        again = client.post(link(asking) + page_of, SEND) if page_of else client.get(link(asking))
        assert "Your confirmation was received" in again.text, "replayed, it shows the receipt alone"
    assert Activity.objects.exclude(done_on=None).count() == 1
    assert Mail.objects.filter(subject__startswith=f"Receipt {asking.receipt}").count() == 1


def test_the_receipt_can_be_kept_as_a_pdf_once_it_was_answered(client: Client, cast: Cast) -> None:
    asking = asked_about(cast)
    here = f"{link(asking)}receipt/"
    assert "This link does not open" in client.post(here).text
    sent_in(asking, C7=("no", "Shared sign-in"))
    assert client.get(here).status_code == 405
    kept, again = client.post(here), client.post(here)
    assert kept.content == again.content, "issued once, and served again"
    said = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(kept.content)).pages)
    for words in (asking.receipt, "Ana Rewi, Manager", "No: Shared sign-in", "School attendance liaison"):
        assert words in " ".join(said.split())


def test_a_file_that_is_too_large_or_misnamed_is_refused_and_an_honest_one_becomes_evidence(
    client: Client, cast: Cast
) -> None:
    asking = asked_about(cast)
    address = f"{link(asking)}file/"

    def sent(name: str, content: bytes) -> str:
        file = SimpleUploadedFile(name, content)
        return client.post(address, {"agreement": agreement_of(asking), "file": file}, follow=True).text

    assert "larger than 25 MB" in sent("big.pdf", PDF + b"\0" * 26 * 1024 * 1024)
    assert "is a PNG picture by its content" in sent("policy.pdf", PNG)
    with mock.patch("assurance.actions.provider_answer.scan", return_value="clam"):
        assert "policy.pdf" in sent("policy.pdf", PDF)
    assert "This very file is here already" in sent("policy.pdf", PDF)
    row = ProviderFile.objects.get()
    sent("photo.png", PNG)
    other = ProviderFile.objects.exclude(pk=row.pk).get()
    client.post(f"{address}{other.pk}/remove/")
    assert list(ProviderFile.objects.all()) == [row]
    sent_in(asking)
    shown = ActivityEvidence.objects.order_by("pk")
    assert [bool(one.evidence) for one in shown] == [False, True]
    document = Document.objects.get()
    assert (document.title, document.versions.get().scanned_by) == (f"From {TRUST}: policy.pdf", "clam")
    assert not Finding.objects.exists(), "all was yes"


def test_a_breach_and_a_subcontractor_reach_the_agency_at_once(client: Client, cast: Cast) -> None:
    asking = asked_about(cast)
    one = agreement_of(asking)
    told = {"agreements": [one], "what_happened": "A laptop was left in a bus", "contained": "unknown",
            "provider_aware_at": "1 July 2026, 4.12 pm", "told_by": "Ana Rewi, 021 000 000"}  # fmt: skip
    page = client.post(f"{link(asking)}breach/", told, follow=True)
    assert "was told. Please ring as well: Mele Fifita, 04 000 0000" in page.text
    assert "in these words. It reached us" in client.post(f"{link(asking)}breach/", told).text
    breach = PrivacyBreach.objects.get()
    assert breach.aware_at == breach.provider_aware_at, "what the provider knows the agency is taken to know"
    assert list(breach.agreement_links.values_list("agreement__reference", flat=True)) == [one]
    assert breach.reference not in page.text
    assert breach.reference in cast_client(cast, "privacy_officer").get(asking.get_absolute_url()).text
    ours = cast_client(cast).get(asking.get_absolute_url()).text
    assert "1 privacy breach reported through this link" in ours
    assert breach.reference not in ours, "a contract manager reads that there is one, not which"

    sub = {"agreement": one, "name": "Cloud Ltd", "does": "Stores the files", "starts_on": "1 July 2026"}
    assert "Named: Cloud Ltd" in client.post(f"{link(asking)}subcontractor/", sub, follow=True).text
    assert "You have named them already" in client.post(f"{link(asking)}subcontractor/", sub).text
    named, manager = NamedSubcontractor.objects.get(), cast_client(cast)
    assert "To take up" in manager.get(f"/agreements/{one}/providers/").text
    address = f"/assurance/providers/subcontractors/{named.pk}/"
    page = manager.post(address, {"what": "Recorded with C-2026-0147"}, follow=True)
    assert "Recorded with C-2026-0147" in page.text
    assert "It was taken up on" in manager.post(address, {"what": "Again"}).text


def test_two_organisations_that_become_one_keep_what_was_asked_and_what_was_answered(
    client: Client, cast: Cast
) -> None:
    waiting, done = asked_about(cast), sent_in(asked_about(cast, agreed(cast, title="Homes")))
    into = organisation("Tautoko Aotearoa")
    merge_organisations(merged=organisation(TRUST), into=into, by=cast.privacy_officer, reason="One body")
    page = client.get(link(waiting))
    assert "asks Tautoko Aotearoa to confirm" in page.text
    assert "Days missed at school" in page.text
    receipt = client.get(link(done)).text
    assert TRUST in receipt, "the receipt says what it was called then"
    answered(waiting.asked.get())


def agreement_of(asking: ProviderRequest) -> str:
    return asking.asked.get().agreement.reference


def seen_on(page: str) -> str:
    return page.split('name="seen" value="')[1].split('"', maxsplit=1)[0]


def cast_client(cast: Cast, role: str = "contract_manager") -> Client:
    client = Client()
    client.force_login(getattr(cast, role))
    return client
