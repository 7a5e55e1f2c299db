"""Tags and filters of every template."""

from datetime import date
from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, RequestContext, Template
from django.test import RequestFactory

from config import states
from config.icons import ICONS
from records.refusals import WhyNot

TODAY = date(2026, 7, 14)


def shown(source: str, **context: Any) -> str:
    return Template(source).render(Context(context))


@pytest.mark.parametrize("key", states.STATES)
def test_every_state_has_a_shape_and_a_word(key: str) -> None:
    look = states.state(key)
    assert look.icon in ICONS
    html = shown("{% state key %}", key=key)
    assert look.word in html
    assert f"tone-{look.tone}" in html
    assert states.state(look.word).word == look.word


def test_a_state_nobody_listed_is_shown_as_it_is_written() -> None:
    assert "&lt;b&gt;" in shown("{% state key %}", key="<b>")


def test_words_of_the_page_are_escaped() -> None:
    assert "<b>" not in shown("{% tag 'plain' 'flag' words %}{% refused words words 'x' %}", words="<b>")
    assert "<b>" not in shown(
        "{% banner 'warn' %}{{ words }}{% endbanner %}{% fact words %}{{ words }}{% endfact %}", words="<b>"
    )


@pytest.mark.parametrize(
    ("day", "tone"), [(date(2026, 7, 2), "bad"), (date(2026, 7, 31), "warn"), (date(2027, 7, 31), "plain")]
)
def test_lateness_has_its_tone(day: date, tone: str) -> None:
    assert f"tone-{tone}" in shown("{% due day today %}", day=day, today=TODAY)


def test_an_empty_cell_says_why() -> None:
    assert "Not recorded" in shown("{{ nothing|or_not_recorded }}", nothing="")
    assert "Not recorded" in shown("{% fact 'Owner' %}{% endfact %}")
    assert "Nothing due" in shown("{% due nothing today %}", nothing=None, today=TODAY)
    assert shown("{% moment nothing %}", nothing=None) == ""
    assert shown("{{ zero|or_not_recorded }}", zero=0) == "0"


def test_a_refused_button_is_reached_and_explained() -> None:
    html = shown("{% refused 'Approve' 'You submitted it.' 'why' %}")
    assert 'aria-disabled="true" aria-describedby="why"' in html
    assert '<p class="why" id="why">' in html
    assert " disabled" not in html


def test_what_no_role_of_theirs_could_ever_do_is_not_offered() -> None:
    never = WhyNot("Your roles do not let you.", never=True)
    assert shown("{% refused 'Approve' why 'why' %}", why=never).strip() == ""
    form = shown("{% refused 'Approve' why 'why' of_form=True %}", why=never)
    assert "Your roles do not let you." in form
    assert "button" not in form
    assert "Approve" in shown("{% refused 'Approve' why 'why' %}", why=WhyNot("Not while it is open."))


def test_the_summary_lists_errors_in_the_order_of_the_page() -> None:
    class Asked(forms.Form):
        title = forms.CharField(label="Title")
        kind = forms.ChoiceField(label="Kind", choices=[("a", "A")], widget=forms.RadioSelect)

        def clean(self) -> dict[str, Any]:
            raise forms.ValidationError("The end is before the start")

    html = shown("{% error_summary form %}", form=Asked({}))
    assert "3 answers need another look" in html
    order = ["The end is before the start", 'href="#id_title"', 'href="#id_kind_0"']
    assert [html.index(part) for part in order] == sorted(html.index(part) for part in order)
    assert shown("{% error_summary form %}", form=Asked()).strip() == ""


def test_pages_keep_the_rest_of_the_address() -> None:
    request = RequestFactory().get("/", {"q": "whānau", "page": "2"})
    context = RequestContext(request, {"page": Paginator(range(181), 10).page(2)})
    html = Template("{% pagination page %}").render(context)
    assert "11 to 20 of 181" in html
    assert html.count("q=wh%C4%81nau") == html.count("<a ")
    assert shown("{% pagination page %}", request=request, page=Paginator([1], 10).page(1)).strip() == ""
