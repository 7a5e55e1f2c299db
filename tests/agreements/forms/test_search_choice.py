"""The pickers: what somebody types becomes one organisation or provision, with or without a script."""

import pytest
from django import forms

from agreements.actions.organisation import add_organisation
from agreements.actions.reference_data import load_reference_data
from agreements.forms.legal_provision import LegalProvisionChoiceField
from agreements.forms.organisation import OrganisationChoiceField
from agreements.legal_search import NOT_A_BASIS
from agreements.models import LegalProvision, Organisation, Party
from people.actions.system import system_user
from tests.agreements_at import organisation

pytestmark = pytest.mark.django_db


class Picker(forms.Form):
    """A form with the picker."""

    organisation = OrganisationChoiceField()


class PartyForm(forms.ModelForm):
    """A form of a model with the picker."""

    organisation = OrganisationChoiceField()

    class Meta:
        model = Party
        fields = ("organisation", "role")


@pytest.fixture
def trust() -> Organisation:
    return add_organisation(name="Te Whare Tautoko Trust", names={"TWT": "abbreviation"}, by=system_user("test"))


@pytest.mark.parametrize("text", ["Te Whare Tautoko Trust", "te whare  tautoko trust", "TWT", " twt "])
def test_a_name_beyond_doubt_needs_no_choosing(trust: Organisation, text: str) -> None:
    form = Picker({"organisation": text})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["organisation"] == trust


def test_anything_less_is_offered_and_nothing_typed_is_lost(trust: Organisation) -> None:
    form = Picker({"organisation": "whare tautoko"})
    assert form.errors == {"organisation": ["Choose which one you mean by “whare tautoko”"]}
    page = form.as_p()
    assert 'value="whare tautoko"' in page
    assert f'name="organisation-pick" value="{trust.pk}"' in page


def test_the_radio_chosen_for_this_text_counts(trust: Organisation) -> None:
    form = Picker({"organisation": "whare", "organisation-pick": str(trust.pk), "organisation-for": "whare"})
    assert form.is_valid()
    assert form.cleaned_data["organisation"] == trust


def test_a_radio_left_from_another_text_does_not(trust: Organisation) -> None:
    other = organisation("Pūkeko Data Services")
    form = Picker(
        {"organisation": "Pūkeko Data Services", "organisation-pick": str(trust.pk), "organisation-for": "whare"}
    )
    assert form.is_valid()
    assert form.cleaned_data["organisation"] == other


@pytest.mark.parametrize("pick", ["999999", "x", "-1", "9" * 40, "１２"])
def test_a_forged_choice_is_a_sentence(trust: Organisation, pick: str) -> None:
    form = Picker({"organisation": "whare", "organisation-pick": pick, "organisation-for": "whare"})
    assert form.errors["organisation"] == ["What you chose is no longer there: choose again"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Name the organisation"),
        ("x" * 201, "Ensure this value has at most 200 characters (it has 201)."),
        ("a\0b", "Null characters are not allowed."),
        ("Zebra & Co", "No organisation in the register is called “Zebra & Co”. Check the spelling, or add it first"),
    ],
)
def test_bad_text_is_a_sentence(trust: Organisation, text: str, sentence: str) -> None:
    assert Picker({"organisation": text}).errors["organisation"] == [sentence]


def test_markup_is_shown_as_typed(trust: Organisation) -> None:
    page = Picker({"organisation": "<b>“Mā’ori”</b> {{ x }} \u202eabc 🙂"}).as_p()
    assert "<b>" not in page
    assert "{{ x }}" in page


def test_it_works_in_a_model_form(trust: Organisation) -> None:
    shown = PartyForm(instance=Party(organisation=trust)).as_p()
    assert 'value="Te Whare Tautoko Trust"' in shown
    form = PartyForm({"organisation": "TWT", "role": "receives"})
    assert form.is_valid(), form.errors
    assert form.instance.organisation == trust


def test_an_unchanged_field_has_not_changed(trust: Organisation) -> None:
    data = {"organisation": trust.name, "organisation-pick": str(trust.pk), "organisation-for": trust.name}
    assert not Picker(data, initial={"organisation": trust}).has_changed()
    assert Picker(data | {"organisation": "other"}, initial={"organisation": trust}).has_changed()


class BasisPicker(forms.Form):
    """A form with the picker of legal bases."""

    basis = LegalProvisionChoiceField()


@pytest.fixture
def library() -> None:
    load_reference_data(by=system_user("reference"))


@pytest.mark.parametrize("text", ["privacy ipp 11 1 a", "Privacy Act 2020 ipp 11", "directly related purpose"])
def test_a_provision_is_found_by_its_words(library: None, text: str) -> None:
    form = BasisPicker({"basis": text})
    assert form.errors["basis"] == [f"Choose which one you mean by “{text}”"]
    assert "Privacy Act 2020, s 22, IPP 11(1)(a)" in form.as_p()


def test_its_full_name_needs_no_choosing(library: None) -> None:
    provision = LegalProvision.objects.get(code="pa2020-ipp11-1a")
    form = BasisPicker({"basis": str(provision)})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["basis"] == provision


@pytest.mark.parametrize("text", ["MoU with Police", "Memorandum of understanding 2019", "our data sharing contract"])
def test_an_agreement_is_no_authority(library: None, text: str) -> None:
    assert BasisPicker({"basis": text}).errors["basis"] == [NOT_A_BASIS]
