import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { dump } from "js-yaml";
import type { CollectorConfig } from "../../components/customResources/openTelemetry.ts";
import { clusterProcessor } from "../../components/telemetry/podIdentity.ts";
import { ensureTools } from "../../sandbox/programs/tools.ts";
import { sandboxPaths } from "../../sandbox/paths.ts";
import type { Findings } from "../../cli/command.ts";
import { createReport } from "../../cli/report.ts";
import { loopbackCollector } from "../../sandbox/telemetry/collectorConfig.ts";
import { type LocalPorts, portsFrom } from "../../sandbox/telemetry/loopback.ts";
import type { Program } from "../../cli/daemons/program.ts";
import { readRecords } from "../../cli/daemons/records.ts";
import { startPrograms, stopPrograms } from "../../cli/daemons/startPrograms.ts";
import { stackObjects } from "./renderedObjects.ts";
import { silentReport } from "../../cli/silentReport.ts";
import { cleanUpOnce } from "./cleanUp.ts";
import { type LoadTarget, measureLoad } from "./collectorLoad.ts";
import { type Costs, costTable } from "./collectorCosts.ts";
import { bareConfig, withExporter, without } from "./collectorVariants.ts";
import { formerCommit, writeFormerProgram } from "./formerProgram.ts";
import { kubeconfig, servePodList } from "./apiServer.ts";
import { sinkProgram } from "./sink.ts";
import { inTurn } from "./turns.ts";
import { writeBlock } from "../../cli/markdownBlock.ts";

/**
 * What the collector's own work costs at 10,000 spans a second, beside nothing but a batch, beside the configuration of commit 06fdc80,
 * and without each of its parts: all of them in one run, in turns, by processor time.
 */

const firstPort = 21_800;
const RATE = 10_000;
/** Seconds of load in a turn: enough for some updates of span metrics over all rounds. */
const TURN_SECONDS = 5;

/**
 * @param rounds how often each is measured
 * @param write put the table into docs/decisions.md
 */
export async function benchCollector(rounds: number, write: boolean): Promise<Findings> {
  const paths = sandboxPaths();
  const tools = await ensureTools(["otelcol", "telemetrygen"], paths, createReport());
  const folder = mkdtempSync(path.join(tmpdir(), "fluffy-observability-bench-"));
  const { server, url } = await servePodList();
  const cleanUp = cleanUpOnce(async () => {
    await stopPrograms(folder, silentReport);
    server.close();
    server.closeAllConnections();
    rmSync(folder, { recursive: true, force: true });
  });
  try {
    const former = path.join(folder, "former");
    writeFormerProgram(paths.project, former);
    const programs = Object.entries(await variants(former)).map(([name, collector], index) => {
      const ports = { ...portsFrom(firstPort + 20 * index), jaeger: portsFrom(firstPort - 20).jaeger };
      const api = { name: `kubeconfig-${index}`, url };
      return {
        name,
        ports,
        program: collectorProgram(tools.otelcol, folder, `collector-${index}`, collector, ports, api),
      };
    });
    const sink = sinkProgram(tools.otelcol, folder, portsFrom(firstPort - 20).jaeger);
    await startPrograms([sink, ...programs.map(({ program }) => program)], folder, silentReport);
    const records = readRecords(folder);
    const targets = programs.map(({ name, ports, program }): [string, LoadTarget] => [
      name,
      {
        pid: records.find((record) => record.name === program.name)?.pid ?? 0,
        endpoint: `127.0.0.1:${ports.collector[4317] ?? 0}`,
        self: `http://127.0.0.1:${ports.collector[8888] ?? 0}`,
        sink: sink.url,
        telemetrygen: tools.telemetrygen,
      },
    ]);
    const costs: Costs[] = [];
    for (let round = 0; round <= rounds; round++) {
      const inRound: Record<string, number> = {};
      for (const [name, target] of inTurn(targets, round)) {
        const { rate, cpu, dropped } = await measureLoad(target, RATE, TURN_SECONDS);
        if (dropped > 0) console.error(`${name}: ${dropped} spans dropped`);
        inRound[name] = (cpu * 10_000) / rate;
      }
      // The first round warms up.
      if (round > 0) costs.push(inRound);
    }
    const table = costTable(
      targets.map(([name]) => name),
      costs,
      formerCommit,
    );
    if (write) writeBlock(path.join(paths.project, "docs/decisions.md"), "collector-cost", table);
    return { text: table, json: { rounds: costs } };
  } finally {
    await cleanUp();
  }
}

interface Variant {
  readonly env: Readonly<Record<string, string>>;
  readonly config: CollectorConfig;
}

/**
 * The configurations that are compared, by their names.
 *
 * @param former folder of the program as it was
 */
async function variants(former: string): Promise<Record<string, Variant>> {
  const variant = ({ collector: { spec } }: ReturnType<typeof stackObjects>): Variant => ({
    env: Object.fromEntries((spec.env ?? []).map(({ name, value = "" }) => [name, value])),
    config: spec.config,
  });
  const objects = (await import(path.join(former, "tests/support/liveObjects.ts"))) as {
    stackObjects: typeof stackObjects;
  };
  const now = variant(stackObjects());
  const lacking = (...ids: string[]): Variant => ({ ...now, config: without(now.config, ids) });
  return {
    bare: { ...now, config: bareConfig(now.config, {}) },
    "bare, with the stack's exporter": {
      ...now,
      config: bareConfig(now.config, now.config.exporters["otlp_grpc/jaeger"]),
    },
    [formerCommit]: variant(objects.stackObjects()),
    now,
    "without filter/spans": lacking("filter/spans"),
    "without the identity": lacking("transform/claims", clusterProcessor, "transform/known"),
    "without span_metrics": lacking("span_metrics"),
    "without span_metrics/services": lacking("span_metrics/services"),
    "without both": lacking("span_metrics", "span_metrics/services"),
    "without masking": lacking("redaction/marks", "transform/masking"),
    "with gzip": { ...now, config: withExporter(now.config, { compression: "gzip" }) },
  };
}

function collectorProgram(
  command: string,
  folder: string,
  name: string,
  { env, config }: Variant,
  ports: LocalPorts,
  api: { name: string; url: string },
): Program {
  const local = loopbackCollector(
    { metadata: { name, namespace: "bench" }, spec: { config } } as Parameters<typeof loopbackCollector>[0],
    ports.collector,
    ports,
  );
  const cluster = local.processors?.[clusterProcessor] as Record<string, unknown> | undefined;
  // Outside a pod there is no ServiceAccount.
  if (cluster !== undefined) cluster["auth_type"] = "kubeConfig";
  return {
    name,
    command,
    args: ["--config", path.join(folder, `${name}.yaml`)],
    env: { ...env, KUBECONFIG: path.join(folder, api.name) },
    files: { [`${name}.yaml`]: dump(local), [api.name]: dump(kubeconfig(api.url)) },
    ports: [],
    ready: [`http://127.0.0.1:${ports.collector[8888] ?? 0}/metrics`],
    url: "",
  };
}
