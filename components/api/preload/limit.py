"""Limits the combinations of attributes that a metric has, as OpenTelemetry's specification does and this SDK does not.

Without it an attribute such as the id of a user takes ever more memory here, and each export has all of them. What is over
the limit is counted together: by attributes of few values, and if these have many, in one.
"""

import dataclasses

from wrapt import register_post_import_hook

# Together below the 2000 from which on the collector puts a metric together as a whole.
LIMIT = 1900
LAST = 1990

# As in the collector.
_OVERFLOW = "otel.metric.overflow"
_KEPT = (
    "http.request.method",
    "http.response.status_code",
    "url.scheme",
    "network.protocol.version",
    "rpc.system",
    "rpc.grpc.status_code",
    "db.system.name",
    "messaging.system",
)


def _together(attributes):
    return {**{name: attributes[name] for name in _KEPT if name in attributes}, _OVERFLOW: True}


def _repair(module):
    match = module._ViewInstrumentMatch
    consume = match.consume_measurement

    def consume_measurement(self, measurement, *args, **kwargs):
        known = self._attributes_aggregation
        attributes = measurement.attributes or {}
        if len(known) >= LIMIT and frozenset(attributes.items()) not in known:
            attributes = _together(attributes)
            if len(known) >= LAST and frozenset(attributes.items()) not in known:
                attributes = {_OVERFLOW: True}
            measurement = dataclasses.replace(measurement, attributes=attributes)
        return consume(self, measurement, *args, **kwargs)

    match.consume_measurement = consume_measurement


register_post_import_hook(_repair, "opentelemetry.sdk.metrics._internal._view_instrument_match")
