"""A Django application. It names its settings itself, as a new project does."""

import logging
import os

import django
from django.core.wsgi import get_wsgi_application
from django.http import JsonResponse
from django.urls import path

from versions import versions

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "django_settings")


def ok(request):
    return JsonResponse({"answer": 42})


def warn(request):
    logging.getLogger("shop").warning("stock is low")
    return JsonResponse({"warned": True})


def boom(request):
    raise RuntimeError("the shelf is empty")


def own_versions(request):
    return JsonResponse(versions(django, "sqlparse", "gunicorn", "requests"))


urlpatterns = [path("ok", ok), path("warn", warn), path("boom", boom), path("versions", own_versions)]
app = get_wsgi_application()
