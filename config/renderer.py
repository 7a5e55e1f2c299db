"""Forms render through templates/django/forms/, so that no page repeats the markup of a field."""

from django.forms.renderers import TemplatesSetting


class RegisterRenderer(TemplatesSetting):
    """The register's form, field and error templates."""

    form_template_name = "django/forms/form.html"
    field_template_name = "django/forms/field.html"
