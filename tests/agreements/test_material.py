"""What reopens the risk assessment, and what asks for a delegate: each kind of change, and what is none (F2, F13)."""

from collections.abc import Callable

import pytest

from agreements.actions.provision import provision_values, provisions_digest, save_provisions
from agreements.actions.row import change_row, remove_row, row_values
from agreements.digest import digest
from agreements.material import material_changes, says_material, says_weakened, weakened
from agreements.models import Agreement, Flow, Terms
from agreements.rows import KINDS
from tests.agreements.flowing import Flowing, flowing
from tests.cast import Cast

pytestmark = pytest.mark.django_db
Edit = Callable[[Flowing], object]


@pytest.fixture
def story() -> Flowing:
    """Two parties, a subcontractor, one flow of 1,200 records a year about 50 people, within New Zealand."""
    found = flowing(Cast())
    found.flow(found.named("Ministry of Community Wellbeing"), found.named("Te Whare Tautoko Trust"), "Names")
    found.party("Northpoint", under=found.named("Te Whare Tautoko Trust"))
    found.answer("people", people_affected=50)
    found.answer("purpose", permitted_uses="Only to write to them")
    found.answer("safeguards", overseas="no")
    return found


def as_it_stands(story: Flowing) -> Terms:
    return Terms.objects.whole().get(agreement=story.agreement)


def records(count: int) -> Edit:
    def edit(story: Flowing) -> None:
        flow = Flow.objects.get(terms__agreement=story.agreement)
        seen = row_values(KINDS["flow"], flow)
        change_row(
            agreement=Agreement.objects.get(pk=story.agreement.pk), kind=KINDS["flow"], pk=flow.pk,
            values=seen | {"volume": count}, seen=digest(seen), by=story.cast.privacy_officer,
        )  # fmt: skip

    return edit


def more(story: Flowing) -> None:
    """One more kind of information in the flow that is there."""
    flow = Flow.objects.get(terms__agreement=story.agreement)
    story._add("information", flow=flow, name="Addresses")


def without(kind: str) -> Edit:
    """The last party, or the flow with what it carries, is taken out."""

    def edit(story: Flowing) -> None:
        terms = Agreement.objects.get(pk=story.agreement.pk).terms_now
        row = terms.parties.latest("pk") if kind == "party" else terms.flows.latest("pk")
        remove_row(agreement=story.agreement, kind=KINDS[kind], pk=row.pk, by=story.cast.privacy_officer)

    return edit


@pytest.mark.parametrize(
    ("what", "edit"),
    [
        (["purpose"], lambda story: story.answer("purpose", purpose="To tell the police")),
        (["purpose"], lambda story: story.answer("purpose", permitted_uses="Anything")),
        (["information"], more),
        (["volume"], records(12_000)),
        (["volume"], lambda story: story.answer("people", people_affected=500)),
        (["party"], lambda story: story.party("Beacon Helpline Trust")),
        (["subcontractor"], lambda story: story.party("Pūkeko Cloud", under=story.named("Northpoint"))),
        (["country"], lambda story: story.answer("safeguards", overseas="yes", overseas_countries="Australia")),
        ([], records(11_999)),
        ([], records(10_800)),  # nine times as many
        ([], lambda story: story.answer("people", people_affected=450)),
        ([], records(10)),
        ([], lambda story: story.answer("purpose", purpose="  To help children come to school.\n")),
        ([], lambda story: story.answer("purpose", benefits="More")),
        ([], without("party")),
        ([], without("flow")),
    ],
)
def test_each_kind_of_change_by_its_name_and_less_is_none(story: Flowing, what: list[str], edit: Edit) -> None:
    old = as_it_stands(story)
    edit(story)
    assert material_changes(old, as_it_stands(story)) == what


def test_a_volume_that_was_not_recorded_is_no_tenfold(story: Flowing) -> None:
    story.answer("people", people_affected=None)
    old = as_it_stands(story)
    story.answer("people", people_affected=1_000_000)
    assert material_changes(old, as_it_stands(story)) == []


def answered(story: Flowing, **answers: str) -> Terms:
    """The terms with these answers for provisions."""
    agreement = Agreement.objects.get(pk=story.agreement.pk)
    values = provision_values(agreement)
    shown = {"clause": "7", "why_absent": "Left out"}
    given = {code: values[code] | shown | {"answer": answer} for code, answer in answers.items()}
    seen = provisions_digest(agreement)
    save_provisions(agreement=agreement, answers=values | given, seen=seen, by=story.cast.privacy_officer)
    return as_it_stands(story)


@pytest.mark.parametrize("answer", ["absent", "unknown", "not_applicable"])
def test_a_mandatory_provision_that_no_longer_stands_is_weakened(story: Flowing, answer: str) -> None:
    old = answered(story, C14="present", C1="present")
    assert weakened(old, answered(story, C14=answer)) == ["C14"]
    assert weakened(as_it_stands(story), old) == []  # put back


def test_what_never_stood_there_is_not_weakened(story: Flowing) -> None:
    old = answered(story, C14="absent")
    assert weakened(old, answered(story, C14="unknown")) == []


def test_the_sentences() -> None:
    assert says_weakened(["C14"]) == "Takes out or weakens C14 Right to audit: needs a delegate and a reason"
    assert says_material(["volume"]) == "This changes the volume: assess the risk again"
    assert says_material(["purpose", "party"]) == "This changes the purpose and the party: assess the risk again"
    assert (says_weakened([]), says_material([])) == ("", "")
