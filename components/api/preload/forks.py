"""Makes the SDK of a process that was forked one of its own, such as that of gunicorn's workers.

The SDK starts its threads anew there, and leaves what goes with them as the fork found it: a lock that a thread of the
parent held is never released, so that the child sends no metric for ever; a connection to the collector is shared with
the parent and with the parent's other children, whose requests meet on it; and what the parent counted is counted by each
child again, from the same start.
"""

import copy
import os
import sys
import threading


def _value(module, name):
    """What a module holds, as far as it was loaded."""
    return getattr(sys.modules.get(module), name, None)


def _renew_exporter(exporter):
    session = getattr(exporter, "_session", None)
    if session is not None:
        # A copy has the same settings, and connections and locks of its own.
        exporter._session = copy.deepcopy(session)
        # That of log records calls it otherwise.
        for event in ("_shutdown_in_progress", "_shutdown_is_occuring"):
            if hasattr(exporter, event):
                setattr(exporter, event, threading.Event())


def _renew_metrics(provider):
    consumer = getattr(provider, "_measurement_consumer", None)
    if consumer is None:
        return
    consumer._lock = threading.Lock()
    for reader, storage in consumer._reader_storages.items():
        storage._lock = threading.RLock()
        # Each series begins anew, when it is first counted here.
        storage._instrument_view_instrument_matches = {}
        reader._export_lock = threading.Lock()
        reader._shutdown_event = threading.Event()
        _renew_exporter(getattr(reader, "_exporter", None))


def _renew_traces(provider):
    processors = getattr(getattr(provider, "_active_span_processor", None), "_span_processors", ())
    for processor in processors:
        _renew_exporter(getattr(processor, "span_exporter", None))


def _renew_logs(provider):
    processors = getattr(getattr(provider, "_multi_log_record_processor", None), "_log_record_processors", ())
    for processor in processors:
        _renew_exporter(getattr(getattr(processor, "_batch_processor", None), "_exporter", None))


def _renew_process():
    """The processor time and memory of this process: those of the parent were read under its name."""
    instrumentor = _value("opentelemetry.instrumentation.system_metrics", "SystemMetricsInstrumentor")
    instance = getattr(instrumentor, "_instance", None)
    process = getattr(instance, "_proc", None)
    if process is not None:
        instance._proc = type(process)(os.getpid())


def _renew():
    _renew_metrics(_value("opentelemetry.metrics._internal", "_METER_PROVIDER"))
    _renew_traces(_value("opentelemetry.trace", "_TRACER_PROVIDER"))
    _renew_logs(_value("opentelemetry._logs._internal", "_LOGGER_PROVIDER"))
    _renew_process()


# Before the SDK registers the start of its threads: hooks run in their order.
os.register_at_fork(after_in_child=_renew)
