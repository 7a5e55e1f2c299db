"""What can be done about a breach, in the order in which it is usually done."""

from datetime import datetime
from typing import Any

from django.forms import Form
from django.http import QueryDict

from assurance.actions import breach as of_breach
from assurance.actions import breach_kept as kept
from assurance.actions import breach_told as told
from assurance.acts.base import Act
from assurance.forms import breach as forms
from assurance.models import PrivacyBreach
from people.models import User

Data = QueryDict | None


def _plain(form: type[Form], **initial: str) -> Any:
    """A form that needs to know nobody; ``initial`` names fields of the breach, or "now"."""

    def made(user: User, breach: PrivacyBreach, now: datetime, data: Data) -> Form:
        known = {name: now if field == "now" else getattr(breach, field) for name, field in initial.items()}
        return form(data, initial={name: value for name, value in known.items() if value})

    return made


def _agreement(user: User, breach: PrivacyBreach, now: datetime, data: Data) -> Form:
    return forms.LinkAgreementForm(user, data)


def _unlink(user: User, breach: PrivacyBreach, now: datetime, data: Data) -> Form:
    return forms.UnlinkForm(breach, data)


def _give(user: User, breach: PrivacyBreach, now: datetime, data: Data) -> Form:
    return forms.KeeperForm(user, now, data, initial={"owner": breach.owner})


ACTS = (
    Act(
        "decide", "Decide whether to notify", _plain(forms.DecideForm), told.decide_breach, told.check_may_decide,
        "Decided. The reasons stand in the log.", main=True,
        lede="A breach is notifiable where it has caused serious harm to somebody, or is likely to.",
    ),
    Act(
        "commissioner", "Commissioner notified",
        _plain(forms.CommissionerForm, at="commissioner_at", reference="commissioner_reference"),
        told.commissioner_notified, told.check_may_decide, "Recorded. The clock has stopped.",
        lede="The register tells nobody outside: notify the Privacy Commissioner on their site, and record it here.",
    ),
    Act(
        "people", "People notified", _plain(forms.PeopleForm, at="people_at", how="people_how"),
        told.people_notified, told.check_may_decide, "Recorded.",
        lede="Those whose information it is are told as soon as practicable, unless the Act makes an exception.",
    ),
    Act("log", "Write into the log", _plain(forms.StepForm, at="now"), told.add_breach_step, of_breach.check_may_keep,
        "It stands in the log."),
    Act("evidence", "Add evidence", _plain(forms.EvidenceForm), kept.add_breach_file, of_breach.check_may_keep,
        "Kept. The log names it.", "Letters, logs, screens. Leave out of it what nobody needs to see."),
    Act("give", "Give it to somebody", _give, kept.give_breach, of_breach.check_may_keep, "Given.",
        "Everybody who keeps breaches is still told of its clock."),
    Act("agreement", "Link an agreement", _agreement, of_breach.link_breach_agreement, of_breach.check_may_keep,
        "Linked. Its agreement says that a breach is recorded, and nothing more."),
    Act("unlink", "Set a link aside", _unlink, kept.set_link_aside, kept.check_may_unlink,
        "Set aside. The link stays on record with the reason.",
        "For an agreement that was linked by mistake. What is not about it any more stays on record."),
    Act("organisation", "Link an organisation", _plain(forms.LinkOrganisationForm),
        of_breach.link_breach_organisation, of_breach.check_may_keep, "Linked."),
    Act("close", "Close it", _plain(forms.CloseForm, lessons="lessons"), told.close_breach, told.check_may_close,
        "Closed, with what was learned."),
    Act("reopen", "Open it again", _plain(forms.WhyForm), told.reopen_breach, told.check_may_reopen, "Open again."),
)  # fmt: skip
BY_NAME = {act.name: act for act in ACTS}
