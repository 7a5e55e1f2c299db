"""One section: saved, refused, and saved by two people at once."""

import pytest
from django.test import Client

from agreements.actions.section import section_values
from agreements.choices import Status
from agreements.digest import digest
from agreements.models import Agreement, Terms
from agreements.sections import BY_NAME, SECTIONS
from people.roles import Role
from tests.agreements.views.conftest import SignIn
from tests.agreements_at import agreement_at, answer
from tests.cast import Cast

pytestmark = pytest.mark.django_db
UNKNOWN = {"personal_information": "unknown", "outside_state_services": "unknown", "public_service": "unknown"}


def seen(agreement: Agreement, name: str) -> str:
    """The digest of a section as it stands now."""
    return digest(section_values(Agreement.objects.get(pk=agreement.pk), BY_NAME[name]))


def url(agreement: Agreement, name: str) -> str:
    return f"/agreements/{agreement.reference}/sections/{name}/"


def test_answers_are_saved_and_the_next_section_follows(officer: Client, cast: Cast) -> None:
    agreement = agreement_at(Status.DRAFT, cast)
    data = UNKNOWN | {"personal_information": "yes", "seen": seen(agreement, "scope")}
    reply = officer.post(url(agreement, "scope"), data)
    assert reply.headers["Location"] == url(agreement, "purpose")
    assert Terms.objects.get(agreement=agreement).personal_information == "yes"


def test_no_personal_information_is_a_short_form_that_says_why(officer: Client, cast: Cast) -> None:
    agreement = agreement_at(Status.DRAFT, cast)
    answer(agreement, "scope", cast.privacy_officer, personal_information="no")
    page = officer.get(agreement.get_absolute_url()).content.decode()
    assert "No personal information is shared, so the sections about people" in page
    assert url(agreement, "maori_data") not in page
    assert "This section is not asked" in officer.get(url(agreement, "maori_data")).content.decode()


def test_end_before_start_is_a_sentence_at_its_field_and_loses_nothing(officer: Client, cast: Cast) -> None:
    agreement = agreement_at(Status.DRAFT, cast)
    data = {
        "starts_on": "1 July 2027",
        "ends_on": "30 June 2026",
        "instrument": "Deed of 2027",
        "seen": seen(agreement, "dates"),
    }
    page = officer.post(url(agreement, "dates"), data).content.decode()
    assert "The agreement cannot end before it starts" in page
    assert 'value="Deed of 2027"' in page
    assert 'value="1 July 2027"' in page


