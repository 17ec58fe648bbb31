"""Decides where the modules of `opentelemetry` come from in a container with injection.

The application's packages come before the injected ones. For `opentelemetry`, which several packages share, that would mix
two versions: an `opentelemetry-api` that came with FastAPI, and the injected SDK that is made for another one. So it comes
from the injected packages first. An application that has an SDK of its own keeps it, and is not injected.
"""

import importlib
import os
import sys


def _portions():
    """The folders of `opentelemetry` in the injected packages, and in the application's."""
    start_up = os.path.join(os.sep, "opentelemetry", "instrumentation", "auto_instrumentation")
    # The operator puts this folder into PYTHONPATH.
    injected = [os.path.dirname(os.path.dirname(entry)) for entry in sys.path if entry.endswith(start_up)]
    others = [os.path.join(entry, "opentelemetry") for entry in sys.path]
    this = os.path.dirname(__file__)
    return injected, [folder for folder in others if os.path.isdir(folder) and folder not in injected + [this]]


def _is_start_up():
    frame = sys._getframe()
    while frame is not None and frame.f_globals.get("__name__") != "sitecustomize":
        frame = frame.f_back
    return frame is not None


def __getattr__(name):
    """`__path__` is looked for anew each time: `sys.path` gets the program's own folder after start-up, and more later."""
    if name != "__path__":
        raise AttributeError("module 'opentelemetry' has no attribute " + repr(name))
    injected, own = _portions()
    return own if _has_sdk else injected + own


_injected, _own = _portions()
_has_sdk = any(os.path.isdir(os.path.join(folder, "sdk")) for folder in _own)
# What the Instrumentation sets, and an SDK before 1.35 fails at: it reads whole seconds.
for _name, _value in (("OTEL_EXPORTER_OTLP_TIMEOUT", "1.2"), ("OTEL_EXPORTER_OTLP_METRICS_TIMEOUT", "1.05")):
    if _has_sdk and os.environ.get(_name) == _value:
        os.environ[_name] = "2"
if _injected and _has_sdk and _is_start_up():
    # Python prints this and goes on.
    raise ImportError("the application has an OpenTelemetry SDK of its own, so it is not injected")
if not _injected and not _own:
    # As it would be without this file.
    raise ModuleNotFoundError("No module named 'opentelemetry'", name="opentelemetry")
del __path__
if _injected and _is_start_up():
    for _name in ("forks", "asgi", "limit"):
        try:
            importlib.import_module("fluffy_observability." + _name)
        except ModuleNotFoundError:
            # A pod that mounts this file alone.
            pass
