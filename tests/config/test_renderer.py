"""How a question is shown."""

from django import forms

from config.renderer import Question
from records.forms import YesNoUnknownField, ask

THREE = [("a", "First"), ("b", "Second"), ("c", "Third")]


class Abroad(forms.Form):
    """A question that opens another."""

    abroad = YesNoUnknownField(label="Is any of it stored overseas?", help_text="Include backups.")
    country = forms.CharField(label="Which country?", required=False)
    note = forms.CharField(required=False, label="Note")

    def __init__(self, data: dict[str, str] | None = None, answers: str = "yes") -> None:
        super().__init__(data)
        ask(self.fields["abroad"], why="Overseas needs comparable protection.", source="Privacy Act 2020")
        ask(self.fields["country"], shown_by=("abroad", answers))


def question(form: forms.Form, name: str) -> Question:
    bound = form[name]
    assert isinstance(bound, Question)
    return bound


def test_label_hint_error_answer_stand_in_this_order() -> None:
    html = str(Abroad({})["abroad"].as_field_group())
    marks = ["<legend>", 'class="hint"', 'class="error"', 'type="radio"', "Why we ask"]
    assert [html.index(mark) for mark in marks] == sorted(html.index(mark) for mark in marks)


def test_a_question_stands_inside_the_answer_that_opens_it() -> None:
    form = Abroad()
    assert question(form, "country").is_nested
    html = str(form)
    assert html.count('name="country"') == 1
    assert html.index('value="yes"') < html.index('name="country"') < html.index('value="no"')


def test_a_question_opened_by_neighbours_stands_below_them() -> None:
    form = Abroad(answers="yes no")
    html = str(form)
    assert html.index('value="no"') < html.index('name="country"') < html.index('value="unknown"')


def test_a_question_opened_by_answers_far_apart_is_always_shown() -> None:
    form = Abroad(answers="yes unknown")
    assert not question(form, "country").is_nested
    assert str(form).count('name="country"') == 1


def test_only_a_form_that_must_be_answered_marks_what_is_optional() -> None:
    assert "(optional)" in str(Abroad()["note"].as_field_group())
    form = Abroad()
    form.may_be_incomplete = True  # type: ignore[attr-defined]
    assert "(optional)" not in str(form["note"].as_field_group())


def test_a_missing_answer_is_asked_for_by_name() -> None:
    class Names(forms.Form):
        title = forms.CharField(label="Title")
        kind = forms.ChoiceField(label="Kind", choices=THREE, widget=forms.RadioSelect)
        read = forms.BooleanField(label="I have read it")
        whose = forms.CharField(label="Your name")
        signed = forms.CharField(label="Signed on")
        own = forms.CharField(label="Own", error_messages={"required": "Say it"})

    form = Names({})
    errors = [form[name].errors[0] for name in ("title", "kind", "whose", "signed", "own", "read")]
    named = ["Enter the title", "Choose the kind", "Enter your name", "Answer “Signed on”"]
    assert errors == [*named, "Say it", "Tick “I have read it”"]
    assert Abroad({})["abroad"].errors == ["Answer “Is any of it stored overseas?”"]


def test_an_error_is_tied_to_its_field() -> None:
    html = str(Abroad({})["abroad"].as_field_group())
    assert 'aria-describedby="id_abroad_helptext id_abroad_error"' in html
    assert 'id="id_abroad_error"' in html
