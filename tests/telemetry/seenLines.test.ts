import assert from "node:assert/strict";
import { appendFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { logStoreArgs } from "../../components/backends/logs.ts";
import { logAgentSpec } from "../../components/telemetry/logAgent.ts";
import { logsTarget } from "../../components/telemetry/logsExporter.ts";
import { createReport } from "../../cli/report.ts";
import { silentReport } from "../../cli/silentReport.ts";
import { namespaces, resources } from "../../catalog/names.ts";
import { startChromium } from "../../page/chromium.ts";
import { readLines } from "../../page/logLines.ts";
import { describeLines, traceLines, traceLinesUrl } from "../../page/model/traceLines.ts";
import { toTrace, type Trace } from "../../page/model/trace.ts";
import { sandboxPaths } from "../../sandbox/paths.ts";
import { startPrograms, stopPrograms } from "../../cli/daemons/startPrograms.ts";
import { ensureTools } from "../../sandbox/programs/tools.ts";
import { logPrograms } from "../../sandbox/telemetry/logPrograms.ts";
import { portsFrom } from "../../sandbox/telemetry/loopback.ts";
import { victoriaLogs } from "../../sandbox/telemetry/victoriaLogs.ts";
import { parseSettings } from "../../settings/read.ts";
import { eventually } from "../support/eventually.ts";
import { jaegerTrace } from "../support/exampleTrace.ts";
import { requireChromium } from "../support/servedTab.ts";

describe("what a program of the sandbox prints", function () {
  this.timeout(240_000);
  const folder = mkdtempSync(path.join(tmpdir(), "fluffy-observability-lines-"));
  const local = portsFrom(17_940);
  const store = `http://127.0.0.1:${local.logs}`;

  /** Of a request that the lines are about. */
  let trace: Trace;

  before("print two lines", async () => {
    const paths = sandboxPaths();
    const tools = await ensureTools(["otelcol", "victoria-logs"], paths, createReport());
    const settings = parseSettings({});
    const target = logsTarget(settings) ?? assert.fail("no target");
    const agent = {
      metadata: { name: resources.logAgent, namespace: namespaces.nodeAgents },
      spec: logAgentSpec({ settings, target }),
    };
    const container = { image: "", args: logStoreArgs(settings.logs) };
    const object = { metadata: agent.metadata, spec: { template: { spec: { containers: [container] } } } };
    const common = { ports: local, project: paths.project, folder: folder };
    const output = path.join(folder, "logs", "till.log");
    mkdirSync(path.dirname(output), { recursive: true });
    const containers = { till: { namespace: "shop", pod: "till-local-0", container: "till" } };
    await startPrograms(
      [
        victoriaLogs({ ...common, store: object, tool: tools["victoria-logs"], port: local.logs }),
        ...logPrograms({ ...common, agent, containers, tool: tools.otelcol }),
      ],
      folder,
      silentReport,
      new AbortController().signal,
    );
    const id = "0af7651916cd43dd8448eb211c80319c";
    const named = JSON.stringify({ level: "error", msg: "payment failed", trace_id: id });
    appendFileSync(output, `${named}\nINFO:     "GET /pay" 500\n`);
    const span = {
      spanID: "a",
      operationName: "GET /pay",
      references: [],
      duration: 70_000_000,
      processID: "p",
      tags: [],
    };
    const tags = [
      { key: "k8s.namespace.name", value: "shop" },
      { key: "k8s.pod.name", value: "till-local-0" },
    ];
    // Long: what stands for the runtime may be late on a busy machine.
    trace = toTrace({
      ...jaegerTrace,
      traceID: id,
      processes: { p: { serviceName: "till", tags } },
      spans: [{ ...span, startTime: (Date.now() - 10_000) * 1000 }],
    });
  });
  after(async () => {
    await stopPrograms(folder, silentReport);
    rmSync(folder, { recursive: true });
  });

  it("is seen below the trace of its time: by the trace that a line names, and by its pod", async () => {
    await eventually(async () => {
      const found = await traceLines((filter) => readLines(store, filter), trace);
      const shown = found.lines.map(({ traceId, severity, service, pod }) => [traceId, severity, service, pod]);
      assert.deepEqual(shown, [
        [trace.id, "Error", "till", "till-local-0"],
        [undefined, "Info", "till", "till-local-0"],
      ]);
      const lines = describeLines(found);
      assert.match(lines[1] ?? "", /^ {2}\d\d:\d\d:\d\d\.\d{3} {2}Error {2}till {2}\{"level":"error"/);
      assert.match(lines[2] ?? "", /^~ .* Info {3}till {2}INFO: {5}"GET \/pay" 500$/);
    }, 60_000);
  });

  it("is on the store's own page, where a link leads", async function () {
    requireChromium(this);
    const browser = await startChromium();
    try {
      const tab = await browser.newPage();
      await tab.goto(traceLinesUrl(store, trace));
      for (const text of ["payment failed", '"GET /pay" 500'])
        await tab.getByText(text).first().waitFor({ timeout: 60_000 });
    } finally {
      await browser.close();
    }
  });
});
