"""The entry point of the web server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()

from assurance.start_up import refuse_half_a_standard  # noqa: E402  # nothing can be read before the setup above

refuse_half_a_standard()
