import assert from "node:assert/strict";
import { logStoreArgs, logStoreSpec } from "../../../components/backends/logs.ts";
import { parseSettings } from "../../../settings/read.ts";
import { programRun } from "../../../review/program/runs.ts";
import { variants } from "../../../review/program/variants.ts";

const settings = (logs: Record<string, unknown>) => parseSettings({ logs: JSON.stringify(logs) }).logs;
const spec = (logs: Record<string, unknown> = {}, internal = false) =>
  logStoreSpec(parseSettings({ logs: JSON.stringify(logs), tls: JSON.stringify({ internal }) }), {});

describe("logStoreSpec", () => {
  it("keeps lines on a volume where one is asked for", () => {
    assert.equal(spec({ volumeSize: "20Gi" }).volumeClaimTemplates?.[0]?.spec.resources?.requests?.["storage"], "20Gi");
    assert.equal(spec({ volumeSize: "20Gi" }).template.spec.volumes, undefined);
  });

  it("bounds what a pod without a volume writes", () => {
    assert.deepEqual(spec().template.spec.volumes, [{ name: "data", emptyDir: { sizeLimit: "2Gi" } }]);
    assert.equal(spec().volumeClaimTemplates, undefined);
  });

  it("takes lines over TLS at a second address, and its readers and probes go on at the first", () => {
    const { containers, volumes = [] } = spec({}, true).template.spec;
    const [container = assert.fail("no container")] = containers;
    assert.deepEqual(container.args.slice(-7), [
      "-enableTCP6",
      ...["-httpListenAddr=0.0.0.0:9428", "-httpListenAddr=0.0.0.0:9429", "-tls=false", "-tls=true"],
      ...["-tlsCertFile=/tls/tls.crt", "-tlsKeyFile=/tls/tls.key"],
    ]);
    assert.deepEqual(container.ports, [
      { name: "http", containerPort: 9428 },
      { name: "https", containerPort: 9429 },
    ]);
    assert.equal(container.readinessProbe.httpGet.port, "http");
    assert.deepEqual(volumes.at(-1), { name: "tls", secret: { secretName: "victoria-logs-tls" } });
    assert.deepEqual(container.volumeMounts.at(-1), { name: "tls", mountPath: "/tls", readOnly: true });
  });

  it("asks for no more memory than its limit", () => {
    const [container] = spec({ memoryLimit: "128Mi" }).template.spec.containers;
    assert.deepEqual(container?.resources.limits, { memory: "128Mi" });
  });
});

describe("logStoreArgs", () => {
  it("delete by time, and by size before the room is gone", () => {
    const args = logStoreArgs(settings({ retention: "30d", volumeSize: "100Gi" }));
    assert.ok(args.includes("-retentionPeriod=30d"));
    assert.ok(args.includes(`-retention.maxDiskSpaceUsageBytes=${80 * 1024}MiB`));
    assert.ok(logStoreArgs(settings({})).includes("-retention.maxDiskSpaceUsageBytes=1638MiB"));
  });
});

describe("Logs", () => {
  const found = async (variant: string) =>
    (await programRun(variants[variant])).registered
      .filter(({ name }) => /victoria-logs/.test(name))
      .map(({ label }) => label);

  it("leaves nothing where it is off, or elsewhere", async () => {
    assert.ok((await found("the defaults")).includes("StatefulSet victoria-logs"));
    assert.deepEqual(await found("without logs"), []);
    assert.deepEqual(await found("logs elsewhere"), []);
  });
});
