"""The API's own code and its direct dependencies hold no telemetry: it is injected, or there is none."""

import ast
import re
from pathlib import Path

import pytest

try:
    import tomllib
except ModuleNotFoundError:  # Python 3.10
    import tomli as tomllib

PROJECT = Path(__file__).parent.parent
TELEMETRY = re.compile(
    r"^(opentelemetry|prometheus|jaeger|zipkin|opentracing|opencensus|ddtrace|datadog|newrelic|elasticapm|elastic-apm"
    r"|sentry|logfire|statsd|starlette[_-]exporter|aioprometheus)",
    re.IGNORECASE,
)


def imports(source: str) -> list[str]:
    """The modules that a source text imports, wherever in it."""
    found: list[str] = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.append(node.module)
    return found


def telemetry(names: list[str]) -> list[str]:
    return [name for name in names if TELEMETRY.match(name) or "telemetry" in name]


def test_no_direct_dependency() -> None:
    dependencies = tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]["dependencies"]
    assert dependencies
    assert telemetry(dependencies) == []


@pytest.mark.parametrize("file", sorted((PROJECT / "python_api").glob("**/*.py")), ids=lambda file: file.name)
def test_no_import(file: Path) -> None:
    assert telemetry(imports(file.read_text())) == []


def test_the_check_can_fail() -> None:
    source = "def late():\n    from opentelemetry import trace\nimport prometheus_client, fastapi.telemetry"
    assert telemetry(imports(source)) == ["prometheus_client", "fastapi.telemetry", "opentelemetry"]
