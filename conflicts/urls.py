"""Addresses of conflicts of interest. One list a noun; a declaration is named by its code, which nobody can guess."""

from django.urls import URLPattern, URLResolver, path

from conflicts.views import declaration, interest, mine, opening, writing

app_name = "conflicts"
ONE = "declarations/<slug:code>/"

writing_urls = [
    path("", mine.mine, name="mine"),
    path("start/", writing.start, name="start"),
    path(f"{ONE}about/", writing.about, name="about"),
    path(f"{ONE}anything/", writing.say, name="say"),
    path(f"{ONE}check/", writing.check, name="check"),
    path(f"{ONE}submitted/", writing.submitted, name="submitted"),
    path(f"{ONE}helper/", writing.helper, name="helper"),
]

interest_urls = [
    path(f"{ONE}last-time/<int:row>/", interest.last_time, name="last_time"),
    path(f"{ONE}interests/add/", interest.kinds, name="kinds"),
    path(f"{ONE}interests/add/<slug:kind>/", interest.interest_add, name="interest_add"),
    path(f"{ONE}interests/<int:row>/", interest.interest, name="interest"),
    path(f"{ONE}interests/<int:row>/remove/", interest.interest_remove, name="interest_remove"),
]

declaration_urls = [
    path(ONE, declaration.declaration, name="declaration"),
    path(f"{ONE}purpose/", opening.purpose, name="purpose"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    *writing_urls,
    *interest_urls,
    *declaration_urls,
]
