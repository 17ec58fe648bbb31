import assert from "node:assert/strict";
import { load } from "js-yaml";
import { images } from "../../catalog/versions.ts";
import type { PodSecurityContext } from "../../components/customResources/common.ts";
import { find, stackRun } from "../../review/program/runs.ts";
import { parseSettings } from "../../settings/read.ts";
import { stackConfig } from "../../review/program/stackConfig.ts";
import { code, readProjectFile, tableUnder } from "../support/markdown.ts";

const page = readProjectFile("docs/production.md");
const rows = tableUnder(page, "Backup").map(([what = "", claim, user, group]) => ({
  what,
  claim: code(claim) ?? "",
  ids: [Number(user), Number(group)],
}));

interface Pod {
  spec: {
    securityContext: PodSecurityContext;
    containers: { image: string; resources: object; securityContext: object }[];
    volumes: { persistentVolumeClaim: { claimName: string } }[];
  };
}

describe("docs/production.md, backup", () => {
  it("names user and group of each volume as stack prod has them", async () => {
    const run = await stackRun("prod");
    const contexts: Record<string, PodSecurityContext> = {};
    const note = (name: string, context: unknown) => {
      contexts[name] = context as PodSecurityContext;
    };
    for (const [kind, name] of [
      ["Prometheus", "Prometheus"],
      ["Alertmanager", "Alertmanager"],
    ] as const) {
      const { spec } = find(run, kind, `${kind}-${kind.toLowerCase()}`).inputs as { spec: { securityContext: object } };
      note(name, spec.securityContext);
    }
    const jaeger = find(run, "OpenTelemetryCollector", "OpenTelemetryCollector-jaeger").inputs as {
      spec: { podSecurityContext: object };
    };
    note("Jaeger", jaeger.spec.podSecurityContext);
    const logs = run.registered.find(({ label }) => label === "StatefulSet victoria-logs")?.inputs as {
      spec: { template: { spec: Pod["spec"] } };
    };
    note("VictoriaLogs", logs.spec.template.spec.securityContext);
    for (const [name, { runAsUser, fsGroup }] of Object.entries(contexts)) {
      assert.deepEqual(rows.find(({ what }) => what.startsWith(name))?.ids, [runAsUser, fsGroup], name);
    }
    assert.equal(rows.length, Object.keys(contexts).length + 1);
  });

  it("names the claims that the stack's settings make in prod", () => {
    const { prometheus, logs, jaeger, grafana, alertmanager } = parseSettings(stackConfig("prod"));
    for (const size of [prometheus, logs, jaeger, grafana, alertmanager]) assert.notEqual(size.volumeSize, "");
    assert.deepEqual(
      rows.map(({ claim }) => claim),
      [
        ...["prometheus-prometheus-db-prometheus-prometheus-0", "data-victoria-logs-0", "badger-jaeger-collector-0"],
        ...["grafana-pvc", "alertmanager-alertmanager-db-alertmanager-alertmanager-0"],
      ],
    );
  });

  it("has a pod that Pod Security takes, with an image that the stack has and a claim of the table", () => {
    const { spec } = load(/```yaml\n(apiVersion: v1\nkind: Pod[\s\S]*?)```/.exec(page)?.[1] ?? "") as Pod;
    const [container = assert.fail()] = spec.containers;
    assert.equal(container.image, images.prometheus);
    const row = rows.find(({ claim }) => claim === spec.volumes[0]?.persistentVolumeClaim.claimName);
    assert.deepEqual(row?.ids, [spec.securityContext.runAsUser, spec.securityContext.fsGroup]);
    assert.deepEqual(
      [spec.securityContext.runAsNonRoot, spec.securityContext.seccompProfile],
      [true, { type: "RuntimeDefault" }],
    );
    assert.deepEqual(container.securityContext, {
      ...{ allowPrivilegeEscalation: false, readOnlyRootFilesystem: true },
      capabilities: { drop: ["ALL"] },
    });
  });

  it("makes copies by the addresses that the test with the real programs uses", () => {
    const test = readProjectFile("tests/telemetry/backup.test.ts");
    for (const address of ["/api/v1/admin/tsdb/snapshot", "/internal/partition/snapshot/create"]) {
      assert.ok(page.includes(address) && test.includes(address), address);
    }
  });
});
