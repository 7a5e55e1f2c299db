"""What comes round each year in the story: reports on an AISA, policies, privacy maturity, automated decisions."""

import tomllib
from datetime import timedelta
from typing import Any

from django.utils.timezone import localdate

from agreements.choices import Kind, Status
from agreements.models import Agreement
from assurance.actions.adverse_notice import record_notices, record_outcome
from assurance.actions.aisa_report import Said, complete_year, save_entries, share_year
from assurance.actions.automated_decision import add_decision
from assurance.actions.maturity_answer import rate_element
from assurance.actions.policy import add_policy, add_policy_file, step_policy
from assurance.models import AisaEntry
from assurance.pages.aisa_report import report_of
from assurance.years import begins, financial_year, last_finished
from config.demo.calendar import Clock, day
from config.demo.paper import paper
from config.demo.people import STORY
from config.demo.teller import Stage

RATED = (-500, -155)  # days from today: of two years ago, of last year
REPORTED = (-150, -70, -40)  # the year before, last year, a figure corrected
AUTOMATED = -2
OF_PARTIES = {"requests": (610, 655), "responses": (598, 640), "supplies": (120, 131)}


def tell_yearly(stage: Stage) -> None:
    """Tell everything that comes round, each through its real action."""
    with (STORY / "yearly.toml").open("rb") as file:
        told = tomllib.load(file)
    for one in told["policy"]:
        _policy(stage, one)
    _maturity(stage, told["maturity"])
    _aisa(stage, told)
    _automated(stage, told["automated"])


def _policy(stage: Stage, told: dict[str, Any]) -> None:
    by, clock = stage.cast.users["hinemoa"], Clock(stage.now, told["title"])
    days = {"approved_on": day(told["approved"], stage.today), "next_review": day(told["next_review"], stage.today)}
    values = {name: told[name] for name in ("title", "area", "document")} | days
    now = clock.on(told["recorded"])
    with stage.door.at(now):
        made = add_policy(values=values | {"owner": stage.cast.people[told["owner"]]}, by=by, now=now)
        if "file" in told:
            content = paper(told["file"], told["title"], told["text"])
            add_policy_file(policy=made, name=told["file"], content=content, by=by, now=now)
    if "reviewed" in told:
        now = clock.on(told["reviewed"])
        step = {"kind": "reviewed", "on": localdate(now), "next_review": day(told["then"], stage.today)}
        with stage.door.at(now):
            step_policy(policy=made, values=step | {"note": told["note"]}, by=by, now=now)


def _maturity(stage: Stage, told: dict[str, list[str]]) -> None:
    last, clock = financial_year(stage.today) - 1, Clock(stage.now, "maturity")
    for back, days in ((1, RATED[0]), (0, RATED[1])):
        clock.on(days)
        for key, (before, now_level, *comment) in told.items():
            now = clock.soon()
            level, said = (before, "") if back else (now_level, "".join(comment))
            with stage.door.at(now):
                rate_element(
                    key=key, year=last - back, level=level, comment=said, facts=[], seen=0,
                    by=stage.cast.users["hinemoa"], now=now,
                )  # fmt: skip


def _aisa(stage: Stage, told: dict[str, Any]) -> None:
    agency, last = stage.cast.agencies["MCW"], last_finished(stage.today)
    led = Agreement.objects.filter(agency=agency, kind=Kind.AISA, approval__lead__agency=agency)
    agreement, clock = led.select_related("agency", "current_terms").get(), Clock(stage.now, "aisa")
    now = clock.on(REPORTED[0])
    with stage.door.at(now):
        _enter(stage, agreement, last - 1, told["aisa"]["before"], 0, now)
        complete_year(agreement=agreement, year=last - 1, by=stage.cast.users["hinemoa"], now=now)
    now = clock.soon()
    with stage.door.at(now):
        share_year(agreement=agreement, year=last - 1, by=stage.cast.users["hinemoa"], now=now)
    now = clock.on(REPORTED[1])
    with stage.door.at(now):
        _enter(stage, agreement, last, told["aisa"]["now"], 1, now)
        for one in told["notice"]:
            _notices(stage, agreement, last, one, now)
    now = clock.on(REPORTED[2])
    seen = AisaEntry.objects.latest("pk").pk
    corrected = {"said": [Said("transactions", "", 12_896)], "why": "Nine of them were of the week after 30 June"}
    with stage.door.at(now):
        save_entries(agreement=agreement, year=last, seen=seen, by=stage.cast.users["hinemoa"], now=now, **corrected)  # type: ignore[arg-type]  # as it is told


def _enter(stage: Stage, agreement: Agreement, year: int, told: dict[str, Any], column: int, now: Any) -> None:
    """Figures, texts, and a figure for each other party."""
    report = report_of(agreement, year)
    places = {line.place for line in (*report.figures, *report.texts)}
    others = [of for key, of in places if key == "requests" and of != agreement.agency.name]
    said = [Said(key, "", value) for key, value in (told["figures"] | told["texts"]).items() if (key, "") in places]
    said += [Said(key, of, number[column]) for key, number in OF_PARTIES.items() for of in sorted(others)]
    save_entries(agreement=agreement, year=year, said=said, seen=0, by=stage.cast.users["hinemoa"], now=now)


def _notices(stage: Stage, agreement: Agreement, year: int, told: dict[str, Any], now: Any) -> None:
    by, given = stage.cast.users["hinemoa"], begins(year) + timedelta(days=told["day"])
    values = {"given_on": given, "number": told["number"], "reference": told["reference"]}
    notice = record_notices(agreement=agreement, values=values, by=by, now=now)
    for became, number, later, *note in told["became"]:
        on = given + timedelta(days=later)
        outcome = {"became": became, "number": number, "on": on, "note": "".join(note)}
        record_outcome(notice=notice, values=outcome, by=by, now=now)


def _automated(stage: Stage, told: list[dict[str, Any]]) -> None:
    agency, clock = stage.cast.agencies["MCW"], Clock(stage.now, "automated")
    rows = Agreement.objects.filter(agency=agency, status=Status.SIGNED, documents__isnull=False)
    now = clock.on(AUTOMATED)
    for one, agreement in zip(told, rows.distinct().order_by("pk"), strict=False):
        values = one | {"next_review": localdate(now) + timedelta(days=abs(one["next_review"]))}
        with stage.door.at(now):
            add_decision(agreement=agreement, values=values, by=stage.cast.users["hinemoa"], now=now)
