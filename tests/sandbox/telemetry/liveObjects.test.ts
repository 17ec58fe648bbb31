import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import type { KubeObject } from "../../../sandbox/cluster/api/client.ts";
import { readLiveObjects } from "../../../sandbox/telemetry/liveObjects.ts";
import type { MountedFolder } from "../../../sandbox/telemetry/mountedFolders.ts";
import { teamObjects } from "../../../review/program/teamObjects.ts";
import { stackObjects } from "../../../scripts/bench/renderedObjects.ts";

const kinds = {
  "OpenTelemetryCollector observability/otel": "collector",
  "OpenTelemetryCollector observability/jaeger": "jaeger",
  "Prometheus observability/prometheus": "prometheus",
  "Alertmanager observability/alertmanager": "alertmanager",
  "Instrumentation observability/python": "instrumentation",
  "Deployment python-api/python-api": "deployment",
} as const;

/** What the operator made for Alertmanager. */
function generatedSecret(config: string): KubeObject {
  const data = { "alertmanager.yaml.gz": gzipSync(config).toString("base64") };
  return { apiVersion: "v1", kind: "Secret", metadata: { name: "alertmanager-alertmanager-generated" }, data };
}

/** The ConfigMap whose files pods mount. */
function configMap(mounted: readonly MountedFolder[]): KubeObject {
  const files = mounted.flatMap((folder) => Object.entries(folder.files));
  const data = Object.fromEntries(files.map(([file, content]) => [file.replaceAll("/", "-"), content]));
  return { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "injection" }, data };
}

/** A cluster with the stack's objects, less the one that is missing. */
function client(missing?: string) {
  const objects = stackObjects();
  return {
    get: (ref: { kind: string; namespace?: string; name: string }) => {
      const key = `${ref.kind} ${ref.namespace ?? ""}/${ref.name}`;
      if (ref.kind === "ConfigMap") return Promise.resolve(configMap(objects.mounted));
      if (ref.kind === "Secret") return Promise.resolve(generatedSecret(objects.alertmanagerConfig));
      const found = key === missing ? undefined : objects[kinds[key as keyof typeof kinds]];
      return Promise.resolve(found as unknown as KubeObject | undefined);
    },
    list: (_: string, kind: string, namespace?: string) =>
      Promise.resolve(
        (kind === "ServiceMonitor" && namespace === "observability" ? objects.monitors : []) as unknown as KubeObject[],
      ),
  };
}

describe("readLiveObjects", () => {
  it("reads what the second team's stack made, where it is whole", async () => {
    const { deployment, mounted, service, monitors } = await teamObjects();
    const platform = client();
    const withTeam = (objects: Record<string, unknown>) => ({
      get: (ref: { kind: string; namespace?: string; name: string }) => {
        const key = `${ref.kind} ${ref.namespace ?? ""}/${ref.name}`;
        if (key.startsWith("ConfigMap team-api/")) return Promise.resolve(configMap(mounted));
        return key in objects ? Promise.resolve(objects[key] as KubeObject) : platform.get(ref);
      },
      list: (_: string, kind: string) =>
        Promise.resolve((kind === "ServiceMonitor" ? monitors : []) as unknown as KubeObject[]),
    });
    const whole = { "Deployment team-api/orders-api": deployment, "Service team-api/orders-api": service };
    const { ordersApi } = await readLiveObjects(withTeam(whole));
    assert.deepEqual(ordersApi, { deployment, mounted, service, monitors });
    const part = await readLiveObjects(withTeam({ "Deployment team-api/orders-api": deployment }));
    assert.ok(!("ordersApi" in part));
  });

  it("reads what the stack made", async () => {
    assert.deepEqual(await readLiveObjects(client()), stackObjects());
  });

  for (const [missing, hint] of [
    ["OpenTelemetryCollector observability/otel", /no OpenTelemetryCollector "observability\/otel": run .* up" first/],
    ["OpenTelemetryCollector observability/jaeger", /the settings jaegerEngine "v2" and parts\.jaeger true/],
    ["Deployment python-api/python-api", /the setting parts\.sampleApi true/],
  ] as const) {
    it(`says what to do without the ${missing}`, async () => {
      await assert.rejects(readLiveObjects(client(missing)), { name: "UserError", message: hint });
    });
  }
});
