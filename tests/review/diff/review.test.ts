import assert from "node:assert/strict";
import { join } from "node:path";
import { versions } from "../../../catalog/versions.ts";
import { objectChanges } from "../../../review/diff/objectChanges.ts";
import { goldenObjects } from "../../../review/diff/reviewObjects.ts";
import { reviewText } from "../../../review/diff/reviewText.ts";
import { readGolden } from "../../../review/golden/goldenFolder.ts";
import { stacks } from "../../../review/program/runs.ts";

type Golden = ReadonlyMap<string, ReadonlyMap<string, string>>;

const project = join(import.meta.dirname, "../../..");

function objectsOf(golden: Golden) {
  const entries = [...golden].map(
    ([stack, files]) => [stack, [...files].flatMap(([name, text]) => goldenObjects(name, text))] as const,
  );
  return new Map(entries);
}

/** How many rows a text takes on a terminal of 80 columns. */
function rows(text: string): number {
  return text.split("\n").reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / 80)), 0);
}

describe("the diff of golden files", () => {
  let golden: Golden;
  before(async () => {
    const read = stacks.map(async (stack) => [stack, await readGolden(join(project, "tests/golden", stack))] as const);
    golden = new Map(await Promise.all(read));
  });

  /** The diff after a change of the files' text, which must fit on a screen. */
  function diffAfter(change: (text: string, stack: string, file: string) => string): string {
    const changed = [...golden].map(([stack, files]) => {
      const edited = [...files].map(([file, text]) => [file, change(text, stack, file)] as const);
      return [stack, new Map(edited)] as const;
    });
    const text = reviewText(objectChanges(objectsOf(golden), objectsOf(new Map(changed))));
    assert.ok(rows(text) <= 24, `${rows(text)} rows:\n${text}`);
    return text;
  }

  it("shows an image tag with exactly the objects that hold it, the image first", () => {
    const image = "docker.io/jaegertracing/jaeger";
    assert.equal(
      diffAfter((text) => text.replaceAll(versions.jaeger, "9.9.9")),
      `\
objects: 2 changed

Images
  outputs
    ~ The stack's outputs [dev, staging, prod]
        images[]: "${image}:${versions.jaeger}" -> "${image}:9.9.9"
  platform.jaeger
    ~ OpenTelemetryCollector OpenTelemetryCollector-jaeger [dev, staging, prod]
        spec.image: "${image}:${versions.jaeger}" -> "${image}:9.9.9"

Other changes
  outputs
    ~ The stack's outputs [dev, staging, prod]
        versions.jaeger: "${versions.jaeger}" -> "9.9.9"
  platform.jaeger
    ~ OpenTelemetryCollector OpenTelemetryCollector-jaeger [dev, staging, prod]
        metadata.labels["app.kubernetes.io/version"]: "${versions.jaeger}" -> "9.9.9"`,
    );
  });

  it("shows a setting of one environment with that environment", () => {
    const text = diffAfter((file, stack) =>
      stack === "prod" ? file.replace("retention: 30d", "retention: 45d") : file,
    );
    assert.equal(
      text,
      `\
objects: 1 changed

Other changes
  platform.prometheus
    ~ Prometheus Prometheus-prometheus [prod]
        spec.retention: "30d" -> "45d"`,
    );
  });

  it("shows an operator's version with its release and its images", () => {
    const [image, old] = ["quay.io/prometheus-operator", versions.prometheusOperator];
    assert.equal(
      diffAfter((text) => text.replaceAll(old, "v9.9.9")),
      `\
objects: 2 changed

Images
  outputs
    ~ The stack's outputs [dev, staging, prod]
        images[]: "${image}/prometheus-config-reloader:${old}" -> "${image}/prometheus-config-reloader:v9.9.9"
        images[]: "${image}/prometheus-operator:${old}" -> "${image}/prometheus-operator:v9.9.9"

Other changes
  outputs
    ~ The stack's outputs [dev, staging, prod]
        versions.prometheusOperator: "${old}" -> "v9.9.9"
  platform.prometheus-operator
    ~ Release prometheus-operator [dev, staging, prod]
        chart: ".artifacts/charts/prometheus-operator-${old}-<content hash>" -> ".artifacts/charts/prometheus-operator-v9.9.9-<content hash>"`,
    );
  });

  it("says that nothing changed", () => {
    assert.equal(
      diffAfter((text) => text),
      "no object changes",
    );
  });

  it("reads every object of the files, each with a place of its own", () => {
    const objects = objectsOf(golden).get("prod") ?? [];
    assert.ok(objects.length > 50);
    assert.equal(new Set(objects.map(({ component, label }) => `${component} ${label}`)).size, objects.length);
    assert.ok(objects.some(({ label, fields }) => label === "Release cert-manager" && "values" in fields));
  });
});
