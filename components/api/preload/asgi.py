"""Counts a request to an ASGI application once, and for as long as somebody waits for its answer.

The instrumentation counts a request to a mounted application (`app.mount("/sub", inner)`) in both, and measures until the
application returns: FastAPI's BackgroundTasks run before that, after the answer. The server's span is right in both.
"""

import contextvars
from timeit import default_timer

from wrapt import register_post_import_hook

# In the scope of a request that is counted: a mounted application gets the same scope, or a copy of it.
_COUNTED = "fluffy_observability.counted"
# The one that the middleware is in.
_current = contextvars.ContextVar("fluffy_observability.request")


class _Request:
    def __init__(self, is_mounted):
        self.is_mounted = is_mounted
        self.answered = None


class _Instrument:
    """An instrument of the middleware, to which a mounted application adds nothing."""

    def __init__(self, instrument):
        self._instrument = instrument

    def add(self, amount, *args, **kwargs):
        if not _current.get().is_mounted:
            self._instrument.add(amount, *args, **kwargs)

    def record(self, amount, *args, **kwargs):
        if not _current.get().is_mounted:
            self._instrument.record(amount, *args, **kwargs)


class _Duration(_Instrument):
    """The duration of requests until their answer is sent."""

    def record(self, amount, *args, **kwargs):
        answered = _current.get().answered
        after = 0 if answered is None else default_timer() - answered
        super().record(max(self._without(amount, after), 0), *args, **kwargs)

    def _without(self, amount, after):
        return amount - after


class _Milliseconds(_Duration):
    """The same in the conventions before 2023."""

    def _without(self, amount, after):
        return round(amount - after * 1000)


_instruments = {
    "duration_histogram_new": _Duration,
    "duration_histogram_old": _Milliseconds,
    "active_requests_counter": _Instrument,
    "server_response_body_size_histogram": _Instrument,
    "server_response_size_histogram": _Instrument,
    "server_request_body_size_histogram": _Instrument,
    "server_request_size_histogram": _Instrument,
}


def _noting(send, request):
    """Notes when the last part of an answer is sent, which is where the server's span ends."""
    has_trailers = False

    async def noting(message):
        nonlocal has_trailers
        await send(message)
        kind = message["type"]
        if kind == "http.response.start":
            has_trailers = message.get("trailers", False)
        last = "http.response.trailers" if has_trailers else "http.response.body"
        if kind == last and not message.get("more_trailers" if has_trailers else "more_body", False):
            request.answered = default_timer()

    return noting


def _repair(module):
    middleware = module.OpenTelemetryMiddleware
    initialize = middleware.__init__
    answer = middleware.__call__

    def __init__(self, *args, **kwargs):
        initialize(self, *args, **kwargs)
        for name, wrapped in _instruments.items():
            instrument = getattr(self, name, None)
            if instrument is not None:
                setattr(self, name, wrapped(instrument))

    async def __call__(self, scope, receive, send):
        if scope["type"] != "http":
            return await answer(self, scope, receive, send)
        request = _Request(_COUNTED in scope)
        scope[_COUNTED] = True
        token = _current.set(request)
        try:
            return await answer(self, scope, receive, _noting(send, request))
        finally:
            _current.reset(token)

    middleware.__init__ = __init__
    middleware.__call__ = __call__


register_post_import_hook(_repair, "opentelemetry.instrumentation.asgi")
