import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Findings } from "../../cli/command.ts";
import { writeBlock } from "../../cli/markdownBlock.ts";
import { createReport } from "../../cli/report.ts";
import { stopPrograms } from "../../cli/daemons/startPrograms.ts";
import { silentReport } from "../../cli/silentReport.ts";
import { stackConfig } from "../../review/program/stackConfig.ts";
import { sandboxPaths } from "../../sandbox/paths.ts";
import { ensureTools } from "../../sandbox/programs/tools.ts";
import { portsFrom } from "../../sandbox/telemetry/loopback.ts";
import { type ProgramInputs, telemetryTools } from "../../sandbox/telemetry/programs.ts";
import { ensurePython } from "../../sandbox/telemetry/python.ts";
import { parseSettings } from "../../settings/read.ts";
import { cleanUpOnce } from "./cleanUp.ts";
import { stackObjects } from "./renderedObjects.ts";
import { measureCollector, showExample } from "./sizingCollector.ts";
import { asWritten, figuresTable } from "./sizingFigures.ts";
import { measureJaeger } from "./sizingJaeger.ts";
import { measureLogStore } from "./sizingLogs.ts";
import { figuresOf } from "./sizingMeasured.ts";
import { measurePrometheus } from "./sizingPrometheus.ts";
import { sizingTable } from "./sizingTable.ts";
import { storedShare } from "./storedShare.ts";

/**
 * What the stack's programs take for services of a usual size, and what a number of them needs: real programs with the stack's own
 * configuration, by memory and processor time.
 */

const firstPort = 29_400;
/** Ports of a program and its neighbours. */
const portsEach = 30;
/** Pods of a service. */
const pods = 5;
/** Services that the Prometheis have: about 10,000, 50,000 and 200,000 series. */
const sizes = [4, 20, 80];
const page = "docs/production.md";

/** @param write put the tables into docs/production.md */
export async function benchSizing(write: boolean): Promise<Findings> {
  const [paths, report] = [sandboxPaths(), createReport()];
  const tools = await ensureTools([...telemetryTools, "telemetrygen", "vlagent"], paths, report);
  const python = await ensurePython(paths, report);
  const root = mkdtempSync(path.join(tmpdir(), "fluffy-observability-bench-"));
  const folders = ["collector", "jaeger", "logs", ...sizes.map(String)].map((name) => path.join(root, name));
  const prod = stackConfig("prod");
  const inputs = (index: number): ProgramInputs => ({
    ...{ objects: stackObjects(prod), tools, python, project: paths.project, folder: folders[index] ?? root },
    ...{ ports: portsFrom(firstPort + index * portsEach) },
  });
  const cleanUp = cleanUpOnce(async () => {
    for (const folder of folders) await stopPrograms(folder, silentReport);
    rmSync(root, { recursive: true, force: true });
  });
  try {
    const examples = await showExample(inputs(0), pods);
    const collector = await measureCollector(inputs(0), tools.telemetrygen, pods);
    const jaeger = await measureJaeger(inputs(1), tools.telemetrygen);
    const [local, folder] = [portsFrom(firstPort + 2 * portsEach), folders[2] ?? root];
    const logs = await measureLogStore({ tools, local, folder });
    // Side by side: each takes a small part of a processor.
    const prometheus = await Promise.all(
      sizes.map((services, index) => measurePrometheus({ inputs: inputs(3 + index), services, examples })),
    );
    const file = path.join(paths.project, page);
    const share = storedShare(readFileSync(path.join(paths.project, "docs/logs.md"), "utf8"));
    const measured = { collector, jaeger, logs, prometheus };
    const figures = figuresOf({ ...measured, pods, share });
    const written = asWritten(figures);
    const tables = [figuresTable(written), sizingTable(written, parseSettings(prod))] as const;
    if (write) {
      writeBlock(file, "sizing-figures", tables[0]);
      writeBlock(file, "sizing", tables[1]);
    }
    return { text: tables.join("\n\n"), json: { figures, measured } };
  } finally {
    await cleanUp();
  }
}
