import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ResourceValidation, ResourceValidationArgs } from "@pulumi/policy";
import { unpack } from "../../artifacts/tarball.ts";
import { bundleKey } from "../../artifacts/artifact.ts";
import { type ManifestObject, parseManifest } from "../../artifacts/manifests/manifest.ts";
import { patchObjects } from "../../artifacts/manifests/bundlePatches.ts";
import { artifactsRequest } from "../../artifacts/request.ts";
import { parseSettings } from "../../settings/read.ts";
import { policies } from "../../policy/policies.ts";
import { mirror } from "../../review/program/mirror.ts";

/** Policies about what somebody may do; what upstream leaves open of sizes and probes is not of them. */
const watched = [
  "pods-are-unprivileged",
  "urls-hold-no-login",
  "roles-have-no-wildcard",
  "roles-do-not-escalate",
  "secrets-are-read-by-namespace",
  "bindings-are-narrow",
];

const secrets = "secrets-are-read-by-namespace";

/** What they say of upstream's operators as the stack installs them: each is true, and known. */
const known: Readonly<Record<string, readonly string[]>> = {
  "ClusterRole cert-manager-cainjector": [secrets],
  "ClusterRole cert-manager-controller-certificates": [secrets],
  "ClusterRole cert-manager-controller-challenges": [secrets],
  "ClusterRole cert-manager-controller-clusterissuers": [secrets],
  "ClusterRole cert-manager-controller-issuers": [secrets],
  "ClusterRole cert-manager-controller-orders": [secrets],
  "ClusterRole grafana-operator": ["roles-have-no-wildcard", secrets],
  "ClusterRole manager-role": [secrets],
  "ClusterRole opentelemetry-operator-manager-role": [secrets],
  "ClusterRole prometheus-operator": ["roles-have-no-wildcard", secrets],
};

describe("the policies and upstream's releases", () => {
  it("find what is known to be wide, and no false alarm", function () {
    if (mirror === undefined) this.skip();
    this.timeout(120_000);
    const found: Record<string, string[]> = {};
    for (const object of objects(mirror)) {
      const label = `${object.kind} ${object.metadata.name}`;
      const said = policies.filter(({ name, validateResource }) => {
        const violations: string[] = [];
        const args = { type: "kubernetes:v1:Object", props: object } as unknown as ResourceValidationArgs;
        void (validateResource as ResourceValidation)(args, (violation: string) => violations.push(violation));
        return violations.length > 0 && watched.includes(name);
      });
      if (said.length > 0) found[label] = said.map(({ name }) => name);
    }
    assert.deepEqual(found, known);
  });
});

/** All objects that the releases hold: bundles as they are patched, charts as a mirror holds them. */
function objects(folder: string): ManifestObject[] {
  const { bundles, charts } = artifactsRequest(parseSettings({ jaegerEngine: "operator" }));
  const patched = Object.values(bundles).flatMap(({ spec, patches }) => {
    const file = join(folder, "bundles", `${bundleKey(spec)}.yaml`);
    return patchObjects(parseManifest(readFileSync(file, "utf8"), file), patches, file);
  });
  const plain = Object.values(charts).flatMap(({ spec: { name, version } }) => {
    const file = join(folder, "charts", `${name}-${version}.tgz`);
    const files = Object.entries(unpack(readFileSync(file)) ?? {}).filter(([path]) => path.includes("/files/"));
    return files.flatMap(([path, content]) => parseManifest(content.toString("utf8"), path));
  });
  return [...patched, ...plain];
}
