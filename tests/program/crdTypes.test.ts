import assert from "node:assert/strict";
import { join } from "node:path";
import { apiVersions } from "../../components/customResources/customResource.ts";
import { type DeclaredTypes, declaredTypes } from "../support/declaredTypes.ts";
import { mirror } from "../../review/program/mirror.ts";
import { type CrdSchema, type MirroredCrd, mirroredCrds } from "../../review/crds/mirroredCrds.ts";
import { typeErrors } from "../support/typeErrors.ts";

const file = join(import.meta.dirname, "../../components/customResources/customResource.ts");

/** The hand-written types of the custom resources, against the schemas of the real operators. */
describe("types of custom resources", function () {
  this.slow(2000);
  let crds: MirroredCrd[];
  let types: DeclaredTypes;

  before(function () {
    if (mirror === undefined) this.skip();
    crds = mirroredCrds(mirror);
    types = declaredTypes(file, "CustomResourceSpecs");
  });

  it("are there for each kind that has an API version", () => {
    assert.deepEqual([...types.properties.keys()].sort(), Object.keys(apiVersions).sort());
  });

  // No mirror has the kinds of Gateway API: they are the cluster's.
  const ofOperators = Object.entries(apiVersions).filter(([, version]) => !version.startsWith("gateway."));
  for (const [kind, apiVersion] of ofOperators) {
    it(`allow what the CRD does: ${kind}`, () => {
      const type = types.properties.get(kind);
      assert.ok(type);
      assert.deepEqual(typeErrors(types.checker, type, specSchema(crds, apiVersion, kind), kind), []);
    });
  }

  it("are found out when they are wrong", () => {
    const planted = declaredTypes(
      file,
      "CustomResourceSpecs",
      `import type { PodSecurityContext } from "./common.ts";
       interface Container { name: string; imagee?: string }
       export interface CustomResourceSpecs {
         Alertmanager: { replicas: string; securityContext: PodSecurityContext; containers?: Container[]; retention?: 5 };
         OpenTelemetryCollector: { mode: "deployment" | "cronjob"; config?: { receivers: { any: number } }; env: Record<string, string> };
       }`,
    );
    const errors = [...planted.properties].flatMap(([kind, type]) =>
      typeErrors(planted.checker, type, specSchema(crds, apiVersions[kind as keyof typeof apiVersions], kind), kind),
    );
    assert.deepEqual(errors, [
      "Alertmanager.replicas is a string, not integer",
      "Alertmanager.containers[].imagee is not known",
      "Alertmanager.retention is a number, not string",
      "OpenTelemetryCollector.mode is cronjob, not one of daemonset, deployment, sidecar, statefulset",
      "OpenTelemetryCollector.config.exporters is required",
      "OpenTelemetryCollector.config.service is required",
      "OpenTelemetryCollector.env is an object, not array",
      "OpenTelemetryCollector.config is required",
    ]);
  });
});

function specSchema(crds: readonly MirroredCrd[], apiVersion: string, kind: string): CrdSchema {
  const [group, version = ""] = apiVersion.split("/");
  const crd = crds.find((candidate) => candidate.group === group && candidate.kind === kind);
  const spec = crd?.versions[version]?.schema.properties?.["spec"];
  assert.ok(spec, `there is no CRD of ${kind} in ${apiVersion}`);
  return spec;
}
