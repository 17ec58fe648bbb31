import assert from "node:assert/strict";
import { logStoreArgs, logStoreSpec } from "../../../components/backends/logs.ts";
import { parseSettings } from "../../../settings/read.ts";
import { programRun } from "../../../review/program/runs.ts";
import { variants } from "../../../review/program/variants.ts";

const settings = (logs: Record<string, unknown>) => parseSettings({ logs: JSON.stringify(logs) }).logs;
const spec = (logs: Record<string, unknown> = {}) => logStoreSpec(settings(logs), {});

describe("logStoreSpec", () => {
  it("keeps lines on a volume where one is asked for", () => {
    assert.equal(spec({ volumeSize: "20Gi" }).volumeClaimTemplates?.[0]?.spec.resources?.requests?.["storage"], "20Gi");
    assert.equal(spec({ volumeSize: "20Gi" }).template.spec.volumes, undefined);
  });

  it("bounds what a pod without a volume writes", () => {
    assert.deepEqual(spec().template.spec.volumes, [{ name: "data", emptyDir: { sizeLimit: "2Gi" } }]);
    assert.equal(spec().volumeClaimTemplates, undefined);
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
