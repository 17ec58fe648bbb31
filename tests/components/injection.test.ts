import assert from "node:assert/strict";
import { injectionAnnotations } from "../../components/injection.ts";

const args = { instrumentation: "observability/python", instrumentationHash: "0123456789ab" };

describe("injectionAnnotations", () => {
  for (const language of ["python", "nodejs", "java", "dotnet"] as const) {
    it(`ask for the injection of ${language}, and roll the pods with the Instrumentation`, () => {
      assert.deepEqual(injectionAnnotations({ language, ...args }), {
        [`instrumentation.opentelemetry.io/inject-${language}`]: "observability/python",
        "fluffy-observability/instrumentation-hash": "0123456789ab",
      });
    });
  }

  it("name the program that the injection of Go attaches to", () => {
    const annotations = injectionAnnotations({ language: "go", ...args, goExecutable: "/app" });
    assert.equal(annotations["instrumentation.opentelemetry.io/otel-go-auto-target-exe"], "/app");
  });
});
