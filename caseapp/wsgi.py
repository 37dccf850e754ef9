"""The web application that gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application

from caseapp.core.starting import refuse_unless_in_order

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "caseapp.settings")

application = get_wsgi_application()
refuse_unless_in_order()
