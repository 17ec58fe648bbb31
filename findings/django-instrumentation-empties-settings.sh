#!/usr/bin/env bash
# opentelemetry-instrumentation-django 0.64b0, Django 5.2.19, gunicorn 23.0.0 (Python 3.10 or newer)
# Expected: auto-instrumentation of a Django application that names its settings in wsgi.py, as every new project does, either
#   works or leaves the application alone.
# Seen: the instrumentation reads the settings when Python starts, long before wsgi.py runs. It finds none, calls
#   settings.configure() with nothing in it, and says so at level debug only. Django then takes no notice of the application's own
#   settings: the application fails at its first use of them. The variable alone does not help either, since the project's folder
#   is not yet among the folders in which Python looks.
# Found: by running a Django application with and without injection and comparing what it answers.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check django==5.2.19 \
  opentelemetry-distro==0.64b0 opentelemetry-instrumentation-django==0.64b0
mkdir "$folder/project"
echo 'SHELF = "bread"' >"$folder/project/shop_settings.py"
cat >"$folder/project/application.py" <<'PYTHON'
import os
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop_settings")
from django.conf import settings
print(getattr(settings, "SHELF", "nothing"))
PYTHON
start_up=$("$folder/venv/bin/python" -c \
  'import opentelemetry.instrumentation.auto_instrumentation as module, os; print(os.path.dirname(module.__file__))')

status=0
check() {
  local seen expected=$2
  seen=$(cd / && env OTEL_TRACES_EXPORTER=none OTEL_METRICS_EXPORTER=none OTEL_LOGS_EXPORTER=none "${@:3}" \
    "$folder/venv/bin/python" "$folder/project/application.py" 2>/dev/null)
  echo "$1: the setting is $seen"
  [ "$seen" = "$expected" ] || { echo "  changed: it was $expected"; status=1; }
}
check "without auto-instrumentation" bread
check "with it" nothing PYTHONPATH="$start_up"
check "and DJANGO_SETTINGS_MODULE" nothing PYTHONPATH="$start_up" DJANGO_SETTINGS_MODULE=shop_settings
check "and the project's folder in PYTHONPATH" bread PYTHONPATH="$start_up:$folder/project" DJANGO_SETTINGS_MODULE=shop_settings
exit $status
