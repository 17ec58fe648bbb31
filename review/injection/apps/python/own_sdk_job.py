"""A job with an OpenTelemetry SDK of its own, older than the injected one: it prints its spans."""

from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk import version
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import ConsoleSpanExporter, SimpleSpanProcessor

provider = TracerProvider(resource=Resource({"service.name": "own"}))
provider.add_span_processor(SimpleSpanProcessor(ConsoleSpanExporter(formatter=lambda span: f"span {span.name}\n")))
trace.set_tracer_provider(provider)
OTLPSpanExporter(endpoint="127.0.0.1:1", insecure=True).shutdown()
with trace.get_tracer("own").start_as_current_span("count the stock"):
    print("counting", flush=True)
print("SDK", version.__version__, flush=True)
print("done", flush=True)
