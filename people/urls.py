"""Addresses of people, their roles and delegations. One list a noun."""

from django.urls import URLPattern, URLResolver, path

from people.views import (
    agency,
    delegation,
    handover,
    mail,
    me,
    notice,
    person,
    placement,
    reminders,
    role,
    staff,
    unit,
    user,
    work,
)

app_name = "people"
ONE = "<int:pk>/"

person_urls = [
    path("", person.people, name="people"),
    path("add/", person.add, name="add_person"),
    path(ONE, person.person, name="person"),
    path(f"{ONE}change/", person.change, name="change_person"),
    path(f"{ONE}move/", placement.move, name="move"),
    path(f"{ONE}leave/", person.leave, name="leave"),
    path(f"{ONE}come-back/", person.come_back, name="come_back"),
]

user_urls = [
    path(f"{ONE}invite/", user.send, name="invite"),
    path(f"{ONE}deactivate/", user.close, name="deactivate"),
    path(f"{ONE}reactivate/", user.reopen, name="reactivate"),
    path("me/", me.me, name="me"),
]

role_urls = [
    path("roles/", role.roles, name="roles"),
    path(f"{ONE}roles/give/", role.give, name="give_role"),
    path(f"{ONE}roles/<int:grant_pk>/end/", role.end, name="end_role"),
]

unit_urls = [
    path("units/", unit.units, name="units"),
    path("units/add/", unit.add, name="add_unit"),
    path("units/<int:pk>/", unit.change, name="change_unit"),
]

delegation_urls = [
    path("delegations/", delegation.delegations, name="delegations"),
    path("delegations/add/", delegation.add, name="add_delegation"),
    path("delegations/<int:pk>/end/", delegation.end, name="end_delegation"),
]

handover_urls = [
    path("hand-over/", handover.handovers, name="handovers"),
    path("hand-over/<int:pk>/", handover.assign, name="hand_over"),
]

due_urls = [
    path("due/", notice.due, name="due"),
    path("due/<int:pk>/close/", notice.close, name="close_notice"),
    path("me/reminders/", reminders.reminders, name="reminders"),
    path("me/calendar/", reminders.calendar_address, name="calendar_address"),
]

mail_urls = [
    path("mail/", mail.outbox, name="outbox"),
    path("mail/<int:pk>/", mail.letter, name="letter"),
    path("mail/demonstration/", mail.demo_mails, name="demo_mails"),
    path("mail/demonstration/<int:pk>/", mail.demo_mail, name="demo_mail"),
    path("mail/<int:pk>/again/", mail.again, name="try_again"),
]

staff_urls = [
    path("staff/", staff.staff_import, name="staff_import"),
    path("staff/run/", staff.staff_run, name="staff_run"),
    path("staff/example.csv", staff.staff_example, name="staff_example"),
]

work_urls = [
    path("me/long-work/", work.works, name="works"),
    path("me/long-work/<int:pk>/", work.work, name="work"),
    path("me/long-work/<int:pk>/file/", work.work_file, name="work_file"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    *person_urls,
    *user_urls,
    *role_urls,
    *unit_urls,
    *delegation_urls,
    *handover_urls,
    *due_urls,
    *mail_urls,
    *work_urls,
    *staff_urls,
    path("agency/", agency.agency, name="agency"),
]
