"""The page that shows every part once: for those who build pages, and for the tests of accessibility."""

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from config import states
from people.access import public
from people.models import User
from people.permissions import may
from people.roles import Permission
from records.forms import NZDateField, YesNoUnknownField, ask

TODAY = date(2026, 7, 14)
REACHES = [("view", "They look at it in our system"), ("api", "A system connection (API)"), ("copy", "We send a copy")]


class Sample(forms.Form):
    """One question of each kind."""

    may_be_incomplete = True

    title = forms.CharField(label="Title", help_text="As it is written on the agreement.")
    reach = forms.ChoiceField(label="How do they reach the information?", choices=REACHES, widget=forms.RadioSelect)
    abroad = YesNoUnknownField(label="Is any of it stored or seen outside New Zealand?", help_text="Include backups.")
    country = forms.CharField(label="Which country?", required=False)
    whose = forms.MultipleChoiceField(
        label="Whose information is it?",
        choices=[("adults", "Adults"), ("children", "Children under 16"), ("staff", "Our own staff")],
        widget=forms.CheckboxSelectMultiple,
    )
    hours = forms.IntegerField(
        label="How soon must they tell you about a suspected breach?",
        widget=forms.TextInput,
        error_messages={"invalid": "Enter how many hours they have to tell you, as a number from 1 to 72"},
    )
    ends_on = NZDateField(label="End date", help_text="For example 31 July 2029.")
    kind = forms.ChoiceField(label="Kind", choices=[("deed", "Deed"), ("letter", "Letter of agreement")])
    safeguards = forms.CharField(label="How is it kept safe?", widget=forms.Textarea)
    document = forms.FileField(label="Document to add", help_text="PDF, Word, Excel, PNG or JPEG, up to 25 MB.")
    checked = forms.BooleanField(label="I have read the agreement to its end")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields = self.fields
        ask(fields["reach"], choice_hints={"view": "No copy leaves the agency", "api": "Each request is logged"})
        ask(fields["abroad"], why="Information sent overseas needs comparable protection.", source="Privacy Act 2020")
        ask(fields["country"], shown_by=("abroad", "yes"), width="medium")
        ask(fields["hours"], width="short", suffix="hours")


SAMPLE_ANSWERS = {"title": "Kaumātua wellbeing check-ins", "reach": "api", "abroad": "yes", "hours": "two days"}


@public
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in every state, with invented content: in a demonstration, while building, or for administrators.

    Elsewhere there is no such page (Http404): strangers learn nothing about a register in production.
    """
    user = getattr(request, "user", None)
    administers = isinstance(user, User) and may(user, Permission.MANAGE_PEOPLE)
    if not (settings.DEBUG or settings.PRIVATE_DATABASE or administers):
        raise Http404("The gallery is open to administrators")
    context = {
        "states": states.STATES,
        "today": TODAY,
        "late": date(2026, 7, 2),
        "soon": date(2026, 7, 31),
        "far": date(2027, 7, 31),
        "form": Sample(SAMPLE_ANSWERS, auto_id="sample_%s"),
        "page": Paginator(range(181), 10).page(3),
    }
    return render(request, "gallery.html", context)
