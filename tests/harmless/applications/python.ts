import type { Application } from "../application.ts";

const paths = ["/ok", "/warn", "/boom", "/versions"];

const uvicorn = (workers: number): Application["command"] => {
  return ({ runtime, program }) => [
    ...[runtime, program("uvicorn"), "fastapi_app:app", "--host", "127.0.0.1", "--port", "$PORT"],
    // A worker has five seconds to answer its first health check, injection included: too few on a busy machine.
    ...(workers === 1 ? [] : ["--workers", String(workers), "--timeout-worker-healthcheck", "60"]),
  ];
};

const gunicorn = (module: string, ...more: readonly string[]): Application["command"] => {
  return ({ runtime, program }) => [
    runtime,
    program("gunicorn"),
    `${module}:app`,
    "--bind",
    "127.0.0.1:$PORT",
    ...more,
  ];
};

const script = (file: string): Application["command"] => {
  return ({ runtime }) => [runtime, file];
};

/** Every Python application runs with its own packages first, which is the default of InstrumentedApi. */
export const pythonApplications: readonly Application[] = [
  {
    name: "FastAPI on uvicorn",
    language: "python",
    kind: "server",
    packages: "web",
    command: uvicorn(1),
    annotationIsEnough: true,
    injection: {},
    paths,
    ready: { line: /Application startup complete/, count: 1 },
    requests: { kind: "server", count: paths.length },
    everyCollector: true,
  },
  {
    name: "FastAPI on uvicorn, four workers",
    language: "python",
    kind: "server",
    packages: "web",
    command: uvicorn(4),
    injection: {},
    paths,
    ready: { line: /Application startup complete/, count: 4 },
  },
  {
    name: "Flask on gunicorn",
    language: "python",
    kind: "server",
    packages: "web",
    command: gunicorn("flask_app"),
    annotationIsEnough: true,
    injection: {},
    paths: [...paths, "/upstream"],
    ready: { line: /Booting worker/, count: 1 },
    requests: { kind: "server", count: paths.length + 1 },
  },
  {
    name: "Flask on gunicorn with gevent",
    language: "python",
    kind: "server",
    packages: "web",
    command: gunicorn("flask_app", "--worker-class", "gevent"),
    injection: { python: { gevent: true } },
    // gevent waits for threads of the SDK that gunicorn's fork stopped.
    longestEnd: 8,
    paths: [...paths, "/upstream"],
    ready: { line: /Booting worker/, count: 1 },
    requests: { kind: "server", count: paths.length + 1 },
  },
  {
    name: "Django on gunicorn",
    language: "python",
    kind: "server",
    packages: "web",
    command: gunicorn("django_app"),
    annotationIsEnough: true,
    injection: {},
    paths,
    ready: { line: /Booting worker/, count: 1 },
  },
  {
    name: "Django on gunicorn, instrumented",
    language: "python",
    kind: "server",
    packages: "web",
    command: gunicorn("django_app"),
    env: {
      DJANGO_SETTINGS_MODULE: "django_settings",
      OTEL_PYTHON_DJANGO_INSTRUMENT: "True",
      PYTHONPATH: "$FOLDER",
    },
    injection: {},
    paths,
    ready: { line: /Booting worker/, count: 1 },
    requests: { kind: "server", count: paths.length },
  },
  {
    name: "worker without a handler of SIGTERM",
    language: "python",
    kind: "worker",
    packages: "web",
    command: script("worker_loop.py"),
    annotationIsEnough: true,
    injection: {},
    ready: { line: /looking for work/, count: 1 },
  },
  {
    name: "job",
    language: "python",
    kind: "job",
    packages: "web",
    command: script("job.py"),
    annotationIsEnough: true,
    injection: {},
    ready: { line: /^done$/, count: 1 },
    requests: { kind: "client", count: 1 },
    everyCollector: true,
  },
  {
    name: "job with boto3 1.24",
    language: "python",
    kind: "job",
    packages: "old",
    command: script("boto3_job.py"),
    injection: {},
    ready: { line: /^done$/, count: 1 },
    // Its botocore imports a module that Python 3.12 no longer finds.
    newestPython: 11,
  },
  {
    name: "job with an OpenTelemetry SDK of its own",
    language: "python",
    kind: "job",
    packages: "own-sdk",
    command: script("own_sdk_job.py"),
    injection: {},
    ready: { line: /^done$/, count: 1 },
  },
  {
    name: "job with structlog",
    language: "python",
    kind: "job",
    packages: "web",
    command: script("structlog_job.py"),
    annotationIsEnough: true,
    injection: {},
    ready: { line: /done$/, count: 1 },
    requests: { kind: "client", count: 1 },
  },
  {
    name: "job with loguru",
    language: "python",
    kind: "job",
    packages: "web",
    command: script("loguru_job.py"),
    annotationIsEnough: true,
    injection: {},
    ready: { line: /^done$/, count: 1 },
    requests: { kind: "client", count: 1 },
  },
  {
    name: "job in a virtual environment beside global tools",
    language: "python",
    kind: "job",
    packages: "environment",
    command: script("environment_job.py"),
    injection: { python: { sitePackages: ["/app/.venv/lib/python3/site-packages"] } },
    ready: { line: /^done$/, count: 1 },
    requests: { kind: "client", count: 1 },
  },
];
