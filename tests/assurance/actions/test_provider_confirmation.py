"""What a provider sends in: once, whole, for good; late and late again; nothing of another agency."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from agreements.choices import Status
from agreements.errors import NotNow, NotReady, NotYours
from assurance.actions.provider_confirmation import submit_confirmation
from assurance.due.provider import provider_requests_late
from assurance.models import Activity, Finding, ProviderAnswer, ProviderRequest
from people.permissions import NotPermitted
from tests.agreements.actions.test_at_once import all_at_once
from tests.agreements_at import agreement_at
from tests.assurance.asking import WHO, agreed, answered, asked_about, provider_link, sent_in
from tests.assurance.working import planned, refused
from tests.cast import Cast


@pytest.mark.django_db(transaction=True)
def test_of_two_windows_that_send_in_at_once_one_does_and_the_other_is_told() -> None:
    cast = Cast()
    asking = asked_about(cast)
    answered(asking.asked.get())

    def sending(name: str) -> Callable[[], object]:
        found, by = ProviderRequest.objects.get(pk=asking.pk), provider_link()
        who = WHO | {"answered_by": name}
        return lambda: submit_confirmation(request=found, **who, by=by, now=timezone.now())

    [told] = all_at_once([sending("Ana Rewi"), sending("Hemi Tau")])
    assert isinstance(told, NotNow)
    assert "It was answered on" in str(told)
    asking.refresh_from_db()
    assert asking.answered_by in asking.asked.get().activity.summary
    assert Activity.objects.exclude(done_on=None).count() == 1


@pytest.mark.django_db
def test_nothing_of_another_agency_is_asked_about_nor_what_is_asked_already_nor_by_whoever_may_not(cast: Cast) -> None:
    mine, other = agreed(cast), Cast("OTH", "Other Ministry")
    theirs = agreed(other)
    with pytest.raises(NotYours, match="belongs to another agency"):
        asked_about(cast, mine, theirs)
    assert not ProviderRequest.objects.exists()
    with pytest.raises(NotNow, match="is not a party of it"):
        asked_about(cast, mine, body="Another Trust")
    with pytest.raises(NotNow, match="is not in use"):
        asked_about(cast, agreement_at(Status.DRAFT, cast, title="Not yet"))
    asked_about(cast, mine)
    with pytest.raises(NotNow, match=f"is asked about {mine.reference} already"):
        asked_about(cast, mine)
    with pytest.raises(NotPermitted):
        asked_about(cast, mine, by=cast.business_owner)


@pytest.mark.django_db
def test_one_request_does_the_confirmation_of_each_agreement_with_its_own_outcome_and_then_stands(cast: Cast) -> None:
    first, second = agreed(cast), agreed(cast, title="Housing navigators")
    due = planned(first, cast.privacy_officer, kind="confirmation")
    asking = asked_about(cast, first, second)
    one, two = asking.asked.order_by("agreement")
    assert one.activity == due, "the confirmation that was due already is the one that is asked for"
    with pytest.raises(NotReady, match="3 questions are not answered about “School attendance liaison”"):
        submit_confirmation(request=asking, **WHO, by=provider_link(), now=timezone.now())
    answered(two, C7=("unknown", "We have to ask our host"))
    answered(one)
    asking = submit_confirmation(request=asking, **WHO, by=provider_link(), now=timezone.now())
    outcomes = [each.activity.outcome for each in asking.asked.order_by("agreement")]
    assert outcomes == ["satisfactory", "partly"]
    finding = Finding.objects.get()
    assert (finding.agreement, finding.severity) == (second, "medium")
    assert "C7" in finding.detail
    assert first.exercises.get().code == "C13", "the provision was used, by its confirmation"
    with pytest.raises(NotNow, match="what was said stands"):
        answered(one, "no")
    answer = ProviderAnswer.objects.earliest("pk")
    refused("UPDATE assurance_provideranswer SET answer = 'no' WHERE id = %s", answer.pk, "was answered stands")
    refused("DELETE FROM assurance_provideranswer WHERE id = %s", answer.pk, "was answered stands")
    refused("UPDATE assurance_providerrequest SET answered_by = 'X' WHERE id = %s", asking.pk, "was answered stands")
    refused("UPDATE assurance_askedagreement SET outcome = '' WHERE id = %s", one.pk, "was answered stands")


@pytest.mark.django_db
def test_what_is_late_opens_one_finding_by_the_tick_or_when_it_comes_in(cast: Cast) -> None:
    today = timezone.localdate()
    asking = asked_about(cast, due_on=today)
    assert provider_requests_late(today) == 0, "on its last day it is not late"
    with_tick = today + timedelta(days=1)
    assert provider_requests_late(with_tick) == 1
    assert provider_requests_late(with_tick) == 0
    finding = Finding.objects.get()
    assert (finding.origin, finding.title) == ("late", "Te Whare Tautoko Trust did not confirm in time")
    sent_in(asking)
    assert list(Finding.objects.all()) == [finding], "answered at last, all of it with yes"

    other = asked_about(cast, agreed(cast, title="Homes"), due_on=today)
    answered(other.asked.get())
    submit_confirmation(request=other, **WHO, by=provider_link(), now=timezone.now() + timedelta(days=2))
    assert Finding.objects.filter(origin="late").count() == 2