HOSTILE = {
    "markup": "<script>alert(1)</script> {{ 7|add:7 }} {% now 'Y' %}",
    "right to left and emoji": "שלום \u202e 🐧 ā ē ī ō ū O’Donnell",
    "apostrophes": 'Te Rōpū o Ngāti Whātua\'s "best"',
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_odd_text_is_kept_and_shown_as_typed(officer: Client, cast: Cast, text: str) -> None:
    agreement = agreement_at(Status.DRAFT, cast)
    officer.post(url(agreement, "people"), {"necessity": text, "seen": seen(agreement, "people")})
    assert Terms.objects.get(agreement=agreement).necessity == text
    page = officer.get(agreement.get_absolute_url()).content.decode()
    assert "<script>alert" not in page
    assert "14" not in page.partition("necessary?")[2][:200]


@pytest.mark.parametrize(
    ("text", "sentence"), [("x" * 100_000, "at most 20000 characters"), ("before\x00after", "Null characters")]
)
def test_too_long_text_and_nul_bytes_are_refused_with_a_sentence(
    officer: Client, cast: Cast, text: str, sentence: str
) -> None:
    agreement = agreement_at(Status.DRAFT, cast)
    page = officer.post(url(agreement, "people"), {"necessity": text, "seen": seen(agreement, "people")})
    assert sentence in page.content.decode()
    assert Terms.objects.get(agreement=agreement).necessity == ""


def test_an_unknown_choice_is_refused_with_a_sentence(officer: Client, cast: Cast) -> None:
    agreement = agreement_at(Status.DRAFT, cast)
    data = UNKNOWN | {"personal_information": "perhaps", "seen": seen(agreement, "scope")}
    page = officer.post(url(agreement, "scope"), data).content.decode()
    assert "perhaps is not one of the available choices" in page


def test_the_second_of_two_people_sees_both_answers_and_chooses(cast: Cast, sign_in: SignIn) -> None:
    agreement = agreement_at(Status.DRAFT, cast)
    opened = seen(agreement, "people")
    answer(
        agreement,
        "people",
        cast.user(Role.PRIVACY_OFFICER, "Sina Faleolo"),
        necessity="Hers",
        how_people_are_told="Poster",
    )
    browser = sign_in(cast.privacy_officer)
    mine = {"necessity": "Mine", "how_people_are_told": "Letter", "seen": opened}
    page = browser.post(url(agreement, "people"), mine).content.decode()
    assert "Sina Faleolo saved this" in page
    assert "Hers" in page
    assert "Mine" in page
    assert Terms.objects.get(agreement=agreement).necessity == "Hers"
    chosen = mine | {"keep-necessity": "theirs", "keep-how_people_are_told": "mine", "seen": seen(agreement, "people")}
    browser.post(url(agreement, "people"), chosen)
    terms = Terms.objects.get(agreement=agreement)
    assert (terms.necessity, terms.how_people_are_told) == ("Hers", "Letter")


def test_the_same_form_sent_twice_is_saved_once(officer: Client, cast: Cast) -> None:
    agreement = agreement_at(Status.DRAFT, cast)
    data = {"necessity": "Needed", "seen": seen(agreement, "people")}
    officer.post(url(agreement, "people"), data)
    rows = Terms.history.filter(agreement=agreement).count()
    officer.post(url(agreement, "people"), data)
    assert Terms.history.filter(agreement=agreement).count() == rows


def test_signed_terms_stand(officer: Client, cast: Cast) -> None:
    agreement = agreement_at(Status.SIGNED, cast)
    page = officer.get(url(agreement, "people")).content.decode()
    assert "It is signed: its terms change only by a variation" in page
    reply = officer.post(url(agreement, "people"), {"necessity": "Changed", "seen": seen(agreement, "people")})
    assert "only by a variation" in reply.content.decode()
    assert Terms.objects.get(agreement=agreement).necessity == ""


def test_owners_change_at_any_time(officer: Client, cast: Cast) -> None:
    agreement = agreement_at(Status.SIGNED, cast)
    owner = cast.business_owner.person
    assert owner is not None
    data = {
        "owner": owner.name,
        "classification": "in_confidence",
        "service_contract": "unknown",
        "seen": seen(agreement, "ownership"),
    }
    officer.post(url(agreement, "ownership"), data)
    assert Agreement.objects.get(pk=agreement.pk).owner == owner


def test_nobody_else_edits(cast: Cast, sign_in: SignIn) -> None:
    agreement = agreement_at(Status.DRAFT, cast)
    page = sign_in(cast.contract_manager).post(
        url(agreement, "people"), {"necessity": "X", "seen": seen(agreement, "people")}
    )
    assert "Only a privacy officer, or someone who owns or manages this agreement, can edit it" in page.content.decode()
    assert sign_in(Cast("OTH", "Other Ministry").privacy_officer).get(url(agreement, "people")).status_code == 404
    assert sign_in(cast.privacy_officer).get(url(agreement, "nonsense")).status_code == 404


@pytest.mark.parametrize("section", [section.name for section in SECTIONS])
def test_every_section_opens_and_names_its_sources(officer: Client, cast: Cast, section: str) -> None:
    page = officer.get(url(agreement_at(Status.DRAFT, cast), section))
    assert BY_NAME[section].title in page.content.decode()
