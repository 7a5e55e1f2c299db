"""When, why and in which capacity somebody declares; and who fills it in for them."""

from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from agreements.models import Agreement, Contract
from conflicts.choices import OF_ORGANISATIONS, OF_PROCUREMENT, Capacity, Occasion, Said, Stage
from conflicts.models import Declaration
from people.models import Engagement, Person, User
from records.forms import NZDateField, ask, let_choose

HINTS = {
    Occasion.ANNUAL: "Everybody is asked once a year.",
    Occasion.CHANGE: "For example a new job of your partner, a gift, a role on a board.",
    Occasion.NEW_AGREEMENT: "Before you work on one, or when a party to it changes.",
    Occasion.PROCUREMENT: "For each stage that you take part in.",
    Occasion.APPOINTMENT: "Before you start, or in your first days.",
    Occasion.ROLE_CHANGE: "A new role, an acting role or a secondment.",
    Occasion.ELECTION: "Political activity in your own time is your right; here it can be talked about early.",
}
OF_WORK = f"{Occasion.NEW_AGREEMENT} {Occasion.PROCUREMENT}"
BY_ENGAGEMENT = {
    Engagement.CONTRACTOR: Capacity.CONTRACTOR,
    Engagement.SECONDEE: Capacity.SECONDEE,
    Engagement.PANEL_MEMBER: Capacity.PANEL_MEMBER,
}
MOST = 200  # of one's own agreements to choose from


class AboutForm(forms.Form):
    """Why now, in which capacity, and which work it is about where the occasion asks for it."""

    occasion = forms.ChoiceField(label="Why do you declare now?", widget=forms.RadioSelect)
    stage = forms.ChoiceField(label="At which stage?", required=False, choices=[("", "Choose a stage"), *Stage.choices])
    work = forms.ChoiceField(label="Which agreement or contract?", required=False)
    about = forms.CharField(
        label="Or in your words: which work is it about?",
        max_length=200,
        required=False,
        help_text="For example: choosing a provider for shelters in Waikato.",
    )
    begins_on = NZDateField(label="When does that work begin?", required=False, help_text="If you know it.")
    capacity = forms.ChoiceField(label="In which capacity?")

    def __init__(
        self, user: User, on: date, data: QueryDict | None = None, declaration: Declaration | None = None
    ) -> None:
        self.works = works_of(user, declaration)
        super().__init__(data, initial=_as_it_is(declaration) if declaration else first_answers(user, on))
        chosen = self.fields
        let_choose(chosen["occasion"], [(one.value, one.label) for one in HINTS])
        let_choose(chosen["work"], [("", "None of these"), *((key, str(work)) for key, work in self.works.items())])
        let_choose(chosen["capacity"], [one for one in Capacity.choices if one[0] not in OF_ORGANISATIONS])
        ask(chosen["occasion"], choice_hints=HINTS)
        for name in ("stage", "work", "about", "begins_on"):
            ask(chosen[name], shown_by=("occasion", OF_WORK))
        if not self.works:
            del chosen["work"]
            chosen["about"].label = "Which work is it about?"

    def clean(self) -> None:
        """What the occasion asks for is answered."""
        super().clean()
        said = self.cleaned_data
        if said.get("occasion") not in OF_WORK.split():
            return
        if not (said.get("work") or said.get("about")):
            self.add_error("about", "Say which work it is about")
        if said.get("occasion") == Occasion.PROCUREMENT and not said.get("stage"):
            self.add_error("stage", "Choose the stage of the procurement")

    def values(self) -> dict[str, Any]:
        """What was answered, as the model keeps it; what the occasion does not ask for is empty."""
        said = self.cleaned_data
        asked = said["occasion"] in OF_WORK.split()
        work = self.works.get(said.get("work", "")) if asked else None
        return {
            "occasion": said["occasion"],
            "capacity": said["capacity"],
            "stage": said["stage"] if asked else "",
            "about": said["about"] if asked else "",
            "begins_on": said["begins_on"] if asked else None,
            "agreement": work if isinstance(work, Agreement) else None,
            "contract": work if isinstance(work, Contract) else None,
        }


class SaidForm(forms.Form):
    """Something, or nothing: both are answers."""

    said = forms.ChoiceField(
        widget=forms.RadioSelect, choices=[(Said.NIL.value, "No, nothing to declare"), (Said.INTERESTS.value, "Yes")]
    )

    def __init__(self, question: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["said"].label = question


class HelperForm(forms.Form):
    """Who may fill it in: by their address, so that no list of colleagues is shown."""

    email = forms.EmailField(
        label="Their e-mail address at work",
        required=False,
        help_text="They see what you declared last time and can write for you. Leave it empty to do it yourself.",
    )

    def __init__(self, agency_key: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agency_key = agency_key

    def clean_email(self) -> Person | None:
        """The colleague; ValidationError where nobody of the agency has the address."""
        typed: str = self.cleaned_data["email"].strip()
        if not typed:
            return None
        found = Person.objects.filter(agency=self.agency_key, email__iexact=typed, user__is_active=True).first()
        if found is None:
            raise forms.ValidationError("Nobody at your agency signs in with this address")
        return found


def works_of(user: User, declaration: Declaration | None) -> dict[str, Agreement | Contract]:
    """The agreements and contracts that the user owns or manages, and the one already chosen: no other is offered."""
    mine = user.person_id
    agreements = Agreement.objects.visible_to(user).select_related("current_terms")
    own = agreements.filter(owner=mine) | agreements.filter(manager=mine)
    contracts = Contract.objects.visible_to(user).running().filter(manager=mine).select_related("supplier")
    found: list[Agreement | Contract] = [*own.order_by("reference")[:MOST], *contracts.order_by("reference")[:MOST]]
    if declaration:
        found += [work for work in (declaration.agreement, declaration.contract) if work and work not in found]
    return {f"{work._meta.model_name}-{work.pk}": work for work in found}


def first_answers(user: User, on: date) -> dict[str, Any]:
    """What a new declaration says already: the capacity of the last one, and that of the year where it is due."""
    own = Declaration.objects.filter(person=user.person_id)
    last = own.order_by("-pk").first()
    annual = own.filter(occasion=Occasion.ANNUAL, submitted_on__year=on.year).exists()
    return {"occasion": Occasion.CHANGE if annual else Occasion.ANNUAL, "capacity": _capacity(user.who, last)}


def _capacity(person: Person, last: Declaration | None) -> Capacity:
    if person.senior:
        return Capacity.SENIOR_LEADER
    if last and last.capacity not in (*OF_ORGANISATIONS, *OF_PROCUREMENT):
        return Capacity(last.capacity)
    return BY_ENGAGEMENT.get(Engagement(person.engagement), Capacity.STAFF)


def _as_it_is(declaration: Declaration) -> dict[str, Any]:
    work = declaration.agreement or declaration.contract
    kept = ("occasion", "capacity", "stage", "about", "begins_on")
    chosen = f"{work._meta.model_name}-{work.pk}" if work else ""
    return {name: getattr(declaration, name) for name in kept} | {"work": chosen}
