import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import type { InjectedContainer } from "./injectedContainer.ts";

/** The instrumentations of the operator's image for Python, by the names of their entry points. */
export const pythonInstrumentations = [
  ...["aio-pika", "aiobotocore", "aiohttp-client", "aiohttp-server", "aiokafka", "aiopg", "asyncclick", "asyncio"],
  ...["asyncpg", "aws-lambda", "boto3", "botocore", "cassandra", "celery", "click", "confluent_kafka", "django"],
  ...[
    "elasticsearch",
    "falcon",
    "fastapi",
    "flask",
    "grpc_aio_client",
    "grpc_aio_server",
    "grpc_client",
    "grpc_server",
  ],
  ...["httpx", "jinja2", "kafka", "logging", "mysql", "mysqlclient", "pika", "psycopg", "psycopg2", "pymemcache"],
  ...["pymongo", "pymssql", "pymysql", "pyramid", "redis", "remoulade", "requests", "sqlalchemy", "sqlite3"],
  ...["starlette", "system_metrics", "threading", "tornado", "tortoiseorm", "urllib", "urllib3"],
] as const;

/** The name of one of them. */
export type PythonInstrumentation = (typeof pythonInstrumentations)[number];

/** How a Python application is injected. */
export interface PythonInjectionArgs {
  /**
   * Folders of the application's own packages, absolute: what is in them comes before the packages that are injected. An
   * application in a virtual environment names that one's, such as `/app/.venv/lib/python3.13/site-packages`; with an empty
   * list the injected packages come first.
   * @default - `/usr/local/lib/python3.N/site-packages`, where the official images have them
   */
  readonly sitePackages?: readonly string[];
  /** Whether the application runs on gevent: the injected start-up then patches before it imports. @default false */
  readonly gevent?: boolean;
  /** The instrumentations that are loaded; each costs start-up and memory. @default - all whose library is there */
  readonly instrumentations?: readonly PythonInstrumentation[];
}

/** Python 3.8 is the oldest that runs with the injected packages behind its own; what does not exist does no harm. */
const officialSitePackages = ["8", "9", "10", "11", "12", "13", "14", "15"].map(
  (minor) => `/usr/local/lib/python3.${minor}/site-packages`,
);

/**
 * The variables and the files of a Python container. The operator puts its start-up before what is in `PYTHONPATH`, and its
 * packages after it.
 *
 * @param folder where the container finds the files
 * @param own what the application itself has in `PYTHONPATH`
 * @throws pulumi.RunError when a folder is not absolute, or an instrumentation is not known
 */
export function pythonInjection(
  { sitePackages = officialSitePackages, gevent = false, instrumentations }: PythonInjectionArgs,
  folder: string,
  own?: pulumi.Input<string>,
): InjectedContainer {
  const wrong = sitePackages.find((candidate) => !/^\/[^:]+$/.test(candidate));
  if (wrong !== undefined) {
    throw new pulumi.RunError(
      `python.sitePackages has ${JSON.stringify(wrong)}: must be absolute folders such as /app/.venv/lib/python3.13/site-packages`,
    );
  }
  const path = [folder, ...sitePackages].join(":");
  return {
    env: {
      PYTHONPATH: own === undefined || own === "" ? path : pulumi.interpolate`${own}:${path}`,
      ...(gevent ? { OTEL_PYTHON_AUTO_INSTRUMENTATION_EXPERIMENTAL_GEVENT_PATCH: "patch_all" } : {}),
      ...(instrumentations === undefined
        ? {}
        : { OTEL_PYTHON_DISABLED_INSTRUMENTATIONS: allBut(instrumentations).join(",") }),
    },
    files: Object.fromEntries(
      Object.entries(startUp).map(([file, source]) => [
        file,
        readFileSync(join(import.meta.dirname, "preload", source), "utf8"),
      ]),
    ),
  };
}

/** The files of the injected start-up: where the container finds them, and their sources. */
const startUp = {
  "opentelemetry/__init__.py": "opentelemetry.py",
  "fluffy_observability/forks.py": "forks.py",
  "fluffy_observability/asgi.py": "asgi.py",
  "fluffy_observability/limit.py": "limit.py",
};

/** The SDK has a variable for those that are not loaded only. */
function allBut(wanted: readonly PythonInstrumentation[]): PythonInstrumentation[] {
  const unknown = wanted.find((name) => !pythonInstrumentations.includes(name));
  if (unknown !== undefined) {
    throw new pulumi.RunError(
      `python.instrumentations has ${JSON.stringify(unknown)}: allowed are ${pythonInstrumentations.join(", ")}`,
    );
  }
  return pythonInstrumentations.filter((name) => !wanted.includes(name));
}
