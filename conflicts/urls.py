"""Addresses of conflicts of interest. One list a noun; a declaration is named by its code, which nobody can guess."""

from django.urls import URLPattern, URLResolver, path

from conflicts.views import declaration, opening

app_name = "conflicts"
ONE = "declarations/<slug:code>/"

declaration_urls = [
    path(ONE, declaration.declaration, name="declaration"),
    path(f"{ONE}purpose/", opening.purpose, name="purpose"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    *declaration_urls,
]
