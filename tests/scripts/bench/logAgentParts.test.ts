import assert from "node:assert/strict";
import { logAgentSpec } from "../../../components/telemetry/logAgent.ts";
import { logsExporterId, logsTarget } from "../../../components/telemetry/logsExporter.ts";
import { withoutFolder, withoutLines } from "../../../scripts/bench/logAgentParts.ts";
import { parseSettings } from "../../../settings/read.ts";

const settings = parseSettings({});
const target = logsTarget(settings);
assert.ok(target !== undefined);
const { config } = logAgentSpec({ settings, target });

const queueOf = ({ exporters }: typeof config) =>
  (exporters[logsExporterId] as { sending_queue: Record<string, unknown> }).sending_queue;

describe("withoutLines", () => {
  const { receivers, processors, connectors, exporters, extensions, service } = withoutLines(config);

  it("does nothing to a line and counts none", () => {
    const { logs } = service.pipelines;
    assert.deepEqual(logs, {
      receivers: ["file_log"],
      processors: ["memory_limiter"],
      exporters: [logsExporterId],
    });
    assert.deepEqual(Object.keys(service.pipelines), ["logs"]);
    assert.deepEqual([Object.keys(processors ?? {}), connectors], [["memory_limiter"], {}]);
    const fileLog = receivers["file_log"] as Record<string, unknown>;
    assert.deepEqual([fileLog["multiline"], fileLog["operators"]], [undefined, undefined]);
  });

  it("reads the same files, and keeps on the node and sends as the agent does", () => {
    const [mine, agents] = [receivers, config.receivers].map((all) => all["file_log"] as Record<string, unknown>);
    assert.deepEqual([mine?.["include"], mine?.["storage"]], [agents?.["include"], "file_storage"]);
    assert.deepEqual(exporters, { [logsExporterId]: config.exporters[logsExporterId] });
    assert.deepEqual(extensions, config.extensions);
  });
});

describe("withoutFolder", () => {
  it("has nothing on the disk, and a queue of the same size", () => {
    const { receivers, extensions, service } = withoutFolder(config);
    assert.equal((receivers["file_log"] as Record<string, unknown>)["storage"], undefined);
    assert.deepEqual([Object.keys(extensions ?? {}), service.extensions], [["health_check"], ["health_check"]]);
    const { storage, ...queue } = queueOf(config);
    assert.equal(storage, "file_storage");
    assert.deepEqual(queueOf(withoutFolder(config)), queue);
  });
});
