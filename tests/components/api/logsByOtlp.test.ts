import assert from "node:assert/strict";
import { logsByOtlp } from "../../../components/api/logsByOtlp.ts";

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
