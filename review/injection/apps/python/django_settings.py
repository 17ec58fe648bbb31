"""The settings of the Django application."""

ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "django_app"
# Instrumented, Django is loaded before gunicorn, whose lines then have its time zone.
TIME_ZONE = "UTC"
SECRET_KEY = "only for this test"
