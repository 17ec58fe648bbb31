import assert from "node:assert/strict";
import { logsByOtlp, withLoggers } from "../../../components/api/logsByOtlp.ts";

describe("withLoggers", () => {
  const injection = { language: "python", instrumentation: "a/b", instrumentationHash: "0" } as const;
  const loaded = (instrumentations: readonly ("fastapi" | "logging")[]) =>
    withLoggers({ ...injection, python: { instrumentations, gevent: true } }).python;

  it("loads the instrumentation of loggers, where others alone are named", () => {
    assert.deepEqual(loaded(["fastapi"]), { instrumentations: ["fastapi", "logging"], gevent: true });
    assert.deepEqual(loaded(["logging"]), { instrumentations: ["logging"], gevent: true });
  });

  it("changes nothing where all are loaded", () => {
    assert.equal(withLoggers(injection), injection);
  });
});

describe("logsByOtlp", () => {
  it("switches the exporter on, and leaves out what the pod prints", () => {
    for (const language of ["python", "nodejs"] as const) {
      const { env, annotations } = logsByOtlp("orders", language);
      assert.equal(env["OTEL_LOGS_EXPORTER"], "otlp");
      assert.deepEqual(annotations, { "fluffy-observability/logs": "otlp" });
    }
  });

  it("gives Python the handler that the stack switches off for all others", () => {
    assert.equal(logsByOtlp("orders", "python").env["OTEL_PYTHON_LOG_AUTO_INSTRUMENTATION"], "true");
  });

  it("refuses a language with which it was not tried, in one line", () => {
    assert.throws(() => logsByOtlp("orders", "java"), {
      message:
        "InstrumentedApi orders: logs is otlp: must be stdout with the injection of java; otlp is for python, nodejs",
    });
  });
});
