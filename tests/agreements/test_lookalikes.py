"""Near-duplicates: the organisation somebody means is offered, whatever they type of it."""

import pytest
from pytest_django import DjangoAssertNumQueries

from agreements.actions.organisation import add_organisation
from agreements.choices import NameKind
from agreements.lookalikes import NEAR, exactly, lookalikes, near
from agreements.models import Organisation
from agreements.normalise import without_legal_tail
from people.actions.system import system_user
from records.acting import acting
from tests.agreements_at import organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def trust() -> Organisation:
    organisation("Ministry of Justice")
    organisation("Kererū Freight Limited")
    names = {"TWT": NameKind.ABBREVIATION, "School Attendance Liaison Society": NameKind.FORMER}
    return add_organisation(
        name="Te Whare Tautoko Trust", names=names, values={"nzbn": "9429000000017"}, by=system_user("test")
    )


@pytest.mark.parametrize(
    ("typed", "how"),
    [
        ("Te Whare Tautoko Trust", "Same name"),
        ("TE WHARE TAUTOKO TRUST", "Same name"),
        ("twt", "Abbreviation TWT"),
        ("School attendance liaison society", "Formerly School Attendance Liaison Society"),
        ("9429 0000 00017", "Has this NZBN"),
        ("Te Whare Tautoko Trust Ltd", "Same name but for the legal form"),
        ("Te Whare Tautoko", "Similar name"),
        ("Te Whare Tautokko Trust", "Similar name"),
        ("tautoko", "Similar name"),
        ("te wh", "Similar name"),
        ("attendance liaison", "Formerly School Attendance Liaison Society"),
    ],
)
def test_whatever_is_typed_the_organisation_comes_first(trust: Organisation, typed: str, how: str) -> None:
    first = lookalikes(typed)[0]
    assert (first.organisation, first.how) == (trust, how)


def test_macrons_do_not_matter(trust: Organisation) -> None:
    assert lookalikes("Kereru Freight")[0].organisation.name == "Kererū Freight Limited"
    assert lookalikes("Kēreru freight")[0].organisation.name == "Kererū Freight Limited"


@pytest.mark.parametrize("typed", ["", "  ", "!!!", "\u202e", "🙂"])
def test_nothing_that_can_be_looked_for_finds_nothing(trust: Organisation, typed: str) -> None:
    assert lookalikes(typed) == []
    assert exactly(typed) == []


def test_a_name_of_its_own_is_not_questioned(trust: Organisation) -> None:
    assert near("Pūkeko Data Services") == []
    assert near("Ministry of Education") == []
    assert near("Te Whare Tautoko")[0].score >= NEAR


def test_an_nzbn_that_is_taken_is_questioned_under_any_name(trust: Organisation) -> None:
    assert [one.organisation for one in near("Something else", nzbn="9429000000017")] == [trust]


def test_the_organisation_itself_is_left_out(trust: Organisation) -> None:
    assert lookalikes("Te Whare Tautoko Trust", but=trust.pk) == []


def test_one_that_was_merged_is_not_offered(trust: Organisation) -> None:
    twin = organisation("Te Whare Tautoko Charitable Trust")
    with acting(by=system_user("test")):
        twin.merged_into = trust
        twin.save()
    assert [one.organisation for one in lookalikes("Te Whare Tautoko Charitable Trust")] == [trust]


def test_an_own_name_wins_over_the_former_name_of_another(trust: Organisation) -> None:
    liaison = organisation("School Attendance Liaison Society")
    assert exactly("School attendance liaison society") == [liaison]


def test_few_queries_whatever_is_found(trust: Organisation, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for number in range(30):
        organisation(f"Te Whare Tautoko Trust {number}")
    with django_assert_num_queries(4):  # two of them tell the planner to use its indexes, and no longer to
        assert len(lookalikes("Te Whare Tautoko Trust")) == 8


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("Kererū Freight Limited", "kereru freight"),
        ("Kererū Freight (NZ) Ltd", "kereru freight"),
        ("Kererū Freight New Zealand Limited", "kereru freight"),
        ("Limited", "limited"),
        ("Unlimited", "unlimited"),
    ],
)
def test_the_legal_tail(name: str, stem: str) -> None:
    assert without_legal_tail(name) == stem
