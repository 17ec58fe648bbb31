import assert from "node:assert/strict";
import { images } from "../../catalog/versions.ts";
import { programStatus } from "../../cli/daemons/startPrograms.ts";
import { requirePython, TelemetryStack } from "../support/telemetryStack.ts";

/** A key of the live configuration that the local program does not know, and what the error names. */
const cases: [program: string, local: RegExp, image: string, key: string, set: (stack: TelemetryStack) => void][] = [
  [
    "collector",
    /^the local collector \(v0\.158\.0\)/,
    images.collector,
    "retry_forever",
    ({ objects }) => {
      Object.assign(objects.collector.spec.config.exporters["otlp_grpc/jaeger"] as object, { retry_forever: true });
    },
  ],
  [
    "collector",
    /^the local collector/,
    images.collector,
    "group_by_trace",
    ({ objects }) => {
      Object.assign(objects.collector.spec.config.processors ?? {}, { group_by_trace: {} });
    },
  ],
  [
    "jaeger",
    /^the local Jaeger \(v2 of module v1\.76\.0\)/,
    images.jaeger,
    "of_the_future",
    ({ objects }) => {
      Object.assign(objects.jaeger.spec.config.extensions?.jaeger_query as object, { of_the_future: 1 });
    },
  ],
  [
    "prometheus",
    /^the local Prometheus \(3\.13\.1\)/,
    images.prometheus,
    "of_the_future",
    ({ objects }) => {
      objects.rules["future.yaml"] = "groups: [{name: g, of_the_future: 1, rules: []}]";
    },
  ],
];

describe("a key that a local program does not know", function () {
  this.timeout(300_000);

  before(async function () {
    await requirePython(this);
  });

  for (const [program, local, image, key, set] of cases) {
    it(`is an error that names both versions: ${program}, ${key}`, async () => {
      const stack = new TelemetryStack(21400, {});
      set(stack);
      await assert.rejects(stack.start(program), (error: Error) => {
        assert.equal(error.name, "UserError");
        assert.match(error.message, local);
        assert.ok(error.message.includes(`made for ${image}: `), error.message);
        assert.ok(error.message.includes(key), error.message);
        return true;
      });
      assert.deepEqual(programStatus(stack.folder), []);
      await stack.remove();
    });
  }
});
