import assert from "node:assert/strict";
import { namespaces, ports, resources } from "../../../catalog/names.ts";
import { logAgentSpec } from "../../../components/telemetry/logAgent.ts";
import { logsTarget } from "../../../components/telemetry/logsExporter.ts";
import { agentArguments, localAgentConfig } from "../../../sandbox/telemetry/logAgent.ts";
import { userPorts } from "../../../sandbox/telemetry/loopback.ts";
import { parseSettings } from "../../../settings/read.ts";

describe("the agent on this machine", () => {
  const settings = parseSettings({});
  const spec = logAgentSpec({ settings, target: logsTarget(settings) ?? assert.fail("no target") });
  const metadata = { name: resources.logAgent, namespace: namespaces.nodeAgents };
  const folders = { pods: "/s/pods", state: "/s/agent" };
  const config = localAgentConfig({ metadata, spec }, { [ports.collectorSelf]: 28888 }, userPorts, folders);

  it("reads and remembers in folders of its own, and names no folder of a node", () => {
    const { file_log: files } = config.receivers as Record<string, { include: string[] }>;
    assert.deepEqual(files?.include, ["/s/pods/*/*/*.log*"]);
    const { file_storage: storage } = config.extensions as Record<string, { directory: string }>;
    assert.equal(storage?.directory, "/s/agent");
    assert.doesNotMatch(JSON.stringify(config), /\/var\//);
  });

  it("sends to the store of this machine, and listens on loopback", () => {
    const text = JSON.stringify(config);
    assert.match(text, /http:\/\/127\.0\.0\.1:9428\/insert\/opentelemetry\/v1\/logs/);
    assert.match(text, /"host":"127\.0\.0\.1","port":28888/);
    assert.doesNotMatch(text, /0\.0\.0\.0/);
  });

  it("has the arguments of the object", () => {
    assert.deepEqual(agentArguments(spec), ["--feature-gates=stanza.synchronousLogEmitter"]);
    assert.deepEqual(agentArguments({}), []);
  });
});
