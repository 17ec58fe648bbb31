import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { dump } from "js-yaml";
import { silentReport } from "../../cli/silentReport.ts";
import { ports } from "../../catalog/names.ts";
import { logStoreArgs } from "../../components/backends/logs.ts";
import type { CollectorConfig } from "../../components/customResources/openTelemetry.ts";
import { healthPort } from "../../components/telemetry/collectorPieces.ts";
import { sandboxPaths } from "../../sandbox/paths.ts";
import { ensureTools } from "../../sandbox/programs/tools.ts";
import { withoutPods } from "../../sandbox/telemetry/collectorConfig.ts";
import { ensureVirtualEnvironment, findPython } from "../../sandbox/telemetry/python.ts";
import { stackObjects } from "../../scripts/bench/renderedObjects.ts";
import { parseSettings } from "../../settings/read.ts";
import { projectFolder } from "../support/markdown.ts";
import { canMakeNetwork } from "../support/ownNetwork.ts";
import { answersIn, loopbackAddress, podAddress, type PodProgram, setUp } from "../support/podNetwork.ts";
import { requirePython } from "../support/telemetryStack.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import { skipUnless } from "../support/prerequisites.ts";

const paths = sandboxPaths();
const names = ["otelcol", "jaeger", "victoria-logs", "prometheus", "alertmanager"] as const;

/** Each listens where its object or its image says, unchanged. */
describe("programs in a pod with an address of IPv6", function () {
  this.timeout(600_000);
  const folder = temporaryFolder();
  const objects = stackObjects();
  let tools: Record<(typeof names)[number], string>;

  before("build them", async function () {
    skipUnless(this, canMakeNetwork(setUp), "unshare with the right to make networks, and iproute2");
    tools = await ensureTools(names, paths, silentReport);
  });

  async function answersOnBoth(program: Omit<PodProgram, "cwd"> & { cwd?: string }): Promise<void> {
    const wanted = [podAddress, loopbackAddress].flatMap((host) => program.ports.map((port) => ({ host, port })));
    assert.deepEqual(await answersIn({ cwd: folder(), ...program }), wanted);
  }

  /** A program and its configuration. */
  function configured(command: string, config: CollectorConfig, listening: readonly number[]) {
    writeFileSync(join(folder(), "config.yaml"), dump(config));
    return { command, args: ["--config", "config.yaml"], ports: listening };
  }

  it("are reached: the Collector", async () => {
    const { otlpGrpc, otlpHttp, collectorSelf, collectorHistograms, collectorCounters } = ports;
    const { collectorGauges, collectorSpanMetrics, collectorLogRecords } = ports;
    await answersOnBoth(
      configured(tools.otelcol, withoutPods(objects.collector.spec.config), [
        ...[otlpGrpc, otlpHttp, collectorSelf, healthPort, collectorHistograms, collectorCounters],
        ...[collectorGauges, collectorSpanMetrics, collectorLogRecords],
      ]),
    );
  });

  it("are reached: Jaeger", async () => {
    const { otlpGrpc, otlpHttp, collectorSelf, jaegerQuery, jaegerQueryGrpc } = ports;
    const listening = [otlpGrpc, otlpHttp, collectorSelf, jaegerQuery, jaegerQueryGrpc];
    await answersOnBoth(configured(tools.jaeger, objects.jaeger.spec.config, listening));
  });

  it("are reached: VictoriaLogs", async () => {
    const args = logStoreArgs(parseSettings({}).logs).map((arg) => arg.replace("DataPath=/", "DataPath="));
    await answersOnBoth({ command: tools["victoria-logs"], args, ports: [ports.logs] });
  });

  it("are reached: Prometheus and Alertmanager, to which their operator gives no host", async () => {
    writeFileSync(join(folder(), "none.yaml"), "{}");
    writeFileSync(join(folder(), "alerts.yaml"), "{route: {receiver: none}, receivers: [{name: none}]}");
    await answersOnBoth({ command: tools.prometheus, args: ["--config.file=none.yaml"], ports: [ports.prometheus] });
    const args = ["--config.file=alerts.yaml", "--web.listen-address=:9093", "--cluster.listen-address="];
    await answersOnBoth({ command: tools.alertmanager, args, ports: [ports.alertmanager] });
  });

  it("are reached: python-api, by its image's command", async function () {
    await requirePython(this);
    const cwd = join(projectFolder, "apps/python-api");
    const lock = join(cwd, "requirements.lock");
    const python = await ensureVirtualEnvironment(lock, await findPython(), paths, silentReport);
    const [, command = "[]"] = /^CMD (\[.*\])$/m.exec(readFileSync(join(cwd, "Dockerfile"), "utf8")) ?? [];
    const [program = "", ...args] = JSON.parse(command) as string[];
    const env = { PYTHONDONTWRITEBYTECODE: "1" };
    // The environment was made in another folder, to which the program's first line leads.
    const words = [join(dirname(python), program), ...args];
    await answersOnBoth({ command: python, args: words, env, cwd, ports: [ports.sampleApi] });
  });

  it("are reached: orders-api", async () => {
    const cwd = join(projectFolder, "apps/orders-api");
    await answersOnBoth({ command: process.execPath, args: ["main.js"], cwd, ports: [8080] });
  });
});
