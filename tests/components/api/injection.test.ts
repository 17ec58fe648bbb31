import assert from "node:assert/strict";
import { injectionAnnotations } from "../../../components/api/injection.ts";

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
    assert.deepEqual(annotations, {
      "instrumentation.opentelemetry.io/inject-go": "observability/python",
      "instrumentation.opentelemetry.io/otel-go-auto-target-exe": "/app",
      "fluffy-observability/instrumentation-hash": "0123456789ab",
    });
  });

  it("ask for the files of an image on Alpine where they are others, and refuse to where they are not", () => {
    const annotations = (language: "python" | "dotnet" | "java") =>
      injectionAnnotations({ language, ...args, libc: "musl" });
    assert.equal(annotations("python")["instrumentation.opentelemetry.io/otel-python-platform"], "musl");
    assert.equal(annotations("dotnet")["instrumentation.opentelemetry.io/otel-dotnet-auto-runtime"], "linux-musl-x64");
    assert.throws(() => annotations("java"), {
      message:
        'libc is "musl": the injection of java is the same for every image, leave it out; it is for python, dotnet',
    });
    assert.deepEqual(
      injectionAnnotations({ language: "java", ...args, libc: "glibc" }),
      injectionAnnotations({ language: "java", ...args }),
    );
  });

  it("refuse Go without a program, and a program with another language", () => {
    assert.throws(() => injectionAnnotations({ language: "go", ...args }), {
      message: "goExecutable is missing: the injection of Go needs the path of the program in the container",
    });
    assert.throws(() => injectionAnnotations({ language: "java", ...args, goExecutable: "/app" }), {
      message: 'goExecutable is "/app": only the injection of go takes it, not of java',
    });
  });

  it("refuse the arguments of another language, empty ones too, and take a language's own", () => {
    assert.throws(() => injectionAnnotations({ language: "nodejs", ...args, python: { gevent: true } }), {
      __pulumiRunError: true,
      message: 'python is {"gevent":true}: only the injection of python takes it, not of nodejs',
    });
    assert.throws(() => injectionAnnotations({ language: "python", ...args, nodejs: {} }), {
      message: "nodejs is {}: only the injection of nodejs takes it, not of python",
    });
    assert.throws(() => injectionAnnotations({ language: "go", ...args, goExecutable: "/app", nodejs: {} }), {
      message: "nodejs is {}: only the injection of nodejs takes it, not of go",
    });
    for (const own of [
      { language: "python", python: { gevent: true } } as const,
      { language: "nodejs", nodejs: {} } as const,
    ]) {
      assert.deepEqual(
        injectionAnnotations({ ...args, ...own }),
        injectionAnnotations({ ...args, language: own.language }),
      );
    }
  });
});
